// The signs that several parts of the page share: a line that shows how a fact is meant, and chips that say it.
import { h, svg } from "./dom.js";
import { modalityLabel, MODALITIES, NEGATED } from "./words.js";

const DASHES = { asserted: "", planned: "8 5", directive: "8 3.5 2 3.5", possible: "2 4" };

/** A short line in the pattern of the picture's edges. */
export function lineSample(modality, negated = false) {
  const line = svg("line", { x1: 1, y1: 7, x2: 35, y2: 7, "stroke-dasharray": DASHES[modality] || undefined });
  const ticks = negated ? [7, 18, 29].map((x) => svg("line", { x1: x, y1: 2.5, x2: x, y2: 11.5 })) : [];
  return svg("svg", { class: "line-sample", viewBox: "0 0 36 14", width: 36, height: 14, "aria-hidden": "true" }, line, ...ticks);
}

/** How a fact is meant, unless it is plainly stated. */
export function modalityChips(fact) {
  const about = (name) => [...MODALITIES, NEGATED].find((m) => m.name === name)?.about;
  const chips = [];
  if (fact.modality !== "asserted")
    chips.push(h("span", { class: "chip", title: about(fact.modality) }, lineSample(fact.modality), modalityLabel(fact.modality)));
  if (fact.negated) chips.push(h("span", { class: "chip", title: NEGATED.about }, lineSample("asserted", true), NEGATED.label));
  return chips;
}
