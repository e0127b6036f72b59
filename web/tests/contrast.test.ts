import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const sheet = readFileSync("styles/tokens.css", "utf8");
type Theme = Record<string, string>;

function theme(name: string): Theme {
  const block = sheet.slice(sheet.indexOf(`/* ${name} */`), sheet.indexOf(`/* end ${name} */`));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, key, value]) => [key, value]));
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["paper", "card", "sunk"];
const WASHES = ["pine-wash", "vermilion-wash", "gold-wash", "sky-wash"];
const TEXT: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "pine", "pine-ink", "pine-deep", "vermilion", "gold", "sky"].flatMap((ink) => GROUNDS.map((ground): [string, string] => [ink, ground])),
  ...["ink", "ink-2", "ink-3"].flatMap((ink) => WASHES.map((wash): [string, string] => [ink, wash])),
  ["pine-ink", "pine-wash"], ["pine", "pine-wash"], ["pine", "gold-wash"], ["vermilion", "vermilion-wash"], ["gold", "gold-wash"], ["sky", "sky-wash"],
  ["on-pine", "pine"], ["on-pine", "pine-deep"], ["on-vermilion", "vermilion"], ["on-vermilion", "vermilion-deep"],
  ["ink-2", "land"], ["ink", "land"],
];
const EDGES: [string, string][] = ["edge", "focus"].flatMap((edge) => GROUNDS.map((ground): [string, string] => [edge, ground]));

for (const name of ["light", "dark"]) {
  test(`every ink can be read on every ground it stands on: ${name}`, () => {
    const colours = { ...theme("light"), ...theme(name) };

    for (const [pairs, least] of [[TEXT, 4.5], [EDGES, 3]] as const) {
      for (const [ink, ground] of pairs) {
        const ratio = contrast(colours[ink] ?? "#000000", colours[ground] ?? "#000000");
        assert.ok(ratio >= least, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}

test("the dark theme is the same, chosen by the system or by the reader", () => {
  assert.deepEqual(theme("dark"), theme("dark, chosen"));
});
