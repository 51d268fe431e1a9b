/** « Recevoir mon lien »: the same words whoever it is about. */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn, keepAddress, wake } from "./dom.js";
import { hush, hushOnInput, perform, showErrors, showRefusal } from "./messages.js";
import { linkBody, linkErrors } from "./link-body.js";
import { spaced } from "./siret.js";

async function send(retry) {
  const typed = byId("who").value.trim();
  const summary = byId("link-summary");
  hush("who");
  summary.replaceChildren();
  const errors = linkErrors(typed);
  if (errors.length > 0) return showErrors(summary, errors);
  const body = linkBody(typed);
  const result = await call("POST", "/links", { body });
  if (!result.ok) return showRefusal(summary, placed(result), retry);
  const section = fill(copyOf("asked"), { who: body.email ?? `le SIRET ${spaced(body.siret)}` });
  byId("page").replaceChildren(section);
  return focusOn(section.querySelector("h2"));
}

// One field here, two in the API.
function placed(result) {
  const errors = (result.errors ?? []).map((error) => ({ ...error, field: "who" }));
  return { ...result, errors };
}

keepAddress();
hushOnInput(byId("link-form"));
byId("link-form").addEventListener("submit", (event) => {
  event.preventDefault();
  perform(byId("link-submit"), "Envoi…", () => byId("link-summary"), send);
});
wake();
