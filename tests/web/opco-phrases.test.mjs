/** Where a need stands at the OPCOs, in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { needBadge, needStanding, opcoPhrase, passedTo } from "../../web/js/opco-phrases.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const TOLD = "2026-11-23T23:30:00Z"; // the 24th in Paris
const ANSWERED = "2026-11-26T09:00:00Z";
const TOLD_EP = { state: "sent", names: ["OPCO EP"], desk: false, told_at: TOLD, declined: [] };
const TOLD_DESK = { ...TOLD_EP, names: [], desk: true };

const said = (opco, more = {}) => plain(opcoPhrase({ ...opco, ...more }));

test("an OPCO that was told, and has not answered yet", () => {
  assert.equal(
    said(TOLD_EP),
    "OPCO EP : informé le mardi 24 novembre 2026, il peut vous contacter. Pas encore de réponse.",
  );
});

test("an OPCO that answered", () => {
  const answered = { answered_at: ANSWERED };
  assert.equal(
    said(TOLD_EP, { answer: "taking", ...answered }),
    "OPCO EP prend contact avec vous (réponse du jeudi 26 novembre 2026).",
  );
  assert.equal(
    said(TOLD_EP, { answer: "contacted", ...answered }),
    "OPCO EP indique vous avoir contacté (réponse du jeudi 26 novembre 2026).",
  );
});

test("an answer is said even while a later mail is on its way", () => {
  const answer = { answer: "taking", answered_at: ANSWERED, state: "pending" };
  assert.match(said(TOLD_EP, answer), /prend contact/);
});

test("a need that was passed on", () => {
  assert.match(
    said(TOLD_EP, { declined: ["AKTO"] }),
    /^AKTO, d’abord interrogé, a répondu que votre besoin n’est pas de son ressort\. OPCO EP : informé/,
  );
  assert.match(
    said(TOLD_EP, { declined: ["AKTO", "OCAPIAT"] }),
    /^AKTO puis OCAPIAT, d’abord interrogés, ont répondu .* de leur ressort\./,
  );
});

test("a need at the desk", () => {
  assert.equal(
    said(TOLD_DESK),
    "Votre besoin a été transmis le mardi 24 novembre 2026 : l’OPCO dont vous dépendez reste à identifier.",
  );
  assert.match(
    said(TOLD_DESK, { names: ["AKTO", "OCAPIAT"] }),
    /: votre OPCO est AKTO ou OCAPIAT, nous vérifions lequel\.$/,
  );
  assert.match(
    said(TOLD_DESK, { answer: "taking", answered_at: ANSWERED }),
    /^L’accueil du service prend contact avec vous/,
  );
});

test("a need that is nobody’s", () => {
  assert.equal(
    said(TOLD_DESK, { answer: "not_ours", answered_at: ANSWERED }),
    "Aucun OPCO ne suit votre besoin à ce jour (depuis le jeudi 26 novembre 2026).",
  );
});

test("a mail on its way, or that never arrives", () => {
  const nobody = { state: "pending", names: [], desk: false, declined: [] };
  assert.equal(said(nobody), "Recherche de votre OPCO en cours.");
  assert.equal(said(nobody, { names: ["AKTO"] }), "AKTO : en cours d’information.");
  assert.match(said(TOLD_EP, { state: "failed" }), /n’a pas pu être remis/);
});

test("a notice of before OPCOs could answer", () => {
  const former = { state: "sent", names: ["OPCO EP"], desk: false, told_at: null, declined: [] };
  assert.equal(said(former), "OPCO EP : informé, il peut vous contacter. Pas encore de réponse.");
  assert.match(said({ ...former, names: [] }), /^Votre besoin a été transmis : /);
});

test("what the OPCO reads on its own page", () => {
  const current = { status: "current", answer: null, addressee: "OPCO EP" };
  assert.equal(needBadge(current).label, "En attente de votre réponse");
  assert.equal(needStanding(current), "Ce besoin vous est adressé (OPCO EP).");
  assert.match(needStanding({ ...current, addressee: null }), /accueil du service/);
  const taking = { ...current, answer: "taking", answered_at: ANSWERED };
  assert.equal(needBadge(taking).label, "Vous prenez contact");
  assert.equal(needStanding(taking), "Vous l’avez indiqué le jeudi 26 novembre 2026.");
  assert.match(needStanding({ ...taking, answer: "not_ours" }), /encore le transmettre/);
  assert.equal(needBadge({ ...taking, status: "over" }).label, "Plus d’actualité");
  assert.match(needStanding({ ...taking, status: "over" }), /plus rien à faire/);
});

test("who has a need that was passed on", () => {
  assert.equal(passedTo({ addressee: "AKTO" }), "AKTO en est informé.");
  assert.equal(passedTo({ addressee: undefined }), "L’accueil du service en est informé.");
});

test("an offer that ended before its OPCO was told", () => {
  const opco = { state: "pending", names: [], declined: [] };
  assert.match(opcoPhrase(opco, "filled"), /a pris fin avant que votre OPCO/);
  assert.match(opcoPhrase(opco), /Recherche de votre OPCO/);
});

test("a need whose OPCO is looked for again is in nobody's hands", () => {
  assert.match(passedTo({ addressee: null, searching: true }), /cherchons à nouveau son OPCO/);
  assert.match(passedTo({ addressee: null, searching: false }), /accueil/);
});
