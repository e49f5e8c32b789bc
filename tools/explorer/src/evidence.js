// The words that prove a fact: each sentence as it stands in its document, with what stands before and after it, the
// names of both ends brought out, and where, when and by whom it was said.
import { h, named, safeLink } from "./dom.js";
import { modalityChips } from "./marks.js";
import { count } from "./words.js";

/** Where any of these names stands in the text: [begin, end] pairs in order, longest names first. */
function placesOf(names, text) {
  const found = [];
  for (const name of [...new Set(names)].filter((n) => n.length > 1).sort((a, b) => b.length - a.length))
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const end = at + name.length;
      const inWord = /[\p{L}\p{N}]/u;
      const apart = !(inWord.test(text[at - 1] ?? " ") && inWord.test(text[at])) && !(inWord.test(text[end] ?? " ") && inWord.test(text[end - 1]));
      if (apart && !found.some(([b, e]) => at < e && end > b)) found.push([at, end]);
    }
  return found.sort((a, b) => a[0] - b[0]);
}

/** The text with the names in <b>. */
function withNames(text, names) {
  const parts = [];
  let at = 0;
  for (const [begin, end] of placesOf(names, text)) {
    parts.push(text.slice(at, begin), h("b", {}, text.slice(begin, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

export function namesOf(fact, model) {
  const ends = fact.subject !== undefined ? [fact.subject] : [fact.source, fact.target];
  const names = ends.flatMap((i) => [model.nodes[i].label, ...model.nodes[i].aliases]);
  return fact.value ? [...names, fact.value] : names;
}

export function firstSentence(fact, model) {
  return model.sentences[fact.evidence[0]?.s]?.[1] ?? "";
}

function speakerOf(by, model, choose) {
  if (by === null) return null;
  if (typeof by !== "number") return h("span", {}, "said by ", named(by));
  const node = model.nodes[by];
  return h("span", {}, "said by ", h("button", { class: "link", type: "button", onclick: () => choose(node) }, named(node.label)));
}

function evidenceItem(item, fact, model, choose) {
  const [documentIndex, text, before, after] = model.sentences[item.s];
  const document_ = model.documents[documentIndex];
  const meant = { modality: item.m ?? "asserted", negated: item.not === true };
  const source = [document_.date, document_.source].filter(Boolean).join(" · ");
  const facts = [
    item.t ? h("span", {}, "when: " + item.t) : null,
    speakerOf(item.by ?? null, model, choose),
    h("span", { title: item.rule ? `found by the rule ${item.rule}` : undefined }, `confidence ${(item.c ?? 1).toFixed(2)}`),
  ];
  return h(
    "li", { class: "evidence" },
    h("blockquote", {}, before ? h("span", { class: "context" }, before) : null, h("mark", {}, ...withNames(text, namesOf(fact, model))), after ? h("span", { class: "context" }, after) : null),
    h("p", { class: "source" }, safeLink(document_.url, named(document_.title || document_.id)), source ? h("span", {}, source) : null),
    h("p", { class: "qualities" }, ...modalityChips(meant), ...facts),
  );
}

export function evidenceList(fact, model, choose) {
  const missing = fact.evidenceCount - fact.evidence.length;
  return h(
    "ol", { class: "evidence-list" },
    fact.evidence.map((item) => evidenceItem(item, fact, model, choose)),
    missing > 0 ? h("li", { class: "note" }, `${count(missing)} more sentences are in the store: weft evidence.`) : null,
  );
}
