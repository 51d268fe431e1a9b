/** Where a need stands at the training centres, in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { cfaLine, candidatesPhrase, replyBadge, replyStanding } from "../../web/js/cfa-phrases.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const SINCE = "2026-11-23T23:30:00Z"; // the 24th in Paris
const CENTRE = { name: "CFA du Lot", city: "Cahors", distance_km: 0.4, since: SINCE };

const said = (more) => plain(cfaLine({ ...CENTRE, ...more })).replace(/^.* : /, "");

test("each state of a centre, for the depositor", () => {
  assert.equal(
    plain(cfaLine({ ...CENTRE, state: "sent" })),
    "CFA du Lot, Cahors (à 1 km) : e-mail envoyé le mardi 24 novembre 2026.",
  );
  assert.equal(said({ state: "read" }), "e-mail lu le mardi 24 novembre 2026, pas encore de réponse.");
  assert.equal(said({ state: "pending", since: null }), "en cours d’envoi.");
  assert.match(said({ state: "failed" }), /^adresse en erreur/);
  assert.equal(said({ state: "refused" }), "ne souhaite plus recevoir nos e-mails.");
  assert.match(said({ state: "not_concerned" }), /^n’est pas concerné \(réponse du mardi 24/);
  assert.match(said({ state: "later" }), /^pas de candidat pour l’instant \(/);
  assert.match(
    said({ state: "later", back_on: "2027-01-11" }),
    /^pas de candidat avant le lundi 11 janvier 2027 \(/,
  );
  assert.match(said({ state: "candidates", candidates: 2 }), /^a 2 candidats \(/);
});

test("how many candidates, if it was said", () => {
  assert.deepEqual([null, 1, 12].map(candidatesPhrase), [
    "des candidats",
    "un candidat",
    "12 candidats",
  ]);
});

test("what a centre reads of its own answer", () => {
  const standing = (reply) => plain(replyStanding({ reply, replied_at: SINCE }));
  assert.equal(replyBadge(null).label, "En attente de votre réponse");
  assert.equal(replyBadge({ answer: "later" }).label, "Plus tard");
  assert.equal(replyStanding({ reply: null }), "");
  assert.equal(
    standing({ answer: "candidates", candidates: 1 }),
    "Vous l’avez indiqué le mardi 24 novembre 2026. L’entreprise sait que vous avez un candidat.",
  );
  assert.match(standing({ answer: "later", back_on: "2027-01-11" }), /à partir du lundi 11 janvier 2027\.$/);
});
