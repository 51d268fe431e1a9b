/** Every firm of one address, each with its own manage link. */

import { longDay } from "./dates.js";
import { byId, fill, keepAddress, make } from "./dom.js";
import { openLink } from "./link.js";
import { spaced } from "./siret.js";
import { fold } from "./words.js";

const MANY = 8;

function line({ name, siret, city, live, ends_on: end, manage_url: link }) {
  const { pathname, hash } = new URL(link);
  const online =
    live === 0
      ? "Aucune offre en ligne"
      : `${live} offre${live > 1 ? "s" : ""} en ligne, jusqu’au ${longDay(end)}`;
  const texts = [
    make("strong", {}, name),
    make("span", {}, city ?? ""),
    make("span", { class: "choice__siret" }, `SIRET ${spaced(siret)}`),
    make("span", {}, online),
  ];
  return make("li", {}, make("a", { class: "choice", href: `${pathname}${hash}` }, ...texts));
}

function showFirms(firms, typed = "") {
  const wanted = fold(typed).trim();
  const digits = wanted.replace(/\s/g, "");
  const found = firms.filter(
    ({ name, city, siret }) =>
      fold(`${name} ${city ?? ""}`).includes(wanted) || siret.includes(digits),
  );
  byId("firms").replaceChildren(...found.map(line));
  byId("count").textContent =
    ["Aucune entreprise ne correspond", "1 entreprise"][found.length] ??
    `${found.length} entreprises`;
}

function show({ email, firms }) {
  byId("page-notice").replaceChildren();
  fill(byId("mine"), { email }).hidden = false;
  byId("filter-place").hidden = firms.length <= MANY;
  byId("filter").addEventListener("input", ({ target }) => showFirms(firms, target.value));
  showFirms(firms);
}

keepAddress();
openLink("/firms", show);
