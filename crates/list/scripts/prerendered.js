// Runs around the .wasm: reads the state of prerendered cards from the DOM.

/** Returns the cards of a list, prerendered or live. */
export function cardsIn(root) {
  return [...root.querySelectorAll(".review-list__item")];
}

/**
 * Returns what the visitor has done to a prerendered list before the live one replaces it: the indices of the open
 * cards, and a function that restores the focus.
 */
export function stateOf(root) {
  const cards = cardsIn(root);
  const open = [...cards.keys()].filter((at) => cards[at].querySelector(".review-card__details[open]"));
  const { activeElement } = root;
  const stops = (card) => [...card.querySelectorAll("a, .review-card__toggle")];
  const at = cards.findIndex((card) => card.contains(activeElement));
  const stop = at < 0 ? -1 : stops(cards[at]).indexOf(activeElement);
  const focus = (now) => stops(cardsIn(now)[at])[stop]?.focus({ preventScroll: true });
  return { open, focus: stop < 0 ? undefined : focus };
}
