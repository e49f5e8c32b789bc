// The graph as the page holds it: parsed once from the JSON that weft wrote into the page, indexed, never changed.
import { daysOf, fold } from "./words.js";

const FORMAT = 1;
const isColor = (text) => typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text);

function readFact(row) {
  return {
    relation: row.r,
    modality: row.m ?? "asserted",
    negated: row.not === true,
    time: row.t ?? "",
    by: row.by ?? null,
    confidence: row.c ?? 1,
    evidence: row.e,
    evidenceCount: row.of ?? row.e.length,
    spans: daysOf(row.t) ? [daysOf(row.t)] : null, // [first day, last day] of each time that is given
    reported: null, // the same of the documents that report it
  };
}

function reportedSpans(fact, documentDays, sentences) {
  const spans = new Map();
  for (const item of fact.evidence) {
    const days = documentDays[sentences[item.s][0]];
    if (days) spans.set(days.join(), days);
  }
  return spans.size ? [...spans.values()] : null;
}

/** Parallel facts between two nodes are fanned out, so that each can be seen and clicked. */
function fanOut(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const key = Math.min(edge.source, edge.target) * 2 ** 26 + Math.max(edge.source, edge.target);
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  for (const list of pairs.values())
    list.forEach((edge, i) => {
      const step = Math.min(0.22, 1.2 / list.length);
      const bend = (i - (list.length - 1) / 2) * step;
      edge.bend = edge.source <= edge.target ? bend : -bend;
    });
}

export function readModel(text) {
  const data = JSON.parse(text);
  if (data.format !== FORMAT) throw new Error(`this page reads format ${FORMAT}, not ${data.format}`);
  const types = data.types.map((t, index) => ({ ...t, index, color: isColor(t.color) ? t.color : "#999999" }));
  const documentDays = data.documents.map((d) => daysOf(d.date));
  const nodes = data.nodes.map((row, index) => ({
    ...row,
    index,
    label: row.label || row.id,
    key: String(index),
    edges: [],
    facts: (row.facts ?? []).map((f) => ({ ...readFact(f), value: f.value, subject: index })),
    folded: [],
  }));
  const edges = data.edges.map((row, index) => ({
    ...readFact(row),
    index,
    key: String(index),
    id: row.id,
    source: row.s,
    target: row.o,
    weight: row.w,
    bend: 0,
  }));
  for (const edge of edges) {
    nodes[edge.source].edges.push(edge);
    if (edge.target !== edge.source) nodes[edge.target].edges.push(edge);
    edge.reported = reportedSpans(edge, documentDays, data.sentences);
  }
  for (const node of nodes) {
    node.degree = node.edges.length;
    for (const fact of node.facts) fact.reported = reportedSpans(fact, documentDays, data.sentences);
    node.folded = [...new Set([node.label, ...node.aliases].map(fold))];
  }
  fanOut(edges);
  return {
    title: data.title || "graph",
    generator: data.generator,
    total: data.total,
    types,
    relations: data.relations.map((r, index) => ({ ...r, index })),
    documents: data.documents,
    sentences: data.sentences,
    nodes,
    edges,
    nodeById: new Map(nodes.map((n) => [n.id, n])),
    edgeById: new Map(edges.map((e) => [e.id, e])),
    hasPlaces: nodes.length > 0 && nodes.every((n) => Number.isFinite(n.x) && Number.isFinite(n.y)),
  };
}
