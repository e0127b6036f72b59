import assert from "node:assert/strict";
import { test } from "node:test";
import { cluster, pixel } from "../src/map/cluster";

function scatter(n: number): { id: number; lat: number; lon: number }[] {
  let seed = 11;
  const next = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: n }, (_, id) => ({ id, lat: 30.65 + next() * 0.02, lon: 104.07 + next() * 0.02 }));
}

test("every point is in exactly one cluster, at every zoom", () => {
  const points = scatter(2000);

  for (let zoom = 0; zoom <= 20; zoom += 0.5) {
    const ids = cluster(points, zoom, 44).flatMap(({ members }) => members.map(({ id }) => id));
    assert.equal(ids.length, points.length, `zoom ${zoom}`);
    assert.equal(new Set(ids).size, points.length, `zoom ${zoom}`);
  }
});

test("points in one place are never apart, points far apart never together", () => {
  const twins = [{ lat: 30.65, lon: 104.07 }, { lat: 30.65, lon: 104.07 }, { lat: 30.66, lon: 104.08 }];

  const sizes = cluster(twins, 20, 44).map(({ members }) => members.length);

  assert.deepEqual(sizes, [2, 1]);
});

test("no members are farther from their first than the radius", () => {
  for (const { members } of cluster(scatter(500), 15, 44)) {
    const [x, y] = pixel(members[0] ?? { lat: 0, lon: 0 }, 15);
    for (const member of members) {
      const [mx, my] = pixel(member, 15);
      assert.ok(Math.hypot(mx - x, my - y) < 88.1);
    }
  }
});

test("the middle of the world is the middle of the map", () => {
  assert.deepEqual(pixel({ lat: 0, lon: 0 }, 1), [256, 256]);
});

test("nothing gives nothing", () => {
  assert.deepEqual(cluster([], 10, 44), []);
});
