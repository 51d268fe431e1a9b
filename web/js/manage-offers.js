/** What the buttons of the offers of the manage page do. */

import { mayDeclare, openOpcoPanel } from "./card-opco.js";
import { longDay } from "./dates.js";
import { byId, make, terms } from "./dom.js";
import { showTwins } from "./duplicates.js";
import { extension } from "./life.js";
import { refusedLink } from "./link.js";
import { ask, page, refusedInForm } from "./manage-page.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { openOfferForm, showStale } from "./offer-form.js";
import { announce, isLive, mention, noticeOf, show, update } from "./offer-list.js";
import { mayOpen, openPanel } from "./offer-panels.js";
import { oneOpeningMore, withTyped } from "./payload.js";
import { STATES, endPhrase, lifeLines, needFacts } from "./phrases.js";
import { tabStore } from "./store.js";
import { submissionDone, submissionId } from "./submission.js";

const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT =
  "La voici telle qu’elle est maintenant. Rien d’autre n’a changé\u00a0: vérifiez, puis recommencez.";
const STALE_KEPT =
  "Ce que vous avez choisi est conservé plus bas, mais pas enregistré. Voici ce qui l’est\u00a0:";

const EXTEND = {
  method: "POST",
  suffix: "/extension",
  words: "Prolongation…",
  done: "Offre prolongée",
};
const ADD_OPENING = { method: "PUT", suffix: "", words: "Ajout…", done: "Un poste ajouté" };
const CLOSE = { method: "POST", suffix: "/closure", words: "Clôture…", done: "Offre clôturée" };
const SAY = { ...CLOSE, words: "Enregistrement…", done: "C’est noté, merci" };
const REACTIVATE = {
  method: "POST",
  suffix: "/reactivation",
  words: "Réactivation…",
  done: "Offre réactivée",
};
const LIMIT = "Une limite est atteinte";
const NOTED = [
  "success",
  "C’est noté",
  make("p", {}, "Nous en tenons compte pour informer votre OPCO de vos besoins."),
];

const store = tabStore();

/** Told when an answer changed the whole page. */
export const shown = { again: () => {} };

/** What the buttons of a card do. */
export const actions = {
  edit: (offer) => openEdit(offer),
  again: (offer) => openDeposit({ ...offer, start_on: null }, `again:${offer.id}`),
  extend: (offer, button, from) => act(offer, button, EXTEND, from),
  addOpening: (offer, button, from) =>
    act(offer, button, { ...ADD_OPENING, body: oneOpeningMore(offer) }, from),
  close: (offer, closure, button) =>
    act(
      offer,
      button,
      { ...(isLive(offer) ? CLOSE : SAY), body: closure },
      { panel: { kind: closure.outcome, typed: closure } },
    ),
  reactivate: (offer, button) => reactivate(offer, button, "ask"),
  opco: (offer) => openOpco(offer),
  until,
  /** How far an offer may go. */
  get limits() {
    return page.limits;
  },
};

/** The day to which an offer may be extended today; nothing when it would gain none. */
function until(offer) {
  const { until: day, possible } = extension(offer, page.limits);
  return possible ? longDay(day) : "";
}

function change(method, { id, version }, suffix, body) {
  return ask(method, `/manage/offers/${encodeURIComponent(id)}${suffix}`, { version, ...body });
}

/**
 * Do to an offer what a button says: of its card, of a `panel` ({kind, typed}) in it, or of the panel
 * above the form (`place`, `showDone`). What went well is said in its card. `refused(result)` may
 * take an answer for itself, by giving true.
 */
function act(offer, button, { method, suffix, body, words, done }, from = {}) {
  const { place = () => noticeOf(offer), showDone = show, panel, refused = () => false } = from;
  return perform(button, words, place, async (retry) => {
    const result = await change(method, offer, suffix, body);
    if (result.ok) {
      page.drafts.drop(`offre-${offer.id}`);
      return showDone(result.data, done);
    }
    if (refused(result)) return null;
    if (result.current) return showCurrent(result.current, panel);
    if (result.code === "limit_reached") return showLimit(place(), result);
    return refusedLink(result) || showRefusal(place(), result, retry);
  });
}

function reactivate(offer, button, duplicates) {
  return act(offer, button, { ...REACTIVATE, body: { duplicates } }, {
    panel: { kind: "reactivate" },
    async showDone(live, title) {
      update(live);
      await rereadRecruiter();
      announce(live, title);
    },
    refused({ code, current }) {
      if (code !== "duplicate") return false;
      showTwinsOf(offer, current.offers);
      return true;
    },
  });
}

// Another live offer asks for the same: it may be extended or edited instead.
function showTwinsOf(offer, twins) {
  for (const { offer: twin } of twins) if (twin) update(twin); // another tab may have added it
  showTwins(noticeOf(offer), twins, {
    sought: { siret: page.recruiter.siret, metier: offer.metier.code },
    anyway: "Réactiver quand même",
    accept: (button) => reactivate(offer, button, "accept"),
    actions,
  });
}

// A new offer, or one online again, moved the version of its recruiter: without it, correcting the
// firm would seem to come from another tab.
async function rereadRecruiter() {
  const result = await ask("GET", "/manage");
  if (result.ok) page.recruiter = result.data.recruiter;
}

