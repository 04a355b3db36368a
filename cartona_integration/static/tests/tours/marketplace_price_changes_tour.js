/** @odoo-module **/
// A manager decides on the price changes that wait: one is approved, another rejected.
import {registry} from "@web/core/registry";

const look = () => undefined;

const row = (product) => `.o_list_view .o_data_row:contains(${product})`;

registry.category("web_tour.tours").add("marketplace_price_changes_tour", {
    test: true,
    steps: () => [
        {
            content: "two changes wait",
            trigger: ".o_form_view button[name=action_open_price_changes]:contains(2)",
            run: "click",
        },
        {
            content: "the old price and the new one are shown",
            trigger: `${row("Mpt-Oil")}:contains(80.00):contains(160.00)`,
            run: look,
        },
        {
            content: "approve it",
            trigger: `${row("Mpt-Oil")} button[name=action_approve_price]`,
            run: "click",
        },
        {
            content: "it waits no more, the other one does",
            trigger: `.o_list_view:not(:has(.o_data_row:contains(Mpt-Oil))) .o_data_row:contains(Mpt-Rice)`,
            run: look,
        },
        {
            content: "reject the other one",
            trigger: `${row("Mpt-Rice")} button[name=action_reject_price]`,
            run: "click",
        },
        {
            content: "nothing waits any more",
            trigger: ".o_list_view:not(:has(.o_data_row))",
            run: look,
        },
    ],
});
