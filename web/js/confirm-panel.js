/** What is asked once more before it is done: a button that does it, another that gives up. */

import { focusOn } from "./dom.js";
import { refusedLink } from "./link.js";
import { hushErrors, hushOnInput, perform, showRefusal } from "./messages.js";

/**
 * Open a panel in its `place`. Confirmed, it says `words` while `send(panel)` is answered, then hands
 * what came to `done`, or to `moved` what is recorded by now; given up, it closes and `back` has the
 * focus.
 */
export function openConfirmPanel(panel, { place, back, words, send, done, moved }) {
  const button = panel.querySelector("[data-confirm]");
  const said = panel.querySelector("[data-said]");
  place.replaceChildren(panel);
  hushOnInput(panel);
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    perform(button, words, () => said, async (retry) => {
      hushErrors(panel);
      const result = await send(panel);
      if (result.ok) return done(result.data);
      if (result.current) return moved(result.current);
      return refusedLink(result) || showRefusal(said, result, retry);
    });
  });
  panel.querySelector("[data-cancel]").addEventListener("click", () => {
    place.replaceChildren();
    focusOn(back);
  });
  focusOn(panel.querySelector("h3"));
}
