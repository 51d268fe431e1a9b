import assert from "node:assert/strict";
import { test } from "node:test";

import { momentLine } from "../../web/js/history-phrases.js";
import { extension, limitPhrase, limitsPhrase, reactivation, standsPhrase } from "../../web/js/life.js";
import { CHANNELS, REASONS, STATES, lifeLines } from "../../web/js/phrases.js";

const LIMITS = { longest: 364, reactivation: 90 };
const TODAY = "2026-12-10";
const LIVE = { state: "live", live_since: "2026-11-23", ends_on: "2026-12-21", days_left: 11 };
const plain = (text) => text.replaceAll("\u00a0", " ");

test("an extension gives four weeks from today", () => {
  assert.deepEqual(extension(LIVE, LIMITS, TODAY), {
    until: "2027-01-07",
    cut: false,
    furthest: "2027-11-22",
    possible: true,
  });
});

test("an extension that gains no day is not offered, and the card says why", () => {
  const fresh = { ...LIVE, ends_on: "2027-01-07" };
  assert.equal(extension(fresh, LIMITS, TODAY).possible, false);
  assert.match(limitPhrase(fresh, LIMITS, TODAY), /déjà 4 semaines devant elle/);
  assert.equal(extension(fresh, LIMITS, "2026-12-11").possible, true);
});

test("limits cut an extension short, then stop it", () => {
  const near = { ...LIVE, live_since: "2026-01-01" };
  const { until, cut, possible } = extension(near, LIMITS, TODAY);
  assert.deepEqual({ until, cut, possible }, { until: "2026-12-31", cut: true, possible: true });
  const there = { ...near, ends_on: "2026-12-31" };
  assert.equal(extension(there, LIMITS, TODAY).possible, false);
  assert.match(limitPhrase(near, LIMITS, TODAY), /jusqu’au jeudi 31 décembre 2026, pas au-delà/);
  assert.match(limitPhrase(there, LIMITS, TODAY), /ne peut plus être prolongée/);
  assert.equal(limitPhrase(LIVE, LIMITS, TODAY), "");
});

test("an offer that ended may be reactivated for a while, unless it was withdrawn", () => {
  const ended = { state: "expired", ended_on: "2026-09-11" };
  assert.deepEqual(reactivation(ended, LIMITS, TODAY), { until: "2026-12-10", possible: true });
  assert.equal(reactivation(ended, LIMITS, "2026-12-11").possible, false);
  for (const state of ["live", "withdrawn"])
    assert.equal(reactivation({ ...ended, state }, LIMITS, TODAY).possible, false);
  assert.match(limitPhrase(ended, LIMITS, TODAY), /réactiver jusqu’au jeudi 10 décembre 2026/);
  assert.match(limitPhrase(ended, LIMITS, "2026-12-11"), /déposez-la à nouveau/);
});

test("an offer its firm removed is neither reactivated nor deposited again, however it ended", () => {
  const employer = { answer: "removed" };
  for (const state of ["expired", "withdrawn"]) {
    const removed = { ...LIVE, state, ended_on: "2026-12-01", employer };
    assert.equal(reactivation(removed, LIMITS, TODAY).possible, false);
    assert.match(limitPhrase(removed, LIMITS, TODAY), /elle seule peut déposer à nouveau/);
    assert.doesNotMatch(standsPhrase(removed, LIMITS, TODAY).text, /Vous pouvez/);
  }
});

test("the limits in one sentence", () => {
  assert.match(limitsPhrase(LIMITS), /52 semaines en ligne.*pendant 90 jours/);
});

test("where an offer stands, what counts first", () => {
  assert.deepEqual(lifeLines(LIVE), {
    left: "Encore 11 jours",
    life: "jusqu’au lundi 21 décembre 2026",
  });
  assert.equal(lifeLines({ ...LIVE, days_left: 0 }).left, "Dernier jour aujourd’hui");
  for (const state of ["filled", "cancelled", "expired", "withdrawn"]) {
    const { left, life } = lifeLines({ state, ended_on: "2026-12-01" });
    assert.equal(left, "");
    assert.match(life, /^(Pourvue|Annulée|En ligne|Retirée) .* mardi 1er décembre 2026$/);
    assert.ok(STATES[state]);
  }
});

test("a moment says when, what, who and by which link", () => {
  const moment = { at: "2026-12-31T23:30:00Z", what: "fill", who: "depositor", link: "manage.2" };
  const { when, what } = momentLine({ ...moment, detail: ["without_depot", "cfa", "new code"] });
  assert.equal(plain(when), "vendredi 1er janvier 2027 à 00:30");
  assert.equal(
    what,
    `Poste pourvu (${REASONS.filled.without_depot}, ${CHANNELS.without_depot.cfa}), ` +
      "par vous, par votre lien de gestion",
  );
});

test("what a newer service did is said without its details", () => {
  const moment = { at: "2026-12-31T12:00:00Z", what: "?", who: "?", link: null, detail: ["?"] };
  assert.equal(momentLine(moment).what, "Changement");
});
