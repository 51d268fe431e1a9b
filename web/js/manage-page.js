/**
 * What every part of the manage page knows: who opened it with which link, and what it shows.
 */

import { call } from "./api.js";
import { make } from "./dom.js";
import { showAlert } from "./messages.js";

const LINK_OVER = "Ce lien n’est plus valable";
const LINK_TEXT =
  "Rien n’est enregistré. Ce que vous avez tapé reste ici\u00a0: copiez-le, puis ouvrez le lien de l’e-mail le plus récent.";
const LINK_AGAIN = "Recevoir mon lien (nouvelle fenêtre)";

/**
 * The page as the server last gave it; `choices` are the OPCOs to choose from, `limits` how far an
 * offer may go, `actions` what the buttons of a card do (manage-offers.js),
 * `drafts` what is typed and not sent (draft.js).
 */
export const page = {
  token: "",
  recruiter: null,
  limits: null,
  choices: [],
  offers: [],
  actions: {},
  drafts: null,
};

/** Ask the API something with the page's link. */
export function ask(method, path, body) {
  return call(method, path, { token: page.token, body });
}

/** Whether the link no longer opens anything, for a form, which stays with what was typed: it is said above it, in `summary`. */
export function refusedInForm({ status }, summary) {
  if (status !== 401) return false;
  const again = make("a", { href: "/lien.html", target: "_blank", rel: "noopener" }, LINK_AGAIN);
  showAlert(summary, "error", LINK_OVER, make("p", {}, LINK_TEXT), make("p", {}, again));
  return true;
}
