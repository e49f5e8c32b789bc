// Opens files with graphology and its readers, with Cytoscape.js and with D3, and says what they saw, as JSON lines. Run by
// check_graphology; each argument is KIND=FILE.
const fs = require("fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");
const cytoscape = require("cytoscape");

// As Gephi Lite opens JSON: lists of a certain form become functions (here: an error), objects with nodes and edges graphs.
function reviver(_, value) {
  if (Array.isArray(value) && value.length === 3 && value[0] === "<<Function") throw new Error("a name would be run as code");
  if (value && typeof value === "object" && Array.isArray(value.nodes) && Array.isArray(value.edges)) return Graph.from(value);
  return value;
}

function described(graph) {
  const nodes = {};
  graph.forEachNode((key, a) => (nodes[key] = { label: a.label, x: a.x, y: a.y, size: a.size, color: a.color, type: a.entity_type, doubtful: a.maybe_same !== undefined }));
  const edges = {};
  graph.forEachEdge((key, a, source, target, _s, _t, undirected) => {
    edges[key] = { source, target, undirected, weight: a.weight, relation: a.relation };
  });
  return { nodes, edges };
}

const readers = {
  graphology: (text) => described(JSON.parse(text, reviver)),
  graphml: (text) => described(graphml.parse(Graph, text)),
  gexf: (text) => described(gexf.parse(Graph, text)),
  "gephi-lite": (text) => {
    const project = JSON.parse(text, reviver);
    const { graphDataset: data, appearance } = project;
    if (project.type !== "gephi-lite" || !project.filters || !appearance.nodesColor.colorPalette) throw new Error("no project");
    const seen = described(data.fullGraph);
    const known = { nodes: new Set(data.nodeFields.map((f) => f.id)), edges: new Set(data.edgeFields.map((f) => f.id)) };
    for (const [item, values] of [["nodes", data.nodeData], ["edges", data.edgeData]]) {
      for (const key of Object.keys(seen[item])) {
        const { label, weight, relation, size, entity_type: type, maybe_same: doubt } = values[key];
        for (const field of Object.keys(values[key])) {
          if (!known[item].has(field)) throw new Error(`no model of ${field}`);
          if (!["string", "number"].includes(typeof values[key][field])) throw new Error(`${field} is no plain value`);
        }
        Object.assign(seen[item][key], item === "nodes" ? { label, size, type, doubtful: doubt !== undefined, ...data.layout[key], color: appearance.nodesColor.colorPalette[type] } : { weight, relation });
      }
    }
    return seen;
  },
  cytoscape: (text) => {
    const cy = cytoscape({ headless: true, styleEnabled: true, layout: { name: "preset" }, ...JSON.parse(text) });
    const seen = { nodes: {}, edges: {} };
    cy.nodes().forEach((n) => {
      const d = n.data();
      seen.nodes[n.id()] = { label: d.name, x: n.position().x, y: -n.position().y, size: d.size, color: d.color, type: d.type, doubtful: d.maybe_same !== undefined };
    });
    cy.edges().forEach((e) => {
      const d = e.data();
      seen.edges[e.id()] = { source: d.source, target: d.target, undirected: false, weight: d.weight, relation: d.relation };
    });
    return seen;
  },
};

async function main() {
  const d3 = await import("d3-force");
  readers.d3 = (text) => {
    const { nodes, links } = JSON.parse(text);
    const places = new Map(nodes.map((n) => [n.id, [n.x, n.y]]));
    // Resolves the ends of links, and throws where there is no such node.
    d3.forceSimulation(nodes).force("link", d3.forceLink(links).id((n) => n.id)).stop();
    const seen = { nodes: {}, edges: {} };
    for (const n of nodes) seen.nodes[n.id] = { label: n.label, x: places.get(n.id)[0], y: -places.get(n.id)[1], size: n.size, color: n.color, type: n.group, doubtful: n.maybe_same !== undefined };
    for (const l of links) seen.edges[l.id] = { source: l.source.id, target: l.target.id, undirected: false, weight: l.value, relation: l.relation };
    return seen;
  };
  for (const argument of process.argv.slice(2)) {
    const at = argument.indexOf("=");
    const kind = argument.slice(0, at);
    let seen;
    try {
      seen = readers[kind](fs.readFileSync(argument.slice(at + 1), "utf8"));
    } catch (error) {
      seen = { failure: String(error) };
    }
    fs.writeSync(1, JSON.stringify(seen) + "\n");
  }
  process.exit(0); // Cytoscape.js keeps drawing nothing for ever
}
main();
