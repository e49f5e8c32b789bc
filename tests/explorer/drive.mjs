// Uses the explorer as a reader would: argument 1 is the folder of pages that check_explorer made. Each step stands for
// one feature; what the page should show is worked out here from weft's JSON export, not from the page's own code.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { writeNames } from "../../tools/explorer/src/names_layer.js";

const folder = process.argv[2];
const { chromium } = createRequire(path.join(process.env.MODULES, "x.js"))("playwright-core");
const COMMON = ["--no-sandbox", "--disable-dev-shm-usage"];
const WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const address = (name, hash = "") => pathToFileURL(path.join(folder, name)).href + hash;

const graph = JSON.parse(fs.readFileSync(path.join(folder, "sample.json"), "utf8"));
const ontology = JSON.parse(fs.readFileSync("schema/ontology.json", "utf8"));
const PATIENCE = 120000; // software WebGL on a busy machine is slow; nothing here waits for a fixed time
const complaints = [];
let failures = 0;
let passed = 0;

async function step(name, act) {
  try {
    await act();
    assert.deepEqual(complaints.splice(0), [], "the console said something, or the network was asked");
    ++passed;
  } catch (error) {
    ++failures;
    complaints.length = 0;
    console.log(`FAILED: ${name}\n${String(error.stack ?? error).split("\n").slice(0, 14).join("\n")}`);
  }
}

