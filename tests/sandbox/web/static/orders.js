// The retailer's orders: status, code, editing, cancelling; Cartona's part where it delivers.

import { byId, h, keyed } from "./dom.js";
import { clock, money, number, productName, statusName, t, unit } from "./words.js";

let act = null;

export function drawOrders(data, retailer, given) {
  act = given;
  byId("only-mine").onchange = () => drawOrders(data, retailer, given);
  const mine = byId("only-mine").checked && retailer;
  const orders = data.orders.filter(
    (order) => !mine || order.retailer.retailer_number === retailer.retailer_number);
  keyed(byId("order-list"), orders, (order) => order.hashed_id, card);
  byId("no-orders").hidden = orders.length > 0;
}

const doTo = (order, action, body = {}) => act("POST", `orders/${encodeURIComponent(order.hashed_id)}/${action}`, body);

function card(order) {
  return h("article", { class: "order card", "data-id": order.hashed_id },
    h("header", {},
      h("div", {}, h("h3", {}, t("order", { id: order.hashed_id })),
        h("small", { class: "quiet" }, order.retailer.retailer_name ?? "")),
      h("span", { class: `chip ${order.status}` }, statusName(order.status))),
    h("p", { class: "marks" },
      h("span", { class: `mark ${order.in_queue ? "waits" : "there"}` }, t(order.in_queue ? "waits_for_odoo" : "reached_odoo")),
      order.delivered_by === "delivered_by_cartona" && h("span", { class: "mark" }, t("cartona_ships")),
      order.edited_by_admin && h("span", { class: "mark" }, t("edited_by_admin"))),
    lines(order),
    payment(order),
    order.note_message && h("p", { class: "note" }, order.note_message),
    codes(order),
    h("ol", { class: "trail" }, ...order.trail.map(step)),
    actions(order));
}

const step = ({ at, status }) =>
  h("li", {}, h("span", {}, statusName(status)), h("time", { class: "quiet" }, clock(at)));

function lines(order) {
  const editing = order.status === "editing";
  return h("ul", { class: "lines" }, ...order.order_details.map((line) => h("li", {},
    h("div", {}, h("strong", {}, productName(line)), h("small", { class: "quiet" }, unit(line))),
    editing
      ? h("input", { type: "number", min: 0, step: 1, value: line.amount, "data-product": line.supplier_product_id, "aria-label": productName(line) })
      : h("span", { class: "quiet" }, t("line_unit", { amount: number(line.amount), unit: money(line.selling_price) })),
    h("span", { class: "amount" }, money(line.selling_price * line.amount)))));
}

function payment(order) {
  const parts = [
    order.cartona_credit > 0 && t("credit_line", { amount: money(order.cartona_credit) }),
    order.installment_cost > 0 && t("installment_line", { amount: money(order.installment_cost) }),
    order.wallet_top_up > 0 && t("top_up_line", { amount: money(order.wallet_top_up) }),
    t("collect_line", { amount: money(order.to_collect) }),
  ];
  return h("div", { class: "payment" },
    h("p", { class: "sum" }, h("span", {}, t("total")), h("strong", {}, money(order.total_price))),
    ...parts.filter(Boolean).map((text) => h("small", { class: "quiet" }, text)));
}

function codes(order) {
  const open = ["pending", "approved", "editing", "assigned_to_salesman"].includes(order.status);
  if (!open) {return null;}
  if (order.delivered_by === "delivered_by_cartona") {
    return h("div", { class: "code" }, h("span", {}, t("pickup_code")), h("b", {}, order.pickup_otp));
  }
  if (!order.needs_otp) {return null;}
  return h("div", { class: "code" },
    h("span", {}, t("code"), h("small", { class: "quiet" }, t("code_hint"))),
    h("b", {}, order.retailer_otp));
}

function actions(order) {
  const make = {
    pending: () => [button(order, "start-editing", "start_editing"), asking(order, "cancel")],
    editing: () => [finish(order)],
    approved: () => [order.delivered_by === "delivered_by_cartona" && button(order, "ship", "ship"), asking(order, "cancel")],
    assigned_to_salesman: () => [delivery(order), asking(order, "return")],
  }[order.status];
  const buttons = make ? make().filter(Boolean) : [];
  return buttons.length > 0 && h("div", { class: "actions" }, ...buttons);
}

const button = (order, action, word) =>
  h("button", { class: "plain", onclick: () => doTo(order, action) }, t(word));

const asking = (order, action) => h("button", {
  class: "plain danger",
  onclick: () => confirm(t(`sure_${action}`, { id: order.hashed_id })) && doTo(order, action),
}, t(action));

function finish(order) {
  return h("button", {
    class: "main",
    onclick: async (event) => {
      const fields = [...event.target.closest("article").querySelectorAll("[data-product]")];
      const wanted = fields.map((field) => ({ product: field.dataset.product, amount: Number(field.value) }))
        .filter((line) => line.amount > 0);
      const path = `orders/${encodeURIComponent(order.hashed_id)}/lines`;
      const saved = await act("PUT", path, { lines: wanted });
      if (saved) {await doTo(order, "finish-editing");}
    },
  }, t("finish_editing"));
}

function delivery(order) {
  if (order.delivered_by === "delivered_by_cartona") {return button(order, "deliver", "cartona_deliver");}
  if (!order.needs_otp) {return null;}
  const field = h("input", { class: "otp", inputmode: "numeric", maxlength: 8, placeholder: "••••", "aria-label": t("enter_code") });
  return h("form", {
    class: "enter-code",
    onsubmit: (event) => { event.preventDefault(); doTo(order, "enter-code", { retailer_otp: field.value }); },
  }, h("label", {}, h("span", { class: "quiet" }, t("enter_code")), field), h("button", { class: "main" }, t("deliver")));
}
