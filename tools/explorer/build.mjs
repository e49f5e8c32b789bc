// Bundles the explorer's sources into one page: schema/explorer/template.html, which weft fills with a graph.
//
// usage: node build.mjs --modules NODE_MODULES [--output FILE]        (tools/explorer/build installs and calls it)
//
// The same sources and the same package-lock.json give the same bytes. The page carries the licence of every package
// whose code is in it, and a content security policy that allows this script and this style and no network.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const modules = path.resolve(option("--modules", path.join(here, "node_modules")));
const output = path.resolve(option("--output", path.join(here, "..", "..", "schema", "explorer", "template.html")));
const esbuild = createRequire(path.join(modules, "x.js"))("esbuild");

const settings = { bundle: true, minify: true, write: false, target: "es2021", charset: "utf8", legalComments: "none", logLevel: "warning" };
const script = await esbuild.build({ ...settings, entryPoints: [path.join(here, "src/main.js")], format: "iife", nodePaths: [modules], metafile: true, absWorkingDir: here });
const style = await esbuild.build({ ...settings, entryPoints: [path.join(here, "style.css")], absWorkingDir: here });

/** Names of the packages whose files are in the bundle. */
function bundledPackages(metafile) {
  const names = Object.keys(metafile.inputs).map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function licenceOf(name) {
  const folder = path.join(modules, name);
  const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((f) => /^licen[cs]e(\.|$)/i.test(f));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
}

// Within a script element, nothing may look like the end of it or like a comment.
const inScript = (text) => text.replace(/<(?=\/script|!--|script)/gi, "\\x3C").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const parts = {
  "@SCRIPT@": inScript(script.outputFiles[0].text.trim()),
  "@STYLE@": style.outputFiles[0].text.trim(),
  "@LICENCES@": bundledPackages(script.metafile).map(licenceOf).join(`\n${"-".repeat(72)}\n\n`).replace(/<\/?(script|!--)/gi, ""),
};
parts["@SCRIPT_HASH@"] = hash(parts["@SCRIPT@"]);
parts["@STYLE_HASH@"] = hash(parts["@STYLE@"]);

let page = fs.readFileSync(path.join(here, "page.html"), "utf8");
for (const [place, text] of Object.entries(parts)) {
  if (page.split(place).length !== 2) throw new Error(`page.html must have ${place} exactly once`);
  page = page.replace(place, () => text);
}
if (page.split("@WEFT_GRAPH@").length !== 2) throw new Error("the page must have @WEFT_GRAPH@ exactly once");
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(output, page);
console.log(`${path.relative(process.cwd(), output)}: ${page.length} characters; in it ${bundledPackages(script.metafile).join(", ")}`);
