// Finding entities by name or alias: a combobox as in WAI-ARIA's "list autocomplete with manual selection". Names are
// compared without case and accents: whole name, beginning, beginning of a word, anywhere. O(names) for each letter.
import { dot, h, named } from "./dom.js";
import { counted, fold } from "./words.js";

const MOST = 12;

function rank(name, text, words) {
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  if (name.includes(" " + text)) return 2;
  if (words.every((w) => name.includes(w))) return name.includes(text) ? 3 : 4;
  return 9;
}

/** The best nodes for what was typed: [{node, alias}], alias being what was met if it is not the label. */
export function findNodes(model, typed, most = MOST) {
  const text = fold(typed);
  if (!text) return [];
  const words = text.split(" ");
  const hits = [];
  for (const node of model.nodes) {
    let best = 9;
    let at = 0;
    node.folded.forEach((name, i) => {
      const r = rank(name, text, words);
      if (r < best) [best, at] = [r, i];
    });
    if (best < 9) hits.push({ node, best, folded: node.folded[at] });
  }
  hits.sort((a, b) => a.best - b.best || b.node.degree - a.node.degree || a.node.index - b.node.index);
  return hits.slice(0, most).map(({ node, folded }) => ({ node, alias: folded === fold(node.label) ? null : node.aliases.find((a) => fold(a) === folded) ?? null }));
}

let numbering = 0;

/** A field that gives a node: label, placeholder, chosen(node). */
export function searchField(model, { label, placeholder, chosen, cleared }) {
  const id = `search-${++numbering}`;
  const input = h("input", {
    id, type: "search", role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, placeholder, autocomplete: "off", spellcheck: "false",
  });
  const list = h("ul", { id: `${id}-list`, role: "listbox", class: "results", "aria-label": `${label}: results`, hidden: true });
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (hit) => {
    close();
    input.value = hit.node.label;
    chosen(hit.node);
  };
  const activate = (index) => {
    active = index;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const row = (hit, i) =>
    h("li", { id: `${id}-${i}`, role: "option", "aria-selected": "false", onmousedown: (e) => (e.preventDefault(), take(hit)) },
      dot(model.types[hit.node.type].color),
      h("span", { class: "result-name" }, named(hit.node.label), hit.alias ? h("span", { class: "quiet" }, " also ", named(hit.alias)) : null),
      h("span", { class: "number" }, `${model.types[hit.node.type].name} · ${counted(hit.node.degree, "fact", "facts")}`));
  const update = () => {
    hits = findNodes(model, input.value);
    list.replaceChildren(...hits.map(row));
    if (input.value.trim() && hits.length === 0) list.replaceChildren(h("li", { class: "nothing", role: "presentation" }, "No name like this in the page."));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(hits.length ? 0 : -1);
  };
  input.addEventListener("input", () => {
    update();
    if (!input.value) cleared?.();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return update();
      if (hits.length) activate((active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter" && open && hits.length) {
      event.preventDefault();
      take(hits[Math.max(0, active)]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  });
  return { element: h("div", { class: "search" }, input, list), input };
}