function watch(page) {
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => complaints.push(`error: ${e.stack}`));
  page.on("dialog", (d) => (complaints.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("request", (r) => !/^(file|data|blob):/.test(r.url()) && complaints.push(`request: ${r.url()}`));
  return page;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, timeout: PATIENCE, args: [...COMMON, ...WEBGL] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light", acceptDownloads: true, reducedMotion: "reduce" });
context.setDefaultTimeout(PATIENCE);
const page = watch(await context.newPage());

const open = async (target, name, hash) => {
  await target.goto("about:blank");
  await target.goto(address(name, hash));
  await target.waitForFunction(() => window.weftExplorer !== undefined);
};
/** Until what the page shows is as expected: a click has been handled, a picture been drawn. */
async function eventually(check) {
  for (const end = Date.now() + PATIENCE; ; await settle()) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
/** [shown entities, shown facts] as the page says them. */
const counts = async (target = page) => {
  const words = await target.textContent("#counts");
  return words.split("·").map((part) => Number(/[\d,]+/.exec(part)[0].replaceAll(",", "")));
};
const facts = async () => (await counts())[1];
const settle = (target = page) => target.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const box = (field, name) => page.locator(`[data-filter="${field}:${name}"]`);
const title = () => page.textContent("#details-title");
const placeOf = (id) => page.evaluate((wanted) => {
  const { picture, model } = window.weftExplorer;
  return picture.whereIs(model.nodeById.get(wanted));
}, id);

const degree = new Map(graph.nodes.map((n) => [n.id, 0]));
for (const e of graph.edges) for (const end of new Set([e.source, e.target])) degree.set(end, degree.get(end) + 1);
const byDegree = [...graph.nodes].sort((a, b) => degree.get(b.id) - degree.get(a.id));
const hub = byDegree[0];
const labelOf = (id) => graph.nodes.find((n) => n.id === id).label;
const spaced = (text) => text.replace(/\s+/g, " ").trim();
const documentOf = new Map(graph.graph.documents.map((d) => [d.id, d]));
const MEANT = { planned: "Planned", directive: "Called for", possible: "Possible", asserted: "Stated" };
const hashOf = (target = page) => new URLSearchParams(new URL(target.url()).hash.slice(1));

/** What stands below a sentence must be what the export says of it. */
async function checkEvidence(shown, pieces) {
  assert.equal(await shown.count(), pieces.length);
  for (const [i, piece] of pieces.entries()) {
    const item = shown.nth(i);
    assert.equal(spaced(await item.locator("mark").textContent()), spaced(piece.text));
    const about = documentOf.get(piece.document);
    const source = await item.locator(".source").textContent();
    for (const part of [about.title || about.id, about.date, about.source].filter(Boolean)) assert.ok(source.includes(part), `${part} not in ${source}`);
    const qualities = await item.locator(".qualities").textContent();
    assert.match(qualities, /confidence [01]\.\d\d/);
    assert.equal(qualities.includes(MEANT[piece.modality]), piece.modality !== "asserted", qualities);
    assert.equal(qualities.includes("Denied"), piece.polarity === "negative", qualities);
    assert.equal(qualities.includes("said by"), piece.speaker !== null, qualities);
    if (piece.speaker) assert.ok(qualities.includes(labelOf(piece.speaker)), qualities);
    if (piece.time) assert.ok(qualities.includes(`when: ${piece.time}`), qualities);
  }
}
const count = (list, key) => list.reduce((all, item) => all.set(item[key], (all.get(item[key]) ?? 0) + 1), new Map());

await step("opens, shows the numbers of the graph, and everything that has a fact", async () => {
  await open(page, "sample.html");
  assert.deepEqual(await counts(), [graph.nodes.filter((n) => degree.get(n.id)).length, graph.edges.length]);
  await eventually(async () => {
    const at = await placeOf(hub.id);
    const there = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.tagName, at);
    assert.equal(there, "CANVAS", `the hub at ${at.x}, ${at.y}`);
  });
  assert.equal(await page.title(), "sample – weft");
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', "content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|connect-src|https?:/);
});

await step("draws nodes, edges and names", async () => {
  const colors = await page.evaluate(() => {
    const { canvas } = window.weftExplorer.picture.flatten();
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const key = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return { person: seen.get("68,119,170") ?? 0, different: seen.size };
  });
  assert.ok(colors.person > 100, `only ${colors.person} pixels in the colour of people`);
  assert.ok(colors.different > 100, `only ${colors.different} colours`);
});

await step("names are written so that none lies on another, the important ones first", () => {
  const written = [];
  const drawing = { clearRect() {}, strokeText() {}, measureText: (t) => ({ width: t.length * 6 }), fillText: (t, x, y) => written.push({ t, x, y, w: t.length * 6, h: 12 }) };
  const nodes = Array.from({ length: 70 }, (_, i) => ({ x: 20 + ((i * i * 37 + i * 113) % 1160), y: 20 + ((i * i * 53 + i * 71) % 760), radius: 5, text: `name number ${i}`, size: 12, strong: false, forced: false }));
  const many = writeNames(drawing, 1200, 800, nodes, [], {}, "serif");
  assert.ok(many > 35, `${many} names`);
  assert.match(written[0].t, /^name number [0-2]$/);
  for (const a of written)
    for (const b of written) if (a !== b) assert.ok(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y, `${a.t} on ${b.t}`);
});

await step("search finds by alias, without case and accents, from the keyboard alone", async () => {
  const node = byDegree.find((n) => n.aliases.some((a) => a !== n.label && a.length > 5 && !n.label.includes(a))) ?? hub;
  const alias = node.aliases.find((a) => a !== node.label && a.length > 5 && !node.label.includes(a)) ?? node.label;
  await page.locator("#stage").focus();
  await page.keyboard.press("/");
  await page.keyboard.type(alias.toUpperCase());
  const field = page.locator('input[role="combobox"]').first();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const rows = await page.locator("#search [role=option]").allTextContents();
  assert.ok(rows.some((row) => row.includes(node.label)), `${alias}: ${rows}`);
  while (!(await page.locator("#search [aria-selected=true]").textContent()).includes(node.label)) await page.keyboard.press("ArrowDown");
  assert.ok(await field.getAttribute("aria-activedescendant"));
  await page.keyboard.press("Enter");
  assert.equal(await title(), node.label);
  assert.ok(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("node") === node.id);
  await page.keyboard.press("Escape");
  assert.equal(await title(), "Where to begin");
  const accented = graph.nodes.find((n) => /[áéíóúñãç]/.test(n.label));
  await field.fill(accented.label.normalize("NFKD").replace(/\p{M}/gu, ""));
  assert.ok((await page.locator("#search [role=option]").first().textContent()).includes(accented.label));
  await field.press("Escape");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await field.fill("zzzzqqq");
  assert.match(await page.textContent("#search .nothing"), /No name/);
  await field.fill("");
});

await step("legend counts every type, relation and modality", async () => {
  const rows = async (field) => {
    const texts = await page.locator(`li:has([data-filter^="${field}:"])`).evaluateAll((items) => items.map((i) => [i.querySelector("input").dataset.filter.split(":")[1], i.querySelector(".number").textContent]));
    return Object.fromEntries(texts);
  };
  const numbers = (all, shown = all) => Object.fromEntries([...all].map(([name, n]) => [name, (shown.get(name) ?? 0) === n ? `${n}` : `${shown.get(name) ?? 0} of ${n}`]));
  assert.deepEqual(await rows("hiddenTypes"), numbers(count(graph.nodes, "type"), count(graph.nodes.filter((n) => degree.get(n.id)), "type")));
  assert.deepEqual(await rows("hiddenRelations"), numbers(count(graph.edges, "relation")));
  const modalities = count(graph.edges, "modality");
  modalities.set("negated", graph.edges.filter((e) => e.polarity === "negative").length);
  assert.deepEqual(await rows("hiddenModalities"), numbers(modalities));
});

await step("legend filters types", async () => {
  const types = count(graph.nodes, "type");
  const type = [...types.keys()].find((t) => graph.edges.some((e) => graph.nodes.find((n) => n.id === e.source).type === t));
  const typeOf = new Map(graph.nodes.map((n) => [n.id, n.type]));
  const row = page.locator("li", { has: box("hiddenTypes", type) });
  assert.match(await row.textContent(), new RegExp(`${types.get(type)}`));
  await box("hiddenTypes", type).uncheck();
  assert.equal(await facts(), graph.edges.filter((e) => typeOf.get(e.source) !== type && typeOf.get(e.target) !== type).length);
  assert.match(page.url(), /without-types=/);
  await page.click("#reset");
  assert.equal(await facts(), graph.edges.length);
});

await step("legend counts and filters relations, one alone with “only”", async () => {
  const relations = count(graph.edges, "relation");
  const [name, number] = [...relations].sort((a, b) => b[1] - a[1])[0];
  await box("hiddenRelations", name).uncheck();
  assert.equal(await facts(), graph.edges.length - number);
  const row = page.locator("li", { has: box("hiddenRelations", name) });
  await row.hover();
  await row.locator(".only").click();
  assert.equal(await facts(), number);
  await page.click("#reset");
});

await step("legend filters how facts are meant", async () => {
  const modalities = count(graph.edges, "modality");
  assert.ok(modalities.size >= 3, "the sample needs several modalities");
  for (const [name, number] of modalities) {
    await box("hiddenModalities", name).uncheck();
    assert.equal(await facts(), graph.edges.length - number, name);
    await box("hiddenModalities", name).check();
  }
  const denied = graph.edges.filter((e) => e.polarity === "negative").length;
  assert.ok(denied > 0, "the sample needs a denial");
  await box("hiddenModalities", "negated").uncheck();
  assert.equal(await facts(), graph.edges.length - denied);
  await page.click("#reset");
});

await step("confidence slider, from the keyboard", async () => {
  await page.locator("#confidence").focus();
  for (let i = 0; i < 14; ++i) await page.keyboard.press("ArrowRight");
  await settle();
  assert.equal(await page.inputValue("#confidence"), "0.7");
  // The page holds two decimals.
  assert.equal(await facts(), graph.edges.filter((e) => Math.round(e.confidence * 100) >= 70).length);
  assert.match(page.url(), /confidence=0.70/);
  await page.click("#reset");
});

await step("time: histogram, handles, facts without a date", async () => {
  await page.selectOption("#dates", "facts");
  const dated = graph.edges.filter((e) => e.time && /^\d{4}/.test(e.time));
  assert.ok(dated.length > 5, "the sample needs dated facts");
  const bars = await page.locator(".histogram rect").evaluateAll((all) => all.map((b) => Number(b.getAttribute("height"))));
  assert.ok(bars.length > 3 && Math.max(...bars) === 40, `${bars}`);
  assert.equal(bars.filter((b) => b > 0).length > 1 && bars.every((b) => b >= 0 && b <= 40), true, `${bars}`);
  assert.equal(await page.locator(".histogram .out").count(), 0);
  await page.locator("#undated").uncheck();
  assert.equal(await facts(), dated.length);
  await page.locator('[aria-label="First date"]').focus();
  for (let i = 0; i < 2; ++i) await page.keyboard.press("ArrowRight");
  await settle();
  assert.equal(await page.locator(".histogram .out").count(), 2);
  const [from] = /\d{4}-\d{2}-\d{2}/.exec(await page.textContent("#timeline .span"));
  const last = (time) => {
    const end = time.split("/").at(-1);
    return end.length === 4 ? end + "-12-31" : end.length === 7 ? end + "-31" : end;
  };
  assert.equal(await facts(), dated.filter((e) => last(e.time) >= from).length, `from ${from}`);
  assert.match(page.url(), /days=/);
  await page.locator('[aria-label="Last date"]').focus();
  await page.keyboard.press("ArrowLeft");
  await settle();
  const until = /\d{4}-\d{2}-\d{2}$/.exec(await page.textContent("#timeline .span"))[0];
  const first = (time) => (time.split("/")[0] + "-01-01").slice(0, 10);
  assert.equal(await facts(), dated.filter((e) => last(e.time) >= from && first(e.time) <= until).length, `${from} to ${until}`);
  await page.click("#timeline .time-head button");
  assert.equal(await facts(), dated.length);
  await page.selectOption("#dates", "documents");
  const dates = new Map(graph.graph.documents.map((d) => [d.id, d.date]));
  assert.equal(await facts(), graph.edges.filter((e) => e.evidence.some((i) => dates.get(i.document))).length);
  await page.click("#reset");
});

await step("a click on a node shows its facts by relation, each with its sentences", async () => {
  await page.click("#fit"); // the search before has moved the view
  await eventually(async () => {
    const at = await placeOf(hub.id);
    await page.mouse.click(at.x, at.y);
    await settle();
    assert.equal(await title(), hub.label, `clicked at ${at.x}, ${at.y}`);
  });
  for (let more = page.locator("#details .more:visible"); await more.count(); ) await more.first().click();
  assert.equal(await page.locator("#details .facts > li").count(), degree.get(hub.id) + hub.attributes.length);
  // Every fact stands once, in the group of its relation as seen from here.
  const relations = new Map(ontology.relations.map((r) => [r.name, r]));
  const groupOf = (e) => (e.source === hub.id || relations.get(e.relation).symmetric ? e.relation.replaceAll("_", " ") : relations.get(e.relation).inverse);
  const mine = graph.edges.filter((e) => e.source === hub.id || e.target === hub.id);
  const expected = [...hub.attributes.map((a) => `${a.relation.replaceAll("_", " ")}: ${a.value}`), ...mine.map((e) => `${groupOf(e)}: ${labelOf(e.source === hub.id ? e.target : e.source)}`)];
  const rows = await page.locator("#details .facts > li").evaluateAll((all) => all.map((li) => `${li.closest(".group").querySelector("h3").textContent}: ${li.querySelector(".fact-head bdi").textContent}`));
  assert.deepEqual([...rows].sort(), [...expected].sort());
  // Of those that no other could be mistaken for, the ones of which there is most to say.
  const all = [...hub.attributes, ...mine];
  const chosen = all.map((fact, i) => ({ fact, row: expected[i] })).filter(({ row }) => expected.indexOf(row) === expected.lastIndexOf(row));
  const told = ({ fact: f }) => (f.speaker ? 4 : 0) + (f.modality !== "asserted" ? 2 : 0) + (f.time ? 2 : 0) + (f.evidence.length > 1 ? 1 : 0);
  chosen.sort((a, b) => told(b) - told(a));
  assert.ok(told(chosen[0]) > 2, "the sample needs an entity of which more is told");
  for (const { fact, row } of chosen.slice(0, 6)) {
    const shown = page.locator("#details .fact").nth(rows.indexOf(row));
    await shown.locator("> summary").click();
    await shown.locator(".evidence").first().waitFor();
    await checkEvidence(shown.locator(".evidence"), fact.evidence);
  }
  assert.ok((await page.locator("#details mark b").count()) > 0, "no name is brought out in its sentence");
  assert.ok((await page.locator("#details .context").count()) > 0, "no words around a sentence");
});

await step("of two quick clicks on two nodes none is lost", async () => {
  await page.click("#fit");
  await settle();
  const [other, free] = await page.evaluate(([hubId, ids]) => {
    // A node that no other one covers.
    const { picture, model } = window.weftExplorer;
    const places = ids.map((id) => ({ id, ...picture.whereIs(model.nodeById.get(id)) }));
    const room = (a) => Math.min(...places.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
    const one = places.filter((a) => a.id !== hubId && document.elementFromPoint(a.x, a.y)?.tagName === "CANVAS").sort((a, b) => room(b) - room(a))[0];
    return [one.id, room(one)];
  }, [hub.id, graph.nodes.filter((n) => degree.get(n.id)).map((n) => n.id)]);
  assert.ok(free > 10);
  const ratio = () => page.evaluate(() => window.weftExplorer.picture.renderer.getCamera().getState().ratio);
  const [before, first, second] = [await ratio(), await placeOf(hub.id), await placeOf(other)];
  // Both within one task of the page, so that the second comes in time to count as a double click on any machine.
  await page.evaluate((places) => {
    const canvas = document.elementFromPoint(places[0].x, places[0].y);
    const fire = (type, { x, y }) => canvas.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y }));
    for (const at of places) for (const type of ["mousemove", "mousedown", "mouseup", "click"]) fire(type, at);
  }, [first, second]);
  await settle();
  assert.equal(await title(), labelOf(other));
  assert.equal(await ratio(), before, "the view was zoomed");
  await page.click("#path-button");
  await page.evaluate((at) => {
    const canvas = document.elementFromPoint(at.x, at.y);
    for (const type of ["mousemove", "mousedown", "mouseup", "click", "mousedown", "mouseup", "click"])
      canvas.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true, view: window, clientX: at.x, clientY: at.y }));
  }, first);
  assert.deepEqual(await page.locator("#path input").evaluateAll((all) => all.map((i) => i.value)), [hub.label, ""], "a double click picks both ends of a path");
  await page.click('[aria-label="Close the path (Escape)"]');
  await page.locator("#search input").fill(hub.label);
  await page.locator("#search input").press("Enter");
  await eventually(async () => assert.equal(await title(), hub.label));
});

