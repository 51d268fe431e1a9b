/** A file made on the page. */

import { make } from "./dom.js";

/** Have the browser save `data`, as JSON a person may read. */
export function saveJson(data, name) {
  const text = JSON.stringify(data, null, 2);
  const file = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}
