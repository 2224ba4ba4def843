// Must exist before the .wasm: prerendered elements need no module.

/** The states of elements that are or were in the document. `attachInternals` works only once. */
const known = new WeakMap();
const followers = new Set();
let frame;

const later = () =>
  (frame ||= requestAnimationFrame(() => {
    frame = 0;
    followers.forEach(mark);
  }));
const changes = new MutationObserver(later);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
// A style sheet has arrived. This event does not bubble.
document.addEventListener("load", later, true);

/**
 * Gives an element the state `light` or `dark` if its `color-scheme` is that alone, whatever its text. With `light dark`,
 * the page may have a switch of its own, so the colour of the text decides. CSS cannot tell these apart. Follows changes
 * of attributes around the element, of the page's head, and of the system: nothing reports a change of `color-scheme`.
 */
export function follow(element) {
  if (!known.has(element)) known.set(element, element.attachInternals?.().states);
  followers.add(element);
  for (let node = element; node; node = node.parentNode ?? node.host) changes.observe(node, { attributes: true });
  changes.observe(document.head ?? element, { attributes: true, characterData: true, childList: true, subtree: true });
  mark(element);
}

/** Must be called when the element has left the document. */
export function unfollow(element) {
  followers.delete(element);
  if (!followers.size) changes.disconnect();
}

function mark(element) {
  let { colorScheme } = getComputedStyle(element);
  if (colorScheme == "normal") colorScheme = document.querySelector("meta[name=color-scheme]")?.content;
  const only = colorScheme?.replace(/ ?only ?/, "");
  for (const name of ["light", "dark"]) known.get(element)?.[name == only ? "add" : "delete"](name);
}
