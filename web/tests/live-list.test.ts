import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, type Gone, newsFor, type Told } from "../src/live-list";

const told = (more: Partial<Told>): Told => ({
  number: "QS-2026-000001",
  version: 3,
  state: "",
  tone: "",
  handler: "",
  left: "",
  is_new: false,
  is_own: false,
  is_out: false,
  ...more,
});

test("only what is newer than a row changes it, and what has left the filter is told apart", () => {
  assert.equal(newsFor(2, told({})), "changed");
  assert.equal(newsFor(2, told({ is_out: true })), "out");
  assert.equal(newsFor(3, told({ is_out: true })), "known");
});

test("a row that is no longer the reader's is gone, whatever version stands there", () => {
  const gone: Gone = { number: "QS-2026-000001", is_gone: true };

  assert.equal(newsFor(99, gone), "gone");
});

test("the stream is asked with the filter of the list, its rows, and how far one was told", () => {
  const base = new URL("http://linli/requests/live?after=old");

  const address = addressOf(base, "?state=unassigned&after=forged&rows=forged", ["QS-2026-000001", "QS-2026-000002"], "6435.9f");

  assert.equal(address.pathname, "/requests/live");
  assert.deepEqual([...address.searchParams], [
    ["state", "unassigned"],
    ["after", "6435.9f"],
    ["rows", "QS-2026-000001,QS-2026-000002"],
  ]);
});
