// The shop window and the basket.

import { byId, h, keyed, toast } from "./dom.js";
import { money, number, productName, t, unit } from "./words.js";

const SIZE = 60;
const basket = new Map();
let page = 1;
let data = null;
let tools = null;
let basketInView = false;

export function shopQuery() {
  const search = encodeURIComponent(byId("search").value);
  return `search=${search}&page=${page}&size=${SIZE}`;
}

const piastres = (amount) => Math.round(Number(amount) * 100);
const basketTotal = () =>
  [...basket.values()].reduce((sum, { product, amount }) => sum + piastres(product.selling_price) * amount, 0) / 100;

function put(product, amount) {
  if (amount > 0) {basket.set(product.supplier_product_id, { product, amount });}
  else {basket.delete(product.supplier_product_id);}
  drawShop(data);
}

function most(product) {
  const stock = product.is_unlimited_stock ? Infinity : product.available_stock_quantity;
  return Math.min(stock, product.max_order);
}

function stepper(product, amount) {
  const name = productName(product);
  const less = amount > product.min_order ? amount - 1 : 0;
  return h("div", { class: "stepper" },
    h("button", { type: "button", "aria-label": t("fewer", { name }), onclick: () => put(product, less) }, "−"),
    h("output", {}, number(amount)),
    h("button", {
      type: "button", "aria-label": t("more", { name }), disabled: amount >= most(product),
      onclick: () => put(product, amount + 1),
    }, "+"));
}

function stockText(product) {
  if (product.is_unlimited_stock) {return t("unlimited");}
  if (!sellable(product)) {return t("sold_out");}
  return t("stock", { count: number(product.available_stock_quantity) });
}

const sellable = (product) =>
  product.is_unlimited_stock || (product.in_stock && product.available_stock_quantity > 0);

function changed(product, before, ...names) {
  return before && names.some((name) => before[name] !== product[name]) ? " changed" : "";
}

function card(product, before) {
  const buy = product.amount
    ? stepper(product, product.amount)
    : h("button", {
      type: "button", class: "plain", disabled: !sellable(product),
      onclick: () => put(product, product.min_order),
    }, t("add"));
  return h("article", { class: `product card${sellable(product) ? "" : " gone"}`, "data-id": product.supplier_product_id },
    h("div", { class: "picture", "aria-hidden": "true" }, productName(product).trim()[0] ?? "•"),
    h("h3", {}, productName(product)),
    h("p", { class: "quiet" }, unit(product), product.is_bundle ? ` · ${t("bundle")}` : ""),
    h("p", { class: `price${changed(product, before, "selling_price")}` }, money(product.selling_price)),
    h("p", { class: `stock${changed(product, before, "available_stock_quantity", "is_unlimited_stock", "in_stock")}` }, stockText(product)),
    buy);
}

export function drawShop(news) {
  if (!news) {return;}
  data = news;
  for (const product of data.products) {
    const chosen = basket.get(product.supplier_product_id);
    if (chosen) {chosen.product = product;}
  }
  const shown = data.products.map((product) => ({
    ...product, amount: basket.get(product.supplier_product_id)?.amount ?? 0,
  }));
  keyed(byId("products"), shown, (product) => product.supplier_product_id, card);
  drawPages();
  drawBasket();
}

function drawPages() {
  const pages = Math.max(1, Math.ceil(data.total / SIZE));
  const search = byId("search").value.trim();
  byId("found").textContent = t("found", { count: number(data.total) });
  byId("no-products").hidden = data.total > 0;
  byId("no-products").textContent = search ? t("no_match", { search }) : t("no_products");
  byId("pages").hidden = pages < 2;
  byId("page").textContent = t("page", { page: number(page), pages: number(pages) });
  byId("previous").disabled = page <= 1;
  byId("next").disabled = page >= pages;
}

function basketLine({ product, amount }) {
  return h("li", {},
    h("div", {}, h("strong", {}, productName(product)), h("small", { class: "quiet" }, unit(product))),
    stepper(product, amount),
    h("span", { class: "amount" }, money((piastres(product.selling_price) * amount) / 100)));
}

function drawBasket() {
  const lines = [...basket.values()];
  byId("no-basket").hidden = lines.length > 0;
  byId("basket-full").hidden = lines.length === 0;
  keyed(byId("basket-lines"), lines, (line) => line.product.supplier_product_id, basketLine);
  byId("basket-total").textContent = money(basketTotal());
  drawPayment();
  basketChanged();
}

export function basketChanged() {
  const shortcut = byId("to-basket");
  shortcut.hidden = basket.size === 0 || basketInView || byId("shop").hidden;
  shortcut.textContent = t("to_basket", { count: number(basket.size), total: money(basketTotal()) });
}

const paid = (name) => piastres(byId("basket").elements[name].value || 0);

function drawPayment() {
  const total = piastres(basketTotal());
  const covered = paid("cartona_credit") + paid("installment_cost");
  const tooMuch = covered > total;
  byId("basket-collect").textContent = money((total - covered + paid("wallet_top_up")) / 100);
  byId("basket-error").hidden = !tooMuch;
  byId("basket-error").textContent = t("too_much_credit");
  byId("place").disabled = tooMuch;
}

async function place(event) {
  event.preventDefault();
  const form = byId("basket");
  const value = (name) => form.elements[name].value;
  const byCartona = form.elements.delivered_by.checked;
  const order = await tools.act("POST", "orders", {
    retailer: tools.retailer(),
    lines: [...basket.values()].map(({ product, amount }) => ({ product: product.supplier_product_id, amount })),
    cartona_credit: value("cartona_credit") || "0",
    installment_cost: value("installment_cost") || "0",
    wallet_top_up: value("wallet_top_up") || "0",
    delivered_by: byCartona ? "delivered_by_cartona" : "delivered_by_supplier",
    extra: value("note_message") ? { note_message: value("note_message") } : {},
  });
  if (!order) {return;}
  basket.clear();
  form.reset();
  drawShop(data);
  toast(t("placed", { id: order.hashed_id }));
  tools.showTab("orders");
}

export function setUpShop(given) {
  tools = given;
  const turn = (to) => { page = to; tools.refresh(true); };
  byId("search").addEventListener("input", () => turn(1));
  byId("previous").addEventListener("click", () => turn(page - 1));
  byId("next").addEventListener("click", () => turn(page + 1));
  byId("basket").addEventListener("submit", place);
  byId("basket").addEventListener("input", drawPayment);
  new IntersectionObserver(([entry]) => {
    basketInView = entry.isIntersecting;
    basketChanged();
  }).observe(byId("basket"));
  byId("to-basket").addEventListener("click", () => byId("basket").scrollIntoView({ behavior: "smooth" }));
}
