/** Lines of a deposit file, in French. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countPhrase,
  donePhrase,
  filePhrase,
  isRepeated,
  lineBadge,
  mailPhrase,
  progressPhrase,
} from "../../web/js/partners-phrases.js";

const lines = ["ready", "already_live", "need_removed", "firm_objects"].map((state) => ({ state }));

test("what the firm itself does not want is neither ready nor to be confirmed", () => {
  assert.equal(lineBadge(lines[2]).label, "L’entreprise a retiré ce besoin");
  assert.ok(!isRepeated(lines[2]));
  const more = "1 à confirmer car elle semble répétée, 2 que l’entreprise ne veut pas";
  assert.equal(countPhrase(lines), `1 ligne prête, ${more}`);
});

test("once deposited, it is left out and nothing waits for it", () => {
  const done = [{ state: "deposited" }, ...lines.slice(2)];
  assert.equal(donePhrase(done), "1 besoin déposé, 2 lignes laissées de côté");
  assert.match(progressPhrase(done, true), /3 sur 3/);
});

test("who is reached by no mail is not promised one", () => {
  for (const phrase of [mailPhrase, filePhrase]) {
    assert.match(phrase(false), /envoyé par e-mail/);
    assert.doesNotMatch(phrase(true), /envoyé par e-mail/);
    assert.match(phrase(true), /reviennent en erreur/);
  }
});
