/**
 * A need that is already live: what is, and what the person may do about it. The same panel on both
 * pages, above the form, which keeps what was typed.
 */

import { call } from "./api.js";
import { twinPhrase } from "./deposit-phrases.js";
import { make } from "./dom.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { MAX_OPENINGS } from "./payload.js";

const ONE = "Une offre pour ce métier est déjà en ligne";
const SEVERAL = "Des offres pour ce métier sont déjà en ligne";
const ASKED =
  "Est-ce le même besoin\u00a0? Mieux vaut s’occuper de l’offre en ligne que d’en déposer une seconde.";
const ANOTHER_LINK = "Elle se gère par un autre lien que celui-ci.";
const BY_MAIL =
  "«\u00a0Gérer l’offre existante\u00a0» envoie son lien à l’adresse e-mail qui l’a déposée.";
const SENT = "Le lien part par e-mail";
const SENT_TEXT =
  "Il part à l’adresse qui a déposé l’offre, une fois par jour au plus. Il permet de la modifier, " +
  "de la prolonger ou d’y ajouter un poste.";
const OTHERWISE = "Cette adresse n’est pas la vôtre, ou c’est un autre besoin\u00a0?";

const MAIN = "fr-btn";
const SECOND = "fr-btn fr-btn--secondary";
const ANYWAY = "Déposer quand même";
const SMALL = "fr-btn fr-btn--secondary fr-btn--sm";

/**
 * Show the twins of a need in `place`, above its form. `sought` is the need's {siret, metier};
 * `accept(button)` deposits it anyway. On the manage page, `actions` does what the buttons of an
 * offer of this link say: edit(offer), extend(offer, button), addOpening(offer, button); `until(offer)`
 * is the day to which it may be extended, or nothing.
 */
export function showTwins(place, twins, { sought, accept, actions, anyway: words = ANYWAY }) {
  const foreign = twins.some(({ offer }) => !offer);
  const items = twins.map((twin, rank) => twinItem(twin, `${place.id}-twin-${rank}`, actions));
  const title = twins.length > 1 ? SEVERAL : ONE;
  showAlert(
    place,
    "warning",
    title,
    make("p", {}, ASKED),
    make("ul", { class: "twins" }, ...items),
    ...(foreign ? [make("p", {}, BY_MAIL)] : []),
    buttons(
      foreign &&
        button(MAIN, "Gérer l’offre existante", (pressed) =>
          report(place, pressed, sought, accept, words),
        ),
      anyway(accept, words),
    ),
  );
}

function twinItem(twin, id, actions) {
  const { offer } = twin;
  const item = make("li", {}, make("p", { id }, make("strong", {}, twin.metier.label)));
  item.append(make("p", {}, twinPhrase(twin)));
  if (offer) item.append(ownButtons(offer, id, actions));
  else if (actions) item.append(make("p", {}, ANOTHER_LINK));
  return item;
}

function ownButtons(offer, id, actions) {
  const { edit, extend, addOpening, until } = actions;
  const made = buttons(
    button(SMALL, "Modifier", () => edit(offer)),
    until(offer) &&
      button(SMALL, `Prolonger jusqu’au ${until(offer)}`, (pressed) => extend(offer, pressed)),
    offer.openings < MAX_OPENINGS &&
      button(SMALL, "Ajouter un poste", (pressed) => addOpening(offer, pressed)),
  );
  for (const each of made.querySelectorAll("button")) each.setAttribute("aria-describedby", id);
  return made;
}

function report(place, pressed, sought, accept, words) {
  const inPlace = () => place;
  return perform(pressed, "Envoi en cours…", inPlace, async (retry) => {
    const result = await call("POST", "/duplicates", { body: sought });
    if (!result.ok) return showRefusal(place, result, retry);
    const texts = [SENT_TEXT, OTHERWISE].map((text) => make("p", {}, text));
    return showAlert(place, "success", SENT, ...texts, buttons(anyway(accept, words)));
  });
}

function anyway(accept, words) {
  return button(SECOND, words, accept);
}

function button(looks, label, action) {
  const made = make("button", { type: "button", class: looks }, label);
  made.addEventListener("click", () => action(made));
  return made;
}

function buttons(...made) {
  const items = made.filter(Boolean).map((each) => make("li", {}, each));
  return make("ul", { class: "buttons" }, ...items);
}
