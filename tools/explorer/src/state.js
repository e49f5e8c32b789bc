// What the reader has chosen. It lives in the address after "#", so that a link shows what its sender saw. What
// stands there may come from anybody: values that name nothing in this graph are dropped.
import { MODALITIES, NEGATED } from "./words.js";

export const COLORINGS = ["type", "community"];
export const SIZINGS = ["degree", "pagerank", "betweenness", "mentions"];
export const DEEPEST = 4;

export function initialState(model) {
  const dated = (field) => model.edges.filter((e) => e[field]).length;
  return {
    node: null, // of the model, as all nodes and edges here
    edge: null,
    depth: 0, // 0: everything; else only what is that many facts away from the node
    from: null,
    to: null,
    hiddenTypes: new Set(), // names
    hiddenRelations: new Set(),
    hiddenModalities: new Set(),
    dates: dated("spans") >= dated("reported") ? "facts" : "documents",
    days: null, // [first, last], counted from 1970
    undated: true,
    confidence: 0,
    unconnected: model.edges.length === 0,
    coloring: "type",
    sizing: "degree",
    theme: null, // null: as the system has it
  };
}

const list = (set) => [...set].sort().join(",");

/** Only what differs from the beginning is written. */
export function toHash(state, start) {
  const p = new URLSearchParams();
  if (state.node) p.set("node", state.node.id);
  if (state.edge) p.set("fact", state.edge.id);
  if (state.depth) p.set("depth", state.depth);
  if (state.from) p.set("from", state.from.id);
  if (state.to) p.set("to", state.to.id);
  if (state.hiddenTypes.size) p.set("without-types", list(state.hiddenTypes));
  if (state.hiddenRelations.size) p.set("without-relations", list(state.hiddenRelations));
  if (state.hiddenModalities.size) p.set("without-modalities", list(state.hiddenModalities));
  if (state.days) p.set("days", state.days.join("~"));
  for (const name of ["dates", "undated", "unconnected", "coloring", "sizing"])
    if (state[name] !== start[name]) p.set(name, state[name]);
  if (state.confidence) p.set("confidence", state.confidence.toFixed(2));
  if (state.theme) p.set("theme", state.theme);
  return p.toString();
}

export function fromHash(hash, model) {
  const state = initialState(model);
  const p = new URLSearchParams(hash.replace(/^#/, ""));
  const known = (name, all) => new Set((p.get(name) ?? "").split(",").filter((value) => all.includes(value)));
  const one = (name, allowed) => {
    if (allowed.includes(p.get(name))) state[name] = p.get(name);
  };
  const flag = (name) => {
    if (["true", "false"].includes(p.get(name))) state[name] = p.get(name) === "true";
  };
  state.node = model.nodeById.get(p.get("node")) ?? null;
  state.edge = model.edgeById.get(p.get("fact")) ?? null;
  state.from = model.nodeById.get(p.get("from")) ?? null;
  state.to = model.nodeById.get(p.get("to")) ?? null;
  const depth = Number(p.get("depth"));
  if (state.node && Number.isInteger(depth) && depth >= 0 && depth <= DEEPEST) state.depth = depth;
  state.hiddenTypes = known("without-types", model.types.map((t) => t.name));
  state.hiddenRelations = known("without-relations", model.relations.map((r) => r.name));
  state.hiddenModalities = known("without-modalities", [...MODALITIES, NEGATED].map((m) => m.name));
  const days = (p.get("days") ?? "").split("~").map(Number);
  if (p.get("days") && days.length === 2 && days.every(Number.isInteger) && days[0] <= days[1]) state.days = days;
  const confidence = Number(p.get("confidence"));
  if (confidence > 0 && confidence <= 1) state.confidence = confidence;
  one("dates", ["facts", "documents"]);
  one("coloring", COLORINGS);
  one("sizing", SIZINGS);
  one("theme", ["light", "dark"]);
  flag("undated");
  flag("unconnected");
  return state;
}