function showLimit(place, { errors }) {
  const texts = errors.map(({ message, remedy }) => make("p", {}, `${message} ${remedy}`));
  showAlert(place, "warning", LIMIT, ...texts);
}

function openOpco(offer, chosen = page.recruiter.opco_claim) {
  const said = { choices: page.choices, claim: chosen };
  return openOpcoPanel(byId(`offre-${offer.id}`), offer, said, (opco, button) =>
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
        return result.ok ? showAlert(noticeOf(offer), ...NOTED) : showStaleOpco(offer, opco);
      },
    ),
  );
}

// What was chosen stays, beside what another tab recorded, while it may still be said.
function showStaleOpco({ id }, opco) {
  const offer = page.offers.find((other) => other.id === id);
  const recorded = page.recruiter.opco_claim ?? "aucun";
  const title = "Vos informations ont été modifiées entre-temps";
  const text = `OPCO enregistré\u00a0: ${recorded}. `;
  if (!mayDeclare(offer, page))
    return showAlert(noticeOf(offer), "warning", title, make("p", {}, text));
  const place = staleIn(openOpco(offer, opco), id);
  const kept = "Votre choix est conservé plus bas, mais pas enregistré.";
  return showAlert(place, "warning", title, make("p", {}, text + kept));
}

function staleIn(panel, id) {
  const place = make("div", { id: `offre-${id}-stale`, class: "stale" });
  panel.prepend(place);
  return place;
}

/** Open the form on an offer; `typed` was typed elsewhere for it. */
export function openEdit(offer, typed) {
  openOfferForm({
    name: `edit:${offer.id}`,
    title: `Modifier l’offre «\u00a0${offer.metier.label}\u00a0»`,
    button: "Enregistrer les modifications",
    recorded: offer,
    typed,
    send: (body, { version }) => change("PUT", { id: offer.id, version }, "", body),
    done: (edited, close) => showAfterForm(edited, "Offre modifiée", close),
    refused(result, { summary }) {
      if (!result.current) return refusedInForm(result, summary);
      update(result.current);
      showStale(summary, result.current);
      return true;
    },
  });
}

/** Open the form on a new need, which may start `from` an offer; `name` is that of its draft. */
export function openDeposit(from, name = "add") {
  openOfferForm({
    name,
    title: "Déposer un autre besoin",
    button: "Déposer ce besoin",
    recorded: from,
    send: (body, { duplicates }) =>
      ask("POST", `/recruiters/${encodeURIComponent(page.recruiter.id)}/offers`, {
        submission_id: submissionId(body, store),
        ...body,
        duplicates,
      }),
    async done(offer, close) {
      await rereadRecruiter();
      showAfterForm(offer, "Besoin déposé", close);
      // Last: had the above failed, trying again must not deposit twice.
      submissionDone(store);
    },
    refused(result, sent) {
      if (result.code !== "duplicate") return refusedInForm(result, sent.summary);
      askAboutTwins(result.current.offers, sent);
      return true;
    },
  });
}

/** Open again the form that a draft names; one of an offer that may not be edited any more goes. */
export function reopenForm(name) {
  const [kind, id] = name.split(":");
  const offer = page.offers.find((other) => other.id === id);
  if (kind === "add") openDeposit();
  else if (kind === "edit" && offer && isLive(offer)) openEdit(offer);
  else if (kind === "again" && offer) actions.again(offer);
  else page.drafts.drop(name);
}

// Whatever is chosen, the form stays as it is until it is done.
function askAboutTwins(twins, { draft, accept, close, summary }) {
  for (const { offer } of twins) if (offer) update(offer); // another tab may have added it
  const showDone = (offer, title) => showAfterForm(offer, title, close);
  const from = { place: () => summary, showDone };
  showTwins(summary, twins, {
    sought: { siret: page.recruiter.siret, metier: draft.metier.code },
    accept,
    actions: {
      edit(offer) {
        close(); // what was typed goes along
        openEdit(offer, withTyped(offer, draft));
      },
      until,
      extend: (offer, button) => actions.extend(offer, button, from),
      addOpening: (offer, button) => actions.addOpening(offer, button, from),
    },
  });
}

// Whoever already types in another form keeps the focus.
function showAfterForm(offer, title, close) {
  update(offer); // before the form goes: should it fail, that is said in the form
  if (close()) announce(offer, title);
  else mention(offer, title);
}

// What is recorded is shown, and what was chosen is kept, where it still makes sense.
function showCurrent(offer, panel) {
  update(offer);
  if (!panel || !mayOpen(offer, panel.kind, actions))
    return showAlert(noticeOf(offer), "warning", STALE, make("p", {}, STALE_TEXT));
  noticeOf(offer);
  const view = openPanel(byId(`offre-${offer.id}`), offer, panel.kind, actions, panel.typed);
  const place = staleIn(view, offer.id);
  const facts = make("dl", { class: "facts" }, ...terms(recorded(offer)));
  return showAlert(place, "warning", STALE, make("p", {}, STALE_KEPT), facts);
}

function recorded(offer) {
  const { left, life } = lifeLines(offer);
  const reason = endPhrase(offer);
  return [
    ["État", STATES[offer.state].label],
    ["Durée", `${left} ${life}`.trim()],
    ...(reason ? [["Raison", reason]] : []),
    ...needFacts(offer),
  ];
}

page.actions = actions;
