/** @odoo-module **/
// A manager sets the company up in the settings: a bad token first, then the good one.
import {registry} from "@web/core/registry";

const TOKEN_INPUT = ".o_field_widget[name=marketplace_auth_token] input";

// Typing is spelt differently in each series, the browser's own events are not.
function typeInto(selector, text) {
    return () => {
        const input = document.querySelector(selector);
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        input.dispatchEvent(new Event("change", {bubbles: true}));
    };
}

// The answer has the page read again; what is typed before that is lost.
let typedInto = null;

function typeBadToken() {
    typedInto = document.querySelector(TOKEN_INPUT);
    typeInto(TOKEN_INPUT, "tok-wrong")();
}

async function waitForAnotherPage() {
    while (typedInto.isConnected || !document.querySelector(TOKEN_INPUT)) {
        await new Promise(requestAnimationFrame);
    }
}

const look = () => undefined;

registry.category("web_tour.tours").add("marketplace_settings_tour", {
    test: true,
    steps: () => [
        {
            content: "a company without a connection is offered one",
            trigger: "button[name=action_create_marketplace_config]",
            run: "click",
        },
        {
            content: "enter a token that the marketplace does not know",
            trigger: TOKEN_INPUT,
            run: typeBadToken,
        },
        {
            content: "test it",
            trigger: "button[name=action_test_marketplace_connection]",
            run: "click",
        },
        {
            content: "the answer says what is wrong",
            trigger: ".o_notification:contains(does not accept the token)",
            run: look,
        },
        {
            content: "close the answer",
            trigger: ".o_notification .o_notification_close",
            run: "click",
        },
        {
            content: "the page has been read again",
            trigger: TOKEN_INPUT,
            run: waitForAnotherPage,
        },
        {
            content: "enter the good token",
            trigger: TOKEN_INPUT,
            run: typeInto(TOKEN_INPUT, "tok-good"),
        },
        {
            content: "test it again",
            trigger: "button[name=action_test_marketplace_connection]",
            run: "click",
        },
        {
            content: "the answer is good",
            trigger: ".o_notification:contains(accepts the token)",
            run: look,
        },
        {
            content: "and the page says so too",
            trigger: ".o_field_widget[name=marketplace_state]:contains(Connected)",
            run: look,
        },
    ],
});
