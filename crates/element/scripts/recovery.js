import { Failure } from "./failure.js";
import { __wbg_reset_state, number_from } from "./review_card.js";

/** The method of a card that draws it anew in a fresh instance. */
export const REVIVE = Symbol("revive");
/** The method of a card that shows its fallback. */
export const FAIL = Symbol("fail");

/** Cards that have something in the engine. */
const cards = new Set();

/** The first number that this instance of the engine gives: none of an earlier one is a number of this. */
let first = 0;
export const instance = () => first;

export const keep = (card) => cards.add(card);
export const leave = (card) => cards.delete(card);

/**
 * After a crash nothing of an instance can be relied on. A fresh one takes its place, the `culprit` shows its fallback, and all
 * other cards are drawn anew. The engine does nothing but what it is called for, so whoever called it caught the crash.
 */
export function crashed(culprit, why) {
  __wbg_reset_state();
  number_from((first += 1 << 20));
  culprit?.[FAIL](new Failure("engine", `the card stopped: ${why}`));
  for (const card of [...cards]) card[REVIVE]();
}
