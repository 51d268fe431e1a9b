/** The métier index, loaded when a field first needs it. */

import { prepare } from "./metiers.js";

let loading = null;

/** Load the index once, whoever asks; a failure is forgotten so that the next key tries again. */
export function loadMetiers() {
  if (!loading) {
    loading = fetchIndex().catch((error) => {
      loading = null;
      throw error;
    });
  }
  return loading;
}

async function fetchIndex() {
  const response = await fetch("/data/metiers.json");
  if (!response.ok) throw new Error(`metiers.json: ${response.status}`);
  return prepare(await response.json());
}
