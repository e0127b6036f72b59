import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../words/words.en.json";
import zh from "../words/words.zh-CN.json";
import { fillWord, WORDS } from "../src/words";

test("the plural form of the language is chosen and the number written its way", () => {
  const words = { "left.one": "{n} letter", "left.other": "{n} letters" };

  assert.equal(fillWord(words, "left", { n: 1 }, "en"), "1 letter");
  assert.equal(fillWord(words, "left", { n: 1200 }, "en"), "1,200 letters");
  assert.equal(fillWord({ left: "还有 {n} 字" }, "left", { n: 1 }, "zh-CN"), "还有 1 字");
});

test("a name is put in as it is, even if it looks like a slot", () => {
  assert.equal(fillWord({ a: "{name}!" }, "a", { name: "{n}$&" }, "en"), "{n}$&!");
});

test("a missing word is silence", () => {
  assert.equal(fillWord({}, "loading", {}, "en"), "");
});

test("both sample languages have every word and no other", () => {
  for (const words of [en, zh]) {
    const bare = new Set(Object.keys(words).map((key) => key.replace(/\.(one|other)$/, "")));
    assert.deepEqual([...bare].sort(), Object.keys(WORDS).sort());
  }
});
