// Must exist before the .wasm: checks the element's children, which the module never sees.

/** Elements that a fallback does not contain. They are the rest of an article, or the next card. */
const ARTICLE = "article, aside, footer, main, nav, section, review-card, review-list";

/**
 * Warns about a missing end tag. HTML has no self-closing custom elements: without an end tag, everything that follows
 * becomes the fallback, and the card replaces it.
 */
export function warnUnclosed(element) {
  const { localName, nextElementSibling } = element;
  if (nextElementSibling) return;
  if (element.querySelector(ARTICLE) || element.querySelectorAll("h1, h2, h3, h4, h5, h6, p").length > 2) {
    console.warn(`${localName}: is </${localName}> missing? The fallback has headings, paragraphs or other cards`);
  }
}
