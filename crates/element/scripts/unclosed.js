/** What no fallback has: the rest of an article, or the next card. */
const ARTICLE = "article, aside, footer, main, nav, section, review-card, review-list";

/** HTML has no self-closing tags: without an end tag, all that follows an element is its fallback, and goes with that. */
export function warnUnclosed(element) {
  const { localName, nextElementSibling } = element;
  if (nextElementSibling) return;
  if (element.querySelector(ARTICLE) || element.querySelectorAll("h1, h2, h3, h4, h5, h6, p").length > 2) {
    console.warn(`${localName}: is </${localName}> missing? The fallback has headings, paragraphs or other cards`);
  }
}
