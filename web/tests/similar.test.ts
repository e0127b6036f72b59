import assert from "node:assert/strict";
import { test } from "node:test";
import { questionOf } from "../src/similar";

const typed = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test("nothing is asked before there are a kind and two characters", () => {
  const ask = (fields: Record<string, string>): URL | undefined => questionOf(typed(fields), "/report/similar", "http://linli/report");

  assert.equal(ask({ title: "灯", category: "1" }), undefined);
  assert.equal(ask({ title: "楼道灯不亮" }), undefined);
  assert.notEqual(ask({ title: "停水", category: "1" }), undefined);
});

test("the question holds what was said of the matter and nothing of who says it", () => {
  const fields = { title: " 停水 ", category: "1", place: "3栋", lat: "", contact_name: "王秀英", contact_phone: "138", body: "…", csrf: "x" };

  const address = questionOf(typed(fields), "/requests/new/similar", "http://linli/requests/new");

  assert.equal(address?.pathname, "/requests/new/similar");
  assert.deepEqual([...(address?.searchParams.keys() ?? [])].sort(), ["category", "place", "title"]);
  assert.equal(address?.searchParams.get("title"), "停水");
});
