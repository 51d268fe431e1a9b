/**
 * What every part of the manage page knows: who opened it with which link, and what it shows.
 */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn } from "./dom.js";

/**
 * The page as the server last gave it; `choices` are the OPCOs to choose from, `limits` how far an
 * offer may go, `actions` what the buttons of a card do (manage-offers.js).
 */
export const page = { token: "", recruiter: null, limits: null, choices: [], offers: [], actions: {} };

/** Ask the API something with the page's link. */
export function ask(method, path, body) {
  return call(method, path, { token: page.token, body });
}

/** Whether the link no longer opens anything; the page then says so. */
export function refusedLink({ status }) {
  if (status === 401) refuse("link-invalid");
  return status === 401;
}

/** Say in place of the page why it shows nothing; `texts` fill what is said. */
export function refuse(template, texts = {}) {
  byId("page").replaceChildren(fill(copyOf(template), texts));
  focusOn(byId("page").querySelector("h2"));
}
