// What Odoo sent, in human words, and what Odoo was told.

import { byId, h, keyed } from "./dom.js";
import { clock, faultName, number, statusName, t } from "./words.js";

function body(entry) {
  try {
    return JSON.parse(entry.body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) {throw error;}
    return null;
  }
}

function statusWords(entry, content) {
  const updates = Array.isArray(content) ? content : [{ ...content, hashed_id: entry.path.split("/").pop() }];
  if (updates.length !== 1 || !updates[0]?.status) {return t("did_statuses", { count: number(entry.items.length) });}
  return t("did_status", { id: updates[0].hashed_id, status: statusName(updates[0].status) });
}

const SENTENCES = [
  [/bulk-update-stock$/, (entry) => t("did_base_stock", { count: number(entry.items.length) })],
  [/bulk-update$/, (entry) => t("did_update", { count: number(entry.items.length) })],
  [/pull-orders$/, () => t("did_pull")],
  [/update-order-status/, (entry) => statusWords(entry, body(entry))],
  [/update-order-details$/, (entry) => t("did_lines", { count: number(entry.items.length) })],
  [/(supplier-product|base-products?)$/, () => t("did_list")],
  [/orders?\/[^/]+$/, () => t("did_read_order")],
];

function sentence(entry) {
  const known = SENTENCES.find(([pattern]) => pattern.test(entry.path));
  return known ? known[1](entry) : t("did_other", { path: entry.path });
}

// Neighbours that say the same become one line with a count.
function grouped(entries) {
  const groups = [];
  for (const entry of entries) {
    const text = sentence(entry);
    const last = groups.at(-1);
    if (last && last.text === text && last.status === entry.status && last.fault === entry.fault) {
      last.count += 1;
      continue;
    }
    const { seq, arrived, status, fault, refused, finished } = entry;
    groups.push({ seq, arrived, status, fault, refused, finished, text, count: 1 });
  }
  return groups;
}

function verdict({ status, finished }) {
  if (status) {return h("span", { class: `chip ${status < 400 ? "good" : "bad"}` }, t("answered", { status }));}
  return h("span", { class: `chip ${finished ? "bad" : ""}` }, t("no_answer"));
}

const row = (group) => h("li", {},
  h("time", { class: "quiet" }, clock(group.arrived)),
  h("span", { class: "what" }, group.text, group.count > 1 && h("small", { class: "quiet" }, t("times", { count: number(group.count) }))),
  group.refused > 0 && h("span", { class: "chip bad" }, t("refused", { count: number(group.refused) })),
  group.fault && h("span", { class: "chip warn" }, t("hit_by", { kind: faultName(group.fault.split(":")[1]) })),
  verdict(group));

const told = (delivery) => h("li", {},
  h("time", { class: "quiet" }, clock(delivery.created)),
  h("span", { class: "what" }, t(`told_${delivery.kind}`, { id: delivery.hashed_id })),
  h("span", { class: `chip ${{ delivered: "good", failed: "bad" }[delivery.state] ?? ""}` }, t(`state_${delivery.state}`)));

function list(id, emptyId, items, key, build) {
  keyed(byId(id), items, key, build);
  byId(id).hidden = items.length === 0;
  byId(emptyId).hidden = items.length > 0;
}

export function drawRequests(data) {
  list("request-list", "no-requests", grouped(data.requests), (group) => group.seq, row);
  list("delivery-list", "no-deliveries", data.deliveries, (one) => one.id, told);
}
