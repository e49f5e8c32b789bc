// Ties the parts together: one state, one function that shows it everywhere, and the keys that work on the whole page.
import { Details } from "./details.js";
import { byId, h } from "./dom.js";
import { filter, shortestPath, totals } from "./filter.js";
import { Legend } from "./legend.js";
import { readModel } from "./model.js";
import { PathPanel } from "./path_panel.js";
import { nodeColor, Picture } from "./picture.js";
import { asGraphml, download, fileName, pictureAsPng } from "./save.js";
import { searchField } from "./search.js";
import { fromHash, initialState, toHash } from "./state.js";
import { Timeline } from "./timeline.js";
import { count, counted } from "./words.js";

class Explorer {
  constructor(model) {
    this.model = model;
    this.start = initialState(model);
    this.state = fromHash(location.hash, model);
    this.pathOpen = Boolean(this.state.from || this.state.to);
    this.totals = totals(model);
    const change = (alter, how) => this.change(alter, how);
    const act = {
      choose: (node) => this.choose(node, true),
      chooseEdge: (edge) => this.chooseEdge(edge),
      close: () => this.close(),
      depth: (depth) => this.change((s) => (s.depth = depth), "step", true),
      path: (end, node) => this.setPathEnd(end, node),
    };
    this.legend = new Legend(byId("legend"), model, this.totals, change);
    this.timeline = new Timeline(byId("timeline"), model, change);
    this.details = new Details(byId("details"), model, act);
    this.path = new PathPanel(byId("path"), model, { ...act, swap: () => this.change((s) => ([s.from, s.to] = [s.to, s.from])), close: () => this.closePath() });
    const search = searchField(model, { label: "Search entities by name or alias", placeholder: "Search names and aliases   /", chosen: (node) => this.choose(node, true) });
    this.search = search.input;
    byId("search").append(search.element);
    byId("title").textContent = model.title;
    document.title = `${model.title} – weft`;
    byId("generator").textContent = model.generator;
    this.sayWhatWasCut();
    this.makePicture();
    this.listen();
    this.render();
    document.body.classList.toggle("panel-open", Boolean(this.state.node || this.state.edge || this.pathOpen));
    if (this.state.depth || this.chain || this.state.node || this.state.edge) this.fitToChoice(false);
    else this.picture?.fit(null, false);
  }

  makePicture() {
    const tip = byId("tip");
    try {
      this.picture = new Picture(byId("stage"), this.model, {
        node: (node) => this.pick(node),
        edge: (edge) => this.chooseEdge(edge),
        nothing: () => (this.state.node || this.state.edge) && this.state.depth === 0 && this.close(),
        hover: (text, x, y) => {
          tip.hidden = text === null;
          if (text === null) return;
          tip.textContent = text;
          tip.style.left = `${Math.min(x + 14, Math.max(0, byId("stage").offsetWidth - tip.offsetWidth - 8))}px`;
          tip.style.top = `${y + 14}px`;
        },
      });
    } catch (error) {
      this.picture = null;
      console.info(`No picture: ${error.message}`);
      byId("stage").replaceChildren(
        h("div", { class: "no-webgl", role: "alert" }, h("h2", {}, "The picture can't be drawn here"),
          h("p", {}, "It needs WebGL, which this browser does not offer: switch on hardware acceleration in its settings, or open the page in another browser. Search, filters, paths and sentences work without it.")),
      );
      for (const id of ["zoom", "save-png"]) byId(id).hidden = true;
    }
  }

  sayWhatWasCut() {
    const { model } = this;
    if (model.nodes.length >= model.total.nodes && model.edges.length >= model.total.edges) return;
    byId("cut-words").textContent =
      `The graph has ${count(model.total.nodes)} entities and ${count(model.total.edges)} facts; this page holds the best connected ` +
      `${count(model.nodes.length)} and ${count(model.edges.length)} facts between them. “weft view --max-nodes N --max-edges N” makes a larger one.`;
    byId("cut").hidden = false;
  }

