/** What is said of the training centres to choose from. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  centreLines,
  countPhrase,
  donePhrase,
  laterPhrase,
  morePhrase,
  standingPhrase,
  tickAllLabel,
} from "../../web/js/choose-cfas-phrases.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const open = { standing: "open", left: 10, asked: [], verification: "verified" };

test("how many may be asked, or what stands in the way", () => {
  assert.match(standingPhrase(open), /jusqu’à 10 centres/);
  assert.match(standingPhrase({ ...open, left: 1, asked: [{}] }), /encore solliciter 1 centre pour/);
  const reasons = ["over", "choosing", "full", "no_place", "no_catalogue", "nobody_near", "all_asked"];
  const said = reasons.map((standing) => standingPhrase({ ...open, standing }));
  assert.equal(new Set(said).size, reasons.length);
  assert.match(said[3], /Indiquez son adresse/);
});

test("mails of a firm still to be verified leave later", () => {
  assert.equal(laterPhrase(open), "");
  assert.match(laterPhrase({ ...open, verification: "to_verify" }), /une fois qu’il sera vérifié/);
  assert.equal(laterPhrase({ ...open, standing: "over", verification: "to_verify" }), "");
});

test("why a centre is there", () => {
  const centre = { city: "Brive", distance_km: 0.2, title: "CAP Boulanger", level: "3" };
  assert.deepEqual(centreLines({ ...centre, kinship: "exact" }).map(plain), [
    "Brive, à 1 km",
    "CAP Boulanger (niveau CAP)",
    "Prépare exactement à ce métier.",
  ]);
  assert.equal(centreLines({ ...centre, level: "", kinship: null })[1], "CAP Boulanger");
  assert.match(centreLines({ ...centre, kinship: "parent" })[2], /famille de métiers/);
  assert.match(centreLines({ ...centre, kinship: "sibling" })[2], /de la même famille/);
});

test("how many are ticked, of how many", () => {
  assert.equal(countPhrase(0, 10), "Aucun centre coché, sur 10 possibles.");
  assert.equal(countPhrase(1, 1), "1 centre coché, sur 1 possible.");
  assert.equal(countPhrase(5, 3), "5 centres cochés, sur 3 possibles. Décochez-en 2.");
});

test("the button ticks what may be asked, and says so", () => {
  assert.equal(tickAllLabel(6, 10), "Tout cocher");
  assert.equal(tickAllLabel(30, 8), "Cocher les 8 premiers");
  assert.equal(tickAllLabel(30, 1), "Cocher le premier");
});

test("what is beyond the list, and what was done", () => {
  assert.equal(morePhrase({ more: false, centres: Array(6) }), "");
  assert.match(morePhrase({ more: true, centres: Array(30) }), /30 premiers.*d’autres/);
  assert.match(donePhrase(1), /^Un centre va/);
  assert.match(donePhrase(2), /^2 centres vont/);
});
