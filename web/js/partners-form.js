/** One need of a partner firm at a time; what is deposited is listed above the form. */

import { call } from "./api.js";
import { longDay, parisDay } from "./dates.js";
import { depositFields } from "./deposit-fields.js";
import { byId, focusOn, make } from "./dom.js";
import { showTwins } from "./duplicates.js";
import { hushErrors, hushOnInput, perform, showErrors, showRefusal } from "./messages.js";
import { loadMetiers } from "./metier-index.js";
import { mailPhrase } from "./partners-phrases.js";
import { depositBody, depositErrors } from "./payload.js";
import { forgetErased, submissionDone, submissionId } from "./submission.js";

/** Attach the form; `depositor` gives who deposits, whose fields are in `owner`. */
export function depositOneByOne(depositor, owner, store, drafts) {
  const form = byId("deposit-form");
  const summary = byId("summary");
  const fields = depositFields(form, drafts, "need");

  async function send(retry, duplicates) {
    hushErrors(form);
    hushErrors(owner);
    if (duplicates === "ask") summary.replaceChildren();
    const typed = await fields.read();
    const errors = depositErrors(typed, parisDay());
    if (errors.length > 0) return showErrors(summary, errors);
    const content = { ...depositBody(typed), depositor: depositor() };
    const body = { submission_id: submissionId(content, store), ...content, duplicates };
    const result = await call("POST", "/recruiters", { body });
    if (result.ok) return done(result.data);
    forgetErased(result, store);
    if (result.code === "duplicate") return ask(result.current.offers, content);
    return showRefusal(summary, result, retry);
  }

  function submit(button = byId("submit"), duplicates = "ask") {
    const action = (retry) => send(retry, duplicates);
    return perform(button, "Envoi en cours…", () => summary, action);
  }

  function ask(twins, { siret, offers: [{ metier }] }) {
    const accept = (button) => submit(button, "accept");
    return showTwins(summary, twins, { sought: { siret, metier }, accept });
  }

  function done(receipt) {
    byId("done-lines").append(line(receipt));
    byId("done").hidden = false;
    fields.empty();
    summary.replaceChildren();
    focusOn(byId("done-title"));
    submissionDone(store);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  hushOnInput(form);
  const fold = byId("one-by-one");
  fold.addEventListener("toggle", () => loadMetiers().catch(() => null));
  if (fields.begun) fold.open = true;
}

function line({ company_name: firm, manage_url: url, mail_stopped: stopped, offers: [offer] }) {
  const until = `en ligne jusqu’au ${longDay(offer.ends_on)}`;
  const mail = stopped || !url ? [make("p", {}, mailPhrase(stopped))] : [];
  return make(
    "li",
    {},
    make("p", {}, make("strong", {}, firm ?? "Entreprise à vérifier"), `, ${offer.metier.label}, ${until}`),
    ...(url ? [make("p", {}, make("a", { href: localAddress(url) }, "Gérer cette offre"))] : []),
    ...mail,
  );
}

/** A link of the site, whatever the name it is read under. */
export function localAddress(url) {
  const { pathname, hash } = new URL(url);
  return `${pathname}${hash}`;
}
