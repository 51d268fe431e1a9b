/** Depositing for partner firms: who deposits once, then needs by a file or one by one. */

import { byId, keepAddress } from "./dom.js";
import { hushOnInput } from "./messages.js";
import { depositByFile } from "./partners-file.js";
import { depositOneByOne } from "./partners-form.js";
import { tabStore } from "./store.js";

const KEPT = "depot.depositor";
const FIELDS = ["role", "organisation", "siret", "contact.name", "contact.phone", "contact.email"];

const store = tabStore();
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

function keep() {
  store.set(KEPT, Object.fromEntries(FIELDS.map((name) => [name, control(name).value])));
}

// What was typed before the scripts came stays, and is kept.
function restore() {
  const kept = store.get(KEPT);
  for (const name of FIELDS) control(name).value = control(name).value || (kept?.[name] ?? "");
  keep();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", keep);
form.addEventListener("change", keep);
hushOnInput(form);
keepAddress();
restore();
depositByFile(depositor, form, store);
depositOneByOne(depositor, form, store);
