// Builds and reuses page elements; text only ever enters as text, so nothing needs escaping.

export const byId = (id) => document.getElementById(id);

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {element.addEventListener(name.slice(2), value);}
    else if (value === true) {element.setAttribute(name, "");}
    else if (value !== false && value !== null) {element.setAttribute(name, value);}
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

// Shows items in a container and rebuilds only those that differ, so that a field somebody is
// typing into survives. build(item, before) gets what was shown in its place, if anything.
export function keyed(container, items, key, build) {
  const old = container.shown ?? new Map();
  const shown = new Map();
  for (const item of items) {
    const id = key(item);
    const signature = JSON.stringify(item);
    const before = old.get(id);
    const same = before && before.signature === signature;
    const element = same ? before.element : build(item, before && before.item);
    shown.set(id, { item, signature, element });
  }
  container.shown = shown;
  const wanted = [...shown.values()].map((one) => one.element);
  const current = [...container.children];
  if (wanted.length !== current.length || wanted.some((one, n) => one !== current[n])) {
    container.replaceChildren(...wanted);
  }
}

let timer;

export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 4000);
}
