// Starts the page: tabs, the retailer, and asking for news once a second.

import { byId, h, toast } from "./dom.js";
import { drawFaults } from "./faults.js";
import { basketChanged, drawShop, setUpShop, shopQuery } from "./shop.js";
import { drawOrders } from "./orders.js";
import { drawRequests } from "./requests.js";
import { Refused, call } from "./server.js";
import { number } from "./words.js";

const EVERY = 1000;
const state = { version: "", retailers: [], data: null };

const retailer = () => state.retailers[byId("retailer").value];

function showTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", chosen);
    byId(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  history.replaceState(null, "", `#${name}`);
  document.querySelector(".language").hash = name;
  window.scrollTo(0, 0);
  basketChanged();
}

function setUpTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => showTab(tab.getAttribute("aria-controls")));
  }
  const names = tabs.map((tab) => tab.getAttribute("aria-controls"));
  const wanted = location.hash.slice(1);
  showTab(names.includes(wanted) ? wanted : "shop");
}

async function setUpRetailers() {
  state.retailers = await call("GET", "retailers");
  const options = state.retailers.map((one, n) => h("option", { value: n }, one.retailer_name));
  byId("retailer").replaceChildren(...options);
  byId("retailer").addEventListener("change", draw);
}

function draw() {
  if (!state.data) {return;}
  drawShop(state.data);
  drawOrders(state.data, retailer(), act);
  drawRequests(state.data);
  drawFaults(state.data, act);
  const open = state.data.orders.filter((order) => order.status === "pending").length;
  byId("orders-count").textContent = open ? number(open) : "";
  const troubles = state.data.faults.length;
  byId("faults-count").textContent = troubles ? number(troubles) : "";
}

async function refresh(force = false) {
  const version = force ? "" : state.version;
  const news = await call("GET", `shop?version=${version}&${shopQuery()}`);
  byId("offline").hidden = true;
  if (!news) {return;}
  state.version = news.version;
  state.data = news;
  draw();
}

// Does something and shows at once what came of it; a refusal is said in a line.
async function act(method, path, body) {
  try {
    const answer = await call(method, path, body);
    await refresh(true);
    return answer;
  } catch (error) {
    if (!(error instanceof Refused)) {throw error;}
    toast(error.message);
    return null;
  }
}

async function keepUp() {
  try {
    if (!state.retailers.length) {await setUpRetailers();}
    if (!document.hidden) {await refresh();}
  } catch (error) {
    if (!(error instanceof TypeError)) {throw error;}
    byId("offline").hidden = false;
  } finally {
    setTimeout(keepUp, EVERY);
  }
}

setUpTabs();
setUpShop({ act, retailer, refresh, showTab });
keepUp();
