// The drawn graph: sigma with our own edges and names. It shows what the filter lets through, and brings out what is
// chosen: a node with its neighbours, a fact, a path. Everything else stays visible, only fainter.
import { createNodeBorderProgram } from "@sigma/node-border";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { createEdgeProgram, edgeStyle, withoutArrow } from "./edge_program.js";
import { layOut } from "./layout.js";
import { radii } from "./sizes.js";
import { writeNames } from "./names_layer.js";
import { modalityLabel, relationLabel, shortened } from "./words.js";

const COMMUNITY_COLORS = ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#EE8866", "#44BB99", "#FFAABB", "#77AADD"];
const OTHERS = "#BBBBBB";
const INKS = {
  light: { back: "#ffffff", ink: "#1b2430", soft: "#566273", faded: "#a9b2bd", halo: "rgba(255,255,255,0.92)", edge: [110, 122, 140], accent: [25, 90, 190], rim: "#ffffff", faint: 0.88 },
  dark: { back: "#12161c", ink: "#e8edf3", soft: "#a7b2c0", faded: "#566070", halo: "rgba(18,22,28,0.9)", edge: [140, 152, 170], accent: [122, 180, 255], rim: "#12161c", faint: 0.84 },
};
const SMOOTH = 8000; // edges that are restyled while the pointer moves
const CROWD = 8000; // edges among which arrow heads would hide everything
const FAN = 30; // edges that stand out at once before they are drawn finer, so that a hub is no blot
const FAMILY = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

function mixed(hex, other, part) {
  const channel = (color, i) => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mix = [0, 1, 2].map((i) => Math.round(channel(hex, i) * (1 - part) + channel(other, i) * part));
  return "#" + mix.map((value) => value.toString(16).padStart(2, "0")).join("");
}

const rgba = ([r, g, b], alpha) => `rgba(${r},${g},${b},${alpha})`;

export function nodeColor(node, model, state) {
  if (state.coloring === "community") return COMMUNITY_COLORS[node.community] ?? OTHERS;
  return model.types[node.type].color;
}


/** How important a node is by the chosen measure, from 0 to 1. */
function importance(model, sizing) {
  const value = (n) => Math.max(0, n[sizing] ?? n.degree);
  const most = Math.max(1e-12, ...model.nodes.map(value));
  return model.nodes.map((n) => Math.sqrt(value(n) / most));
}

export class Picture {
  /** Throws if the browser has no WebGL. `on` holds node(node), edge(edge), nothing(), hover(text or null, x, y). */
  constructor(container, model, on) {
    this.model = model;
    this.on = on;
    this.container = container;
    this.theme = "light";
    this.hovered = null;
    this.hoveredEdge = null;
    this.view = null;
    this.state = null;
    this.marked = null;
    this.graph = this.makeGraph();
    this.renderer = new Sigma(this.graph, container, {
      nodeProgramClasses: {
        disc: createNodeBorderProgram({
          borders: [
            { size: { value: 0.12, mode: "relative" }, color: { attribute: "rim" } },
            { size: { fill: true }, color: { attribute: "color" } },
          ],
        }),
      },
      edgeProgramClasses: { line: createEdgeProgram(1), curve: createEdgeProgram(14) },
      defaultNodeType: "disc",
      defaultEdgeType: "line",
      renderLabels: false,
      enableEdgeEvents: true,
      zIndex: true,
      // Dots grow slower than distances when one zooms in, so that what was dense comes apart.
      zoomToSizeRatioFunction: (ratio) => (ratio < 1 ? Math.pow(ratio, 0.35) : Math.sqrt(ratio)),
      stagePadding: 44,
      minCameraRatio: 0.01,
      maxCameraRatio: 4,
      defaultDrawNodeHover: () => {},
      nodeReducer: (key, data) => this.drawNode(model.nodes[key], data),
      edgeReducer: (key, data) => this.drawEdge(model.edges[key], data),
    });
    this.renderer.createCanvasContext("names", { style: { pointerEvents: "none" } });
    this.names = this.renderer.getCanvases().names.getContext("2d");
    this.renderer.resize(true);
    this.listen();
  }

