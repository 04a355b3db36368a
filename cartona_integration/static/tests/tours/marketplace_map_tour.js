/** @odoo-module **/
// A person says which product, or which customer, an order means that waits for it.
import {QUIET} from "./quiet";
import {registry} from "@web/core/registry";

const FORM = ".o_form_view";

const look = () => undefined;

function typeInto(selector, text) {
    return () => {
        const input = document.querySelector(selector);
        input.focus();
        input.click();
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
    };
}

const MAP = {
    content: "map it",
    trigger: "button[name=action_map]",
    run: "click",
};

registry.category("web_tour.tours").add("marketplace_map_event_tour", {
    test: true,
    steps: () => [
        {
            content: "the order waits for a product; map it now",
            trigger: `${FORM} button[name=action_map_products]`,
            run: "click",
        },
        {
            content: "the dialog shows what was ordered",
            trigger: ".o_field_widget[name=line_ids]:contains(STRANGE-1):contains(77)",
            run: look,
        },
        {
            content: "and suggests a product, saying why: this one is meant",
            trigger:
                ".o_field_widget[name=suggestion_ids] tr:contains(same name) button[name=action_choose]",
            run: "click",
        },
        {
            content: "it is chosen, with what becomes of the line",
            trigger: ".o_field_widget[name=line_ids] td[name=becomes]:contains(2 Units)",
            run: look,
        },
        MAP,
        {
            content: "the order is being dealt with",
            trigger: `${FORM} .alert:contains(It is being dealt with)`,
            run: look,
        },
        QUIET,
    ],
});

registry.category("web_tour.tours").add("marketplace_map_event_done_tour", {
    test: true,
    steps: () => [
        {
            content: "open the quotation that was made of it",
            trigger: `${FORM} button[name=action_open_order]`,
            run: "click",
        },
        {
            content: "the mapped product stands on it",
            trigger: `${FORM} .o_field_widget[name=order_line]:contains(OUT-LENTILS)`,
            run: look,
        },
        QUIET,
    ],
});

registry.category("web_tour.tours").add("marketplace_map_order_tour", {
    test: true,
    steps: () => [
        {
            content: "the quotation has something unknown on it; map it now",
            trigger: `${FORM} .alert:contains(does not know) button[name=action_map_products]`,
            run: "click",
        },
        {
            content: "look for the product",
            trigger: ".o_field_widget[name=line_ids] td[name=product_id]",
            run: "click",
        },
        {
            content: "by its reference",
            trigger: ".o_field_widget[name=product_id] input",
            run: typeInto(".o_field_widget[name=product_id] input", "OUT-LENTILS"),
        },
        {
            content: "this is the one",
            trigger: ".o-autocomplete--dropdown-item:contains(Brown lentils)",
            run: "click",
        },
        MAP,
        {
            content: "it stands in the placeholder's place",
            trigger: `${FORM}:not(:has(.alert button[name=action_map_products])) .o_field_widget[name=order_line]:contains(Brown lentils)`,
            run: look,
        },
        QUIET,
    ],
});

registry.category("web_tour.tours").add("marketplace_map_customer_tour", {
    test: true,
    steps: () => [
        {
            content: "nobody knows who ordered; choose the customer",
            trigger: `${FORM} button[name=action_choose_customer]`,
            run: "click",
        },
        {
            content: "the dialog shows the number that can't be called",
            trigger: ".o_field_widget[name=phone]:contains(+2000061774)",
            run: look,
        },
        {
            content: "it is a customer of ours",
            trigger: ".o_field_widget[name=partner_id] input",
            run: typeInto(".o_field_widget[name=partner_id] input", "Amana Grocery"),
        },
        {
            content: "this is the one",
            trigger: ".o-autocomplete--dropdown-item:contains(Amana Grocery)",
            run: "click",
        },
        {
            content: "take it",
            trigger: "button[name=action_take]",
            run: "click",
        },
        {
            content: "the order is being dealt with",
            trigger: `${FORM} .alert:contains(It is being dealt with)`,
            run: look,
        },
        QUIET,
    ],
});