  /** how: "step" can be undone with the browser's Back, "slide" changes the address in place. */
  change(alter, how = "step", fit = false) {
    alter(this.state);
    if (!this.state.node) this.state.depth = 0;
    this.writeHash(how);
    if (how === "slide") {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.render());
      return;
    }
    this.render();
    if (fit) this.fitToChoice();
  }

  writeHash(how) {
    const hash = "#" + toHash(this.state, this.start);
    if (hash === (location.hash || "#")) return;
    try {
      history[how === "slide" ? "replaceState" : "pushState"](null, "", hash);
    } catch {
      location.hash = hash; // a browser that lets no file change its history
    }
  }

  choose(node, move) {
    const fromPanel = byId("panel").contains(document.activeElement);
    this.change((s) => Object.assign(s, { node, edge: null }));
    if (move) this.fitToChoice();
    document.body.classList.add("panel-open");
    document.body.classList.remove("filters-open");
    byId("panel").scrollTop = 0;
    if (fromPanel) byId("details-title")?.focus();
  }

  chooseEdge(edge) {
    const fromPanel = byId("panel").contains(document.activeElement);
    this.change((s) => Object.assign(s, { edge, node: s.depth ? s.node : null }));
    document.body.classList.add("panel-open");
    byId("panel").scrollTop = 0;
    if (fromPanel) byId("details-title")?.focus();
  }

  /** A click on a node of the picture: an end of the path that is asked for, else what to tell about. */
  pick(node) {
    const { from, to } = this.state;
    if (!this.pathOpen || (from && to)) this.choose(node, false);
    else if (node !== (from ?? to)) this.setPathEnd(from ? "to" : "from", node);
  }

  /** One step back: from a fact to its node, from a node to everything. */
  close() {
    const { edge, depth } = this.state;
    this.change((s) => (s.edge && s.node ? (s.edge = null) : Object.assign(s, { edge: null, node: null, depth: 0 })));
    if (!this.state.node) document.body.classList.remove("panel-open");
    if (depth && !edge) this.picture?.fit();
  }

  openPath() {
    this.pathOpen = true;
    document.body.classList.add("panel-open");
    this.render();
    this.path.fields[this.state.from ? "to" : "from"].input.focus();
  }

  closePath() {
    this.pathOpen = false;
    this.change((s) => Object.assign(s, { from: null, to: null }));
    byId("path-button").focus();
  }

  setPathEnd(end, node) {
    this.pathOpen = true;
    document.body.classList.add("panel-open");
    this.change((s) => {
      s[end] = node;
      if (node) Object.assign(s, { node: null, edge: null, depth: 0 });
    });
    if (this.state.from && this.state.to) {
      this.fitToChoice();
    } else if (node) {
      this.path.fields[end === "from" ? "to" : "from"].input.focus();
    }
  }

  /** What stands out in the picture. */
  marked() {
    const { state, view, chain } = this;
    if (this.pathOpen && chain) return { nodes: new Set([state.from.index, ...chain.map((step) => step.to)]), edges: new Set(chain.map((step) => step.edge.index)) };
    if (state.edge) return { nodes: new Set([state.edge.source, state.edge.target]), edges: new Set([state.edge.index]) };
    if (!state.node) return null;
    const edges = state.node.edges.filter((e) => view.edgeShown[e.index]);
    if (state.depth > 1) return null;
    return { near: state.depth === 1, nodes: new Set([state.node.index, ...edges.flatMap((e) => [e.source, e.target])]), edges: new Set(edges.map((e) => e.index)) };
  }

  fitToChoice(animated = true) {
    if (!this.picture) return;
    const marked = this.marked();
    this.picture.fit(this.state.depth || !marked ? null : [...marked.nodes], animated);
  }

  theme() {
    return this.state.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }

  render() {
    const { model, state } = this;
    document.documentElement.dataset.theme = this.theme();
    this.view = filter(model, state);
    this.chain = this.pathOpen && state.from && state.to ? shortestPath(model, state.from, state.to, this.view.edgeShown) : null;
    const view = this.view;
    this.legend.show(state, view);
    this.timeline.show(state, view);
    byId("path").hidden = !this.pathOpen;
    byId("path-button").setAttribute("aria-pressed", String(this.pathOpen));
    if (this.pathOpen) this.path.show(state, this.chain);
    byId("details").hidden = this.pathOpen && !state.node && !state.edge;
    // What the panel shows depends on less than everything: it keeps what is unfolded when only the looks change.
    const shown = toHash({ ...state, theme: null, coloring: this.start.coloring, sizing: this.start.sizing, unconnected: this.start.unconnected }, this.start);
    if (shown !== this.shown) this.details.show(state, view);
    this.shown = shown;
    byId("counts").textContent = `${this.partOf(view.nodes, model.nodes.length, "entity", "entities")} · ${this.partOf(view.edges, model.edges.length, "fact", "facts")}`;
    byId("reset").hidden = toHash({ ...state, node: null, edge: null, from: null, to: null, theme: null }, this.start) === "";
    const dark = this.theme() === "dark";
    byId("theme").textContent = dark ? "☀" : "☾";
    byId("theme").setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
    byId("theme").title = dark ? "Light colours" : "Dark colours";
    this.picture?.show(state, view, this.marked(), this.theme());
    byId("stage").setAttribute("aria-label", `Picture of the graph: ${byId("counts").textContent}. Arrow keys move it, plus and minus zoom, 0 shows everything.`);
  }

  partOf(shown, all, one, many) {
    return shown === all ? counted(all, one, many) : `${count(shown)} of ${counted(all, one, many)}`;
  }

  listen() {
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("path-button", () => (this.pathOpen ? this.closePath() : this.openPath()));
    on("fit", () => this.picture?.fit());
    on("zoom-in", () => this.picture?.zoom(1 / 1.4));
    on("zoom-out", () => this.picture?.zoom(1.4));
    on("theme", () => this.change((s) => (s.theme = this.theme() === "dark" ? "light" : "dark"), "slide"));
    on("reset", () => {
      const { node, edge, from, to, theme } = this.state;
      this.change((s) => Object.assign(s, initialState(this.model), { node, edge, from, to, theme }));
    });
    on("cut-close", () => (byId("cut").hidden = true));
    on("save-png", async () => download(await pictureAsPng(this.picture, this.model, this.view), fileName(this.model.title, "png")));
    on("save-graphml", () => this.saveGraphml());
    on("about-button", () => byId("about").showModal());
    on("about-close", () => byId("about").close());
    on("skip", () => byId("details-title")?.focus());
    on("filters-button", () => document.body.classList.toggle("filters-open"));
    on("filters-close", () => document.body.classList.remove("filters-open"));
    byId("licences-text").textContent = byId("licences").textContent.trim();
    byId("stage").addEventListener("keydown", (event) => this.steer(event));
    document.addEventListener("keydown", (event) => this.key(event));
    const returned = () => {
      this.state = fromHash(location.hash, this.model);
      this.pathOpen = Boolean(this.state.from || this.state.to) || (this.pathOpen && !this.state.node && !this.state.edge);
      this.render();
    };
    addEventListener("popstate", returned);
    addEventListener("hashchange", returned);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.render());
  }

  saveGraphml() {
    const places = (node) => {
      const at = this.picture?.graph.getNodeAttributes(node.key) ?? node;
      return { x: at.x, y: at.y, size: at.size };
    };
    const text = asGraphml(this.model, this.view, places, (node) => nodeColor(node, this.model, this.state));
    download(new Blob([text], { type: "application/xml" }), fileName(this.model.title, "graphml"));
  }

  /** Keys while the picture has the focus. */
  steer(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (!this.picture || event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) this.picture.pan(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.picture.zoom(1 / 1.4);
    else if (event.key === "-") this.picture.zoom(1.4);
    else if (event.key === "0") this.picture.fit();
    else return;
    event.preventDefault();
  }

  key(event) {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "radio";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.search.focus();
    } else if (event.key === "Escape" && !byId("about").open) {
      if (document.body.classList.contains("filters-open")) document.body.classList.remove("filters-open");
      else if (this.state.node || this.state.edge) this.close();
      else if (this.pathOpen) this.closePath();
    }
  }
}

function begin() {
  let model = null;
  try {
    model = readModel(byId("graph").textContent);
  } catch (error) {
    document.body.replaceChildren(h("p", { class: "fatal", role: "alert" }, `There is no graph in this page: ${error.message}. Make it again with “weft view STORE”.`));
    return;
  }
  window.weftExplorer = new Explorer(model);
}

begin();
