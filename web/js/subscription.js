/** The way out of the mails to training centres, and the way back. Only a button acts. */

import { call } from "./api.js";
import { byId, fill, keepAddress } from "./dom.js";
import { openLink, refusedLink } from "./link.js";
import { perform, showAlert, showRefusal } from "./messages.js";

const DONE = {
  true: "C’est noté\u00a0: vous recevrez à nouveau les besoins proches",
  false: "C’est noté\u00a0: vous ne recevrez plus ces e-mails",
};

let token = "";

function change(wanted, button) {
  return perform(button, "Envoi…", place, async (retry) => {
    const result = await call("POST", "/cfa/subscription", { token, body: { wanted } });
    if (!result.ok) return refusedLink(result) || showRefusal(place(), result, retry);
    show(result.data);
    return showAlert(place(), "success", DONE[wanted]);
  });
}

function place() {
  return byId("done-place");
}

function show({ siren, wanted, in_error: inError }) {
  byId("page-notice").replaceChildren();
  fill(byId("subscription"), { siren: siren.replace(/(\d{3})(?=\d)/g, "$1\u00a0") });
  byId("wanted").hidden = !wanted;
  byId("unwanted").hidden = wanted;
  byId("in-error").hidden = !inError;
  place().replaceChildren();
  byId("subscription").hidden = false;
}

function open(opened, opener) {
  token = opener;
  show(opened);
}

keepAddress();
byId("stop").addEventListener("click", () => change(false, byId("stop")));
byId("resume").addEventListener("click", () => change(true, byId("resume")));
openLink("/cfa/subscription", open);
