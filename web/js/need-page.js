/** What the pages about one need share: whom to call, what is asked, by whom. */

import { longDay } from "./dates.js";
import { byId, terms } from "./dom.js";
import { needFacts, spokenPhone } from "./phrases.js";
import { spaced } from "./siret.js";

/** Show the person to call. */
export function showContact({ phone, email }) {
  byId("contact-phone").href = `tel:${phone}`;
  byId("contact-phone").textContent = `Appeler le ${spokenPhone(phone)}`;
  byId("contact-email").href = `mailto:${email}`;
  byId("contact-email").textContent = email;
}

/** Show what is asked, and by which firm. */
export function showFacts({ need, siret, verified, firm, legal_name: legalName, metier }) {
  const until = ["En ligne jusqu’au", `${longDay(need.ends_on)} inclus`];
  byId("need-facts").replaceChildren(
    ...terms([["Métier", metier.label], ...needFacts(need), until]),
  );
  const name = verified ? [["Nom", firm]] : [];
  if (legalName) name.push(["Raison sociale", legalName]);
  byId("firm-facts").replaceChildren(...terms([...name, ["SIRET", spaced(siret)]]));
  byId("to-verify").hidden = verified;
}
