/**
 * What is being typed, kept in the tab until it is sent or given up: no reload, lost connection or
 * other panel loses it. Of one dossier at a time, for a phone may be shared; never its token.
 */

import { make } from "./dom.js";
import { tabStore } from "./store.js";

const BEGUN = "Voici ce que vous aviez commencé. Ce n’est pas encore enregistré.";

/**
 * The drafts of a page, about a dossier if it shows one; what the tab kept of another goes. A browser that refuses
 * storage forgets them with the page.
 */
export function draftsOf(page, dossier = null, store = tabStore()) {
  const key = `depot.drafts.${page}`;
  const kept = store.get(key);
  const drafts = new Map(kept?.dossier === dossier ? kept.drafts : []);
  save();

  function save() {
    if (drafts.size > 0) store.set(key, { dossier, drafts: [...drafts] });
    else store.remove(key);
  }

  function drop(name) {
    drafts.delete(name);
    save();
  }

  return {
    /** Of every draft, the one typed last at the end. */
    names: () => [...drafts.keys()],
    get: (name) => drafts.get(name) ?? null,
    set(name, draft) {
      drafts.delete(name);
      drafts.set(name, draft);
      save();
    },
    drop,
    /** Forget them all: their dossier is no more. */
    clear() {
      drafts.clear();
      save();
    },
  };
}

/**
 * Keep, as the draft `name`, what `read()` gives of the fields of `panel` at each change: from the
 * first one that makes it other than it is now, unless it was `begun` before.
 */
export function keepTyped(drafts, name, panel, read, begun = false) {
  const asOpened = begun ? null : JSON.stringify(read());
  function keep() {
    const typed = read();
    if (JSON.stringify(typed) === asOpened) drafts.drop(name);
    else drafts.set(name, typed);
  }
  panel.addEventListener("input", keep);
  panel.addEventListener("change", keep);
}

/** Say above a form that it was opened with a draft in it. */
export function sayBegun(place) {
  tell(place, BEGUN);
}

/** Say something above a form, which keeps the focus. */
export function tell(place, text) {
  const looks = "fr-alert fr-alert--info fr-alert--sm";
  place.replaceChildren(make("div", { class: looks }, make("p", {}, text)));
}
