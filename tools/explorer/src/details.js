// The panel on the right: what is chosen, with its facts and their sentences; or, if nothing is, where to begin.
import { dot, h, named } from "./dom.js";
import { evidenceList, firstSentence } from "./evidence.js";
import { passes } from "./filter.js";
import { lineSample, modalityChips } from "./marks.js";
import { DEEPEST } from "./state.js";
import { count, counted, modalityLabel, NEGATED, relationLabel } from "./words.js";

const AT_ONCE = 25; // facts of one group that are listed before "Show more"

export class Details {
  /** act: {choose(node), chooseEdge(edge), close(), depth(n), path(end, node)} */
  constructor(root, model, act) {
    this.root = root;
    this.model = model;
    this.act = act;
  }

  show(state, view) {
    this.state = state;
    this.view = view;
    const content = state.edge ? this.edgePanel(state.edge) : state.node ? this.nodePanel(state.node) : this.overview();
    this.root.replaceChildren(...content);
  }

  entity(node, className = "entity") {
    const button = h("button", { class: className, type: "button", onclick: () => this.act.choose(node) }, dot(this.model.types[node.type].color), named(node.label));
    return button;
  }

  typeLine(node) {
    const type = this.model.types[node.type];
    return h("p", { class: "type-line" }, dot(type.color), type.name, node.kind ? h("span", { class: "quiet" }, " · " + node.kind) : null);
  }

  heading(kicker, ...title) {
    return h(
      "header", { class: "panel-head" },
      h("div", {}, kicker, h("h2", { tabindex: "-1", id: "details-title" }, ...title)),
      h("button", { class: "icon", type: "button", "aria-label": "Close (Escape)", title: "Close (Escape)", onclick: () => this.act.close() }, "✕"),
    );
  }

  overview() {
    const { model, view } = this;
    const best = model.nodes.filter((n) => view.nodeShown[n.index]).sort((a, b) => b.degree - a.degree || a.index - b.index).slice(0, 12);
    return [
      h("header", { class: "panel-head" }, h("h2", { id: "details-title", tabindex: "-1" }, "Where to begin")),
      h("p", { class: "hint" }, "Choose a node or a line in the picture, or search for a name. Every fact leads to the sentences that say so."),
      h("h3", {}, "Best connected"),
      h("ol", { class: "ranking" }, best.map((n) => h("li", {}, this.entity(n), h("span", { class: "number" }, counted(n.degree, "fact", "facts"))))),
      h("h3", {}, counted(model.documents.length, "document", "documents")),
      h("ul", { class: "documents" }, model.documents.slice(0, 100).map((d) => h("li", {}, named(d.title || d.id), h("span", { class: "quiet" }, [d.date, d.source].filter(Boolean).join(" · "))))),
      model.documents.length > 100 ? h("p", { class: "quiet" }, `and ${count(model.documents.length - 100)} more`) : null,
    ].filter(Boolean);
  }

  nodePanel(node) {
    const others = node.aliases.filter((a) => a !== node.label);
    const numbers = [counted(node.degree + node.facts.length, "fact", "facts"), counted(node.mentions, "mention", "mentions"), counted(node.documents, "document", "documents")];
    return [
      this.heading(this.typeLine(node), named(node.label)),
      others.length ? h("p", { class: "aliases" }, "Also: ", others.slice(0, 12).flatMap((a, i) => [i ? ", " : "", named(a)]), others.length > 12 ? ` and ${others.length - 12} more` : "") : null,
      h("p", { class: "quiet numbers" }, numbers.join(" · ")),
      ...this.doubts(node),
      this.depthControl(),
      h(
        "div", { class: "actions" },
        h("button", { type: "button", onclick: () => this.act.path("from", node) }, "Path from here"),
        h("button", { type: "button", onclick: () => this.act.path("to", node) }, "Path to here"),
      ),
      ...this.groups(node),
    ].filter(Boolean);
  }

  /** What may be the same thing and was kept apart: no fact, so it has no sentence, but a reason. */
  doubts(node) {
    return (node.maybe ?? []).map(([other, reason]) => h("p", { class: "doubt" }, "Maybe the same as ", this.entity(this.model.nodes[other]), ": ", named(reason)));
  }

  depthControl() {
    const depths = Array.from({ length: DEEPEST + 1 }, (_, i) => i);
    return h(
      "fieldset", { class: "segments" },
      h("legend", {}, "Show around it"),
      depths.map((depth) =>
        h("label", {}, h("input", { type: "radio", name: "depth", value: depth, checked: this.state.depth === depth, onchange: () => this.act.depth(depth) }),
          h("span", { title: depth ? `only what is at most ${counted(depth, "fact", "facts")} away` : "the whole graph" }, depth ? String(depth) : "All"))),
    );
  }

