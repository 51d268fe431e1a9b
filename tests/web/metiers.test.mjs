/**
 * The métier search, on the very index the pages load: METIERS_JSON, or
 * build/web/data/metiers.json.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { exact, prepare, search } from "../../web/js/metiers.js";
import { normalise, queryWords, slips, stem } from "../../web/js/words.js";

const BUILT = new URL("../../build/web/data/metiers.json", import.meta.url);
const index = prepare(JSON.parse(readFileSync(process.env.METIERS_JSON ?? BUILT, "utf8")));
const first = (typed) => search(index, typed, 8).found[0]?.label;
const labels = (typed) => search(index, typed, 8).found.map(({ label }) => label);

test("the index holds every métier, each under its code", () => {
  assert.equal(index.metiers.length > 13_000, true);
  assert.equal(exact(index, "Boulanger / Boulangère").code, "11573");
});

test("common trades come first, however they are typed", () => {
  const expected = {
    boulanger: "Boulanger / Boulangère",
    BOULANGÈRE: "Boulanger / Boulangère",
    coiffeuse: "Coiffeur / Coiffeuse",
    macon: "Maçon / Maçonne",
    "mecanicien auto": "Mécanicien / Mécanicienne automobile",
    "chauffagiste plombier": "Plombier / Plombière chauffagiste",
    "vendeuse en boulangeri": "Vendeur / Vendeuse en boulangerie-pâtisserie",
    "je cherche un apprenti cuisinier": "Cuisinier / Cuisinière",
    "CAP pâtisserie": "Pâtissier / Pâtissière",
  };
  for (const [typed, label] of Object.entries(expected)) assert.equal(first(typed), label, typed);
});

test("the name of a trade finds the people who ply it", () => {
  for (const [trade, label] of [
    ["plomberie", "Plombier / Plombière"],
    ["coiffure", "Coiffeur / Coiffeuse"],
    ["carrelage", "Carreleur / Carreleuse"],
    ["agriculture", "Agriculteur / Agricultrice"],
  ]) {
    assert.equal(first(trade), label);
  }
});

test("slips are forgiven", () => {
  assert.equal(first("boulenger"), "Boulanger / Boulangère");
  assert.equal(first("chaufagiste"), "Chauffagiste");
  assert.match(first("electrissien"), /^Electricien/);
});

test("every word counts, and begins a word of the label", () => {
  for (const label of labels("assistante gestion"))
    assert.match(normalise(label), /\bassistante\b.*\bgestion/);
  assert.deepEqual(search(index, "xyzxyz", 8), { found: [], total: 0 });
  assert.deepEqual(search(index, "  ", 8), { found: [], total: 0 });
});

test("no label is proposed twice", () => {
  assert.equal(new Set(index.metiers.map(({ label }) => label)).size, index.metiers.length);
});

test("an exact label counts, accents and punctuation aside; half a label does not", () => {
  assert.equal(exact(index, " boulanger  boulangere ").label, "Boulanger / Boulangère");
  assert.equal(exact(index, "boulan"), null);
  assert.equal(exact(index, ""), null);
});

test("a key costs less than 8 ms", () => {
  const typed = ["b", "bou", "vendeuse en boulangerie", "electrissien", "assistante", "xqztvw"];
  for (const text of typed) search(index, text, 8);
  const rounds = 10;
  for (const text of typed) {
    const start = performance.now();
    for (let round = 0; round < rounds; round += 1) search(index, text, 8);
    const cost = (performance.now() - start) / rounds;
    assert.ok(cost < 8, `${text}: ${cost.toFixed(2)} ms`);
  }
});

test("words: accents, ligatures and elisions", () => {
  assert.equal(normalise("Chef d’Œuvre / Cheffe"), "chef d oeuvre cheffe");
  assert.deepEqual(queryWords("apprenti à la boulangerie"), ["boulangerie"]);
  assert.deepEqual(queryWords("apprenti"), ["apprenti"]);
  assert.equal(stem("boulangerie"), "boulang");
  assert.equal(stem("image"), "image");
});

test("slips: counted against the closest beginning, up to a limit", () => {
  assert.equal(slips("boul", "boulanger", 1), 0);
  assert.equal(slips("boulenger", "boulanger", 2), 1);
  assert.equal(slips("bolua", "boulanger", 2), 1);
  assert.equal(slips("xxxx", "boulanger", 2), 3);
});
