// Takes the pictures in screenshots/: the page in light and dark colours, with an entity chosen and the first sentences of its facts unfolded.
//
// usage: CHROMIUM=/usr/bin/chromium node tools/explorer/pictures.mjs PAGE.html [FOLDER]
//
// PAGE is what `weft view STORE --no-open -o PAGE` wrote; playwright-core is that of build/explorer (tools/explorer/build --install-only).
// The entity is the best connected one, or the one whose id is in ENTITY.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [page, folder = path.join(here, "screenshots")] = process.argv.slice(2);
const modules = process.env.MODULES ?? path.join(here, "../../build/explorer/node_modules");
const { chromium } = createRequire(path.join(modules, "x.js"))("playwright-core");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
for (const colorScheme of ["light", "dark"]) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme, reducedMotion: "reduce" });
  tab.setDefaultTimeout(120000);
  await tab.goto(pathToFileURL(page).href);
  await tab.waitForFunction(() => window.weftExplorer !== undefined);
  await tab.evaluate((id) => {
    const { model } = window.weftExplorer;
    const node = model.nodeById.get(id) ?? model.nodes.reduce((best, n) => (n.degree > best.degree ? n : best));
    window.weftExplorer.choose(node, true);
    document.querySelector("#details .fact > summary").click();
  }, process.env.ENTITY);
  await tab.waitForSelector("#details .evidence");
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await tab.screenshot({ path: path.join(folder, `${colorScheme}.png`) });
  await tab.close();
}
await browser.close();
