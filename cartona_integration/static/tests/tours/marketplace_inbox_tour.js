/** @odoo-module **/
// A clerk finds an order about an unknown product in the inbox, gives the product its reference,
// replays the event and opens the quotation that was made of it.
import {registry} from "@web/core/registry";

const FORM = ".o_form_view";

const look = () => undefined;

function typeInto(selector, text) {
    return () => {
        const input = document.querySelector(selector);
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.dispatchEvent(new Event("change", {bubbles: true}));
    };
}

registry.category("web_tour.tours").add("marketplace_inbox_mend_tour", {
    test: true,
    steps: () => [
        {
            content: "look at all apps",
            trigger: ".o_navbar_apps_menu button",
            run: "click",
        },
        {
            content: "open Cartona",
            trigger: ".o_app[data-menu-xmlid='cartona_integration.menu_marketplace_root']",
            run: "click",
        },
        {
            content: "the inbox comes first, with what needs attention",
            trigger: ".o_searchview_facet:contains(Needs attention)",
            run: look,
        },
        {
            content: "open the order",
            trigger: ".o_list_view .o_data_row:contains(ord-77) td[name=remote_id]",
            run: "click",
        },
        {
            content: "it says which product is unknown",
            trigger: `${FORM} .alert:contains(does not know):contains(MPT-LENTILS · Lentils)`,
            run: look,
        },
        {
            content: "and shows what arrived",
            trigger: `${FORM} .o_field_widget[name=readable]:contains(hashed_id)`,
            run: look,
        },
        {
            content: "find the product",
            trigger: `${FORM} button[name=action_open_products]`,
            run: "click",
        },
        {
            content: "this is the one",
            trigger: ".o_list_view .o_data_row td:contains(Brown lentils)",
            run: "click",
        },
        {
            content: "give it the reference that the marketplace knows it by",
            trigger: `${FORM} .o_field_widget[name=default_code] input`,
            run: typeInto(`${FORM} .o_field_widget[name=default_code] input`, "MPT-LENTILS"),
        },
        {
            content: "save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it is saved",
            trigger: `${FORM} .o_form_saved, ${FORM}:not(:has(.o_form_dirty)) .o_form_button_save:not(:visible)`,
            run: look,
        },
    ],
});

registry.category("web_tour.tours").add("marketplace_inbox_replay_tour", {
    test: true,
    steps: () => [
        {
            content: "replay the event",
            trigger: `${FORM} button[name=action_replay]`,
            run: "click",
        },
        {
            content: "it is being dealt with",
            trigger: `${FORM} .alert:contains(It is being dealt with)`,
            run: look,
        },
    ],
});

registry.category("web_tour.tours").add("marketplace_inbox_order_tour", {
    test: true,
    steps: () => [
        {
            content: "open what was made of it",
            trigger: `${FORM} button[name=action_open_order]`,
            run: "click",
        },
        {
            content: "the quotation says what the marketplace calls it",
            trigger: `${FORM} .o_field_widget[name=cartona_id]:contains(ord-77)`,
            run: look,
        },
        {
            content: "how it stands there, and what was ordered",
            trigger: `${FORM}:has(.o_field_widget[name=marketplace_status]:contains(Pending)) .o_field_widget[name=order_line]:contains(Brown lentils)`,
            run: look,
        },
    ],
});
