// Runs in every frame: measures layout and scrolls. Each DOM call from wasm would need glue, so this is a script.

/** About how many elements a list has in the document. If its cards have many elements each, fewer cards are kept. */
const MOST_ELEMENTS = 2400;
/** The largest number of cards in the document while their number of elements is unknown. */
const MOST_CARDS = 80;
/** Smaller deviations (in pixels) are not corrected. */
const TOLERANCE = 0.5;

/**
 * Keeps the mount at its current height while it is drawn. WebKit lays out new nodes in a container (container queries)
 * before they have styles, as if they had no height; a page that becomes shorter than its scroll position would then
 * scroll up.
 */
export function holdHeight(mount, height) {
  mount.style.minBlockSize = `${height}px`;
}

function isSeen(card) {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/**
 * The visible part of a list. It reports to the wasm module what is near the viewport, measures the cards that the
 * module draws, and keeps one card at its place on the screen when the heights above it change.
 */
export class Viewport {
  #root;
  #engine;
  #moved;
  /** The card that stays in place, its top, and the scroll position at that time. */
  #anchor;
  #anchorTop;
  #anchorScrolled;
  /** The list's width when the anchor was taken; after a resize its position is meaningless. */
  #width;
  /** The card that the visitor has just opened or closed. It stays in place and keeps the focus. */
  #kept;
  /** The node that the list is drawn into, and whether its height is fixed at the moment. */
  #mount;
  #isPropped = true;
  /**
   * Whether somebody has scrolled, so that visible cards are drawn at once; and the position that this class scrolled
   * to itself.
   */
  #isScrolled = false;
  #ownScroll;
  #isPaused = false;
  /** Whether something has been drawn that is not measured yet. */
  #isDrawn = false;
  /** Whether the start of the list is above the viewport, so that drawing above moves what is visible. */
  #isInside = false;
  /** The requested frame and the task after it, 0 for none. */
  #frame = 0;
  #task = 0;
  #stops = [];
  #sizes = new ResizeObserver((entries) => this.#resized(entries));
  #changes = new MutationObserver(() => {
    this.#isDrawn = true;
    // Measure now if the task after the frame is pending, because the frame is about to be painted, or if cards would
    // move under the pointer.
    if (this.#task || this.#isInside) this.#measure();
    else this.look();
  });
  /** The height of the list and of each card at its last measurement; all of them are observed. */
  #heights = new Map();

  /** `moved` is called when other reviews have come near the viewport. */
  constructor(root, mount, engine, moved) {
    this.#root = root;
    this.#mount = mount;
    this.#engine = engine;
    this.#moved = moved;
  }

  /** Starts observing. The list must be in the document. */
  start() {
    this.#changes.observe(this.items, { childList: true, subtree: true, attributeFilter: ["height"] });
    const on = (target, name, act) => {
      target.addEventListener(name, act, { capture: true, passive: true });
      this.#stops.push(() => target.removeEventListener(name, act, { capture: true }));
    };
    // Scroll events do not leave their tree, so listen in each tree around the list.
    for (let tree = this.#root.host.getRootNode(); tree; tree = tree.host?.getRootNode()) {
      on(tree, "scroll", () => {
        this.#isScrolled ||= this.#scroller.scrollTop != this.#ownScroll;
        this.look();
      });
    }
    on(globalThis, "resize", () => this.look());
    this.#isDrawn = true;
    this.look();
  }

  stop() {
    this.#stops.forEach((stop) => stop());
    this.#stops = [];
    this.#sizes.disconnect();
    this.#changes.disconnect();
    this.#heights.clear();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#task);
    this.#frame = this.#task = 0;
  }

  /** Keeps all cards in the document until `resume` is called. */
  pause() {
    this.#isPaused = true;
  }

  resume() {
    this.#isPaused = false;
    this.#isDrawn = true;
    this.look();
  }

  get items() {
    return this.#root.querySelector(".review-list__items");
  }

  get cards() {
    return [...this.items.children].filter((each) => each.ariaPosInSet);
  }

  /**
   * Measures what was drawn before the next paint, and draws what is near the viewport after it. Drawing and layout are
   * separate tasks, because on a slow phone each takes long even for one card.
   */
  look() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#task = setTimeout(() => {
        this.#frame = this.#task = 0;
        this.#place();
      });
      if (this.#isDrawn) this.#measure();
    });
  }

  /**
   * Keeps a card in place until `done` returns true. If the element that matches `selector` has the focus and is drawn
   * again, it gets the focus back. Other drawings may come first.
   */
  keep(card, selector, done) {
    const hasFocus = this.#root.activeElement?.matches(selector) && card.contains(this.#root.activeElement);
    this.#hold(card);
    this.#kept = { position: card.ariaPosInSet - 1, selector: hasFocus && selector, done };
  }

  #hold(card) {
    this.#anchor = card;
    this.#anchorTop = card?.getBoundingClientRect().top;
    this.#anchorScrolled = this.#scroller.scrollTop;
  }

  /**
   * Returns how far somebody has scrolled since the anchor was taken. A list that becomes shorter also changes the
   * scroll position, but only at its end.
   */
  #hasScrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const moved = scrollTop - this.#anchorScrolled;
    const isAtEnd = scrollTop + clientHeight > scrollHeight - 2;
    return Math.abs(moved) > 1 && !(moved < 0 && isAtEnd) ? moved : 0;
  }

  /** Called when the list's reviews are replaced: scrolls to its start if that is above the viewport. */
  toStart() {
    this.#anchor = this.#kept = null;
    const { top } = this.items.getBoundingClientRect();
    if (top < 0) this.#scroll(top);
  }

  /** Returns how much of the list is below the viewport, in pixels. */
  left() {
    return this.items.getBoundingClientRect().bottom - innerHeight;
  }

  /** Returns how much of the list is below the top of a position, in pixels. */
  below(position) {
    return this.items.getBoundingClientRect().height - this.#engine.offset(position);
  }

  /** Scrolls a position to the top of the viewport, and returns its card. */
  async show(position) {
    for (let tries = 0; tries < 4; tries++) {
      const card = this.card(position);
      if (card) {
        card.scrollIntoView({ block: "start", behavior: "instant" });
        this.#hold(card);
        return card;
      }
      this.#anchor = this.#kept = null;
      const top = this.items.getBoundingClientRect().top + this.#engine.offset(position);
      this.#scroll(top);
      this.#isScrolled = true;
      this.#place();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))); // The same steps as `look`.
    }
  }

  card(position) {
    return this.items.querySelector(`:scope > [aria-posinset="${position + 1}"]`);
  }

  #place() {
    const { items } = this;
    if (this.#isPaused || !items?.isConnected || !items.clientWidth) return; // The list is not visible.
    // The window's resize event comes before the ResizeObserver's, so the anchor may still be from before.
    if (items.clientWidth != this.#width) return this.#settle();
    this.#chooseAnchor();
    this.#grid();
    if (this.#engine.is_stale()) {
      // Positions are known only after drawing.
      this.draw();
      return this.look();
    }
    const { top } = items.getBoundingClientRect();
    const isScrolled = this.#isScrolled;
    this.#isScrolled = false;
    this.draws(() => this.#engine.place(-top, innerHeight - top, Math.max(innerHeight, 600), this.#most(), isScrolled));
    this.#moved();
  }

  /** Draws what has changed. */
  draw() {
    this.draws(() => this.#engine.draw());
  }

  /**
   * Fixes the mount's height around `act`, whose drawing happens in a later task, so that it does not scroll the page.
   * `act` returns `false` if nothing will be drawn.
   */
  draws(act) {
    if (act() === false) return;
    if (!this.#scroller.scrollTop) return; // The page cannot scroll up.
    holdHeight(this.#mount, this.#mount.offsetHeight);
    this.#isPropped = true;
    setTimeout(() => this.#isDrawn || this.#release()); // In case the drawing changed nothing.
  }

  /** Lets the list become shorter again: everything is in place. */
  #release() {
    if (!this.#isPropped) return;
    this.#mount.getBoundingClientRect(); // Forces a layout while the height is still fixed.
    this.#mount.removeAttribute("style");
    this.#isPropped = false;
  }

  #grid() {
    const { gridTemplateColumns, rowGap } = getComputedStyle(this.items);
    this.#engine.grid(gridTemplateColumns.split(" ").length, parseFloat(rowGap) || 0, this.items.clientWidth);
  }

  /** Returns how many cards may be in the document, from the average number of elements in a card. */
  #most() {
    const count = this.cards.length;
    const elements = this.items.getElementsByTagName("*").length;
    return count ? Math.max(8, Math.floor((MOST_ELEMENTS * count) / elements)) : MOST_CARDS;
  }

  /** Anchors the first visible card, and stores whether the list's start is above the viewport. */
  #chooseAnchor() {
    this.#isInside = this.items.getBoundingClientRect().top < 0;
    if (this.#kept) return; // Until the change has been drawn.
    const held = this.#anchor;
    this.#hold(held?.isConnected && isSeen(held) ? held : this.cards.find(isSeen));
  }

  /** Corrects positions after a drawing, before the next paint. */
  #measure() {
    this.#isDrawn = false;
    this.#release();
    const { position, selector } = this.#kept ?? {};
    if (selector && !this.#root.activeElement) this.card(position)?.querySelector(selector)?.focus({ preventScroll: true });
    this.#settle();
  }

  /**
   * Handles new sizes. Does not draw here: browsers report an error if sizes change again while they are being
   * observed.
   */
  #resized(entries) {
    const isNews = ({ target, borderBoxSize: [size] }) => Math.abs(size.blockSize - this.#heights.get(target)) > TOLERANCE;
    if (this.items.clientWidth != this.#width || entries.some(isNews)) this.#settle(true);
  }

  /** Measures all cards and moves the anchor back to its place, before the next paint. */
  #settle(isObserving) {
    const { cards } = this;
    if (this.#isPaused) return;
    this.#width = this.items.clientWidth;
    this.#grid();
    for (const each of this.#heights.keys()) {
      if (each.isConnected) continue;
      this.#sizes.unobserve(each);
      this.#heights.delete(each);
    }
    for (const each of [this.items, ...cards]) {
      if (!this.#heights.has(each)) this.#sizes.observe(each);
      this.#heights.set(each, each.getBoundingClientRect().height);
    }
    this.#engine.measure(
      Uint32Array.from(cards, (card) => card.ariaPosInSet - 1),
      Float32Array.from(cards, (card) => this.#heights.get(card)),
    );
    const anchor = this.#anchor;
    // While its start is visible, a list grows at its end. If somebody scrolls meanwhile, continue from the new
    // position as long as the anchor is visible.
    const scrolled = this.#hasScrolled();
    const isHeld = anchor?.isConnected && (!scrolled || isSeen(anchor));
    if (isHeld && (this.#kept || this.items.getBoundingClientRect().top < 0)) {
      const moved = anchor.getBoundingClientRect().top - this.#anchorTop + scrolled;
      if (Math.abs(moved) > TOLERANCE) this.#scroll(moved);
    }
    const kept = this.#kept && this.card(this.#kept.position);
    if (!kept || this.#kept.done(kept)) this.#kept = null;
    this.#chooseAnchor();
    if (!isObserving && this.#engine.is_stale()) this.draw();
    else this.look();
  }

  #scroll(distance) {
    const scroller = this.#scroller;
    scroller.scrollBy({ top: distance, behavior: "instant" });
    this.#ownScroll = scroller.scrollTop;
  }

  /** The element that scrolls the list: an ancestor, or the page. */
  get #scroller() {
    let at = this.#root.host;
    while ((at = at.assignedSlot ?? at.parentNode ?? at.host)) {
      if (at.nodeType != Node.ELEMENT_NODE || at == document.scrollingElement || at == document.body) continue;
      const { overflowY } = getComputedStyle(at);
      if (/auto|scroll/.test(overflowY) && at.scrollHeight > at.clientHeight) return at;
    }
    return document.scrollingElement ?? document.documentElement;
  }
}
