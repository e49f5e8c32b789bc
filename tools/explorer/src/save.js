// Saving what is seen: the picture as PNG with its legend, the shown part of the graph as GraphML.
import { relationLabel } from "./words.js";

export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export const fileName = (title, ending) => `${title.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60) || "graph"}.${ending}`;

/** The picture with a legend of the types that are shown; gives a promise of a Blob. */
export function pictureAsPng(picture, model, view) {
  const { canvas, inks, family, scale } = picture.flatten();
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  const types = model.types.filter((t) => view.types[t.index] > 0);
  context.font = `450 12px ${family}`;
  context.textBaseline = "middle";
  let x = 16;
  let y = canvas.height / scale - 16;
  const width = canvas.width / scale;
  for (const type of types) {
    const wide = 22 + context.measureText(type.name).width;
    if (x + wide > width - 16) {
      x = 16;
      y -= 20;
    }
    context.fillStyle = type.color;
    context.beginPath();
    context.arc(x + 5, y, 5, 0, 2 * Math.PI);
    context.fill();
    context.lineWidth = 4;
    context.strokeStyle = inks.halo;
    context.strokeText(type.name, x + 15, y);
    context.fillStyle = inks.ink;
    context.fillText(type.name, x + 15, y);
    x += wide + 12;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Escaped, without the characters that XML 1.0 can't hold. */
function xml(text) {
  return String(text)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\t\n\r]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? `&#${c.charCodeAt(0)};`);
}

const NODE_KEYS = { label: "string", entity_type: "string", kind: "string", aliases: "string", mentions: "int", documents: "int", x: "double", y: "double", size: "double", color: "string" };
const EDGE_KEYS = { edgelabel: "string", weight: "double", relation: "string", modality: "string", polarity: "string", time: "string", speaker: "string", confidence: "double", evidence: "string", sources: "string" };

function data(values) {
  return Object.entries(values).filter(([, value]) => value !== "" && value !== undefined && value !== null).map(([key, value]) => `<data key="${key}">${xml(value)}</data>`).join("");
}

/** In the form of `weft export --format graphml`. */
export function asGraphml(model, view, places, colorOf) {
  const joined = (values) => values.map((v) => v.replaceAll("|", "/")).join("|");
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  for (const [of, keys] of [["node", NODE_KEYS], ["edge", EDGE_KEYS]])
    for (const [name, type] of Object.entries(keys)) lines.push(`<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`);
  lines.push('<graph id="weft" edgedefault="directed">');
  for (const n of model.nodes) {
    if (!view.nodeShown[n.index]) continue;
    lines.push(`<node id="${xml(n.id)}">${data({ label: n.label, entity_type: model.types[n.type].name, kind: n.kind, aliases: joined(n.aliases), mentions: n.mentions, documents: n.documents, ...places(n), color: colorOf(n) })}</node>`);
  }
  for (const e of model.edges) {
    if (!view.edgeShown[e.index]) continue;
    const relation = model.relations[e.relation].name;
    const modality = e.modality === "asserted" ? "" : ` (${e.modality})`;
    const documents = [...new Set(e.evidence.map((item) => model.documents[model.sentences[item.s][0]].id))];
    const values = {
      edgelabel: (e.negated ? "not " : "") + relationLabel(relation) + modality, weight: Math.max(1, e.weight), relation, modality: e.modality, polarity: e.negated ? "negative" : "positive",
      time: e.time, speaker: typeof e.by === "number" ? model.nodes[e.by].id : e.by, confidence: e.confidence, evidence: joined(e.evidence.slice(0, 3).map((item) => model.sentences[item.s][1])), sources: joined(documents),
    };
    lines.push(`<edge id="${xml(e.id)}" source="${xml(model.nodes[e.source].id)}" target="${xml(model.nodes[e.target].id)}" label="${xml(relation)}">${data(values)}</edge>`);
  }
  lines.push("</graph>", "</graphml>", "");
  return lines.join("\n");
}
