// Which nodes and edges are shown, and how many of each kind. One pass over the edges and one over the nodes:
// O(nodes + edges), a few milliseconds for the largest page.

/** Whether a fact passes everything but the types of its ends and the time. */
function passesQualities(fact, state, model) {
  return (
    !state.hiddenRelations.has(model.relations[fact.relation].name) &&
    !state.hiddenModalities.has(fact.modality) &&
    !(fact.negated && state.hiddenModalities.has("negated")) &&
    fact.confidence >= state.confidence - 1e-9
  );
}

/** [first day, last day] of each time of a fact, or null if it has none. */
export const spansOf = (fact, state) => (state.dates === "facts" ? fact.spans : fact.reported);

function passesTime(fact, state) {
  const spans = spansOf(fact, state);
  if (!spans) return state.undated;
  return !state.days || spans.some(([first, last]) => last >= state.days[0] && first <= state.days[1]);
}

export const passes = (fact, state, model) => passesQualities(fact, state, model) && passesTime(fact, state);

/** Nodes within `depth` edges of the start, over the edges that are shown. */
function around(start, depth, model, edgeShown) {
  const reached = new Set([start.index]);
  let border = [start.index];
  for (let step = 0; step < depth && border.length > 0; ++step) {
    const next = [];
    for (const index of border)
      for (const edge of model.nodes[index].edges) {
        if (!edgeShown[edge.index]) continue;
        const other = edge.source === index ? edge.target : edge.source;
        if (reached.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    border = next;
  }
  return reached;
}

export function filter(model, state) {
  const typeShown = model.types.map((t) => !state.hiddenTypes.has(t.name));
  const edgeShown = new Uint8Array(model.edges.length);
  const nodeShown = new Uint8Array(model.nodes.length);
  const inTimeline = new Uint8Array(model.edges.length); // passes all but the time: what the histogram counts
  for (const edge of model.edges) {
    if (!typeShown[model.nodes[edge.source].type] || !typeShown[model.nodes[edge.target].type]) continue;
    if (!passesQualities(edge, state, model)) continue;
    inTimeline[edge.index] = 1;
    if (passesTime(edge, state)) edgeShown[edge.index] = 1;
  }
  const near = state.node && state.depth ? around(state.node, state.depth, model, edgeShown) : null;
  const connected = new Uint8Array(model.nodes.length);
  for (const edge of model.edges) {
    if (near && !(near.has(edge.source) && near.has(edge.target))) edgeShown[edge.index] = 0;
    if (edgeShown[edge.index]) connected[edge.source] = connected[edge.target] = 1;
  }
  let unconnected = 0;
  const chosen = new Set([state.node, state.from, state.to]);
  for (const node of model.nodes) {
    if (near && !near.has(node.index)) continue;
    if (!typeShown[node.type] && !chosen.has(node)) continue;
    if (!connected[node.index] && !near) ++unconnected;
    if (connected[node.index] || state.unconnected || chosen.has(node)) nodeShown[node.index] = 1;
  }
  return { nodeShown, edgeShown, inTimeline, unconnected, ...tally(model, nodeShown, edgeShown) };
}

function tally(model, nodeShown, edgeShown) {
  const types = new Uint32Array(model.types.length);
  const relations = new Uint32Array(model.relations.length);
  const modalities = { asserted: 0, planned: 0, directive: 0, possible: 0, negated: 0 };
  let nodes = 0;
  let edges = 0;
  for (const node of model.nodes)
    if (nodeShown[node.index]) {
      ++nodes;
      ++types[node.type];
    }
  for (const edge of model.edges)
    if (edgeShown[edge.index]) {
      ++edges;
      ++relations[edge.relation];
      ++modalities[edge.modality];
      if (edge.negated) ++modalities.negated;
    }
  return { nodes, edges, types, relations, modalities };
}

/** Numbers of all, whatever is filtered. */
export function totals(model) {
  return tally(model, new Uint8Array(model.nodes.length).fill(1), new Uint8Array(model.edges.length).fill(1));
}

/** A shortest chain of shown edges from one node to another, or null; of several, the one of the earliest edges. */
export function shortestPath(model, from, to, edgeShown) {
  if (from === to) return [];
  const via = new Map([[from.index, null]]);
  let border = [from.index];
  while (border.length > 0 && !via.has(to.index)) {
    const next = [];
    for (const index of border)
      for (const edge of model.nodes[index].edges) {
        const other = edge.source === index ? edge.target : edge.source;
        if (!edgeShown[edge.index] || via.has(other)) continue;
        via.set(other, { edge, from: index });
        next.push(other);
      }
    border = next;
  }
  if (!via.has(to.index)) return null;
  const chain = [];
  for (let at = to.index; via.get(at); at = via.get(at).from) chain.unshift({ ...via.get(at), to: at });
  return chain;
}
