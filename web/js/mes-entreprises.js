/** Every firm of one address, each with its own manage link. */

import { call } from "./api.js";
import { longDay } from "./dates.js";
import { byId, fill, keepAddress, make } from "./dom.js";
import { openLink, refusedLink } from "./link.js";
import { showRefusal } from "./messages.js";
import { spaced } from "./siret.js";
import { fold } from "./words.js";

const MANY = 8;
const listed = new Map(); // by link: when the list begins again, none is shown twice
let missing = 0; // firms that have not come yet

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

function showFirms() {
  const wanted = fold(byId("filter").value).trim();
  const digits = wanted.replace(/\s/g, "");
  const found = [...listed.values()].filter(
    ({ name, city, siret }) =>
      fold(`${name} ${city ?? ""}`).includes(wanted) || siret.includes(digits),
  );
  byId("firms").replaceChildren(...found.map(line));
  const counted =
    ["Aucune entreprise ne correspond", "1 entreprise"][found.length] ??
    `${found.length} entreprises`;
  const awaited = missing > 0 ? ` pour l’instant, sur ${listed.size + missing}` : "";
  byId("count").textContent = counted + awaited;
}

/** Show these, and ask for those that follow: a hundred come at a time. */
async function add({ count, firms, next }, token) {
  for (const firm of firms) listed.set(firm.manage_url, firm);
  missing = next ? Math.max(count - listed.size, 1) : 0;
  showFirms();
  if (next) await follow(next, token);
}

async function follow(next, token) {
  byId("page-notice").replaceChildren();
  const result = await call("GET", `/firms?after=${encodeURIComponent(next)}`, { token });
  if (refusedLink(result)) return;
  if (result.ok) await add(result.data, token);
  else showRefusal(byId("page-notice"), result, () => follow(next, token));
}

function show(first, token) {
  byId("page-notice").replaceChildren();
  fill(byId("mine"), { email: first.email }).hidden = false;
  byId("filter-place").hidden = first.count <= MANY;
  byId("filter").addEventListener("input", showFirms);
  return add(first, token);
}

keepAddress();
openLink("/firms", show);
