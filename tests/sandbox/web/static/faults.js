// Switches for the commonest trouble, and what else is switched on.

import { byId, h, keyed } from "./dom.js";
import { faultName, number, t } from "./words.js";

const PRESETS = {
  errors: { kind: "status", status: 503, probability: 0.2 },
  slow: { kind: "delay", seconds: 3 },
  timeout: { kind: "timeout" },
  reset: { kind: "reset", probability: 0.5 },
  rate: { kind: "rate_limit", seconds: 30 },
  lost: { kind: "lose_answer", method: "POST" },
  partial: { kind: "partial", item_probability: 0.5 },
  hold: { kind: "hold", path: "*bulk-update*", method: "POST" },
};

const fits = (fault, spec) => Object.entries(spec).every(([name, value]) => fault[name] === value);
const find = (faults, spec) => faults.find((fault) => fits(fault, spec) && fault.times === null);

function row({ name, on, change }) {
  return h("li", {}, h("label", {},
    h("span", {}, h("strong", {}, t(name)), h("small", { class: "quiet" }, t(`${name}_hint`))),
    h("input", { type: "checkbox", role: "switch", checked: on, "data-name": name, onchange: change })));
}

function presetSwitch(name, faults, act) {
  const spec = PRESETS[name];
  const active = find(faults, spec);
  const change = () => (active ? act("DELETE", `faults/${active.id}`) : act("POST", "faults", spec));
  return { name: `fault_${name}`, on: Boolean(active), id: active?.id, change };
}

function other(fault, act) {
  return h("li", {},
    h("span", { class: "what" }, faultName(fault.kind), " · ", h("bdi", {}, fault.path), h("small", { class: "quiet" }, t("hits", { count: number(fault.hits) }))),
    h("button", { class: "plain", onclick: () => act("DELETE", `faults/${fault.id}`) }, t("clear")));
}

export function drawFaults(data, act) {
  const switches = Object.keys(PRESETS).map((name) => presetSwitch(name, data.faults, act));
  const webhooksOff = () => act("PUT", "webhooks", { enabled: !data.webhooks });
  switches.push({ name: "webhooks_off", on: !data.webhooks, change: webhooksOff });
  keyed(byId("fault-list"), switches, (one) => one.name, row);

  const preset = new Set(switches.map((one) => one.id));
  const others = data.faults.filter((fault) => !preset.has(fault.id));
  keyed(byId("other-faults"), others, (fault) => fault.id, (fault) => other(fault, act));
  byId("other-faults").hidden = others.length === 0;
  byId("no-other-faults").hidden = others.length > 0;

  const held = byId("held");
  held.hidden = data.held.length === 0;
  held.querySelector("span").textContent = t("held", { count: number(data.held.length) });
  held.querySelector("button").onclick = () => act("POST", "held/release", {});
}
