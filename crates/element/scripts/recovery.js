// Must exist after a crash: replaces the crashed wasm instance.

import { Failure } from "./failure.js";
import { __wbg_reset_state, number_from } from "./review_card.js";

/** Name of the method that draws a card again in a new instance. */
export const REVIVE = Symbol("revive");
/** Name of the method that shows a card's fallback. */
export const FAIL = Symbol("fail");

/** Cards that hold something in the wasm instance. */
const cards = new Set();

/**
 * The number before this instance's first handle. Handles of earlier instances are lower, so they are never valid here.
 */
let first = 0;
export const instance = () => first;

export const keep = (card) => cards.add(card);
export const leave = (card) => cards.delete(card);

/**
 * Handles a crash: nothing in the instance can be trusted any longer. Starts a new instance, shows the fallback of the
 * `culprit`, and draws all other cards again. The module only runs when it is called, so the caller of the module
 * catches each crash.
 */
export function crashed(culprit, why) {
  __wbg_reset_state();
  number_from((first += 1 << 20));
  culprit?.[FAIL](new Failure("engine", `the card stopped: ${why}`));
  for (const card of [...cards]) card[REVIVE]();
}
