/** Where an offer is, in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { feedPhrase, partnerPhrase } from "../../web/js/card-where.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const fetched = { state: "fetched", at: "2026-11-30T23:05:00Z", url: null, reason: null };
const shown = { ...fetched, state: "shown", at: "2026-12-02T11:30:00Z", url: "https://a.example" };
const partner = (...steps) => ({ name: "Parcoursup", steps, outdated: false });
const phrase = (told, live = true) => plain(partnerPhrase(told, live));

test("what we know of ourselves is said, and that nobody spoke", () => {
  const where = { published_at: "2026-07-01T22:00:00Z", withdrawn_at: null, partners: [] };
  const published = "Publiée le 2 juillet 2026 à 0 h 00 dans le flux ouvert à nos partenaires.";
  assert.equal(
    plain(feedPhrase(where, true)),
    `${published} Aucun ne nous a encore dit ce qu’il en a fait.`,
  );
  assert.equal(plain(feedPhrase({ ...where, partners: [partner(shown)] }, true)), published);
  assert.equal(
    plain(feedPhrase({ ...where, withdrawn_at: "2026-07-03T10:00:00Z" }, false)),
    "Retirée le 3 juillet 2026 à 12 h 00 du flux ouvert à nos partenaires.",
  );
});

test("the last step comes first, those before it in brackets", () => {
  assert.equal(
    phrase(partner(fetched, shown)),
    "Parcoursup : affichée le 2 décembre 2026 à 12 h 30 (reçue le 1er décembre 2026 à 0 h 05).",
  );
});

test("what is not known is not said to be", () => {
  assert.match(phrase(partner(fetched)), /Son affichage n’est pas encore confirmé\.$/);
  assert.match(phrase(partner(shown), false), /Son retrait n’est pas encore confirmé\.$/);
  assert.match(phrase({ ...partner(shown), outdated: true }), /n’y figure pas encore\.$/);
});

test("a refusal is told with its reason, a withdrawal alone", () => {
  const refused = { ...shown, state: "refused", url: null, reason: "Adresse introuvable" };
  assert.equal(
    phrase(partner(refused)),
    "Parcoursup : refusée le 2 décembre 2026 à 12 h 30. Motif : « Adresse introuvable ».",
  );
  assert.match(phrase(partner({ ...shown, state: "withdrawn" }), false), /retirée le [^.]*\.$/);
});
