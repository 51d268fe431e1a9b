/** Open what the link of a mail opens: the token rides in the fragment, and goes to the API only. */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn } from "./dom.js";
import { showDown, showRefusal } from "./messages.js";

/**
 * Read `path` with the token of the address; `show(data, token)` is given what it opens. Where there
 * is no token, or it opens nothing, the page says so; anything else is said on the page, with a
 * button that tries again.
 */
export function openLink(path, show) {
  addEventListener("hashchange", readAgain); // another link pasted in the same tab
  const retry = () => openLink(path, show);
  return open(path, show, retry).catch((error) => {
    console.error(error);
    showDown(byId("page-notice"), retry);
  });
}

/** Whether the link no longer opens anything; the page then says so. */
export function refusedLink({ status }) {
  if (status === 401) end("link-invalid");
  return status === 401;
}

/** Say in place of the page, by one of its templates, why it shows nothing more; give what is said. */
export function end(template, texts = {}) {
  const section = fill(copyOf(template), texts);
  byId("page").replaceChildren(section);
  focusOn(section.querySelector("h2"));
  return section;
}

// A link to a place in the page, followed before the scripts came, took the place of the token: the
// page is read again when the token is back.
async function open(path, show, retry) {
  const token = location.hash.slice(1);
  if (!token) return end("link-missing");
  if (document.getElementById(token) && history.length > 1) return history.back();
  const result = await call("GET", path, { token });
  if (refusedLink(result)) return null;
  return result.ok ? show(result.data, token) : showRefusal(byId("page-notice"), result, retry);
}

function readAgain() {
  location.reload();
}
