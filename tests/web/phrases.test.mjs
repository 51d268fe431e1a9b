/** Dates and sentences in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addDays, addYears, daysLeft, longDay, parisDay } from "../../web/js/dates.js";
import { foundPhrase, lifePhrase, naturePhrase, twinPhrase } from "../../web/js/deposit-phrases.js";
import { cfaPhrase, needFacts, spokenPhone } from "../../web/js/phrases.js";

const plain = (text) => text.replaceAll("\u00a0", " ");

test("days are written in full, the first of the month as people say it", () => {
  assert.equal(longDay("2026-12-21"), "lundi 21 décembre 2026");
  assert.equal(longDay("2026-12-01"), "mardi 1er décembre 2026");
  assert.equal(longDay("2026-12-11"), "vendredi 11 décembre 2026");
});

test("today is the day in Paris", () => {
  assert.equal(parisDay(new Date("2026-11-23T22:59:59Z")), "2026-11-23");
  assert.equal(parisDay(new Date("2026-11-23T23:00:00Z")), "2026-11-24");
  assert.equal(parisDay(new Date("2026-07-01T22:00:00Z")), "2026-07-02");
});

test("days and years are added across months and leap days", () => {
  assert.equal(addDays("2026-11-23", 28), "2026-12-21");
  assert.equal(addDays("2027-02-10", 28), "2027-03-10");
  assert.equal(addYears("2028-02-29", 2), "2030-02-28");
});

test("days left", () => {
  assert.deepEqual([0, 1, 27].map(daysLeft), [
    "dernier jour aujourd’hui",
    "encore 1 jour",
    "encore 27 jours",
  ]);
});

test("where an offer stands", () => {
  const offer = { state: "live", ends_on: "2026-12-21", days_left: 28 };
  assert.equal(
    lifePhrase(offer),
    "En ligne jusqu’au lundi 21 décembre 2026 inclus (encore 28 jours).",
  );
  assert.match(
    lifePhrase({ ...offer, state: "expired" }),
    /ont pris fin le lundi 21 décembre 2026\.$/,
  );
});

test("an offer like the one being deposited: since when, how many, until when", () => {
  // Late in the evening in UTC: already the next day in Paris.
  const published_at = "2026-11-23T23:30:00.123456Z";
  const twin = { openings: 1, published_at, ends_on: "2026-12-22", days_left: 1 };
  assert.equal(
    twinPhrase(twin),
    "Déposée le mardi 24 novembre 2026, pour 1 poste. " +
      "En ligne jusqu’au mardi 22 décembre 2026 inclus (encore 1 jour).",
  );
  assert.match(twinPhrase({ ...twin, openings: 3 }), /, pour 3 postes\. /);
  const workplace = { label: "12 rue du Four 24330 La Douze" };
  assert.match(
    plain(twinPhrase({ ...twin, workplace })),
    / 1 poste\. Lieu de travail : 12 rue du Four 24330 La Douze\. En ligne/,
  );
});

test("how many establishments there are to choose from", () => {
  assert.match(foundPhrase(1, false), /^1 établissement ouvert\. Choisissez/);
  assert.match(foundPhrase(3, false), /^3 établissements ouverts\. /);
  assert.match(plain(foundPhrase(10, true)), /il y en a d’autres : si le vôtre manque/);
  assert.match(foundPhrase(0, false), /^Aucun établissement ouvert n’a été trouvé/);
  assert.match(foundPhrase(0, true), /une autre ville/);
});

test("a public employer is not told that it has no OPCO beside the one it has", () => {
  const said = (nature, outcome, ...candidates) =>
    naturePhrase({ nature, opco: outcome && { outcome, candidates } });
  assert.match(said("public", "unknown"), /ne dépend d’aucun OPCO/);
  assert.match(said("public", null), /ne dépend d’aucun OPCO/);
  assert.equal(said("public", "identified", "AKTO"), "");
  assert.equal(said("public", "multiple", "AKTO", "OCAPIAT"), "");
  assert.match(said("teaching", "identified", "AKTO"), /organisme de formation/);
  assert.equal(said("firm", "identified", "AKTO"), "");
});

test("what an offer asks for", () => {
  const vague = { other_metiers: [], start_on: null, level: null, openings: 1, description: null };
  assert.deepEqual(needFacts(vague), [
    ["Début", "dès que possible"],
    ["Niveau d’études", "indifférent"],
    ["Postes", "1"],
  ]);
  assert.deepEqual(needFacts({ ...vague, level: "5" })[1], [
    "Niveau d’études",
    "BTS, DEUST (Bac+2)",
  ]);
  const others = [{ label: "Pâtissier / Pâtissière" }, { label: "Glacier / Glacière" }];
  assert.deepEqual(needFacts({ ...vague, other_metiers: others })[0], [
    "Autres métiers",
    "Pâtissier / Pâtissière\nGlacier / Glacière",
  ]);
  const workplace = { label: "12 rue du Four 24000 Périgueux" };
  assert.deepEqual(needFacts({ ...vague, workplace })[3], ["Lieu de travail", workplace.label]);
});

test("what the training centres know", () => {
  const offer = { state: "live", ask_cfa: true, cfa_outcome: null };
  assert.equal(cfaPhrase(offer), "Recherche des CFA proches en cours.");
  assert.match(cfaPhrase({ ...offer, cfa_outcome: "nobody_near" }), /personne n’a été contacté/);
  assert.match(cfaPhrase({ ...offer, ask_cfa: false }), /contacter aucun/);
  assert.match(cfaPhrase({ ...offer, cfa_outcome: "none_left" }), /ne peuvent plus/);
  assert.equal(cfaPhrase({ ...offer, state: "filled" }), "Aucun CFA n’a été contacté.");
  assert.equal(
    cfaPhrase(offer, "to_verify"),
    "Les CFA proches seront contactés une fois votre SIRET vérifié.",
  );
  assert.match(cfaPhrase({ ...offer, ask_cfa: false }, "to_verify"), /contacter aucun/);
  assert.match(cfaPhrase({ ...offer, cfa_outcome: "nobody_near" }, "to_verify"), /personne/);
  assert.equal(cfaPhrase({ ...offer, state: "filled" }, "to_verify"), "Aucun CFA n’a été contacté.");
});

test("telephone numbers are read by pairs", () => {
  assert.equal(plain(spokenPhone("+33553010203")), "05 53 01 02 03");
  assert.equal(spokenPhone("+262262010203"), "+262262010203");
});
