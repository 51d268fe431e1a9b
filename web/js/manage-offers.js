/**
 * The offers of the manage page, and what their buttons do.
 */

import { lifePhrase } from "./deposit-phrases.js";
import { byId, make } from "./dom.js";
import { showTwins } from "./duplicates.js";
import { ask, page, refusedLink } from "./manage-page.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { offerCard, openOpcoPanel } from "./offer-card.js";
import { closeOfferForm, openOfferForm, showStale } from "./offer-form.js";
import { oneOpeningMore, withTyped } from "./payload.js";
import { tabStore } from "./store.js";
import { submissionDone, submissionId } from "./submission.js";

const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT =
  "La voici telle qu’elle est maintenant. Rien d’autre n’a changé\u00a0: vérifiez, puis recommencez.";

const EXTEND = {
  method: "POST",
  suffix: "/extension",
  words: "Prolongation…",
  done: "Offre prolongée",
};
const ADD_OPENING = { method: "PUT", suffix: "", words: "Ajout…", done: "Un poste ajouté" };
const CLOSE = { method: "POST", suffix: "/closure", words: "Clôture…", done: "Offre clôturée" };
const NOTED = [
  "success",
  "C’est noté",
  "Nous en tenons compte pour informer votre OPCO de vos besoins.",
];
const STALE_PAGE = [
  "warning",
  "Vos informations ont été modifiées entre-temps",
  "Les voici telles qu’elles sont maintenant\u00a0: vérifiez, puis recommencez.",
];

const store = tabStore();

/** Told when an answer changed the whole page. */
export const shown = { again: () => {} };

/** What the buttons of a card do. */
export const actions = {
  edit: (offer) => openEdit(offer),
  again: (offer) => openDeposit({ ...offer, start_on: null }),
  extend: (offer, button, from) => act(offer, button, EXTEND, from),
  addOpening: (offer, button, from) =>
    act(offer, button, { ...ADD_OPENING, body: oneOpeningMore(offer) }, from),
  close: (offer, closure, button) => act(offer, button, { ...CLOSE, body: closure }),
  opco: openOpco,
};

function change(method, { id, version }, suffix, body) {
  return ask(method, `/manage/offers/${encodeURIComponent(id)}${suffix}`, { version, ...body });
}

/**
 * Do to an offer what a button says: of its card, or of the panel above the form (`from`). What went
 * well is said in its card.
 */
function act(offer, button, { method, suffix, body, words, done }, from = {}) {
  const { place = () => noticeOf(offer), showDone = show } = from;
  return perform(button, words, place, async (retry) => {
    const result = await change(method, offer, suffix, body);
    if (result.ok) return showDone(result.data, done);
    if (result.current) return showCurrent(result.current);
    return refusedLink(result) || showRefusal(place(), result, retry);
  });
}

function openOpco(offer) {
  const said = { choices: page.choices, claim: page.recruiter.opco_claim };
  openOpcoPanel(byId(`offre-${offer.id}`), offer, said, (opco, button) =>
    perform(
      button,
      "Enregistrement…",
      () => noticeOf(offer),
      async (retry) => {
        const body = { version: page.recruiter.version, opco };
        const result = await ask("PUT", "/manage/opco", body);
        const now = result.ok ? result.data : result.current;
        if (!now) return refusedLink(result) || showRefusal(noticeOf(offer), result, retry);
        shown.again(now);
        const [kind, title, text] = result.ok ? NOTED : STALE_PAGE;
        return showAlert(noticeOf(offer), kind, title, make("p", {}, text));
      },
    ),
  );
}

/** Open the form on an offer; `values` fill it. */
export function openEdit(offer, values = offer) {
  let { version } = offer;
  openOfferForm({
    title: `Modifier l’offre «\u00a0${offer.metier.label}\u00a0»`,
    button: "Enregistrer les modifications",
    values,
    recordedStart: offer.start_on,
    send: (body) => change("PUT", { id: offer.id, version }, "", body),
    done: (edited) => showAfterForm(edited, "Offre modifiée"),
    refused(result) {
      if (!result.current) return refusedLink(result);
      version = result.current.version; // the next attempt replaces what is now shown
      update(result.current);
      showStale(result.current);
      return true;
    },
  });
}

/** Open the form on a new need; `values` fill it. */
export function openDeposit(values) {
  openOfferForm({
    title: "Déposer un autre besoin",
    button: "Déposer ce besoin",
    values,
    send: (body, duplicates) =>
      ask("POST", `/recruiters/${encodeURIComponent(page.recruiter.id)}/offers`, {
        submission_id: submissionId(body, store),
        ...body,
        duplicates,
      }),
    done(offer) {
      showAfterForm(offer, "Besoin déposé");
      // Last: had the above failed, trying again must not deposit twice.
      submissionDone(store);
    },
    refused(result, draft, accept) {
      if (result.code !== "duplicate") return refusedLink(result);
      askAboutTwins(result.current.offers, draft, accept);
      return true;
    },
  });
}

// Whatever is chosen, the form stays as it is until it is done.
function askAboutTwins(twins, draft, accept) {
  for (const { offer } of twins) if (offer) update(offer); // another tab may have added it
  const place = () => byId("summary");
  const from = { place, showDone: showAfterForm };
  showTwins(place(), twins, {
    sought: { siret: page.recruiter.siret, metier: draft.metier.code },
    accept,
    actions: {
      edit: (offer) => openEdit(offer, withTyped(offer, draft)),
      extend: (offer, button) => actions.extend(offer, button, from),
      addOpening: (offer, button) => actions.addOpening(offer, button, from),
    },
  });
}

function showAfterForm(offer, title) {
  update(offer); // before the form goes: should it fail, that is said in the form
  closeOfferForm();
  announce(offer, title);
}

/** Show an offer as the server has just given it, and say in its card what was done. */
function show(offer, title) {
  update(offer);
  announce(offer, title);
}

function announce(offer, title) {
  showAlert(noticeOf(offer), "success", title, make("p", {}, lifePhrase(offer)));
}

function showCurrent(offer) {
  update(offer);
  showAlert(noticeOf(offer), "warning", STALE, make("p", {}, STALE_TEXT));
}

function update(offer) {
  const known = page.offers.some(({ id }) => id === offer.id);
  page.offers = known
    ? page.offers.map((other) => (other.id === offer.id ? offer : other))
    : [offer, ...page.offers];
  showOffers();
}

function noticeOf({ id }) {
  return byId(`offre-${id}-notice`);
}

/** Show every offer of the page. */
export function showOffers() {
  const { offers, recruiter, choices } = page;
  const firm = { verification: recruiter.verification, choices };
  const cards = offers.map((offer) => offerCard(offer, firm, actions));
  byId("offers").replaceChildren(...cards);
  const several = `Mes offres (${offers.length})`;
  byId("offers-title").textContent =
    ["Aucune offre pour l’instant", "Mon offre"][offers.length] ?? several;
}
