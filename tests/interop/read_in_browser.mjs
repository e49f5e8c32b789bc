// Opens pages, drawings and pictures in headless Chromium and says what it saw, as JSON lines. Run by check_browser; each argument is a file.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(path.join(process.env.MODULES, "x.js"))("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  timeout: 300000,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
});

const readers = {
  async ".html"(page, file) {
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => window.weftExplorer !== undefined || document.querySelector(".fatal"));
    return page.evaluate(() => {
      const { model } = window.weftExplorer;
      return {
        nodes: model.nodes.map(({ id, label, aliases, maybe }) => ({ id, label, aliases, doubts: (maybe ?? []).length })),
        edges: model.edges.map((e) => [e.id, model.nodes[e.source].id, model.nodes[e.target].id, model.relations[e.relation].name]),
        ran: window.hacked ?? null,
      };
    });
  },
  async ".svg"(page, file) {
    await page.goto(pathToFileURL(file).href);
    return page.evaluate(() => ({
      root: document.documentElement.localName,
      boxes: document.querySelectorAll("rect").length - 1, // the first is the paper
      scripts: document.querySelectorAll("script, parsererror, foreignObject, a").length,
      ran: window.hacked ?? null,
    }));
  },
  async ".png"(page, file) {
    await page.goto("about:blank");
    return page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = image;
      const drawing = new OffscreenCanvas(width, height).getContext("2d");
      drawing.drawImage(image, 0, 0);
      const colors = new Set(new Uint32Array(drawing.getImageData(0, 0, width, height).data.buffer));
      return { width, height, colors: colors.size };
    }, fs.readFileSync(file).toString("base64"));
  },
};

for (const file of process.argv.slice(2)) {
  const page = await browser.newPage();
  page.setDefaultTimeout(300000); // software WebGL on a busy machine is slow
  const complaints = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(`console ${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => complaints.push(`error: ${e.message}`));
  page.on("dialog", (d) => (complaints.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("request", (r) => !/^(file|data|blob|about):/.test(r.url()) && complaints.push(`request: ${r.url()}`));
  let seen = {};
  try {
    // Golden files are called tiny.svg, written ones hostile.html: the ending is the format.
    seen = await readers[path.extname(file)](page, path.resolve(file));
  } catch (error) {
    complaints.push(String(error));
  }
  process.stdout.write(JSON.stringify({ ...seen, complaints }) + "\n");
  await page.close();
}
await browser.close();
