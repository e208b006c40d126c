/**
 * Builds the filler into the package: `npm ci` once, then `npm run build`. Twice the same sources give the same bytes.
 *
 * Beside the files lies `built.json`: what they were built from (a hash), which they are and how large. A test compares it
 * with the sources, so that nobody commits one without the other.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { formEngine } from "./changes.js";

const HERE = import.meta.dirname;
const INTO = resolve(process.argv[2] ?? join(HERE, "../../src/hamroh/fieldwork/static/fieldwork/filler"));
const own = (name) => join(HERE, "src", name);
const common = {
  root: HERE, configFile: false, logLevel: "warn", base: "./", publicDir: false, plugins: [formEngine()],
  resolve: { alias: { "@words": own("words.js"), "@pictures": own("pictures.js") } },
  define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
};
const output = { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" };

/** What the bundle is made of, as one hash: our sources, the changes and the locked versions. */
function inputs() {
  const names = ["package.json", "package-lock.json", "build.js", "changes.js", ...readdirSync(join(HERE, "src")).map((name) => `src/${name}`)];
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`${name}\n`).update(readFileSync(join(HERE, name))).update("\n");
  return hash.digest("hex");
}

/** Names and licences of everything that is inside; texts of licences stand in `NOTICE`. */
async function made() {
  rmSync(INTO, { recursive: true, force: true });
  const target = ["chrome100", "firefox100", "safari16"];
  await build({ ...common, build: { outDir: INTO, target, modulePreload: false, cssCodeSplit: true, assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 4000, rolldownOptions: { input: { main: own("main.js") }, output } } });
  await build({ ...common, plugins: [], build: { outDir: INTO, emptyOutDir: false, target, reportCompressedSize: false, rolldownOptions: { input: { worker: own("worker.js") }, output: { ...output, format: "iife" } } } });
  writeFileSync(join(INTO, "NOTICE.txt"), readFileSync(join(HERE, "NOTICE.txt")));
  const files = {};
  for (const name of readdirSync(INTO).filter((name) => /\.(js|css|wasm)$/.test(name)).sort()) {
    const content = readFileSync(join(INTO, name));
    files[name] = { bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
  }
  writeFileSync(join(INTO, "built.json"), JSON.stringify({ inputs: inputs(), files }, null, 1) + "\n");
}

await made();