  makeGraph() {
    const { model } = this;
    const graph = new MultiDirectedGraph();
    const parts = importance(model, "degree");
    for (const node of model.nodes)
      graph.addNode(node.key, { x: node.x ?? 0, y: node.y ?? 0, size: model.hasPlaces ? node.size : 5 + 27 * parts[node.index], color: OTHERS, rim: OTHERS });
    for (const edge of model.edges) {
      const curved = edge.bend !== 0 || edge.source === edge.target;
      graph.addEdgeWithKey(edge.key, String(edge.source), String(edge.target), {
        type: curved ? "curve" : "line",
        bend: edge.bend,
        size: Math.min(4, 1.2 + 0.5 * Math.log2(Math.max(1, edge.weight))),
        style: edgeStyle(edge.modality, edge.negated, model.relations[edge.relation].symmetric),
      });
    }
    if (!model.hasPlaces) layOut(graph);
    return graph;
  }

  listen() {
    const { renderer, on, model } = this;
    renderer.on("clickNode", ({ node }) => on.node(model.nodes[node]));
    renderer.on("clickEdge", ({ edge }) => on.edge(model.edges[edge]));
    renderer.on("clickStage", () => on.nothing());
    // Sigma takes any two clicks within 300 ms for a double click, also on two things, and zooms: here the second one counts, too.
    renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => (preventSigmaDefault(), on.node(model.nodes[node])));
    renderer.on("doubleClickEdge", ({ edge, preventSigmaDefault }) => (preventSigmaDefault(), on.edge(model.edges[edge])));
    renderer.on("enterNode", ({ node }) => this.hover(model.nodes[node], null));
    renderer.on("leaveNode", () => this.hover(null, null));
    renderer.on("enterEdge", ({ edge, event }) => this.hover(null, model.edges[edge], event));
    renderer.on("leaveEdge", () => this.hover(null, null));
    renderer.on("afterRender", () => this.drawNames());
    new ResizeObserver(() => {
      const { width, height } = renderer.getDimensions();
      const { offsetWidth, offsetHeight } = this.container;
      if (offsetWidth === 0 || offsetHeight === 0 || (offsetWidth === width && offsetHeight === height)) return;
      renderer.resize();
      renderer.refresh();
    }).observe(this.container);
  }

  hover(node, edge, event = null) {
    this.hovered = node;
    this.hoveredEdge = edge;
    this.container.classList.toggle("pointing", node !== null || edge !== null);
    this.on.hover(edge ? this.sentenceOf(edge) : null, event?.x, event?.y);
    // Drawing a large graph anew at every move of the pointer would make it stumble: there, only names follow.
    if (this.model.edges.length <= SMOOTH) this.restyle();
    else this.renderer.scheduleRender();
  }

  sentenceOf(edge) {
    const { nodes, relations } = this.model;
    const extra = [edge.modality === "asserted" ? "" : modalityLabel(edge.modality).toLowerCase(), edge.negated ? "denied" : "", edge.time];
    const words = extra.filter(Boolean).join(", ");
    const relation = relationLabel(relations[edge.relation].name);
    return `${nodes[edge.source].label} — ${relation} → ${nodes[edge.target].label}${words ? ` (${words})` : ""}`;
  }

  /** view: what filter() gave; marked: {nodes, edges, near} (sets; near: the rest matters, too), or null. */
  show(state, view, marked, theme) {
    if (this.state?.sizing !== state.sizing) {
      const parts = importance(this.model, state.sizing);
      this.setSizes(parts, state.sizing);
      this.order = [...this.model.nodes].sort((a, b) => parts[b.index] - parts[a.index] || a.index - b.index);
    }
    this.state = { ...state };
    this.view = view;
    this.marked = marked;
    this.theme = theme;
    this.restyle();
  }

  /** Radii in pixels when everything fits the view. */
  setSizes(parts, sizing) {
    const { renderer, graph, model } = this;
    const given = model.nodes.map((n) => graph.getNodeAttribute(n.key, "size"));
    const [least, most] = [Math.min(...given), Math.max(...given)];
    // Other measures than the one the layout knew get the same span of sizes.
    const wanted = sizing === "degree" ? given : parts.map((part) => least + (most - least) * part);
    const whole = { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } };
    const places = model.nodes.map((n) => renderer.graphToViewport(graph.getNodeAttributes(n.key), whole));
    const { width, height } = renderer.getDimensions();
    this.sizes = radii(places, wanted, width * height);
  }

  restyle() {
    if (!this.view) return;
    this.focus = this.findFocus();
    this.renderer.refresh({ skipIndexation: true });
  }

  /** What stands out now: what is chosen, or, while the pointer is on something, that. */
  findFocus() {
    if (this.hoveredEdge) return { nodes: new Set([this.hoveredEdge.source, this.hoveredEdge.target]), edges: new Set([this.hoveredEdge.index]) };
    if (!this.hovered) return this.marked;
    const edges = this.hovered.edges.filter((e) => this.view.edgeShown[e.index]);
    return { nodes: new Set([this.hovered.index, ...edges.flatMap((e) => [e.source, e.target])]), edges: new Set(edges.map((e) => e.index)) };
  }

  drawNode(node, data) {
    if (!this.view) return { ...data, hidden: true };
    const inks = INKS[this.theme];
    const { focus } = this;
    const faint = focus !== null && !focus.nodes.has(node.index);
    const color = nodeColor(node, this.model, this.state);
    const chosen = [this.state.node, this.state.from, this.state.to].includes(node);
    return {
      ...data,
      hidden: !this.view.nodeShown[node.index],
      color: faint ? mixed(color, inks.back, inks.faint) : color,
      rim: chosen ? inks.ink : inks.rim,
      size: this.sizes[node.index] + (chosen ? 2 : 0),
      zIndex: chosen ? 3 : faint ? 0 : 1,
    };
  }

  drawEdge(edge, data) {
    if (!this.view) return { ...data, hidden: true };
    const inks = INKS[this.theme];
    const { focus } = this;
    const out = focus?.edges.has(edge.index);
    const many = Math.max(0.07, Math.min(0.65, 18 / Math.sqrt(this.view.edges)));
    const fan = out ? Math.min(1, Math.sqrt(FAN / focus.edges.size)) : 1;
    return {
      ...data,
      hidden: !this.view.edgeShown[edge.index],
      color: out ? rgba(inks.accent, Math.max(0.35, 0.95 * fan)) : rgba(inks.edge, focus ? (focus.near ? 0.45 : 0.1) : many),
      size: out ? Math.max(1, (data.size + 0.6) * fan) : data.size,
      style: !out && this.view.edges > CROWD ? withoutArrow(data.style) : data.style,
      zIndex: out ? 2 : 0,
    };
  }

  drawNames() {
    if (!this.view) return;
    const { renderer, model, view } = this;
    const { width, height } = renderer.getDimensions();
    const inks = INKS[this.theme];
    const { focus } = this;
    const loud = new Set([this.hovered, this.state.node, this.state.from, this.state.to].filter(Boolean));
    if (this.hoveredEdge) loud.add(model.nodes[this.hoveredEdge.source]).add(model.nodes[this.hoveredEdge.target]);
    if (this.state.edge) loud.add(model.nodes[this.state.edge.source]).add(model.nodes[this.state.edge.target]);
    const items = [];
    const add = (node) => {
      const data = renderer.getNodeDisplayData(node.key);
      if (!data || !view.nodeShown[node.index]) return;
      const at = renderer.framedGraphToViewport(data);
      if (at.x < -50 || at.y < -20 || at.x > width + 50 || at.y > height + 20) return;
      const radius = renderer.scaleSize(data.size);
      const strong = loud.has(node);
      items.push({
        x: at.x, y: at.y, radius, strong, forced: strong,
        text: shortened(node.label, strong ? 60 : 34),
        size: strong ? 13.5 : Math.max(11, Math.min(14, 9.5 + radius / 3)),
        faded: focus !== null && !focus.nodes.has(node.index),
      });
    };
    loud.forEach(add);
    const rest = this.order.filter((n) => !loud.has(n));
    if (focus) rest.filter((n) => focus.nodes.has(n.index)).forEach(add);
    for (const node of rest) if (!focus || !focus.nodes.has(node.index)) add(node);
    const edges = focus && focus.edges.size <= 60 ? [...focus.edges].map((index) => this.edgeName(model.edges[index])).filter(Boolean) : [];
    const controls = [width - 56, height - 132, 56, 132];
    writeNames(this.names, width, height, items, edges, inks, FAMILY, controls);
  }

  edgeName(edge) {
    if (!this.view.edgeShown[edge.index] || edge.source === edge.target) return null;
    const end = (index) => this.renderer.framedGraphToViewport(this.renderer.getNodeDisplayData(String(index)));
    const p = end(edge.source);
    const q = end(edge.target);
    if (Math.hypot(q.x - p.x, q.y - p.y) < 60) return null;
    const aside = { x: (q.y - p.y) * edge.bend, y: -(q.x - p.x) * edge.bend };
    const at = (t) => [p.x + (q.x - p.x) * t + aside.x * 2 * t * (1 - t), p.y + (q.y - p.y) * t + aside.y * 2 * t * (1 - t)];
    return { text: (edge.negated ? "not " : "") + relationLabel(this.model.relations[edge.relation].name), places: [0.5, 0.6, 0.4, 0.7, 0.3].map(at) };
  }

  /** Moves the camera so that these nodes fill the view; all shown ones if none are named. */
  fit(indices = null, animated = true) {
    const nodes = indices ?? this.model.nodes.filter((n) => this.view?.nodeShown[n.index]).map((n) => n.index);
    const places = nodes.map((i) => this.renderer.getNodeDisplayData(String(i))).filter(Boolean);
    if (places.length === 0) return;
    const xs = places.map((p) => p.x);
    const ys = places.map((p) => p.y);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { renderer } = this;
    const here = renderer.getCamera().getState();
    const corner = (x, y) => renderer.framedGraphToViewport({ x, y }, { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } });
    const a = corner(left, low);
    const b = corner(right, high);
    const { width, height } = renderer.getDimensions();
    const room = 110;
    const ratio = Math.max(Math.abs(b.x - a.x) / Math.max(80, width - room), Math.abs(b.y - a.y) / Math.max(80, height - room), 0.12);
    const target = { x: (left + right) / 2, y: (low + high) / 2, ratio, angle: here.angle };
    if (animated && !matchMedia("(prefers-reduced-motion: reduce)").matches) renderer.getCamera().animate(target, { duration: 350 });
    else renderer.getCamera().setState(target);
  }

  zoom(factor) {
    const camera = this.renderer.getCamera();
    camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, { duration: 150 });
  }

  pan(x, y) {
    const camera = this.renderer.getCamera();
    const { ratio } = camera.getState();
    camera.setState({ x: camera.x + x * ratio * 0.08, y: camera.y + y * ratio * 0.08 });
  }

  /** Where a node stands in the page's pixels, for tests and for the keyboard. */
  whereIs(node) {
    const box = this.container.getBoundingClientRect();
    const at = this.renderer.framedGraphToViewport(this.renderer.getNodeDisplayData(node.key));
    return { x: box.x + at.x, y: box.y + at.y };
  }

  /** All layers on one canvas, with the background of the theme. */
  flatten() {
    this.renderer.refresh({ skipIndexation: true, schedule: false });
    const layers = this.renderer.getCanvases();
    const canvas = document.createElement("canvas");
    canvas.width = layers.nodes.width;
    canvas.height = layers.nodes.height;
    const context = canvas.getContext("2d");
    context.fillStyle = INKS[this.theme].back;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const name of ["edges", "nodes", "names"]) context.drawImage(layers[name], 0, 0);
    return { canvas, inks: INKS[this.theme], family: FAMILY, scale: canvas.width / this.renderer.getDimensions().width };
  }
}
