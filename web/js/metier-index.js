/** The métier index, loaded when a field first needs it. */

import { load } from "./api.js";
import { prepare } from "./metiers.js";

let loading = null;

/** Load the index once, whoever asks; a failure is forgotten so that the next key tries again. */
export function loadMetiers() {
  if (!loading) {
    loading = load("/data/metiers.json").then(prepare);
    loading.catch(() => {
      loading = null;
    });
  }
  return loading;
}
