/** @odoo-module **/
// A clerk changes a price on a product's form, and later sees there that it has arrived.
import {registry} from "@web/core/registry";

const PRICE_INPUT = ".o_form_view .o_field_widget[name=list_price] input";
const STATUS = ".o_form_view .o_field_widget[name=marketplace_status]";
const SENT_AT = ".o_form_view .o_field_widget[name=marketplace_sent_at]";

// Typing is spelt differently in each series, the browser's own events are not.
function typeInto(selector, text) {
    return () => {
        const input = document.querySelector(selector);
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.dispatchEvent(new Event("change", {bubbles: true}));
    };
}

const look = () => undefined;

registry.category("web_tour.tours").add("marketplace_price_change_tour", {
    test: true,
    steps: () => [
        {
            content: "the product was sent some time ago",
            trigger: `${SENT_AT}:contains(2024)`,
            run: look,
        },
        {
            content: "change its price",
            trigger: PRICE_INPUT,
            run: typeInto(PRICE_INPUT, "81.5"),
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "the change waits",
            trigger: `${STATUS}:contains(Waiting)`,
            run: look,
        },
    ],
});

registry.category("web_tour.tours").add("marketplace_price_arrived_tour", {
    test: true,
    steps: () => [
        {
            content: "the product is in step",
            trigger: `${STATUS}:contains(In step)`,
            run: look,
        },
        {
            content: "and was sent at another time",
            trigger: `${SENT_AT}:contains(:):not(:contains(2024))`,
            run: look,
        },
    ],
});