await step("ego: only what is near", async () => {
  await page.locator(".segments label", { hasText: "1" }).click();
  const near = new Set([hub.id]);
  for (const e of graph.edges) if (e.source === hub.id || e.target === hub.id) near.add(e.source).add(e.target);
  await eventually(async () => assert.equal((await counts())[0], near.size));
  assert.match(page.url(), /depth=1/);
  const wider = new Set(near);
  for (const e of graph.edges) if (near.has(e.source) || near.has(e.target)) wider.add(e.source).add(e.target);
  await page.locator(".segments label", { hasText: "2" }).click();
  await eventually(async () => assert.equal((await counts())[0], wider.size));
  await page.evaluate(() => history.back());
  await eventually(async () => assert.equal((await counts())[0], near.size, "Back does not undo the step"));
  await page.locator(".segments label", { hasText: "All" }).click();
});

await step("a click on an edge shows its sentences, speaker and modality", async () => {
  const pairs = count(graph.edges.map((e) => ({ pair: [e.source, e.target].sort().join() })), "pair");
  const single = graph.edges.filter((e) => pairs.get([e.source, e.target].sort().join()) === 1 && e.source !== e.target);
  const edge = single.find((e) => e.modality !== "asserted" && e.speaker) ?? single.find((e) => e.modality !== "asserted") ?? single[0];
  await page.evaluate((id) => {
    const { picture, model } = window.weftExplorer;
    const fact = model.edgeById.get(id);
    picture.fit([fact.source, fact.target], false);
  }, edge.id);
  await settle();
  let met = false;
  for (const part of [0.5, 0.4, 0.6, 0.45, 0.55, 0.35]) {
    const [a, b] = [await placeOf(edge.source), await placeOf(edge.target)]; // two clicks beside it zoom
    await page.mouse.click(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
    await settle();
    met = hashOf().get("fact") === edge.id;
    if (met) break;
  }
  assert.ok(met, `no click met the edge ${edge.id}`);
  const text = await page.textContent("#details");
  assert.ok(text.includes(MEANT[edge.modality]) && text.includes(edge.relation.replaceAll("_", " ")));
  await checkEvidence(page.locator("#details .evidence"), edge.evidence);
  assert.ok(edge.speaker && text.includes(labelOf(edge.speaker)), "the sample needs a fact with a speaker between two that nothing else joins");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
});

await step("path between two picked entities", async () => {
  const near = new Map(graph.nodes.map((n) => [n.id, new Set()]));
  for (const e of graph.edges) near.get(e.source).add(e.target) && near.get(e.target).add(e.source);
  const distance = new Map([[hub.id, 0]]);
  for (const id of distance.keys()) for (const other of near.get(id)) if (!distance.has(other)) distance.set(other, distance.get(id) + 1);
  const [far, steps] = [...distance].sort((a, b) => b[1] - a[1])[0];
  assert.ok(steps >= 2);
  const label = graph.nodes.find((n) => n.id === far).label;
  await page.click("#path-button");
  const at = await page.evaluate(() => window.weftExplorer.picture.fit(null, false)).then(() => settle()).then(() => placeOf(hub.id));
  await page.mouse.click(at.x, at.y);
  await eventually(async () => assert.equal(await page.locator("#path input").first().inputValue(), hub.label));
  const to = page.locator("#path input").nth(1);
  await to.fill(label);
  while (!(await page.locator("#path [aria-selected=true]").textContent()).includes(label)) await page.keyboard.press("ArrowDown");
  await to.press("Enter");
  assert.equal(await page.locator("#path .step").count(), steps);
  assert.ok((await page.locator("#path mark").count()) >= steps); // the words of a step may stand apart
  assert.match(page.url(), /from=.*to=/);
  await page.reload();
  await page.waitForFunction(() => window.weftExplorer !== undefined);
  assert.equal(await page.locator("#path .step").count(), steps, "the address does not restore the path");
  await page.click(".swap");
  assert.equal(await page.locator("#path input").first().inputValue(), label);
  assert.equal(await page.locator("#path .step").count(), steps);
  await page.click('[aria-label="Close the path (Escape)"]');
  assert.doesNotMatch(page.url(), /from=/);
});

await step("the address restores what was shown; nonsense in it does no harm", async () => {
  const modality = graph.edges.find((e) => e.modality !== "asserted").modality;
  const hash = `#node=${encodeURIComponent(hub.id)}&depth=1&without-modalities=${modality}&theme=dark&confidence=0.50`;
  await open(page, "sample.html", hash);
  assert.equal(await title(), hub.label);
  assert.equal(await page.inputValue("#confidence"), "0.5");
  assert.equal(await box("hiddenModalities", modality).isChecked(), false);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  const first = await counts();
  await page.reload();
  await page.waitForFunction(() => window.weftExplorer !== undefined);
  assert.deepEqual(await counts(), first);
  await open(page, "sample.html", "#node=<img src=x onerror=alert(1)>&depth=99&without-types=Nothing,<b>&days=1~x&confidence=NaN&theme=pink&sizing=__proto__&%%%");
  assert.equal(await facts(), graph.edges.length);
  assert.equal(await title(), "Where to begin");
});

await step("the address restores a chosen fact and a stretch of time", async () => {
  const edge = graph.edges.find((e) => e.time && /^\d{4}/.test(e.time));
  await open(page, "sample.html", `#fact=${encodeURIComponent(edge.id)}&dates=facts`);
  await checkEvidence(page.locator("#details .evidence"), edge.evidence);
  await page.locator('[aria-label="First date"]').focus();
  await page.keyboard.press("ArrowRight");
  await settle();
  const [shown, span, address] = [await counts(), await page.textContent("#timeline .span"), page.url()];
  assert.match(address, /days=/);
  await page.reload();
  await page.waitForFunction(() => window.weftExplorer !== undefined);
  assert.deepEqual([await counts(), await page.textContent("#timeline .span"), page.url()], [shown, span, address]);
});

await step("colour and size by another measure; entities without facts", async () => {
  await open(page, "sample.html");
  const colors = () => page.evaluate(() => new Set(window.weftExplorer.model.nodes.map((n) => window.weftExplorer.picture.renderer.getNodeDisplayData(n.key).color)).size);
  const sizes = () => page.evaluate(() => window.weftExplorer.model.nodes.map((n) => window.weftExplorer.picture.renderer.getNodeDisplayData(n.key).size).join());
  assert.equal(await colors(), count(graph.nodes, "type").size);
  const before = await sizes();
  await page.selectOption("#coloring", "community");
  await page.selectOption("#sizing", "betweenness");
  await eventually(async () => assert.notEqual(await sizes(), before));
  assert.match(page.url(), /coloring=community/);
  assert.ok((await colors()) > 2);
  await page.locator("#unconnected").check();
  await eventually(async () => assert.deepEqual(await counts(), [graph.nodes.length, graph.edges.length]));
  await page.click("#reset");
});

await step("dark and light: as the system has it, or as chosen", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, "sample.html");
  const back = () => page.evaluate(() => getComputedStyle(document.querySelector("#stage")).backgroundColor);
  assert.equal(await back(), "rgb(18, 22, 28)");
  await page.click("#theme");
  await settle();
  assert.equal(await back(), "rgb(255, 255, 255)");
  assert.match(page.url(), /theme=light/);
  await page.emulateMedia({ colorScheme: "light" });
});

