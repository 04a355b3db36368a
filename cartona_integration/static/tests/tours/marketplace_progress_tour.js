/** @odoo-module **/
// A person looks how far a connection is in step, and opens what needs attention.
import {registry} from "@web/core/registry";

const look = () => undefined;

registry.category("web_tour.tours").add("marketplace_progress_tour", {
    test: true,
    steps: () => [
        {
            content: "three of four are in step",
            trigger: ".o_marketplace_progress_summary:contains(3 of 4 products in step)",
            run: look,
        },
        {
            content: "open the fourth",
            trigger: ".o_marketplace_progress a:contains(1 need)",
            run: "click",
        },
        {
            content: "it is the only one listed",
            trigger: ".o_list_view .o_data_row:contains(Jar 3)",
            run: look,
        },
        {
            content: "and none of the others",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Jar 0)))",
            run: look,
        },
    ],
});
