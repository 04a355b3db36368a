/** @odoo-module **/
// A person asks why a listing's price and stock are what they are.
import {registry} from "@web/core/registry";

const look = () => undefined;

const line = (kind, words, number) =>
    `.o_field_widget[name=${kind}_line_ids] .o_data_row:contains(${words}):contains(${number})`;

const value = (name, shown) => `.o_field_widget[name=${name}]:contains(${shown})`;

registry.category("web_tour.tours").add("marketplace_explanation_tour", {
    test: true,
    steps: () => [
        {
            content: "ask",
            trigger: ".o_form_view button[name=action_explain]",
            run: "click",
        },
        {
            content: "the price begins with the sales price",
            trigger: line("price", "Sales price", "80"),
            run: look,
        },
        {
            content: "the tax goes in",
            trigger: line("price", "With tax: Tour VAT", "91.2"),
            run: look,
        },
        {
            content: "that is what is sent",
            trigger: value("price_now", "91.2"),
            run: look,
        },
        {
            content: "and what the marketplace confirmed",
            trigger: value("price_there", "91.2"),
            run: look,
        },
        {
            content: "the stock begins with what is there",
            trigger: line("stock", "On hand and not reserved", "10"),
            run: look,
        },
        {
            content: "some of it is kept back",
            trigger: line("stock", "Less 3 kept back", "7"),
            run: look,
        },
        {
            content: "the rest is offered",
            trigger: value("stock_now", "7"),
            run: look,
        },
        {
            content: "close the dialog",
            trigger: "footer button:contains(Close)",
            run: "click",
        },
        {
            content: "the listing is there again",
            trigger: "body:not(:has(.modal)) .o_form_view button[name=action_explain]",
            run: look,
        },
    ],
});
