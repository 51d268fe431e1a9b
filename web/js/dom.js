/** Making and finding elements. Text goes in as text, never as HTML. */

/** The element with this id; a missing one is a mistake in the page. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element with id ${id}`);
  return element;
}

/**
 * A new element with its attributes (false and null leave one out) and its children, elements or
 * text.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** The lines of a <dl>, from pairs of term and description. */
export function terms(pairs) {
  return pairs.flatMap(([term, description]) => [
    make("dt", {}, term),
    make("dd", {}, description),
  ]);
}

/** A copy of a <template>'s only element. */
export function copyOf(templateId) {
  return byId(templateId).content.firstElementChild.cloneNode(true);
}

/**
 * Fill the slots of a fragment: each `data-slot` element gets the text of that name; an empty text
 * hides it.
 */
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    for (const slot of root.querySelectorAll(`[data-slot="${name}"]`)) {
      slot.textContent = text;
      slot.hidden = text === "";
    }
  }
  return root;
}

/**
 * Bring an element under the eyes and under the reader's voice: a field to the middle, the rest
 * where `block` says.
 */
export function focusOn(element, block = "start") {
  const natural = element.matches("a[href], input, select, textarea, button, summary");
  if (!natural) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({
    block: natural ? "center" : block,
    behavior: smooth ? "smooth" : "auto",
  });
}

/**
 * Make the links to a place in the page move the focus and leave the address alone: on the manage
 * page the address ends with the token, which a plain "#contenu" would replace.
 */
export function keepAddress() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const details = target.closest("details");
    if (details) details.open = true;
    focusOn(target);
  });
}

/** Let the buttons be pressed that waited for the scripts; the last thing a page does. */
export function wake() {
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
}

/** Run a slow action of a button once at a time, and say meanwhile that it runs. */
export async function busy(button, words, action) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const label = button.textContent;
  button.setAttribute("aria-disabled", "true"); // not `disabled`, which would throw the focus away
  button.textContent = words;
  try {
    await action();
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  }
}
