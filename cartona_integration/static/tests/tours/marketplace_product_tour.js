/** @odoo-module **/
// A clerk looks at a product in its own form, sees how it stands on the marketplace and syncs it.
import {registry} from "@web/core/registry";

const STATUS = ".o_form_view .o_field_widget[name=marketplace_status]";

const look = () => undefined;

registry.category("web_tour.tours").add("marketplace_product_tour", {
    test: true,
    steps: () => [
        {
            content: "the product is in step",
            trigger: `${STATUS}:contains(In step)`,
            run: look,
        },
        {
            content: "and was sent at a time",
            trigger: ".o_form_view .o_field_widget[name=marketplace_sent_at]:contains(2024)",
            run: look,
        },
        {
            content: "compare it with the marketplace",
            trigger: ".o_form_view button[name=action_marketplace_sync]",
            run: "click",
        },
        {
            content: "the answer says what happens next",
            trigger: ".o_notification:contains(sent within seconds)",
            run: look,
        },
        {
            content: "it waits to be compared",
            trigger: `${STATUS}:contains(Waiting)`,
            run: look,
        },
        {
            content: "look at what is known about its listings",
            trigger: ".o_form_view button[name=action_open_marketplace_listings]",
            run: "click",
        },
        {
            content: "there it is",
            trigger: ".o_list_view .o_data_row:contains(Tour oil)",
            run: look,
        },
    ],
});
