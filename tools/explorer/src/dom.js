// Elements from plain calls. Text from documents goes in as text nodes and attribute values only: nothing here or
// elsewhere in the explorer parses markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

export const byId = (id) => document.getElementById(id);

/** A coloured dot; the colour comes from the ontology and has been checked to be one. */
export function dot(color) {
  const element = h("span", { class: "dot", "aria-hidden": "true" });
  element.style.backgroundColor = color;
  return element;
}

/** A name from a document: its own direction of writing does not spill into what stands beside it. */
export function named(text, className = "") {
  return h("bdi", { class: className || undefined }, text);
}

/** Only links that lead to the web are links; everything else ("javascript:", "data:") stays text. */
export function safeLink(address, ...children) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // Not an address.
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return h("span", {}, ...children);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
