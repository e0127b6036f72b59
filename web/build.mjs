// Bundles styles and scripts into dist/, each with its Brotli and gzip form, so that the program can embed and serve
// them without compressing anything at run time. manifest.json names each file's content hash for cache-proof addresses.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const out = new URL("dist/", import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["src/app.ts", "src/map.ts", "src/door-worker.ts", "styles/app.css", "styles/map.css"],
  outdir: "dist",
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "iife",
  // Leaflet asks that its copyright line stays with it.
  legalComments: "eof",
  // Community offices run browsers a few years old.
  target: ["chrome90", "firefox90", "safari15"],
  // Leaflet's pictures (layer switch, pin) are never shown: our pins are drawn.
  loader: { ".png": "empty" },
  logLevel: "warning",
});

await copyFile(new URL("icon.svg", import.meta.url), new URL("icon.svg", out));
// What scripts say, put into each page by the program; `<` is escaped so that it can stand in a script element.
for (const name of ["words.zh-CN.json", "words.en.json"]) {
  const words = JSON.parse(await readFile(new URL(`words/${name}`, import.meta.url), "utf8"));
  await writeFile(new URL(name, out), JSON.stringify(words).replaceAll("<", "\\u003c"));
}

const manifest = {};
for (const file of (await readdir(out)).sort()) {
  const content = await readFile(new URL(file, out));
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  await writeFile(new URL(`${file}.br`, out), brotli);
  await writeFile(new URL(`${file}.gz`, out), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  manifest[file] = { hash, bytes: content.length };
  console.log(`${file.padEnd(8)} ${hash}  ${content.length} B, br ${brotli.length} B`);
}
await writeFile(new URL("manifest.json", out), `${JSON.stringify(manifest, null, 2)}\n`);