await step("keyboard: every control has a name and shows its focus; the picture moves and zooms", async () => {
  await open(page, "sample.html");
  const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, select, [tabindex='0']")].filter((e) => e.checkVisibility() && !(e.getAttribute("aria-label") || e.labels?.length || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 120)));
  assert.deepEqual(nameless, []);
  const reached = [];
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => {
      const e = document.activeElement;
      return { id: e.id || e.getAttribute("data-filter") || e.getAttribute("role"), outline: getComputedStyle(e).outlineStyle };
    }));
  }
  assert.equal(reached[0].id, "skip");
  for (const wanted of ["path-button", "save-png", "theme", "about-button"]) assert.ok(reached.some((r) => r.id === wanted), `${wanted} not in ${JSON.stringify(reached)}`);
  assert.ok(reached.every((r) => r.outline !== "none"), JSON.stringify(reached));
  const camera = () => page.evaluate(() => window.weftExplorer.picture.renderer.getCamera().getState());
  const before = await camera();
  await page.locator("#stage").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  await page.waitForFunction((ratio) => window.weftExplorer.picture.renderer.getCamera().ratio < ratio, before.ratio);
  assert.ok((await camera()).x > before.x);
  await page.keyboard.press("0");
});

await step("saves the picture as PNG", async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-png")]);
  assert.equal(download.suggestedFilename(), "sample.png");
  const bytes = fs.readFileSync(await download.path());
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  const picture = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
    const drawing = new OffscreenCanvas(image.width, image.height).getContext("2d");
    drawing.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, colors: new Set(new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer)).size };
  }, bytes.toString("base64"));
  assert.ok(picture.width > 500 && picture.height > 300 && picture.colors > 100, JSON.stringify(picture));
});

