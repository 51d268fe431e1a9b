/** A new address is proven: by a button on the page its link opens, never by opening it. */

import { call } from "./api.js";
import { byId, fill, keepAddress } from "./dom.js";
import { end, openLink, refusedLink } from "./link.js";
import { perform, showRefusal } from "./messages.js";
import { spaced } from "./siret.js";

let token = "";

function show(view) {
  if (view.state === "confirmed") return showConfirmed(view);
  byId("page-notice").replaceChildren();
  const { email, firm, siret } = view;
  fill(byId("waiting"), { email, firm, siret: spaced(siret) }).hidden = false;
  return null;
}

function showConfirmed({ email, firm, manage_url: link }) {
  const section = end("confirmed", { email, firm });
  if (!link) return;
  const address = new URL(link);
  const place = section.querySelector("[data-manage]");
  place.querySelector("a").href = `${address.pathname}${address.hash}`;
  place.hidden = false;
}

function confirm() {
  const place = byId("confirm-summary");
  return perform(byId("confirm"), "Confirmation…", () => place, async (retry) => {
    const result = await call("POST", "/confirmation", { token, body: {} });
    if (result.ok) return show(result.data);
    return refusedLink(result) || showRefusal(place, result, retry);
  });
}

keepAddress();
byId("confirm").addEventListener("click", confirm);
openLink("/confirmation", (view, opener) => {
  token = opener;
  return show(view);
});
