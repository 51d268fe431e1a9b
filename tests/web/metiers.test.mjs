/**
 * The métier search, on the very index the pages load: METIERS_JSON, or
 * build/web/data/metiers.json.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { EVERYDAY, everyday } from "../../web/js/everyday.js";
import { exact, prepare, search } from "../../web/js/metiers.js";
import { prefixIndex } from "../../web/js/prefixes.js";
import { normalise, queryWords, root, slips, stem, wrongStart } from "../../web/js/words.js";
import { QUERIES } from "./metier-queries.mjs";

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
  for (const typed of ["xyzxyz", "  ", "?!"]) {
    const { found, total } = search(index, typed, 8);
    assert.deepEqual({ found, total }, { found: [], total: 0 });
  }
});

test("no label is proposed twice", () => {
  assert.equal(new Set(index.metiers.map(({ label }) => label)).size, index.metiers.length);
});

test("an exact label counts, accents and punctuation aside; half a label does not", () => {
  assert.equal(exact(index, " boulanger  boulangere ").label, "Boulanger / Boulangère");
  assert.equal(exact(index, "boulan"), null);
  assert.equal(exact(index, ""), null);
});

for (const { code, label, typed } of QUERIES) {
  test(`${label}: among the 8 shown, whatever the way people type it`, () => {
    assert.equal(exact(index, label).code, code);
    for (const text of typed) {
      const found = search(index, text, 8).found.map((metier) => metier.code);
      assert.ok(found.includes(code), text);
    }
  });
}

test("the main appellation of a ROME code goes before its variants", () => {
  assert.equal(first("electricien"), "Electricien / Electricienne du bâtiment");
  const mains = index.metiers.filter(({ main }) => main);
  assert.equal(new Set(mains.map(({ rome }) => rome)).size, mains.length);
});

test("métiers that cannot be apprenticed are found, and say why", () => {
  for (const typed of ["plongeur restauration", "laveur de vitres", "coursier", "mannequin"]) {
    const { label, refusal } = search(index, typed, 8).found[0];
    assert.match(refusal, /^Aucun diplôme ni titre préparé en apprentissage /, label);
  }
  assert.equal(exact(index, "Aide de cuisine").refusal, null); // its former code alone is refused
  const refused = index.metiers.filter(({ refusal }) => refusal).map(({ rome }) => rome);
  assert.deepEqual([...new Set(refused)].sort(), ["G1605", "I1201", "K2202", "L1102", "N4104"]);
});

test("an everyday word leads to a métier and hides none", () => {
  const words = new Set(index.metiers.flatMap(({ text }) => text.trim().split(" ")));
  for (const said of EVERYDAY) {
    assert.ok(search(index, said, 8).found.length > 0, said);
    assert.equal(search(index, said, 8).near, false, said);
    assert.ok(!words.has(said), said);
  }
  assert.equal(everyday("mecano auto"), "mecanicien auto");
  assert.equal(everyday("mecanotricien"), "mecanotricien");
});

test("a word too many still shows what is nearest, and says that it is not quite it", () => {
  const { found, near } = search(index, "boulanger à Périgueux", 8);
  assert.equal(found[0].label, "Boulanger / Boulangère");
  assert.equal(near, true);
  assert.equal(search(index, "boulanger", 8).near, false);
});

test("the prefix index gives what reading every text gives", () => {
  const letters = "abc";
  let seed = 7;
  const draw = (below) => (seed = (seed * 16807) % 2147483647) % below;
  const word = () => Array.from({ length: 1 + draw(3) }, () => letters[draw(3)]).join("");
  const texts = Array.from({ length: 60 }, () =>
    Array.from({ length: 1 + draw(4) }, word).join(" "),
  );
  const { withAll, withMost, knows } = prefixIndex(texts.map((text) => ` ${text} `));
  for (let round = 0; round < 300; round += 1) {
    const starts = Array.from({ length: 1 + draw(3) }, word);
    const begins = (start) => (text) => text.split(" ").some((known) => known.startsWith(start));
    const counts = texts.map((text) => starts.filter((start) => begins(start)(text)).length);
    const ranks = (count) => texts.flatMap((_, rank) => (counts[rank] === count ? [rank] : []));
    assert.deepEqual(withAll(starts), ranks(starts.length));
    const most = Math.max(...counts);
    assert.deepEqual(withMost(starts), most > 0 ? ranks(most) : []);
    assert.equal(knows(starts[0]), texts.some(begins(starts[0])));
  }
  assert.deepEqual(withAll([]), []);
});

test("words: accents, ligatures and elisions", () => {
  assert.equal(normalise("Chef d’Œuvre / Cheffe"), "chef d oeuvre cheffe");
  assert.deepEqual(queryWords("apprenti a la boulangerie"), ["boulangerie"]);
  assert.deepEqual(queryWords("espaces verts"), ["espace", "vert"]);
  assert.deepEqual(queryWords("apprenti"), ["apprenti"]);
  assert.equal(stem("boulangerie"), "boulang");
  assert.equal(stem("image"), "image");
  assert.deepEqual(["cuisiniere", "cuisinier", "image"].map(root), ["cuisin", "cuisin", "image"]);
});

test("slips: counted against the closest beginning, up to a limit", () => {
  assert.equal(slips("boul", "boulanger", 1), 0);
  assert.equal(slips("boulenger", "boulanger", 2), 1);
  assert.equal(slips("bolua", "boulanger", 2), 1);
  assert.equal(slips("xxxx", "boulanger", 2), 3);
});

test("a first letter may be wrong, missing, added or swapped", () => {
  const words = ["coiffeur", "boulanger"];
  for (const typed of ["hoiffeur", "oiffeur", "ccoiffeur", "ocif", "ocoiffeur", "ociffeur"]) {
    const found = wrongStart(typed, words);
    assert.equal(found, typed.length < 5 ? null : "coiffeur", typed);
  }
  assert.equal(wrongStart("xxxxxx", words), null);
});