await step("saves what is shown as GraphML", async () => {
  await box("hiddenTypes", hub.type).uncheck();
  const shown = await counts();
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-graphml")]);
  const file = await download.path();
  const text = fs.readFileSync(file, "utf8");
  assert.deepEqual([text.match(/<node /g).length, text.match(/<edge /g).length], shown);
  execFileSync("xmllint", ["--noout", "--nonet", file]);
  const hidden = new Set(graph.nodes.filter((n) => n.type === hub.type).map((n) => n.id));
  const { source } = graph.edges.find((e) => !hidden.has(e.source) && !hidden.has(e.target) && !/[<>&"]/.test(labelOf(e.source)));
  assert.ok(text.includes(`>${labelOf(source)}<`) && !text.includes(`>${hub.label}<`));
  await page.click("#reset");
});

await step("narrow window: nothing runs over the side, filters and details open and close", async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, "sample.html");
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok((await wide()) <= 390, `${await wide()} pixels wide`);
  await page.click("#filters-button");
  assert.ok(await box("hiddenTypes", hub.type).isVisible());
  await page.keyboard.press("Escape");
  await page.fill('input[role="combobox"] >> nth=0', hub.label);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#details-title").isVisible());
  assert.ok((await wide()) <= 390);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("#details-title").checkVisibility());
  await page.setViewportSize({ width: 1280, height: 800 });
});

