import { Failure } from "./failure.js";
import { __wbg_reset_state, number_from } from "./review_card.js";

/** How often a card may have been among those that were being drawn in a crash, before it is held to be the cause. */
const CHANCES = 3;
/** How long a drawing that changes nothing in the document is waited for, in milliseconds. */
const SETTLES = 100;

/** The method of a card that draws it anew in a fresh instance. */
export const REVIVE = Symbol("revive");
/** The method of a card that shows its fallback. */
export const FAIL = Symbol("fail");

/** Cards that have something in the engine, and how often each was suspected. */
const cards = new Map();
/** Cards whose drawing may not have ended, and until when. The engine draws in a task of its own: one of these it is that it stops at. */
const drawing = new Map();

/** The first number that this instance of the engine gives: none of an earlier one is a number of this. */
let first = 0;
export const instance = () => first;

export const keep = (card) => cards.set(card, cards.get(card) ?? 0);
export const leave = (card) => cards.delete(card) && drawing.delete(card);
export const drawn = (card) => drawing.delete(card);
export function draws(card) {
  const timer = setTimeout(() => drawing.get(card) == timer && drawn(card), SETTLES);
  drawing.set(card, timer);
}

/**
 * After a crash nothing of an instance can be relied on. A fresh one takes its place, and all cards are drawn in it anew: but
 * the `culprit` where it is known, and else, after the others, one by one those that were being drawn, until it is found.
 */
export function crashed(culprit, why) {
  const suspects = culprit ? [culprit] : [...(drawing.size ? drawing : cards).keys()];
  drawing.clear();
  __wbg_reset_state();
  number_from((first += 1 << 20));
  const others = [...cards.keys()].filter((card) => !suspects.includes(card));
  let turn = Promise.all(others.map((card) => card[REVIVE]()));
  for (const card of suspects) {
    const times = cards.get(card) + 1;
    cards.set(card, times);
    if (suspects.length == 1 || times > CHANCES) {
      card[FAIL](new Failure("engine", `the card stopped: ${why}`));
    } else {
      turn = turn.then(settled).then(() => cards.has(card) && card[REVIVE]());
    }
  }
}

async function settled() {
  while (drawing.size) await new Promise((resolve) => setTimeout(resolve, SETTLES / 5));
}

/** A crash in a task of the engine's own is nobody's to catch; that of a full stack names only what was on top of it. */
addEventListener("error", ({ error, filename, message }) => {
  const full = drawing.size && /call stack|recursion/.test(message);
  const trap = error instanceof WebAssembly.RuntimeError; // WebKit does not say of which module.
  if (cards.size && (full || trap || /review-card\.wasm/.test(filename + error?.stack))) crashed(null, error);
});
