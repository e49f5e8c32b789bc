// How two entities are connected: two search fields, and a shortest chain of facts with the words that prove each.
import { dot, h, named } from "./dom.js";
import { evidenceList } from "./evidence.js";
import { modalityChips } from "./marks.js";
import { searchField } from "./search.js";
import { counted, relationLabel } from "./words.js";

export class PathPanel {
  /** act: {path(end, node or null), choose(node), swap(), close()} */
  constructor(root, model, act) {
    this.model = model;
    this.act = act;
    this.root = root;
    this.fields = Object.fromEntries(
      [["from", "From"], ["to", "To"]].map(([end, label]) => [
        end, searchField(model, { label, placeholder: "Name of an entity", chosen: (node) => act.path(end, node), cleared: () => act.path(end, null) }),
      ]),
    );
    this.answer = h("div", { class: "path-answer", "aria-live": "polite" });
    root.replaceChildren(
      h("header", { class: "panel-head" }, h("h2", { id: "path-title", tabindex: "-1" }, "Path between two entities"),
        h("button", { class: "icon", type: "button", "aria-label": "Close the path (Escape)", title: "Close (Escape)", onclick: () => act.close() }, "✕")),
      h("div", { class: "path-fields" }, h("span", { class: "end" }, "From"), this.fields.from.element, h("span", { class: "end" }, "To"), this.fields.to.element),
      h("button", { type: "button", class: "swap", onclick: () => act.swap() }, "Swap"),
      this.answer,
    );
  }

  show(state, chain) {
    for (const end of ["from", "to"]) {
      const { input } = this.fields[end];
      if (document.activeElement !== input || state[end]) input.value = state[end]?.label ?? "";
    }
    this.answer.replaceChildren(...this.answerTo(state, chain));
  }

  answerTo(state, chain) {
    if (!state.from || !state.to) return [h("p", { class: "hint" }, "Name two entities, or choose them in the picture: the first click is where the path starts, the second where it ends.")];
    if (state.from === state.to) return [h("p", { class: "note" }, "Both ends are one entity.")];
    if (!chain) return [h("p", { class: "note" }, "No chain of shown facts connects them. Filters may hide one.")];
    const { model, act } = this;
    const entity = (index) => h("button", { class: "entity", type: "button", onclick: () => act.choose(model.nodes[index]) }, dot(model.types[model.nodes[index].type].color), named(model.nodes[index].label));
    const steps = chain.map(({ edge, from, to }) => {
      const forward = edge.source === from;
      const relation = model.relations[edge.relation];
      const words = relationLabel(relation.name);
      return h("li", {},
        h("p", { class: "step" }, h("span", { class: "arrow", "aria-label": forward ? "forwards" : "backwards" }, relation.symmetric ? "↕" : forward ? "↓" : "↑"),
          h("span", { class: "relation" }, (edge.negated ? "not " : "") + (forward || relation.symmetric ? words : relation.inverse)), ...modalityChips(edge), edge.time ? h("time", {}, edge.time) : null),
        h("details", { class: "fact" }, h("summary", {}, h("span", { class: "quote" }, model.sentences[edge.evidence[0]?.s]?.[1] ?? "")), evidenceList(edge, model, act.choose)),
        entity(to));
    });
    return [h("p", { class: "quiet" }, counted(chain.length, "fact", "facts") + " apart"), h("ol", { class: "chain" }, h("li", {}, entity(state.from.index)), steps)];
  }
}
