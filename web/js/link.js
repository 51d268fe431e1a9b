/** Open what the link of a mail opens: the token rides in the fragment, and goes to the API only. */

import { call } from "./api.js";
import { byId } from "./dom.js";
import { showDown, showRefusal } from "./messages.js";

/**
 * Read `path` with the token of the address. `show(data, token)` is given what it opens;
 * `refuse(template)` is told when there is no token ("link-missing") or it opens nothing
 * ("link-invalid"). Anything else is said on the page, with a button that tries again.
 */
export function openLink(path, { show, refuse }) {
  const retry = () => openLink(path, { show, refuse });
  return open(path, show, refuse, retry).catch((error) => {
    console.error(error);
    showDown(byId("page-notice"), retry);
  });
}

// A link to a place in the page, followed before the scripts came, took the place of the token: the
// page is read again when the token is back.
async function open(path, show, refuse, retry) {
  const token = location.hash.slice(1);
  if (!token) return refuse("link-missing");
  if (document.getElementById(token) && history.length > 1) return history.back();
  const result = await call("GET", path, { token });
  if (result.status === 401) return refuse("link-invalid");
  return result.ok ? show(result.data, token) : showRefusal(byId("page-notice"), result, retry);
}
