/** « Ce métier en bref »: what the ROME says of the métier chosen, fetched once it is. */

import { load } from "./api.js";
import { byId, fill, make } from "./dom.js";

const DOMAIN = 3; // signs of a ROME code
const loaded = new Map(); // domain -> promise of its sheets

/** Attach the sheet of the offer form that is in the page. */
export function metierSheet() {
  const place = byId("metier-sheet");
  let asked = null;

  async function show(metier) {
    asked = metier?.rome ?? null;
    place.hidden = true;
    place.open = false;
    if (!asked) return;
    const rome = asked;
    const sheet = await sheetOf(rome, place.dataset.folder);
    if (!sheet || rome !== asked) return; // another métier was chosen meanwhile
    fill(place, { label: sheet.label });
    place.querySelector("[data-definition]").replaceChildren(...sentences(sheet.definition));
    place.hidden = false;
  }

  return { /** Show the sheet of a métier, or none. Nothing when it cannot be loaded. */ show };
}

function sentences([first, ...others]) {
  const items = others.map((sentence) => make("li", {}, sentence));
  return [make("p", {}, first), ...(items.length > 0 ? [make("ul", {}, ...items)] : [])];
}

async function sheetOf(rome, folder) {
  const domain = rome.slice(0, DOMAIN);
  if (!loaded.has(domain)) loaded.set(domain, load(`${folder}/${domain}.json`));
  try {
    return (await loaded.get(domain))[rome];
  } catch {
    loaded.delete(domain);
    return null;
  }
}
