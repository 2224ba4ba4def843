// Runs around the .wasm: handles keyboard events and the focus.

import { following, preceding } from "./stops.js";

/**
 * Moves the focus with the keys of a [feed](https://www.w3.org/WAI/ARIA/apg/patterns/feed/): Page Down and Page Up
 * between cards, Ctrl+End and Ctrl+Home out of the feed. The focused card and its neighbours stay in the document,
 * however far the visitor scrolls and however fast Tab is pressed.
 */
export class Keys {
  #root;
  #viewport;
  #engine;

  constructor(root, viewport, engine) {
    this.#root = root;
    this.#viewport = viewport;
    this.#engine = engine;
    root.addEventListener("keydown", (event) => this.#pressed(event));
    root.addEventListener("focusin", ({ target }) => this.#moved(target));
    root.addEventListener("focusout", ({ relatedTarget }) => this.#moved(relatedTarget));
  }

  #position(target) {
    const card = target?.closest?.("[aria-posinset]");
    return card && card.getRootNode() == this.#root ? card.ariaPosInSet - 1 : undefined;
  }

  #moved(target) {
    const [engine, viewport, at] = [this.#engine(), this.#viewport(), this.#position(target)];
    engine?.focus(at);
    if (at === undefined || !viewport) return;
    const isMissing = (position) => position >= 0 && position < engine.count() && !viewport.card(position);
    if (isMissing(at - 1) || isMissing(at + 1)) viewport.draw();
  }

  #pressed(event) {
    const position = this.#position(event.target);
    if (position === undefined || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.ctrlKey) this.#leave(event);
    else this.#step(event, position);
  }

  /** Moves the focus out of the feed, if anything there can have it. */
  #leave(event) {
    const out = { End: following, Home: preceding }[event.key];
    if (out?.(this.#viewport().items)) event.preventDefault();
  }

  async #step(event, position) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step) return;
    const to = position + step;
    if (to < 0 || to >= this.#engine().count()) return;
    event.preventDefault();
    const viewport = this.#viewport();
    const card = viewport.card(to) ?? (await viewport.show(to));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }
}
