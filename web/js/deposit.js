/** The deposit page. */

import { call } from "./api.js";
import { longDay, parisDay } from "./dates.js";
import { depositFields } from "./deposit-fields.js";
import { byId, copyOf, fill, focusOn, keepAddress, wake } from "./dom.js";
import { draftsOf } from "./draft.js";
import { showTwins } from "./duplicates.js";
import { hushErrors, hushOnInput, perform, showErrors, showRefusal } from "./messages.js";
import { loadMetiers } from "./metier-index.js";
import { depositBody, depositErrors } from "./payload.js";
import { tabStore } from "./store.js";
import { forgetErased, submissionDone, submissionId } from "./submission.js";

const store = tabStore();
const form = byId("deposit-form");
const summary = byId("summary");
const drafts = draftsOf("deposit");
const fields = depositFields(form, drafts, "need");

async function send(retry, duplicates) {
  hushErrors(form);
  if (duplicates === "ask") summary.replaceChildren();
  const values = await fields.read();
  const errors = depositErrors(values, parisDay());
  if (errors.length > 0) return showErrors(summary, errors);
  const content = depositBody(values);
  const result = await call("POST", "/recruiters", {
    body: { submission_id: submissionId(content, store), ...content, duplicates },
  });
  if (result.ok) return confirm(result.data);
  forgetErased(result, store);
  if (result.code === "duplicate") return ask(result.current.offers, content);
  return showRefusal(summary, result, retry);
}

function submit(button = byId("submit"), duplicates = "ask") {
  const words = "Envoi en cours…";
  return perform(button, words, () => summary, (retry) => send(retry, duplicates));
}

function ask(twins, { siret, offers: [{ metier }] }) {
  const accept = (button) => submit(button, "accept");
  return showTwins(summary, twins, { sought: { siret, metier }, accept });
}

function confirm(receipt) {
  const [deposited] = receipt.offers;
  const view = fill(copyOf("confirmation"), {
    metier: deposited.metier.label,
    company: receipt.company_name ? `pour ${receipt.company_name}` : "",
    end: longDay(deposited.ends_on),
    email: receipt.email,
  });
  const toVerify = receipt.verification === "to_verify";
  const holds = {
    to_verify: toVerify,
    cfa_asked: deposited.ask_cfa && !toVerify,
    cfa_later: deposited.ask_cfa && toVerify,
    cfa_free: !deposited.ask_cfa,
    mail: !receipt.mail_stopped,
    no_mail: receipt.mail_stopped,
    // A deposit sent again may come without: its link is in the mail alone.
    link: receipt.manage_url,
  };
  for (const part of view.querySelectorAll("[data-when]")) part.hidden = !holds[part.dataset.when];
  const { hash } = new URL(receipt.manage_url ?? location.href);
  for (const link of view.querySelectorAll("[data-manage]")) {
    link.href += (link.href.endsWith("=") ? deposited.id : "") + hash;
  }
  byId("deposit").replaceChildren(view);
  document.title = `Besoin déposé – ${document.title}`;
  focusOn(byId("confirmation-title"));
  // Last: had the above failed, trying again must not deposit twice.
  submissionDone(store);
  drafts.clear();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
hushOnInput(form);
keepAddress();
wake();
// So that the list is there when it is wanted.
addEventListener("load", () => loadMetiers().catch(() => null));
