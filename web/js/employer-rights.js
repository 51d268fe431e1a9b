/**
 * What a firm somebody deposited for may do besides answering: take its data, have no more deposited
 * for it, erase all. Asked once more before it is done.
 */

import { call } from "./api.js";
import { openConfirmPanel } from "./confirm-panel.js";
import { byId, copyOf, fill, make } from "./dom.js";
import { downloadData } from "./download.js";
import { end } from "./link.js";
import { showAlert } from "./messages.js";

const SAVED = "Les données sont téléchargées";
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
    const { words, body, done } = panels[kind];
    const { organisation } = page.view.depositor;
    const send = (panel) =>
      call("POST", `/employer/${kind}`, { token: page.token, body: body(panel) });
    openConfirmPanel(fill(copyOf(`${kind}-panel`), { organisation }), {
      place: place(),
      back: byId("rights-title"),
      words,
      send,
      done,
      moved,
    });
  }

  function moved(view) {
    show(view);
    showAlert(place(), "warning", STALE, make("p", {}, STALE_TEXT));
  }

  function download() {
    return downloadData(byId("data"), {
      place,
      ask: () => call("GET", "/employer/data", { token: page.token }),
      name: () => `donnees-${page.view.siret}.json`,
      saved: SAVED,
    });
  }

  byId("data").addEventListener("click", download);
  for (const kind of Object.keys(panels))
    byId(`ask-${kind}`).addEventListener("click", () => open(kind));
}
