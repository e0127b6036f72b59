import assert from "node:assert/strict";
import { test } from "node:test";
import { changeRing, crossing, inserted, moved, pruned, readOutline, without, writeOutline, type Ring } from "../src/map/ring";

const square: Ring = [[0, 0], [4, 0], [4, 4], [0, 4]];
const closed = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];

test("a polygon comes back as it was", () => {
  const text = JSON.stringify({ type: "Polygon", coordinates: [closed] });

  assert.equal(writeOutline(readOutline(text) ?? { shape: [] }), text);
});

test("a feature keeps its properties, a multipolygon its parts", () => {
  const far = closed.map(([x = 0, y = 0]) => [x + 10, y]);
  const text = JSON.stringify({ type: "Feature", properties: { code: "2-07" }, geometry: { type: "MultiPolygon", coordinates: [[closed], [far]] } });

  assert.equal(writeOutline(readOutline(text) ?? { shape: [] }), text);
});

test("what is not an outline is refused, an empty text is an empty outline", () => {
  for (const text of ["{", "[]", "null", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[[[500,0],[1,1],[2,2]]]}', '{"type":"Polygon"}']) {
    assert.equal(readOutline(text), undefined, text);
  }
  assert.deepEqual(readOutline("  "), { shape: [] });
});

test("an outline of two corners is not written", () => {
  assert.equal(writeOutline({ shape: [[[[0, 0], [1, 1]]]] }), "");
});

test("corners are set, moved and removed, and an empty ring takes its polygon along", () => {
  assert.deepEqual(inserted(0, [2, -1])(square)[1], [2, -1]);
  assert.deepEqual(moved(2, [9, 9])(square)[2], [9, 9]);
  assert.equal(without(3)(square).length, 3);
  assert.deepEqual(pruned(changeRing([[[[0, 0]]]], [0, 0, 0], without(0))), []);
});

test("a bow tie crosses itself, a square and a triangle do not", () => {
  assert.equal(crossing(square), undefined);
  assert.equal(crossing(square.slice(0, 3)), undefined);
  assert.equal(crossing([[0, 0], [4, 4], [4, 0], [0, 4]]), 0);
});

test("a corner that touches another edge counts as crossing", () => {
  assert.notEqual(crossing([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]]), undefined);
});
