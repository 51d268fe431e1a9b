/**
 * The fields of an address, whatever their prefix: the postcode fills the list of its communes. When
 * the list cannot be loaded, the commune is typed.
 */

import { communesOf } from "./communes.js";
import { byId, make } from "./dom.js";
import { hush, say } from "./messages.js";
import { addressErrors } from "./payload.js";
import { digitsOf } from "./siret.js";
import { normalise } from "./words.js";

const LENGTH = 5;
const EMPTY = { street: "", postcode: "", city: "" };
const FIRST = "Tapez d’abord le code postal";
const CHOOSE = "Choisissez la commune";

/** Attach the fields `prefix-street`, `prefix-postcode` and `prefix-city`. */
export function addressFields(prefix) {
  const street = byId(`${prefix}-street`);
  const postcode = byId(`${prefix}-postcode`);
  const list = byId(`${prefix}-city`);
  const line = make("input", {
    type: "text",
    class: "fr-input",
    id: list.id,
    name: list.name,
    autocomplete: "off",
    "aria-describedby": list.getAttribute("aria-describedby"),
    "aria-required": list.getAttribute("aria-required"),
  });
  let city = list; // the one of the two that is shown
  let asked = null;
  let wanted = ""; // a commune already known, until its list is there
  let unknown = false; // whether the postcode is no commune's

  postcode.addEventListener("input", look);

  async function look() {
    const code = digitsOf(postcode.value);
    if (code === asked) return;
    wanted = city.value || wanted;
    asked = code;
    unknown = false;
    if (code.length !== LENGTH) return show([], FIRST);
    const names = await communesOf(code).catch(() => null);
    // An answer that comes after another postcode was typed, or the form was closed, is dropped.
    if (code === asked && postcode.isConnected) answer(names);
  }

  function answer(names) {
    if (names === null) return type();
    unknown = names.length === 0;
    show(names, unknown ? FIRST : CHOOSE);
    wanted = "";
    const [error] = unknown ? addressErrors(prefix, read()) : [];
    if (error) say(error.field, "error", error.message, error.remedy);
    if (city.value) hush(`${prefix}.city`);
  }

  function show(names, first) {
    const only = names.length === 1 ? names[0] : null;
    const known = normalise(wanted);
    const chosen = names.find((name) => normalise(name) === known) ?? only ?? "";
    const options = names.map((name) => make("option", { value: name }, name));
    list.replaceChildren(...(only ? [] : [make("option", { value: "" }, first)]), ...options);
    list.value = chosen;
    use(list);
  }

  function type() {
    asked = null; // the next key tries again
    line.value = wanted;
    use(line);
  }

  function use(element) {
    if (city !== element) city.replaceWith(element);
    city = element;
  }

  function read() {
    return {
      street: street.value,
      postcode: postcode.value,
      city: city.value || wanted,
      unknown,
    };
  }

  return {
    /** What is typed, and whether the postcode is `unknown`. */
    read,
    /** Show an address, or nothing. */
    fill(address = EMPTY) {
      street.value = address.street ?? "";
      postcode.value = address.postcode ?? "";
      list.value = "";
      line.value = "";
      wanted = address.city ?? "";
      asked = null;
      return look();
    },
  };
}
