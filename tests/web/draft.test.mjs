/** What is being typed, kept in the tab. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { draftsOf } from "../../web/js/draft.js";

function aStore(refusing = false) {
  const kept = new Map();
  return {
    kept,
    get: (key) => (kept.has(key) ? JSON.parse(kept.get(key)) : null),
    set: (key, value) => refusing || kept.set(key, JSON.stringify(value)),
    remove: (key) => kept.delete(key),
  };
}

test("a draft is there when its page is opened again, until it is dropped", () => {
  const store = aStore();
  draftsOf("manage", "r1", store).set("firm", { name: "Chez Jeanne" });

  const again = draftsOf("manage", "r1", store);
  assert.deepEqual(again.get("firm"), { name: "Chez Jeanne" });
  again.drop("firm");

  assert.equal(draftsOf("manage", "r1", store).get("firm"), null);
  assert.equal(store.kept.size, 0);
});

test("drafts of another dossier go as soon as this one is shown", () => {
  const store = aStore();
  draftsOf("manage", "r1", store).set("firm", { name: "Chez Jeanne" });

  assert.deepEqual(draftsOf("manage", "r2", store).names(), []);
  assert.equal(store.kept.size, 0);
});

test("drafts of another page stay", () => {
  const store = aStore();
  draftsOf("manage", "r1", store).set("firm", { name: "Chez Jeanne" });
  draftsOf("cfa", "need", store);

  assert.deepEqual(draftsOf("manage", "r1", store).names(), ["firm"]);
});

test("the draft typed last is named last", () => {
  const drafts = draftsOf("manage", "r1", aStore());
  drafts.set("firm", 1);
  drafts.set("contact", 2);
  drafts.set("firm", 3);

  assert.deepEqual(drafts.names(), ["contact", "firm"]);
});

test("a browser that refuses storage keeps drafts until the page is left", () => {
  const drafts = draftsOf("manage", "r1", aStore(true));
  drafts.set("firm", 1);

  assert.equal(drafts.get("firm"), 1);
});
