/**
 * What a firm somebody deposited for may do besides answering: take its data, have no more deposited
 * for it, erase all. Asked once more before it is done.
 */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn, make } from "./dom.js";
import { saveJson } from "./download.js";
import { end, refusedLink } from "./link.js";
import { hushErrors, hushOnInput, perform, showAlert, showRefusal } from "./messages.js";

const SAVED = "Les données sont téléchargées";
const SAVED_TEXT = "Le fichier est dans vos téléchargements.";
const OBJECTED = "C’est noté";
const OBJECTED_TEXT = "L’organisme en est informé. Il ne peut plus déposer pour votre entreprise.";
const STALE = "Ce qui est déposé a été modifié entre-temps";
const STALE_TEXT = "Le voici tel qu’il est maintenant\u00a0: vérifiez, puis recommencez.";

/**
 * Make the buttons work. `page` is what the page shows (`token`, `view`, `drafts`); `show(view)` shows it
 * anew.
 */
export function wireRights(page, show) {
  const place = () => byId("rights-place");
  const panels = {
    objection: { words: "Envoi…", body: () => ({}), done: objected },
    erasure: { words: "Effacement…", body: typed, done: erased },
  };

  function typed(panel) {
    return { version: page.view.version, confirmation: panel.querySelector("input").value };
  }

  function erased({ email }) {
    page.drafts.clear();
    end("erased", { email });
  }

  function objected(view) {
    show(view);
    showAlert(place(), "success", OBJECTED, make("p", {}, OBJECTED_TEXT));
  }

  function open(kind) {
    const { organisation } = page.view.depositor;
    const panel = fill(copyOf(`${kind}-panel`), { organisation });
    place().replaceChildren(panel);
    hushOnInput(panel);
    const button = panel.querySelector("[data-confirm]");
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      send(kind, panel, button);
    });
    panel.querySelector("[data-cancel]").addEventListener("click", () => {
      place().replaceChildren();
      focusOn(byId("rights-title"));
    });
    focusOn(panel.querySelector("h3"));
  }

  function send(kind, panel, button) {
    const { words, body, done } = panels[kind];
    const said = panel.querySelector("[data-said]");
    return perform(button, words, () => said, async (retry) => {
      hushErrors(panel);
      const result = await call("POST", `/employer/${kind}`, { token: page.token, body: body(panel) });
      if (result.ok) return done(result.data);
      if (result.current) return moved(result.current);
      return refusedLink(result) || showRefusal(said, result, retry);
    });
  }

  function moved(view) {
    show(view);
    showAlert(place(), "warning", STALE, make("p", {}, STALE_TEXT));
  }

  function download() {
    return perform(byId("data"), "Préparation…", place, async (retry) => {
      const result = await call("GET", "/employer/data", { token: page.token });
      if (refusedLink(result)) return null;
      if (!result.ok) return showRefusal(place(), result, retry);
      saveJson(result.data, `donnees-${page.view.siret}.json`);
      return showAlert(place(), "success", SAVED, make("p", {}, SAVED_TEXT));
    });
  }

  byId("data").addEventListener("click", download);
  for (const kind of Object.keys(panels))
    byId(`ask-${kind}`).addEventListener("click", () => open(kind));
}
