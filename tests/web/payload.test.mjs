/** What the form sends, and what it refuses before sending. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldId } from "../../web/js/messages.js";
import {
  addressBody,
  addressErrors,
  depositBody,
  depositErrors,
  offerBody,
  offerErrors,
  oneOpeningMore,
  withTyped,
} from "../../web/js/payload.js";
import { digitsOf, isSiren, isSiret, spaced } from "../../web/js/siret.js";
import { forgetErased, newId, submissionDone, submissionId } from "../../web/js/submission.js";

const TODAY = "2026-11-23";
const NO_ADDRESS = { street: " ", postcode: "", city: "", unknown: false };
const BAKERY = { street: "12 rue du Four", postcode: "24 000", city: "Périgueux", unknown: false };
const MINIMAL = {
  correction: { name: " ", address: NO_ADDRESS, needed: false },
  siret: "487 444 697 00428",
  "contact.name": " Jeanne Martin ",
  "contact.email": "jeanne@example.org ",
  "contact.phone": "05 53 01 02 03",
  metier: "11573",
  other_metiers: [],
  problems: [],
  start_on: "",
  level: "",
  openings: "1",
  description: "  ",
  ask_cfa: false,
};
const fields = (changes) =>
  depositErrors({ ...MINIMAL, ...changes }, TODAY).map(({ field }) => field);

test("the least a person can say", () => {
  assert.deepEqual(depositBody(MINIMAL), {
    siret: "48744469700428",
    correction: null,
    contact: { name: "Jeanne Martin", email: "jeanne@example.org", phone: "05 53 01 02 03" },
    opco: null,
    offers: [
      {
        metier: "11573",
        other_metiers: [],
        start_on: null,
        level: null,
        openings: 1,
        description: null,
        ask_cfa: false,
        workplace: null,
      },
    ],
  });
});

test("the OPCO chosen, or none", () => {
  assert.equal(depositBody({ ...MINIMAL, opco: "AKTO" }).opco, "AKTO");
  assert.equal(depositBody({ ...MINIMAL, opco: "" }).opco, null);
});

test("all that a person can say", () => {
  const said = {
    other_metiers: ["17576", "12631"],
    start_on: "2027-01-04",
    level: "3",
    openings: "2",
    description: " Fournil. ",
    ask_cfa: true,
    workplace: { street: " 12 rue du Four ", postcode: "24 000", city: "Périgueux", unknown: false },
  };
  assert.deepEqual(offerBody({ ...MINIMAL, ...said }), {
    metier: "11573",
    other_metiers: ["17576", "12631"],
    start_on: "2027-01-04",
    level: "3",
    openings: 2,
    description: "Fournil.",
    ask_cfa: true,
    workplace: { street: "12 rue du Four", postcode: "24000", city: "Périgueux" },
  });
});

test("an address may be a commune alone", () => {
  const address = { street: " ", postcode: "24000", city: "Périgueux" };
  assert.deepEqual(addressBody(address), { ...address, street: null });
});

test("what is missing in an address is named under its own name", () => {
  const wrong = (changes) =>
    addressErrors("workplace", { street: "", postcode: "24000", city: "Périgueux", ...changes }).map(
      ({ field }) => field,
    );
  assert.deepEqual(wrong({}), []);
  assert.deepEqual(wrong({ postcode: "" }), ["workplace.postcode"]);
  assert.deepEqual(wrong({ postcode: "2400" }), ["workplace.postcode"]);
  assert.deepEqual(wrong({ unknown: true, city: "" }), ["workplace.postcode"]);
  assert.deepEqual(wrong({ city: " " }), ["workplace.city"]);
  const workplace = { street: "", postcode: "", city: "" };
  assert.deepEqual(fields({ workplace, start_on: "2026-11-22" }), [
    "start_on",
    "workplace.postcode",
  ]);
});

test("nothing is wrong with the least", () => assert.deepEqual(fields({}), []));

test("what is missing is named, in the order of the page", () => {
  const empty = {
    siret: "",
    metier: "",
    "contact.name": "",
    "contact.email": "",
    "contact.phone": "",
  };
  assert.deepEqual(fields(empty), [
    "siret",
    "metier",
    "contact.name",
    "contact.phone",
    "contact.email",
  ]);
});

test("what is wrong is named", () => {
  assert.deepEqual(fields({ siret: "487 444 697" }), ["siret"]);
  assert.deepEqual(fields({ siret: "12345678900003" }), ["siret"]);
  assert.deepEqual(fields({ start_on: "2026-11-22" }), ["start_on"]);
  assert.deepEqual(fields({ start_on: TODAY }), []);
  assert.deepEqual(fields({ start_on: "2028-11-23" }), []);
  assert.deepEqual(fields({ start_on: "2028-11-24" }), ["start_on"]);
  assert.deepEqual(fields({ "contact.email": "jeanne@example" }), ["contact.email"]);
  assert.deepEqual(fields({ "contact.phone": "0553" }), ["contact.phone"]);
});

test("what a field refuses itself is said, once, and nothing is sent", () => {
  const refused = { field: "metier", message: "Aucun diplôme n’y mène.", remedy: "" };
  const left = { field: "other_metiers", message: "« x » n’est pas ajouté.", remedy: "" };
  const values = { ...MINIMAL, metier: "", problems: [refused] };
  assert.deepEqual(depositErrors(values, TODAY), [refused]);
  assert.deepEqual(fields({ metier: "", problems: [left] }), ["metier", "other_metiers"]);
});

test("the métier is not one of the others", () => {
  assert.deepEqual(fields({ other_metiers: ["17576", "11573"] }), ["other_metiers"]);
  assert.deepEqual(fields({ other_metiers: ["17576"] }), []);
  assert.deepEqual(fields({ metier: "", other_metiers: ["17576"] }), ["metier"]);
});

test("a SIREN is told from a number cut short", () => {
  const said = (siret) => depositErrors({ ...MINIMAL, siret }, TODAY)[0].message;
  assert.match(said("487 444 697"), /SIREN/);
  assert.match(said("487 444 698"), /14 chiffres/);
  assert.ok(isSiren("487444697") && isSiren("356000000") && !isSiren("487444698"));
});

test("a start date already recorded may be past, a new one may not", () => {
  const edited = { ...MINIMAL, start_on: "2026-11-02" };
  const wrong = (recorded) => offerErrors(edited, TODAY, recorded).map(({ field }) => field);
  assert.deepEqual(wrong("2026-11-02"), []);
  assert.deepEqual(wrong("2026-11-03"), ["start_on"]);
  assert.deepEqual(wrong(null), ["start_on"]);
});

test("a date typed by hand, where the browser has no calendar, is asked for in its own form", () => {
  const [{ message }] = offerErrors({ ...MINIMAL, start_on: "04/01/2027" }, TODAY);
  assert.match(message, /n’est pas reconnue/);
});

test("every error says what to do in plain words", () => {
  const empty = {
    siret: "1",
    metier: "",
    "contact.name": "",
    "contact.email": "x",
    "contact.phone": "1",
  };
  for (const { message } of depositErrors({ ...MINIMAL, ...empty }, TODAY))
    assert.match(message, /^[A-Z].*\.$/);
});

test("an error of the API finds its field", () => {
  assert.equal(fieldId("offers.0.start_on"), "start_on");
  assert.equal(fieldId("start_on"), "start_on");
  assert.equal(fieldId("contact.email"), "contact-email");
  assert.equal(fieldId("offers.0.other_metiers.1"), "other_metiers");
  assert.equal(fieldId("offers.0.workplace.postcode"), "workplace-postcode");
  assert.equal(fieldId("workplace"), "workplace");
});

test("a SIRET is forgiven its spaces and words", () => {
  assert.equal(digitsOf("SIRET : 487\u00a0444 697.00428"), "48744469700428");
  assert.equal(spaced("48744469700428"), "487 444 697 00428");
  assert.equal(spaced("4874"), "4874");
});

test("a SIRET carries a check digit, La Poste its own", () => {
  for (const good of ["48744469700428", "13002526500013", "35600000000048", "35600000009075"]) {
    assert.ok(isSiret(good), good);
  }
  for (const bad of ["12345678900003", "48744469700429", "4874446970042", ""])
    assert.ok(!isSiret(bad), bad);
});

test("an id is a UUID version 4, made of what every browser and every origin has", () => {
  const made = Array.from({ length: 200 }, newId);
  for (const id of made)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(made).size, made.length);
  assert.doesNotMatch(newId.toString(), /randomUUID/);
});

test("a retry of the same content keeps its id, another content gets another", () => {
  const kept = new Map();
  const store = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => kept.set(key, value),
    remove: (key) => kept.delete(key),
  };
  const id = submissionId({ metier: "1" }, store);

  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  assert.equal(submissionId({ metier: "1" }, store), id);
  const other = submissionId({ metier: "2" }, store);
  assert.notEqual(other, id);
  submissionDone(store);
  assert.notEqual(submissionId({ metier: "2" }, store), other);
});

test("what was erased since is deposited anew, under another id; another refusal keeps it", () => {
  const kept = new Map();
  const store = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => kept.set(key, value),
    remove: (key) => kept.delete(key),
  };
  const id = submissionId({ metier: "1" }, store);

  forgetErased({ ok: false, down: true }, store);
  forgetErased({ ok: false, code: "duplicate" }, store);
  assert.equal(submissionId({ metier: "1" }, store), id);
  forgetErased({ ok: false, code: "submission_erased" }, store);
  assert.notEqual(submissionId({ metier: "1" }, store), id);
});

const PASTRY = { code: "17576", label: "Pâtissier / Pâtissière", rome: "D1104" };
const CHOCOLATE = { code: "12631", label: "Chocolatier / Chocolatière", rome: "D1115" };
const OVEN = { label: "24330 La Douze", street: null, postcode: "24330", city: "La Douze" };
const RECORDED = {
  id: "a",
  version: 3,
  metier: { code: "11573", label: "Boulanger / Boulangère", rome: "D1102" },
  other_metiers: [PASTRY],
  start_on: "2027-01-04",
  level: "3",
  openings: 4,
  description: "Fournil.",
  ask_cfa: true,
  workplace: OVEN,
};
// A draft, as the form gives it when only its métier is chosen.
const DRAFT = {
  metier: RECORDED.metier,
  other_metiers: [],
  other_metiers_typed: "",
  start_on: "",
  level: "",
  openings: "1",
  description: " ",
  ask_cfa: false,
  workplace: null,
};

test("one opening more changes nothing else of an offer", () => {
  assert.deepEqual(oneOpeningMore(RECORDED), {
    metier: "11573",
    other_metiers: ["17576"],
    start_on: "2027-01-04",
    level: "3",
    openings: 5,
    description: "Fournil.",
    ask_cfa: true,
    workplace: { street: null, postcode: "24330", city: "La Douze" },
  });
  assert.equal(oneOpeningMore({ ...RECORDED, workplace: null }).workplace, null);
});

test("what was left empty stays as the offer has it", () => {
  assert.deepEqual(withTyped(RECORDED, DRAFT), RECORDED);
});

test("what was typed of the same need goes over the offer", () => {
  const typed = { start_on: "2027-03-01", level: "4", description: "De nuit." };
  const workplace = { street: "1 rue du Four", postcode: "24000", city: "Périgueux" };
  const more = { other_metiers: [CHOCOLATE], workplace };
  assert.deepEqual(withTyped(RECORDED, { ...DRAFT, ...typed, ...more, openings: "6" }), {
    ...RECORDED,
    ...typed,
    ...more,
    openings: 6,
  });
});

test("the métier of the offer is not one of its others, though it was typed as one", () => {
  const sister = { code: "11574", label: "Boulanger-pâtissier", rome: "D1102" };
  const typed = { ...DRAFT, metier: sister, other_metiers: [RECORDED.metier, CHOCOLATE] };
  assert.deepEqual(withTyped(RECORDED, typed).other_metiers, [CHOCOLATE]);
  const alone = { ...typed, other_metiers: [RECORDED.metier] };
  assert.deepEqual(withTyped(RECORDED, alone).other_metiers, [PASTRY]);
});

test("what neither says is left out, as the API does", () => {
  const { start_on: _start, level: _level, description: _text, workplace: _, ...bare } = RECORDED;
  const edited = withTyped(bare, DRAFT);
  for (const field of ["start_on", "level", "description", "workplace"])
    assert.equal(edited[field] ?? null, null);
  assert.equal(oneOpeningMore(bare).workplace, null);
  const { street: _street, ...town } = OVEN;
  assert.equal(oneOpeningMore({ ...bare, workplace: town }).workplace.street, null);
});

test("a correction says a name, an address, or both", () => {
  const said = (correction) => depositBody({ ...MINIMAL, correction }).correction;
  const address = { street: "12 rue du Four", postcode: "24000", city: "Périgueux" };
  assert.deepEqual(said({ name: " Chez Jeanne ", address: NO_ADDRESS }), {
    name: "Chez Jeanne",
    address: null,
  });
  assert.deepEqual(said({ name: "", address: BAKERY }), { name: null, address });
});

test("an address begun is to be finished, and a firm that hides must be named and placed", () => {
  const begun = { name: "", address: { ...NO_ADDRESS, street: "12 rue du Four" } };
  assert.deepEqual(fields({ correction: begun }), ["correction-address.postcode"]);
  const hidden = { name: "", address: NO_ADDRESS, needed: true };
  assert.deepEqual(fields({ correction: hidden }), [
    "correction.name",
    "correction-address.postcode",
  ]);
  assert.deepEqual(fields({ correction: { name: "Chez Jeanne", address: BAKERY, needed: true } }), []);
  assert.equal(fieldId("correction.address.postcode"), "correction-address-postcode");
  assert.equal(fieldId("correction-address.postcode"), "correction-address-postcode");
});
