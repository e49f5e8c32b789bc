// The panel on the left: what there is, how much of it is shown, and switches for each kind.
import { dot, h } from "./dom.js";
import { lineSample } from "./marks.js";
import { COLORINGS, SIZINGS } from "./state.js";
import { count, MODALITIES, NEGATED, relationLabel } from "./words.js";

const NAMES = { degree: "number of facts", pagerank: "PageRank", betweenness: "betweenness", mentions: "mentions", type: "type", community: "community" };

export class Legend {
  /** change(function that alters the state); totals as totals() gives them. */
  constructor(root, model, totals, change) {
    this.model = model;
    this.totals = totals;
    this.change = change;
    this.rows = [];
    const types = model.types.filter((t) => totals.types[t.index]).sort((a, b) => totals.types[b.index] - totals.types[a.index] || a.index - b.index);
    const relations = model.relations.filter((r) => totals.relations[r.index]).sort((a, b) => totals.relations[b.index] - totals.relations[a.index] || a.index - b.index);
    const modalities = [...MODALITIES, NEGATED].filter((m) => totals.modalities[m.name]);
    root.replaceChildren(
      this.group("Types", "hiddenTypes", types.map((t) => ({ name: t.name, label: t.name, about: t.description, sign: dot(t.color), number: (c) => c.types[t.index] }))),
      this.group("How it is meant", "hiddenModalities", modalities.map((m) => ({ name: m.name, label: m.label, about: m.about, sign: lineSample(m.name === "negated" ? "asserted" : m.name, m.name === "negated"), number: (c) => c.modalities[m.name] }))),
      this.confidence(),
      this.group("Relations", "hiddenRelations", relations.map((r) => ({ name: r.name, label: relationLabel(r.name), about: r.description, sign: null, number: (c) => c.relations[r.index] }))),
      this.appearance(),
    );
  }

  group(title, field, rows) {
    const items = rows.map((row) => {
      const box = h("input", { type: "checkbox", "data-filter": `${field}:${row.name}`, onchange: () => this.change((s) => (box.checked ? s[field].delete(row.name) : s[field].add(row.name))) });
      const number = h("span", { class: "number" });
      const only = h("button", { class: "only", type: "button", "aria-label": `Only ${row.label}`, onclick: () => this.change((s) => (s[field] = new Set(rows.map((r) => r.name).filter((n) => n !== row.name)))) }, "only");
      this.rows.push({ box, number, row, field });
      const item = h("li", { title: row.about }, h("label", {}, box, row.sign, h("span", { class: "row-label" }, row.label), number), only);
      this.rows.at(-1).item = item;
      return item;
    });
    const all = h("button", { class: "link all", type: "button", "aria-label": `All ${title.toLowerCase()}`, onclick: () => this.change((s) => s[field].clear()) }, "all");
    const none = h("button", { class: "link", type: "button", "aria-label": `No ${title.toLowerCase()}`, onclick: () => this.change((s) => (s[field] = new Set(rows.map((r) => r.name)))) }, "none");
    return h("section", { class: "legend" }, h("div", { class: "legend-head" }, h("h2", {}, title), all, none), h("ul", {}, items));
  }

  confidence() {
    this.slider = h("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, oninput: () => this.change((s) => (s.confidence = Number(this.slider.value)), "slide") });
    this.sliderValue = h("output", { for: "confidence" });
    return h("section", { class: "legend" }, h("div", { class: "legend-head" }, h("h2", {}, h("label", { for: "confidence" }, "Confidence at least")), this.sliderValue), this.slider);
  }

  appearance() {
    const { model } = this;
    const has = { community: model.nodes.some((n) => n.community !== undefined), pagerank: model.nodes.some((n) => n.pagerank !== undefined), betweenness: model.nodes.some((n) => n.betweenness !== undefined) };
    const select = (id, field, values) => {
      const element = h("select", { id, onchange: () => this.change((s) => (s[field] = element.value)) }, values.filter((v) => has[v] !== false).map((v) => h("option", { value: v }, NAMES[v])));
      this[field] = element;
      return h("p", { class: "field" }, h("label", { for: id }, field === "coloring" ? "Colour by" : "Size by"), element);
    };
    this.unconnected = h("input", { type: "checkbox", id: "unconnected", onchange: () => this.change((s) => (s.unconnected = this.unconnected.checked)) });
    this.unconnectedNumber = h("span", { class: "number" });
    return h("section", { class: "legend" }, h("div", { class: "legend-head" }, h("h2", {}, "Appearance")), select("coloring", "coloring", COLORINGS), select("sizing", "sizing", SIZINGS),
      h("p", { class: "field" }, h("label", {}, this.unconnected, h("span", { class: "row-label" }, "Entities without facts"), this.unconnectedNumber)));
  }

  show(state, view) {
    for (const { box, number, row, field, item } of this.rows) {
      box.checked = !state[field].has(row.name);
      const shown = row.number(view);
      const all = row.number(this.totals);
      number.textContent = shown === all ? count(all) : `${count(shown)} of ${count(all)}`;
      item.classList.toggle("off", !box.checked);
    }
    this.slider.value = String(state.confidence);
    this.sliderValue.textContent = state.confidence.toFixed(2);
    this.slider.setAttribute("aria-valuetext", `at least ${state.confidence.toFixed(2)}`);
    this.coloring.value = state.coloring;
    this.sizing.value = state.sizing;
    this.unconnected.checked = state.unconnected;
    this.unconnectedNumber.textContent = count(view.unconnected);
  }
}
