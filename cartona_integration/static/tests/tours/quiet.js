/** @odoo-module **/
// The last step of a tour: nothing is loading any more. Odoo ends a tour with its last step, and what
// the page still asks for then meets the next test.

// So many looks in a row have to find nothing.
const LOOKS = 5;
const PAUSE = 50; // Milliseconds

let loading = 0;

// Odoo's web client asks by this alone.
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...args) {
    loading++;
    this.addEventListener("loadend", () => loading--, {once: true});
    return send.apply(this, args);
};

async function settle() {
    let quiet = 0;
    while (quiet < LOOKS) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
        quiet = loading ? 0 : quiet + 1;
    }
}

export const QUIET = {
    content: "nothing is loading any more",
    trigger: ".o_web_client",
    run: settle,
};
