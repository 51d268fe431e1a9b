/**
 * The manage page about its holder: whom to call, the link itself, personal data. Whatever a button
 * does is asked once more before it is done.
 */

import { call } from "./api.js";
import { openConfirmPanel } from "./confirm-panel.js";
import { openContactForm, openEmployerForm } from "./contact-form.js";
import { longDay, parisDay } from "./dates.js";
import { byId, copyOf, make } from "./dom.js";
import { downloadData } from "./download.js";
import { end } from "./link.js";
import { ask, page } from "./manage-page.js";
import { perform, showAlert, showRefusal } from "./messages.js";

const SAVED = "C’est enregistré";
const STALE = "Vos informations ont été modifiées entre-temps";
const STALE_TEXT = "Les voici telles qu’elles sont maintenant\u00a0: vérifiez, puis recommencez.";
const EMPLOYER_SHOWN = "Les offres en ligne montrent ce contact. L’entreprise le voit sur sa page.";
const EMPLOYER_TOLD = "L’entreprise reçoit son lien pour vérifier ses offres en ligne à";
const KEPT = "Vos données sont gardées";
const KEPT_TEXT = "Deux ans de plus, à partir d’aujourd’hui.";
const GIVEN = "Le contact de l’entreprise n’est plus à corriger ici";
const GIVEN_TEXT = "Elle l’a donné elle-même entre-temps, et elle seule le change. Ce que vous aviez tapé n’est pas enregistré.";

/** Told when the recruiter changed, or the whole page with it, to be shown again. */
export const holder = { changed: () => {}, moved: () => {} };

// What each panel does once it is confirmed.
const PANELS = {
  keep: { path: "/manage/keeping", words: "Enregistrement…", done: kept },
  renew: { path: "/manage/link", words: "Renouvellement…", done: ({ email }) => end("renewed", { email }) },
  erase: { path: "/manage/erasure", words: "Effacement…", done: erased },
};

/** Open a panel: "keep", "renew" or "erase". */
export function openAccountPanel(kind) {
  const { path, words, done } = PANELS[kind];
  const send = (panel) => {
    const typed = panel.querySelector("input");
    const body = { version: page.recruiter.version, ...(typed && { [typed.name]: typed.value }) };
    return ask("POST", path, body);
  };
  openConfirmPanel(copyOf(`${kind}-panel`), {
    place: place(),
    back: byId("mine-title"),
    words,
    send,
    done,
    moved,
  });
}

function place() {
  return byId("account-place");
}

function kept(recruiter) {
  update(recruiter);
  showAlert(place(), "success", KEPT, make("p", {}, KEPT_TEXT));
}

function erased({ email }) {
  page.drafts.clear();
  end("erased", { email });
}

function moved(recruiter) {
  update(recruiter);
  showAlert(place(), "warning", STALE, make("p", {}, STALE_TEXT));
}

function update(recruiter) {
  page.recruiter = recruiter;
  holder.changed();
}

/** Open the form of whom to call. */
export function openContact() {
  openContactForm(page.recruiter, {
    send: (body) => ask("PUT", "/manage/contact", body),
    elsewhere: holder.moved,
    done(changed) {
      holder.moved(changed); // the offers that show the number moved too
      const said = contactPhrase(changed.recruiter);
      showAlert(byId("recruiter-notice"), "success", SAVED, make("p", {}, said));
    },
  });
}

/** Open the form of whom to call at the firm somebody deposits for, unless the firm said so itself. */
export function openEmployer() {
  const { behalf } = page.recruiter;
  if (!behalf || behalf.own_word) return dropEmployer(behalf);
  const before = behalf.employer.email;
  openEmployerForm(page.recruiter, {
    send: (body) => ask("PUT", "/manage/employer", body),
    elsewhere: holder.moved,
    done(changed) {
      holder.moved(changed);
      const { email } = changed.recruiter.behalf.employer;
      const said = email === before ? EMPLOYER_SHOWN : `${EMPLOYER_TOLD} ${email}.`;
      showAlert(byId("recruiter-notice"), "success", SAVED, make("p", {}, said));
    },
  });
}

// What was begun of it before the firm said so can go nowhere.
function dropEmployer(behalf) {
  page.drafts.drop("employer");
  if (behalf) showAlert(byId("recruiter-notice"), "warning", GIVEN, make("p", {}, GIVEN_TEXT));
}

function contactPhrase({ contact, new_email: asked }) {
  if (!asked) return "Vos offres en ligne montrent ce numéro.";
  return `Pour la nouvelle adresse, ouvrez l’e-mail envoyé à ${asked.email} et confirmez-la. En attendant, nous écrivons à ${contact.email}.`;
}

/** What to say of an address that waits to be confirmed; nothing of none. */
export function newEmailPhrase(asked, now = new Date()) {
  if (!asked) return "";
  if (now >= new Date(asked.until))
    return `${asked.email} n’a pas été confirmée à temps. Pour l’utiliser, modifiez vos coordonnées à nouveau.`;
  const day = longDay(parisDay(new Date(asked.until)));
  return `Nouvelle adresse à confirmer\u00a0: ${asked.email}. Ouvrez le lien que nous y avons envoyé, avant le ${day}.`;
}

function download() {
  return downloadData(byId("export"), {
    place,
    ask: () => ask("GET", "/manage/export"),
    name: () => `mes-donnees-${page.recruiter.siret}.json`,
    saved: "Vos données sont téléchargées",
  });
}

function mailAll() {
  return perform(byId("mail-firms"), "Envoi…", place, async (retry) => {
    const { email } = page.recruiter.contact;
    const result = await call("POST", "/links", { body: { email } });
    if (!result.ok) return showRefusal(place(), result, retry);
    const said = `Regardez la boîte de ${email} dans quelques minutes.`;
    return showAlert(place(), "success", "Un e-mail est en route", make("p", {}, said));
  });
}

/** Make the buttons work. */
export function wireAccount() {
  byId("edit-contact").addEventListener("click", openContact);
  byId("edit-employer").addEventListener("click", openEmployer);
  byId("export").addEventListener("click", download);
  byId("mail-firms").addEventListener("click", mailAll);
  for (const kind of ["renew", "erase"])
    byId(`ask-${kind}`).addEventListener("click", () => openAccountPanel(kind));
}
