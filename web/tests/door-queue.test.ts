import assert from "node:assert/strict";
import { test } from "node:test";
import { BATCH, newId, Queue, takenNow, type Scan, type Store } from "../src/door-queue";

function store(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const scan = (id: string): Scan => ({ id, sign_up: "s", direction: "in", at: 1 });

test("what is noted outlives the page and is sent in its order", () => {
  const shelf = store();
  new Queue(shelf, "door:1").add(scan("a"));
  new Queue(shelf, "door:1").add(scan("b"));
  new Queue(shelf, "door:2").add(scan("c"));

  assert.deepEqual(new Queue(shelf, "door:1").next().map((one) => one.id), ["a", "b"]);
});

test("what was answered is let go, what was noted meanwhile stays", () => {
  const shelf = store();
  const queue = new Queue(shelf, "door");
  queue.add(scan("a"));
  const sent = queue.next();
  queue.add(scan("b"));

  const answered = queue.answered([{ id: "a", answer: "in", words: "" }, { id: "x", answer: "in", words: "" }]);

  assert.equal(sent.length, 1);
  assert.deepEqual(answered.map(([one, answer]) => [one.id, answer.answer]), [["a", "in"]]);
  assert.deepEqual(queue.all().map((one) => one.id), ["b"]);
  queue.answered([{ id: "b", answer: "clock", words: "" }]);
  assert.equal(shelf.kept.size, 0, "nothing is left lying about");
});

test("a batch is never larger than the server takes, and rubbish is none", () => {
  const shelf = store();
  const queue = new Queue(shelf, "door");
  for (let n = 0; n < BATCH + 5; n += 1) queue.add(scan(String(n)));

  assert.equal(queue.next().length, BATCH);
  for (const rubbish of ["{", "7", "null"]) {
    shelf.setItem("door", rubbish);
    assert.deepEqual(queue.all(), []);
  }
});

test("an entry that is taken now has an id of its own", () => {
  assert.deepEqual(takenNow(scan("a"), "b"), { ...scan("a"), id: "b", now: true });
  const id = newId((bytes) => void bytes.fill(0xff));
  assert.equal(id, "ffffffff-ffff-4fff-bfff-ffffffffffff");
});
