/**
 * A text field with suggestions: WAI-ARIA 1.2 combobox, list autocomplete, manual selection.
 * The focus never leaves the field; the arrows move `aria-activedescendant`.
 */

import { make } from "./dom.js";

/**
 * Give a field its suggestions. `suggest(text)` gives the options ({label, note}) for a text;
 * `choose(option)` is told of the choice, or of null as soon as the text is no longer the chosen one.
 */
export function combobox(input, list, { suggest, choose }) {
  let options = [];
  let active = -1;

  function open(found) {
    options = found;
    list.replaceChildren(...found.map(optionElement));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
    if (!list.hidden) bringIntoView();
  }

  // On a telephone the keyboard leaves little room under the field: the field then goes to the top.
  function bringIntoView() {
    const visible = window.visualViewport?.height ?? innerHeight;
    if (list.getBoundingClientRect().bottom > visible)
      input.closest(".combobox").scrollIntoView({ block: "start" });
  }

  function optionElement({ label, note }, rank) {
    const option = make(
      "li",
      { id: `${list.id}-${rank}`, role: "option", "aria-selected": "false" },
      label,
      ...(note ? [" ", make("span", { class: "combobox__note" }, note)] : []),
    );
    option.addEventListener("click", () => pick(rank));
    return option;
  }

  function activate(rank) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = rank;
    const option = list.children[rank];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function pick(rank) {
    const option = options[rank];
    input.value = option.label;
    open([]);
    choose(option);
  }

  const keys = {
    ArrowDown: () =>
      list.hidden ? open(suggest(input.value)) : activate((active + 1) % options.length),
    ArrowUp: () => !list.hidden && activate(active > 0 ? active - 1 : options.length - 1),
    Escape: () => open([]),
    Enter: () => (active >= 0 ? pick(active) : activate(0)),
  };

  input.addEventListener("input", () => {
    choose(null);
    open(suggest(input.value));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && active >= 0) pick(active);
    const act = keys[event.key];
    if (!act || (list.hidden && event.key !== "ArrowDown")) return;
    event.preventDefault(); // with the list open, Enter must not send the form
    act();
  });
  input.addEventListener("blur", () => open([]));
  // Or the field would lose the focus first.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  return { refresh: () => document.activeElement === input && open(suggest(input.value)) };
}
