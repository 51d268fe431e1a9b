/** Depositing for partner firms: who deposits once, then needs by a file or one by one. */

import { byId, keepAddress, wake } from "./dom.js";
import { draftsOf, keepTyped } from "./draft.js";
import { hushOnInput } from "./messages.js";
import { depositByFile } from "./partners-file.js";
import { depositOneByOne } from "./partners-form.js";
import { tabStore } from "./store.js";

const NAME = "depositor";
const FIELDS = ["role", "organisation", "siret", "contact.name", "contact.phone", "contact.email"];

const store = tabStore();
const drafts = draftsOf("partners");
const form = byId("depositor");

function control(name) {
  return form.elements[`depositor.${name}`];
}

/** Who deposits, as the API wants it. */
function depositor() {
  const value = (name) => control(name).value.trim();
  return {
    role: value("role"),
    organisation: value("organisation"),
    siret: value("siret"),
    contact: {
      name: value("contact.name"),
      phone: value("contact.phone"),
      email: value("contact.email"),
    },
  };
}

function typed() {
  return Object.fromEntries(FIELDS.map((name) => [name, control(name).value]));
}

// What was typed before the scripts came stays, and is kept.
function restore() {
  const kept = drafts.get(NAME);
  for (const name of FIELDS) control(name).value = control(name).value || (kept?.[name] ?? "");
  drafts.set(NAME, typed());
  keepTyped(drafts, NAME, form, typed, true);
}

form.addEventListener("submit", (event) => event.preventDefault());
hushOnInput(form);
keepAddress();
restore();
depositByFile(depositor, form, store);
depositOneByOne(depositor, form, store, drafts);
wake();