await step("a graph that is cut says so in the page", async () => {
  await open(page, "cut.html");
  assert.match(await page.textContent("#cut"), new RegExp(`${graph.nodes.length} entities and ${graph.edges.length} facts.*best connected 20`));
  assert.equal((await page.evaluate(() => window.weftExplorer.model.nodes.length)), 20);
});

await step("hostile names stay text", async () => {
  await open(page, "hostile.html");
  const names = await page.evaluate(() => window.weftExplorer.model.nodes.map((n) => n.label));
  assert.ok(names.some((n) => n.startsWith("</script>")) && names.some((n) => n.startsWith("<img")));
  await page.evaluate(() => window.weftExplorer.change((s) => (s.unconnected = true)));
  const said = [];
  for (const name of names) {
    await page.fill('input[role="combobox"] >> nth=0', name);
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await title(), name));
    said.push(...(await page.locator("#details .doubt").allTextContents()));
    for (const summary of await page.locator("#details .fact > summary").all()) await summary.click();
  }
  assert.ok(said.some((words) => words.includes("Maybe the same as") && words.includes("<img src=x onerror='window.hacked = 8'>")), "no doubt is shown");
  await page.evaluate(() => {
    const { model } = window.weftExplorer;
    for (const edge of model.edges) window.weftExplorer.chooseEdge(edge);
    window.weftExplorer.openPath();
  });
  const found = await page.evaluate(() => ({
    hacked: window.hacked ?? null,
    scripts: document.scripts.length,
    images: document.querySelectorAll("img, iframe, object, embed").length,
    links: [...document.querySelectorAll("a[href]")].map((a) => a.protocol),
    listeners: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
  }));
  assert.deepEqual({ ...found, links: found.links.filter((l) => l !== "https:") }, { hacked: null, scripts: 3, images: 0, links: [], listeners: 0 });
  await page.hover("#stage");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-graphml")]);
  execFileSync("xmllint", ["--noout", "--nonet", await download.path()]);
  assert.equal(await page.evaluate(() => window.hacked ?? null), null);
});

