/** Elements that a list has in the document, about: fewer cards are kept around the viewport where each has many. */
const MOST_ELEMENTS = 2400;
/** Cards in the document of which nobody knows yet how many elements they have. */
const MOST_CARDS = 80;
/** What is less than this is not put right, in pixels. */
const TOLERANCE = 0.5;

/**
 * While it is drawn anew, what a list is drawn into is at least as high as the list was. WebKit lays out a page before what
 * has come to stand in a container (as container queries have it) has a style, so as if nothing stood there; and a page that
 * has become lower than it is scrolled goes up.
 */
export function prop(mount, height) {
  mount.style.minBlockSize = `${height}px`;
}

function isSeen(card) {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/**
 * What a reader sees of a list. It tells the engine what is near, and the engine what stands there; it measures what has come
 * to stand there, and holds one card where it is on the screen whatever is learnt of those above it.
 */
export class Viewport {
  #root;
  #engine;
  #moved;
  /** The card that stays where it is, where that is, and how far was scrolled then. */
  #anchor;
  #anchorTop;
  #anchorScrolled;
  /** How wide the list was then: of another width, nothing stands where it stood. */
  #width;
  /** What the reader has just done something to: it stays, and keeps the focus. */
  #kept;
  /** What the list is drawn into, and whether it is being kept from becoming lower. */
  #mount;
  #isPropped = true;
  /** Somebody has scrolled, and where this itself has scrolled to: what is seen then is to be there at once. */
  #isScrolled = false;
  #ownScroll;
  #isPaused = false;
  /** Something has been drawn that has not been measured. */
  #isDrawn = false;
  /** The list's start has been scrolled away: what is drawn above what is seen moves it. */
  #isInside = false;
  /** The next frame has been asked for, or the task after it; and whether it is the latter. */
  #frame = 0;
  #task = 0;
  #stops = [];
  #sizes = new ResizeObserver((told) => this.#resized(told));
  #changes = new MutationObserver(() => {
    this.#isDrawn = true;
    // The frame is about to be painted; or somebody may press in the meantime what is about to move.
    if (this.#task || this.#isInside) this.#measure();
    else this.look();
  });
  /** The list and its cards in the document, and how high each was when it was measured; its size is observed since. */
  #heights = new Map();

  /** `moved` is called when other reviews have come to stand near. */
  constructor(root, mount, engine, moved) {
    this.#root = root;
    this.#mount = mount;
    this.#engine = engine;
    this.#moved = moved;
  }

  /** The list is in the document. */
  start() {
    this.#changes.observe(this.items, { childList: true, subtree: true, attributeFilter: ["height"] });
    const on = (target, name, act) => {
      target.addEventListener(name, act, { capture: true, passive: true });
      this.#stops.push(() => target.removeEventListener(name, act, { capture: true }));
    };
    // A scroll event stays in its tree: of each tree around the list, whatever scrolls in it.
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

  /** What is in the document stays, whatever is near. */
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
   * What has been drawn is measured before the next paint, and what is near is drawn after it. On a slow phone one card takes
   * long to draw, and as long to lay out: each is a task of its own.
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
   * Holds a card where it is until it is `done`; what has the focus in it and is drawn anew gets it again. Something else may
   * be drawn before.
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

  /** How far somebody has scrolled since: a list that became shorter may have too, but then its end is seen. */
  #hasScrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const moved = scrollTop - this.#anchorScrolled;
    const isAtEnd = scrollTop + clientHeight > scrollHeight - 2;
    return Math.abs(moved) > 1 && !(moved < 0 && isAtEnd) ? moved : 0;
  }

  /** Other reviews stand in the list from now on: its start is to be seen, if it has been scrolled away. */
  toStart() {
    this.#anchor = this.#kept = null;
    const { top } = this.items.getBoundingClientRect();
    if (top < 0) this.#scroll(top);
  }

  /** How much of the list is below the viewport, in pixels. */
  left() {
    return this.items.getBoundingClientRect().bottom - innerHeight;
  }

  /** How much of the list stands below the start of a position, in pixels. */
  below(position) {
    return this.items.getBoundingClientRect().height - this.#engine.offset(position);
  }

  /** Scrolls so that a position is at the top of the viewport, and returns its card. */
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
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))); // As `look` does it.
    }
  }

  card(position) {
    return this.items.querySelector(`:scope > [aria-posinset="${position + 1}"]`);
  }

  #place() {
    const { items } = this;
    if (this.#isPaused || !items?.isConnected || !items.clientWidth) return; // Nobody sees it.
    // A window that is resized says so before sizes are told; the anchor is still the one of before.
    if (items.clientWidth != this.#width) return this.#settle();
    this.#chooseAnchor();
    this.#grid();
    if (this.#engine.is_stale()) {
      // Where things stand is known once they stand there.
      this.draw();
      return this.look();
    }
    const { top } = items.getBoundingClientRect();
    const isScrolled = this.#isScrolled;
    this.#isScrolled = false;
    this.draws(() => this.#engine.place(-top, innerHeight - top, Math.max(innerHeight, 600), this.#most(), isScrolled));
    this.#moved();
  }

  /** Has the engine draw what has changed. */
  draw() {
    this.draws(() => this.#engine.draw());
  }

  /** What `act` has drawn, which is done in a task that comes after this one, does not scroll; it may say that nothing is. */
  draws(act) {
    if (act() === false) return;
    if (!this.#scroller.scrollTop) return; // Nothing can go up.
    prop(this.#mount, this.#mount.offsetHeight);
    this.#isPropped = true;
    setTimeout(() => this.#isDrawn || this.#release()); // Where what is drawn is as it was.
  }

  /** The list may be lower again: all that is in it is where it belongs. */
  #release() {
    if (!this.#isPropped) return;
    this.#mount.getBoundingClientRect(); // Laid out while it cannot be lower.
    this.#mount.removeAttribute("style");
    this.#isPropped = false;
  }

  #grid() {
    const { gridTemplateColumns, rowGap } = getComputedStyle(this.items);
    this.#engine.grid(gridTemplateColumns.split(" ").length, parseFloat(rowGap) || 0, this.items.clientWidth);
  }

  /** The cards that may be in the document, by how many elements those have that are. */
  #most() {
    const count = this.cards.length;
    const elements = this.items.getElementsByTagName("*").length;
    return count ? Math.max(8, Math.floor((MOST_ELEMENTS * count) / elements)) : MOST_CARDS;
  }

  /** The first card that is seen; and whether the list's start is above it, out of sight. */
  #chooseAnchor() {
    this.#isInside = this.items.getBoundingClientRect().top < 0;
    if (this.#kept) return; // Until the change has come.
    const held = this.#anchor;
    this.#hold(held?.isConnected && isSeen(held) ? held : this.cards.find(isSeen));
  }

  /** What the engine has drawn is where it belongs before the next paint. */
  #measure() {
    this.#isDrawn = false;
    this.#release();
    const { position, selector } = this.#kept ?? {};
    if (selector && !this.#root.activeElement) this.card(position)?.querySelector(selector)?.focus({ preventScroll: true });
    this.#settle();
  }

  /** What is drawn while sizes are observed would be observed too late, which the browser calls an error. */
  #resized(told) {
    const isNews = ({ target, borderBoxSize: [size] }) => Math.abs(size.blockSize - this.#heights.get(target)) > TOLERANCE;
    if (this.items.clientWidth != this.#width || told.some(isNews)) this.#settle(true);
  }

  /** Before the next paint: heights are as they are, and what is held is where it was. */
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
    // While its start is seen, a list grows at its end. Who scrolls meanwhile goes on from there, as long as the anchor is near.
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

  /** What scrolls the list: a box around it, or the page. */
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
