import { following, preceding } from "./stops.js";

/**
 * Page Down and Page Up between cards, Ctrl+End and Ctrl+Home to what comes after and before them, as in any
 * [feed](https://www.w3.org/WAI/ARIA/apg/patterns/feed/); and the card with the focus stays in the document with those beside
 * it, wherever the reader scrolls and however fast Tab is pressed.
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

  /** Out of the feed, if there is anything that could have the focus. */
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
