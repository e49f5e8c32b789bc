// Places for nodes when weft gave none: each connected component by ForceAtlas2 from a deterministic start, nodes
// pushed off each other, then the components packed around the largest, nodes without facts in rows below.
// Reference: Jacomy et al., ForceAtlas2, PLoS ONE 9(6), 2014.
import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

const GAP = 7;
const ROOM = 19;

/** Keys of the nodes of each component, the largest first. */
function components(graph) {
  const seen = new Set();
  const found = [];
  graph.forEachNode((start) => {
    if (seen.has(start)) return;
    seen.add(start);
    const keys = [start];
    for (let i = 0; i < keys.length; ++i)
      graph.forEachNeighbor(keys[i], (other) => {
        if (seen.has(other)) return;
        seen.add(other);
        keys.push(other);
      });
    found.push(keys);
  });
  return found.sort((a, b) => b.length - a.length || Number(a[0]) - Number(b[0]));
}

/** Pushes overlapping discs apart, in rounds over a grid; discs: [{x, y, r}]. */
function makeRoom(discs) {
  const cell = 2 * Math.max(1e-6, ...discs.map((d) => d.r));
  for (let round = 0; round < 80; ++round) {
    const grid = new Map();
    const key = (d, dx = 0, dy = 0) => `${Math.floor(d.x / cell) + dx}:${Math.floor(d.y / cell) + dy}`;
    discs.forEach((d, i) => {
      d.number = i;
      if (!grid.has(key(d))) grid.set(key(d), []);
      grid.get(key(d)).push(d);
    });
    let moved = false;
    for (const a of discs)
      for (let near = 0; near < 9; ++near)
        for (const b of grid.get(key(a, (near % 3) - 1, Math.floor(near / 3) - 1)) ?? []) {
          if (b.number <= a.number) continue;
          const x = b.x - a.x || 1e-3;
          const y = b.y - a.y || 1e-3;
          const far = Math.hypot(x, y);
          const overlap = a.r + b.r - far;
          if (overlap <= 0) continue;
          moved = true;
          const push = (overlap / 2 + 1e-3) / far;
          a.x -= x * push;
          a.y -= y * push;
          b.x += x * push;
          b.y += y * push;
        }
    if (!moved) return;
  }
}

/** Brings the discs to a spread that leaves each about as much room again as it covers, whatever the forces gave. */
function scale(discs) {
  const middle = (axis) => discs.reduce((sum, d) => sum + d[axis], 0) / discs.length;
  const [x, y] = [middle("x"), middle("y")];
  const spread = Math.sqrt(discs.reduce((sum, d) => sum + (d.x - x) ** 2 + (d.y - y) ** 2, 0) / discs.length) || 1;
  const wanted = ROOM * Math.sqrt(discs.length);
  for (const d of discs) {
    d.x = ((d.x - x) * wanted) / spread;
    d.y = ((d.y - y) * wanted) / spread;
  }
}

/** Discs of one component, its middle at 0, 0. */
function placeComponent(graph, keys, iterations) {
  const inside = new UndirectedGraph();
  keys.forEach((key, i) => {
    const far = 30 * Math.sqrt(i + 0.5); // a spiral: no two on one place, and no chance involved
    inside.addNode(key, { x: far * Math.cos(i * 2.399963), y: far * Math.sin(i * 2.399963) });
  });
  for (const key of keys) graph.forEachNeighbor(key, (other) => other !== key && inside.mergeEdge(key, other));
  if (keys.length > 2)
    forceAtlas2.assign(inside, { iterations, settings: { barnesHutOptimize: keys.length > 600, gravity: 0.05, scalingRatio: 900, slowDown: 6, outboundAttractionDistribution: true } });
  const discs = keys.map((key) => ({ key, ...inside.getNodeAttributes(key), r: graph.getNodeAttribute(key, "size") + GAP }));
  scale(discs);
  makeRoom(discs);
  const middle = (axis) => (Math.min(...discs.map((d) => d[axis])) + Math.max(...discs.map((d) => d[axis]))) / 2;
  const [x, y] = [middle("x"), middle("y")];
  for (const d of discs) {
    d.x -= x;
    d.y -= y;
  }
  return discs;
}

/** The components on spirals around the first, each at the first free place. */
function pack(groups) {
  const placed = [];
  for (const discs of groups) {
    const radius = Math.max(...discs.map((d) => Math.hypot(d.x, d.y) + d.r));
    let at = { x: 0, y: 0 };
    for (let step = 0; placed.some((p) => Math.hypot(p.x - at.x, (p.y - at.y) * 1.2) < p.radius + radius + GAP); ++step) {
      const far = (placed[0].radius + radius) * (0.9 + step * 0.004);
      at = { x: far * Math.cos(step * 0.35), y: (far * Math.sin(step * 0.35)) / 1.2 };
    }
    placed.push({ ...at, radius, discs });
  }
  return placed;
}

export function layOut(graph) {
  const all = components(graph);
  const iterations = Math.max(60, Math.min(500, Math.round(500000 / (graph.order + graph.size))));
  const groups = all.filter((keys) => keys.length > 1).map((keys) => placeComponent(graph, keys, iterations));
  const placed = pack(groups);
  let bottom = 0;
  let half = 200;
  for (const { x, y, discs } of placed)
    for (const d of discs) {
      graph.mergeNodeAttributes(d.key, { x: x + d.x, y: y + d.y });
      bottom = Math.min(bottom, y + d.y);
      half = Math.max(half, Math.abs(x + d.x));
    }
  const step = 60;
  const columns = Math.max(4, Math.floor((2 * half) / step));
  all.filter((keys) => keys.length === 1).forEach(([key], i) => {
    graph.mergeNodeAttributes(key, { x: (i % columns) * step - half, y: bottom - 80 - Math.floor(i / columns) * step });
  });
}
