/** Deposits on a firm's behalf, in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { changedPhrase, employerPhrase, standing } from "../../web/js/employer-phrases.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const silent = { answer: null, answered_at: null, before: null, unreached: false };
const confirmed = { ...silent, answer: "confirmed", answered_at: "2026-11-26T09:00:00Z" };
const phrase = (employer) => plain(employerPhrase(employer));

test("a firm that deposited itself is told nothing of", () => {
  assert.equal(employerPhrase(null), "");
});

test("what the firm said is said, with the day", () => {
  assert.match(phrase(silent), /^L’entreprise est prévenue par e-mail\./);
  assert.equal(phrase(confirmed), "L’entreprise a confirmé cette offre (le jeudi 26 novembre 2026).");
});

test("what it had said of another text is said to be of another text", () => {
  assert.equal(
    phrase({ ...silent, before: "confirmed" }),
    "L’entreprise a confirmé cette offre, mais elle a changé depuis. Nous lui demandons à nouveau si c’est juste.",
  );
});

test("a firm our mails do not reach is not said to be told; what to do depends on who may", () => {
  const unreached = "L’adresse de l’entreprise ne reçoit pas nos messages.";
  assert.equal(
    phrase({ ...silent, unreached: true }),
    `${unreached} Appelez-la, puis corrigez son contact en haut de cette page.`,
  );
  const call = `${unreached} Appelez-la : elle seule peut donner une autre adresse.`;
  assert.equal(phrase({ ...silent, before: "confirmed", unreached: true }), call);
  assert.ok(phrase({ ...confirmed, unreached: true }).endsWith(`(le jeudi 26 novembre 2026). ${call}`));
  const lost = { ...confirmed, unreached: true, lost: true };
  assert.ok(phrase(lost).endsWith("puis corrigez son contact en haut de cette page."));
  const removed = { ...confirmed, answer: "removed", unreached: true };
  assert.equal(phrase(removed), "L’entreprise a retiré cette offre (le jeudi 26 novembre 2026).");
});

test("the firm reads what changed, since when; codes of a newer service are left out", () => {
  assert.equal(changedPhrase({}), "");
  assert.equal(changedPhrase({ changed: ["unheard_of"], before: null }), "");
  assert.equal(
    plain(changedPhrase({ changed: ["openings", "description"], before: "confirmed" })),
    "Changé depuis votre réponse : le nombre de postes, la description.",
  );
  assert.match(changedPhrase({ changed: ["level"], before: null }), /notre premier e-mail/);
});

test("what is no longer online was taken back by its firm only where it was", () => {
  const ended = { state: "withdrawn", ends_on: "2026-12-21", days_left: 0, answer: null };
  assert.equal(plain(standing(ended)), "N’est plus en ligne.");
  assert.match(plain(standing({ ...ended, answer: "removed" })), /vous l’avez retirée\.$/);
  assert.match(standing({ ...ended, state: "expired" }), /ont pris fin/);
});
