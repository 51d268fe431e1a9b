/** Needs of partner firms by a CSV file: shown line by line, then deposited, resumed if need be. */

import { call } from "./api.js";
import { longDay } from "./dates.js";
import { byId, fill, focusOn, make } from "./dom.js";
import { hush, hushErrors, perform, say, showAlert, showErrors, showRefusal } from "./messages.js";
import { localAddress } from "./partners-form.js";
import {
  countPhrase,
  donePhrase,
  filePhrase,
  isRepeated,
  lineBadge,
  lineError,
  lineTitle,
  progressPhrase,
} from "./partners-phrases.js";
import { spokenPhone } from "./phrases.js";
import { spaced } from "./siret.js";
import { forgetErased, submissionDone, submissionId } from "./submission.js";

const PATIENCE_MS = 35_000;
const MOST_ERRORS = 50;
const MOST_BYTES = 300_000;
const NOTHING = "Rien n’a été déposé. Corrigez votre fichier, puis choisissez-le à nouveau.";
const BEGUN = "Certaines lignes étaient déjà déposées\u00a0: envoyées à nouveau, elles ne le seront pas deux fois.";
const STUCK = 3; // answers without any progress, after which the service is said to be down

/** Attach the file's part of the page; `depositor` gives who deposits, whose fields are in `owner`. */
export function depositByFile(depositor, owner, store) {
  const form = byId("file-form");
  const input = byId("file");
  const summary = byId("file-summary");
  const preview = byId("preview");
  let content = null;
  let accepted = [];

  async function read(retry) {
    hushErrors(owner);
    hush("file");
    summary.replaceChildren();
    preview.hidden = true;
    const [file] = input.files;
    if (!file || file.size > MOST_BYTES) return say("file", "error", ...wrongFile(file));
    content = { depositor: depositor(), file: await base64(file) };
    byId("preview-lines").replaceChildren();
    const result = await work("/imports/preview", false);
    return result.ok ? offer(result.data) : refuse(summary, result, retry);
  }

  /** Ask again until nothing is left: one answer may take the service ten seconds. */
  async function work(path, deposited) {
    const given = { ...content, ...(deposited ? { accepted } : {}) };
    const body = { submission_id: submissionId(content, store), ...given };
    let [result, progress, stuck] = [null, "", 0];
    while (stuck < STUCK) {
      result = await call("POST", path, { body, patience: PATIENCE_MS });
      forgetErased(result, store);
      if (!result.ok || result.data.complete) return result;
      const now = progressPhrase(result.data.lines, deposited);
      stuck = now === progress ? stuck + 1 : 0;
      progress = now;
      show(result.data.lines, { title: "Votre fichier", progress });
    }
    return { ok: false, down: true };
  }

  function show(lines, texts) {
    accepted = ticked(); // some may be while the rest is read
    fill(preview, { progress: "", ...texts });
    byId("preview-lines").replaceChildren(...lines.map((line) => item(line, accepted)));
    byId("deposit-offered").hidden = true;
    byId("deposit-place").replaceChildren();
    preview.hidden = false;
  }

  function ticked() {
    return [...preview.querySelectorAll("input:checked")].map(({ value }) => Number(value));
  }

  function offer({ lines }) {
    show(lines, { title: countPhrase(lines) });
    byId("deposit-offered").hidden = !lines.some((line) => line.state === "ready" || isRepeated(line));
    focusOn(byId("preview-title"));
  }

  async function deposit(retry) {
    accepted = ticked();
    const result = await work("/imports", true);
    if (!result.ok) return refuse(byId("deposit-place"), result, retry);
    const { lines, mail_stopped: stopped } = result.data;
    show(lines, { title: donePhrase(lines) });
    submissionDone(store);
    const text = make("p", {}, filePhrase(stopped));
    return showAlert(byId("deposit-place"), "success", donePhrase(lines), text);
  }

  function refuse(place, result, retry) {
    if (!result.errors?.length) return showRefusal(place, result, retry);
    const shown = result.errors.slice(0, MOST_ERRORS).map(lineError);
    const left = result.errors.length - shown.length;
    if (left > 0) shown.push({ field: "", message: `Et ${left} autres points.`, remedy: "" });
    showErrors(place, shown);
    const { lines = [] } = result.current ?? {};
    const begun = lines.some(({ state }) => state === "deposited");
    place.append(make("p", {}, begun ? BEGUN : NOTHING));
    return null;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    perform(byId("read-file"), "Lecture…", () => summary, read);
  });
  input.addEventListener("change", () => hush("file"));
  const button = byId("deposit-file");
  button.addEventListener("click", () =>
    perform(button, "Dépôt en cours…", () => byId("deposit-place"), deposit),
  );
}

function wrongFile(file) {
  return file
    ? ["Ce fichier dépasse 300 000 octets.", "Répartissez ses lignes en plusieurs fichiers."]
    : ["Choisissez un fichier.", "Partez du modèle ci-dessus."];
}

/** The bytes of a file, whatever its encoding: the service reads them. */
function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

function item(line, accepted) {
  const { label, badge } = lineBadge(line);
  const title = lineTitle({ ...line, siret: `SIRET ${spaced(line.siret)}` });
  const { name, phone, email } = line.contact;
  const entry = make(
    "li",
    {},
    make("p", {}, make("strong", {}, title), " ", make("span", { class: `fr-badge fr-badge--sm ${badge}` }, label)),
    make("p", {}, [line.metier?.label, ...details(line)].filter(Boolean).join(" · ")),
    make("p", { class: "breakable" }, `À appeler\u00a0: ${name}, ${spokenPhone(phone)}, ${email}`),
  );
  if (line.description) entry.append(make("p", { class: "fr-hint-text" }, line.description));
  if (isRepeated(line)) entry.append(accepting(line, accepted));
  if (line.manage_url)
    entry.append(make("p", {}, make("a", { href: localAddress(line.manage_url) }, "Gérer cette offre")));
  return entry;
}

function details({ start_on: start, openings, ask_cfa: asks }) {
  return [
    start ? `début ${longDay(start)}` : "",
    openings > 1 ? `${openings} postes` : "",
    asks ? "CFA à contacter" : "",
  ];
}

function accepting({ line }, accepted) {
  const id = `accept-${line}`;
  return make(
    "div",
    { class: "fr-checkbox-group" },
    make("input", { type: "checkbox", id, value: String(line), checked: accepted.includes(line) }),
    make("label", { class: "fr-label", for: id }, `Déposer la ligne ${line} quand même`),
  );
}