  /** Facts by relation and direction, in the ontology's order; attributes first. */
  groups(node) {
    const { model, state } = this;
    const facts = [...node.facts, ...node.edges];
    const groups = new Map();
    let hidden = 0;
    for (const fact of facts) {
      if (!passes(fact, state, model)) {
        ++hidden;
        continue;
      }
      const relation = model.relations[fact.relation];
      const forward = fact.subject !== undefined || fact.source === node.index || relation.symmetric;
      const key = fact.relation * 2 + (forward ? 0 : 1) - (fact.subject !== undefined ? 1e6 : 0);
      if (!groups.has(key)) groups.set(key, { label: forward ? relationLabel(relation.name) : relation.inverse, facts: [] });
      groups.get(key).facts.push(fact);
    }
    const sorted = [...groups.entries()].sort((a, b) => a[0] - b[0]).map(([, group]) => group);
    return [
      ...sorted.map((group) => this.group(group, node)),
      hidden ? h("p", { class: "note" }, `${counted(hidden, "fact is", "facts are")} hidden by the filters.`) : null,
      facts.length ? null : h("p", { class: "note" }, "No facts, only mentions."),
    ];
  }

  group({ label, facts }, node) {
    const list = h("ul", { class: "facts" });
    const more = h("button", { type: "button", class: "more" });
    let shown = 0;
    const show = () => {
      list.append(...facts.slice(shown, shown + AT_ONCE).map((f) => this.factRow(f, node)));
      shown = Math.min(facts.length, shown + AT_ONCE);
      more.hidden = shown === facts.length;
      more.textContent = `Show ${count(Math.min(AT_ONCE, facts.length - shown))} more`;
    };
    more.addEventListener("click", show);
    show();
    return h("details", { class: "group", open: true }, h("summary", {}, h("h3", {}, label), h("span", { class: "number" }, count(facts.length))), list, more);
  }

  factRow(fact, node) {
    const { model } = this;
    const other = fact.subject !== undefined ? null : model.nodes[fact.source === node.index ? fact.target : fact.source];
    const head = other ? this.entity(other) : named(fact.value, "value");
    const details = h("details", { class: "fact" }, h("summary", { "aria-label": `Sentences for ${other ? other.label : fact.value}` },
      h("span", { class: "quote" }, firstSentence(fact, model)), fact.evidenceCount > 1 ? h("span", { class: "number" }, counted(fact.evidenceCount, "sentence", "sentences")) : null));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(evidenceList(fact, model, this.act.choose));
    });
    return h("li", {}, h("div", { class: "fact-head" }, head, ...modalityChips(fact), fact.time ? h("time", {}, fact.time) : null), details);
  }

  edgePanel(edge) {
    const { model } = this;
    const relation = model.relations[edge.relation];
    const source = model.nodes[edge.source];
    const target = model.nodes[edge.target];
    const beside = source.edges.filter((e) => e !== edge && (e.source === edge.target || e.target === edge.target));
    return [
      this.heading(h("p", { class: "type-line" }, "Fact"), named(source.label), h("span", { class: "relation" }, ` ${edge.negated ? "not " : ""}${relationLabel(relation.name)} `), named(target.label)),
      h("div", { class: "ends" }, this.entity(source), h("span", { class: "arrow" }, relation.symmetric ? "↔" : "→"), this.entity(target)),
      h(
        "dl", { class: "qualities-table" },
        h("dt", {}, "How it is meant"), h("dd", {}, lineSample(edge.modality, edge.negated), " ", modalityLabel(edge.modality), edge.negated ? `, ${NEGATED.label.toLowerCase()}` : ""),
        edge.time ? [h("dt", {}, "When"), h("dd", {}, edge.time)] : [],
        edge.by !== null ? [h("dt", {}, "Speaker"), h("dd", {}, typeof edge.by === "number" ? this.entity(model.nodes[edge.by]) : named(edge.by))] : [],
        h("dt", {}, "Confidence"), h("dd", {}, edge.confidence.toFixed(2)),
        h("dt", {}, "Evidence"), h("dd", {}, counted(edge.evidenceCount, "sentence", "sentences")),
      ),
      evidenceList(edge, model, this.act.choose),
      beside.length ? h("h3", {}, "Also between them") : null,
      beside.length ? h("ul", { class: "facts" }, beside.map((e) => h("li", {}, h("button", { class: "entity", type: "button", onclick: () => this.act.chooseEdge(e) }, this.sentence(e)), ...modalityChips(e)))) : null,
    ].filter(Boolean);
  }

  sentence(edge) {
    const { nodes, relations } = this.model;
    return h("span", {}, named(nodes[edge.source].label), ` ${edge.negated ? "not " : ""}${relationLabel(relations[edge.relation].name)} `, named(nodes[edge.target].label));
  }
}