await step("an honest address of a document is a link that tells nobody where it was clicked", async () => {
  const links = await page.evaluate(() => {
    const { model, chooseEdge } = window.weftExplorer;
    const all = [];
    for (const edge of model.edges) {
      window.weftExplorer.chooseEdge(edge);
      all.push(...[...document.querySelectorAll("#details a[href]")].map((a) => [a.href, a.rel]));
    }
    return all;
  });
  assert.ok(links.length > 0 && links.every(([href, rel]) => href.startsWith("https://example.org/") && rel === "noopener noreferrer"), JSON.stringify(links));
});

await browser.close();

await step("without WebGL: says so, and the rest works", async () => {
  const plain = await chromium.launch({ executablePath: process.env.CHROMIUM, timeout: PATIENCE, args: [...COMMON, "--disable-gpu", "--disable-3d-apis"] });
  const other = await plain.newPage();
  other.setDefaultTimeout(PATIENCE);
  const errors = [];
  other.on("pageerror", (e) => errors.push(e.message));
  await open(other, "sample.html");
  assert.match(await other.textContent("#stage"), /WebGL/);
  await other.fill('input[role="combobox"] >> nth=0', hub.label);
  await other.keyboard.press("Enter");
  assert.equal(await other.textContent("#details-title"), hub.label);
  assert.deepEqual(errors, []);
  await plain.close();
});

console.log(`${passed} of ${passed + failures} features work in ${path.basename(process.env.CHROMIUM)}`);
process.exit(failures ? 1 : 0);
