/** The page of statistics: what the counts say, in figures and bars. */

import { longDay } from "./dates.js";
import { byId, copyOf, make } from "./dom.js";
import { showDown } from "./messages.js";

const SOURCE = "/feed/v1/statistics.json";
const READ = 10;
const UNKNOWN = "Pas encore connu";
const MONTH = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
const TABLES = [
  ["by_month", "Par mois de dépôt", "Mois"],
  ["by_departement", "Par département", "Département"],
  ["by_opco", "Par OPCO", "OPCO"],
  ["by_metier", "Les vingt métiers les plus demandés", "Métier"],
];

async function load() {
  const answer = await fetch(SOURCE);
  if (answer.status === 403 || answer.status === 404) return showNothing();
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return show(await answer.json());
}

function showNothing() {
  byId("page-notice").replaceChildren(
    make("p", {}, "Les premiers chiffres seront là demain."),
  );
}

function show(counts) {
  if (counts.deposited === 0) return showNothing();
  byId("totals").replaceChildren(...totals(counts));
  byId("tables").replaceChildren(...TABLES.flatMap((table) => countsTables(counts, ...table)));
  byId("counted-at").textContent = longDay(counts.counted_at.slice(0, 10));
  byId("page-notice").replaceChildren();
  byId("figures").hidden = false;
}

// What is null is not told: too few, or what would give too few away.
function told(value) {
  if (value !== null) return value.toLocaleString("fr-FR");
  return make("abbr", { title: "non communiqué" }, "n.\u00a0c.");
}

function totals(counts) {
  const days = counts.days_to_fill;
  return [
    figure(counts.deposited, "besoins déposés", "moins de 5"),
    figure(counts.openings, "postes à pourvoir"),
    figure(counts.live, "en ligne"),
    figure(counts.filled, "pourvus"),
    ...(days === null ? [] : [figure(days, "jours pour pourvoir (médiane)")]),
  ];
}

function figure(value, label, few) {
  return make(
    "div",
    {},
    make("dt", {}, label),
    make("dd", {}, value === null && few ? few : told(value)),
  );
}

// The first rows are read, the others unfold; of months, the last ones are read.
function countsTables(counts, key, caption, column) {
  const most = Math.max(1, ...counts[key].map(({ deposited }) => deposited || 0));
  const rows = counts[key].map((line) => row(line, key, most));
  if (rows.length === 0) return [];
  const read = key === "by_month" ? rows.splice(-READ) : rows.splice(0, READ);
  const table = countsTable(caption, column, read);
  if (rows.length === 0) return [table];
  const summary = make("summary", {}, `${caption}\u00a0: ${rows.length} de plus`);
  return [table, make("details", { class: "more" }, summary, countsTable(`${caption} (suite)`, column, rows))];
}

function countsTable(caption, column, rows) {
  const table = copyOf("counts");
  table.querySelector("caption").textContent = caption;
  table.querySelector("[data-name]").textContent = column;
  table.querySelector("tbody").append(...rows);
  return table;
}

// The bar is for the eye: the figure beside it says the same.
function row({ name, deposited, live, filled }, key, most) {
  const label = key === "by_month" ? month(name) : name || UNKNOWN;
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  bar.style.width = `${(100 * deposited) / most}%`;
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, label),
    make("td", { class: "barred" }, deposited === null ? "" : bar, make("span", {}, told(deposited))),
    make("td", {}, told(live)),
    make("td", {}, told(filled)),
  );
}

function month(name) {
  return MONTH.format(new Date(`${name}-15T12:00:00Z`));
}

function start() {
  load().catch((error) => {
    console.error(error);
    showDown(byId("page-notice"), start);
  });
}

start();
