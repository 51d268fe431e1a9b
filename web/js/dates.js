/**
 * Days as people of France write them. Days travel as "2026-12-21", without hour: no time zone can
 * shift them. Pure.
 */

const LONG = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const PARIS = new Intl.DateTimeFormat("fr-FR", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  timeZone: "Europe/Paris",
});

/** "2026-12-01" -> "mardi 1er décembre 2026". */
export function longDay(day) {
  return LONG.format(new Date(`${day}T00:00:00Z`)).replace(/\b1 /, "1er ");
}

/** The day in Paris at an instant: "2026-11-23". */
export function parisDay(instant = new Date()) {
  const parts = Object.fromEntries(
    PARIS.formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** A day, some days later. */
export function addDays(day, count) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

/** A day, some years later; 29 February becomes 28. */
export function addYears(day, count) {
  const [year, month, date] = day.split("-");
  return `${Number(year) + count}-${month}-${month === "02" && date === "29" ? "28" : date}`;
}

/** Days left, in words; 0 is the last day. */
export function daysLeft(count) {
  if (count <= 0) return "dernier jour aujourd’hui";
  return count === 1 ? "encore 1 jour" : `encore ${count} jours`;
}
