import assert from "node:assert/strict";
import { test } from "node:test";
import { between } from "../src/bulk";
import { lengthOf } from "../src/forms";
import { actOf } from "../src/keyboard";
import { formAddress } from "../src/parts";
import { fitInto } from "../src/photos";
import { nextWait } from "../src/progress";
import { pinsAddress } from "../src/map/geojson";

function fields(...pairs: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

test("a filter's address leaves empty fields out and repeats many-valued ones", () => {
  const here = "https://a.example/requests?old=1";

  assert.equal(formAddress("/requests", here, fields(["q", " "], ["state", "new"], ["state", "done"]), false), "https://a.example/requests?state=new&state=done");
});

test("a filter keeps the opened thing open only if asked and only below its own address", () => {
  const open = "https://a.example/requests/QS-1?q=a";

  assert.equal(formAddress("/requests", open, fields(["q", "灯"]), true), "https://a.example/requests/QS-1?q=%E7%81%AF");
  assert.equal(formAddress("/requests", open, fields(), false), "https://a.example/requests");
  assert.equal(formAddress("/requests", "https://a.example/requests-old/1", fields(), true), "https://a.example/requests");
});

test("pins follow the filters but not the view of the map itself", () => {
  assert.equal(pinsAddress("/requests/pins", "https://a.example/", fields(["state", "new"], ["bbox", "1,2,3,4"], ["q", ""])), "https://a.example/requests/pins?state=new");
});

test("letters act only while single keys are on, arrows only in the list", () => {
  assert.equal(actOf("j", false, true), "next");
  assert.equal(actOf("j", true, false), undefined);
  assert.equal(actOf("ArrowDown", false, true), undefined);
  assert.equal(actOf("ArrowDown", true, false), "next");
  assert.equal(actOf("q", true, true), undefined);
});

test("a range works in both directions and needs both ends", () => {
  assert.deepEqual(between(["a", "b", "c", "d"], "d", "b"), ["b", "c", "d"]);
  assert.deepEqual(between(["a", "b"], "a", "z"), []);
});

test("a photo is made smaller in proportion and never larger", () => {
  assert.deepEqual(fitInto(4032, 3024, 2048), [2048, 1536]);
  assert.deepEqual(fitInto(800, 600, 2048), [800, 600]);
  assert.deepEqual(fitInto(10000, 1, 2048), [2048, 1]);
});

test("waiting grows while nothing moves and is short again when it does", () => {
  assert.equal(nextWait(1000, false), 1500);
  assert.equal(nextWait(5000, false), 5000);
  assert.equal(nextWait(5000, true), 1000);
});

test("an emoji is one character", () => {
  assert.equal(lengthOf("楼道💡"), 3);
});
