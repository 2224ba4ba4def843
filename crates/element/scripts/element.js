// Must exist before the .wasm: the class `<review-card>` has to be defined before the module is downloaded.

import { define } from "./define.js";
import { engine, isRunning } from "./engine.js";
import { Failure } from "./failure.js";
import { Inline } from "./inline.js";
import { isNear, leave, whenNear } from "./near.js";
import { ReviewList } from "./list_element.js";
import { Nodes } from "./nodes.js";
import { waitingForNetwork } from "./offline.js";
import { pause } from "./pause.js";
import { preloadPicture } from "./picture.js";
import { absolute, address, languageOf } from "./place.js";
import { reflect, replay } from "./properties.js";
import { parse } from "./originals.js";
import { putSchema } from "./head.js";
import { linkedData, readDocument, readHtml, relate } from "./reading.js";
import { failureLine, hasFallback, report, warn, warnPicture } from "./report.js";
import { crashed, FAIL, keep, leave as leaveEngine, REVIVE } from "./recovery.js";
import { inTime, TIMEOUT } from "./request.js";
import { follow, unfollow } from "./scheme.js";
import { release, Source } from "./source.js";
import { describe, forget, plain, put_body, remove, show } from "./review_card.js";

const { attributes, properties } = reflect(
  { src: "", item: "", variant: "card", theme: "auto", loading: "lazy", hide: "", "related-from": "" },
  ["open", "schema", "light"],
  { timeout: TIMEOUT, "heading-level": 2 },
);

/**
 * Shows one review as a card. `custom-elements.json`, beside this script, lists the attributes, properties, events,
 * parts and custom properties.
 */
class ReviewCard extends HTMLElement {
  static version = "__VERSION__";
  static observedAttributes = attributes;

  #connected = false;
  #nodes;
  #inline = new Inline(this, () => this.#connected && this.#load());
  /** True while a prerendered card is shown unchanged. Nothing is downloaded until a change needs the wasm module. */
  #isPrerendered = false;
  #mount;
  /** Handles in the wasm module, 0 for none: the card, and a document that only this card uses. */
  #card = 0;
  #own = 0;
  #document = 0;
  #source;
  /**
   * The collection of `related-from`, the handle of the document with the review and its related reviews, and a counter
   * of look-ups.
   */
  #archive;
  #related;
  #sought = 0;
  #data;
  /** The handle of the shown review's document, and the item within that document. */
  #place;
  /** The review as plain data; parsed when `review` is first read. */
  #review;
  /** Increases with each request, so that an outdated answer can be dropped. */
  #asked = 0;
  /** True while data is loading. The card will then be drawn with the attributes of that time. */
  #loading = false;
  #started = false;
  /** The `Image` that preloads the picture. This reference keeps it alive until the card is shown. */
  #preload;

  connectedCallback() {
    if (this.#connected) return; // The element was moved: disconnected and connected again in the same task.
    this.#connected = true;
    if (!this.#nodes) this.#begin();
    follow(this);
    if (!this.#isPrerendered) this.#wait();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected && this.#connected) this.#end();
    });
  }

  /** Because this method exists, `moveBefore()` calls neither `disconnectedCallback` nor `connectedCallback`. */
  connectedMoveCallback() {}

  adoptedCallback() {
    this.#nodes?.applySheets();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#connected || before === after) return;
    const details = name == "open" && this.#nodes?.root.querySelector(".review-card__details");
    // The body is in the DOM whether it is open or not, so opening it needs no drawing.
    if (details) details.toggleAttribute("open", this.open);
    else if (this.#isPrerendered) this.#redrawPrerendered(name);
    else if (name == "src") this.#load();
    else if (name == "loading") this.#wait();
    else if (name == "schema") this.#publish();
    else if (name == "related-from") this.#relate();
    else if (/^(item|variant|heading-level|hide|lang|open)$/.test(name)) this.#render(name);
  }

  /** Downloads and reads the data again. */
  reload() {
    this.#source?.expire();
    this.#archive?.expire();
    this.#start();
  }

  /**
   * The data in any supported format, as an object or as a JSON string. It takes precedence over `src` and inline data.
   */
  get data() {
    return this.#data;
  }
  set data(value) {
    this.#data = value === "" ? null : value; // Vue sets "" where it means null if the property held a string before.
    if (this.#isPrerendered) this.#start();
    else this.#load();
  }

  /** The shown review as plain data; `null` if no card is shown. */
  get review() {
    try {
      return (this.#review ??= this.#place ? parse(plain(...this.#place)) : null);
    } catch (thrown) {
      crashed(this, thrown);
      return null;
    }
  }

  get #item() {
    return this.getAttribute("item") ?? undefined;
  }

  get #shown() {
    return this.#related || this.#document;
  }

  /**
   * Runs at the first connection: applies properties set before the definition, prepares the root, and listens for
   * toggling.
   */
  #begin() {
    replay(this, properties);
    this.#nodes = new Nodes(this);
    this.#isPrerendered = this.#nodes.isPrerendered;
    this.#nodes.root.addEventListener("error", ({ target }) => warnPicture(target), true);
    this.#nodes.root.addEventListener("toggle", (event) => this.#toggled(event.target), true);
  }

  #toggled(details) {
    if (!details.matches?.(".review-card__details") || details.open == this.open) return;
    this.open = details.open;
    // After a long body is closed, scrolls its toggle back into view.
    if (!details.open && details.getBoundingClientRect().top < 0) details.scrollIntoView();
    this.#dispatch("toggle", { open: details.open });
  }

  #wait() {
    if (this.#started) return;
    leave(this);
    if (this.getAttribute("loading") == "eager") this.#start();
    else whenNear(this, () => this.#start());
  }

  #start() {
    if (!this.#connected) return;
    leave(this);
    this.#isPrerendered = false;
    this.#started = true;
    this.#load();
  }

  /**
   * Handles a changed attribute of a prerendered card. CSS alone applies some attributes; every other needs the wasm
   * module.
   */
  #redrawPrerendered(name) {
    if (!/^(theme|dir|loading|timeout|light|open)$/.test(name)) this.#start();
  }

  async #load() {
    if (!this.#started || !this.#connected) return;
    this.#inline.stop();
    const asked = ++this.#asked;
    this.#loading = true;
    keep(this);
    waitingForNetwork.delete(this);
    const before = [this.#source, this.#own];
    this.#source = null;
    this.#own = 0;
    try {
      const number = await this.#inTime(this.#find());
      if (asked != this.#asked) return;
      this.#loading = false;
      this.#document = number;
      if (number) await this.#show();
      else if (this.#mount) this.#restore();
    } catch (thrown) {
      this.#failed(asked, thrown);
    } finally {
      release(...before);
    }
  }

  /** Returns the handle of the document to show; 0 if there is none yet. */
  async #find() {
    const text = this.#inline.text(this.#data, this.#nodes.held);
    if (text != null) {
      const asked = this.#asked;
      this.#preloadPicture(text, document.baseURI);
      await engine(this.timeout);
      await pause(); // Many cards may have waited for the wasm module.
      if (asked != this.#asked) return 0;
      const number = await readDocument(new TextEncoder().encode(text), document.baseURI);
      if (asked == this.#asked) return (this.#own = number);
      forget(number);
      return 0;
    }
    const src = this.getAttribute("src");
    if (!src) return 0;
    const source = (this.#source = Source.at(address(src, this.baseURI)));
    const arrived = source.bytes.then((bytes) => this.#preloadPicture(new TextDecoder().decode(bytes), source.base));
    await Promise.all([engine(this.timeout), arrived]);
    return source.document();
  }

  /** Downloads the picture in parallel with the wasm module if the card is near the viewport and shows pictures. */
  #preloadPicture(text, base) {
    const isShown = this.variant != "compact" && !/\bimage\b/.test(this.hide);
    if (!isRunning() && isShown && isNear(this)) this.#preload = preloadPicture(text, this.#item, base);
  }

  /**
   * Resolves like `promise`, but rejects after `timeout` seconds. The message names `source` if it has not arrived,
   * otherwise our own files.
   */
  #inTime(promise, source = this.#source) {
    const slow = () => (source && !source.arrived ? source.address : "the files beside review-card.js");
    return inTime(promise, this.timeout, slow);
  }

  /** Shows a review of the loaded document and dispatches `review-card-load`. */
  async #show() {
    const asked = this.#asked;
    const item = this.#item;
    const detail = await this.#describe(this.#document, item);
    if (asked == this.#asked) report(detail.problems, this.#source ?? this, this.#document);
    if (!this.#mount) await pause(); // Parsing and drawing are separate tasks.
    if (asked != this.#asked) return;
    this.#unrelate();
    this.#stand(this.#document, item);
    this.#mount ??= this.ownerDocument.createElement("div");
    this.#draw();
    if (!this.#mount.parentNode) {
      this.#preload = null;
      this.#nodes.reveal(this.#mount);
    }
    this.#publish();
    this.#relate();
    this.#dispatch("load", detail);
  }

  /** Adds related reviews from the `related-from` collection. If that fails, the review is still shown without them. */
  async #relate() {
    const [sought, asked, before] = [this.#unrelate(), this.#asked, this.#archive];
    this.#archive = null;
    let number = 0;
    try {
      if (!this.#card || !this.relatedFrom || this.variant == "compact") return;
      const source = (this.#archive = Source.at(address(this.relatedFrom, this.baseURI, "related-from")));
      await this.#inTime(source.bytes, source);
      const item = this.#item;
      number = await relate(plain(...this.#place), this.#source?.base ?? document.baseURI, source);
      await this.#describe(number, item);
      if (sought != this.#sought || asked != this.#asked) return;
      this.#related = number;
      this.#stand(number, item);
      number = 0;
      this.#draw();
      this.#publish();
    } catch (thrown) {
      const { kind, message, crash } = Failure.from(thrown);
      if (crash) crashed(this, message);
      else if (sought == this.#sought) warn(`related-from: ${kind}: ${message}`, kind);
    } finally {
      release(before, number);
    }
  }

  /** Shows the review without its related reviews. */
  #unrelate() {
    const related = this.#related;
    this.#related = 0;
    if (related) forget(related);
    if (related && this.#card) {
      this.#stand(this.#document, this.#place[1]);
      this.#draw();
      this.#publish();
    }
    return ++this.#sought;
  }

  /** Stores which review is shown, and drops the cached copy of its data. */
  #stand(...place) {
    this.#place = place;
    this.#review = null;
  }

  /**
   * Returns the event detail for a review. If the review contains HTML, the reader module parses the HTML first; most
   * pages never load that module.
   */
  async #describe(...place) {
    const { base, ...detail } = parse(describe(...place));
    if (base != null) put_body(...place, await this.#inTime(readHtml(parse(plain(...place)).bodyHtml, base)));
    return detail;
  }

  #draw() {
    this.#card = show(
      this.#card,
      this.#mount,
      this.#shown,
      this.#item,
      this.open,
      this.headingLevel,
      `${this.variant}\0${this.hide}\0${languageOf(this)}`,
    );
  }

  /** Draws again after an attribute changed: another review of the document, or the same one in another form. */
  async #render(name) {
    if (!this.#document || this.#loading) return;
    if (name == "item") this.#asked++;
    const asked = this.#asked;
    try {
      if (name == "item") await this.#show();
      else if (this.#card) {
        this.#draw();
        this.#publish();
      }
      if (name == "variant" && !this.#related) this.#relate();
    } catch (thrown) {
      this.#failed(asked, thrown);
    }
  }

  /** Reloads the card after the wasm instance crashed. The old nodes stay visible until the card is drawn again. */
  [REVIVE]() {
    this.#nodes.keep(this.#mount);
    this.#mount = this.#place = null;
    this.#card = this.#own = this.#document = this.#related = 0;
    return this.#load();
  }

  [FAIL](failure) {
    this.#fail(failure);
  }

  /** Replaces the card with the fallback. */
  #restore() {
    const card = this.#card;
    this.#card = 0;
    try {
      if (card) remove(card);
    } catch (thrown) {
      crashed(null, thrown);
    }
    this.#review = this.#place = null;
    this.#mount?.remove();
    this.#mount = null;
    this.#nodes.restore();
  }

  /** Ignores the failure of an outdated request. A crash is never ignored, since it affects all cards. */
  #failed(asked, thrown) {
    const failure = Failure.from(thrown);
    if (failure.crash || asked == this.#asked) this.#fail(failure);
  }

  #fail({ kind, message, crash, transient }) {
    if (crash) return crashed(this, message);
    this.#asked++;
    leaveEngine(this);
    this.#loading = false;
    this.#restore();
    this.#nodes.finish();
    this.#letGo();
    putSchema(this);
    if (transient) waitingForNetwork.add(this);
    warn(`${kind}: ${message}`, kind);
    this.#sayFailed(kind);
    this.#dispatch("error", { kind, message, url: absolute(this.src, this.baseURI) ?? this.src });
  }

  /** Appends a one-line error message if the page's author wrote no fallback. */
  async #sayFailed(kind) {
    if (!this.#nodes.isSlot || hasFallback(this)) return;
    const asked = this.#asked;
    const line = await failureLine(this, kind);
    if (asked == this.#asked && !this.#card) this.#nodes.root.append(line);
  }

  /** Publishes the review's JSON-LD. The module `extras` writes it, because few pages need it. */
  async #publish() {
    const place = this.schema ? this.#place : null;
    try {
      const json = place && (await linkedData(plain(...place), this.variant, this.hide));
      if (!json || (this.schema && place == this.#place)) putSchema(this, json);
    } catch ({ message }) {
      console.warn(`review-card: ${message}`);
    }
  }

  /** Runs when the element has left the document for good: releases everything it holds. */
  #end() {
    this.#connected = this.#started = false;
    this.#asked++;
    for (const end of [unfollow, leave, leaveEngine]) end(this);
    waitingForNetwork.delete(this);
    this.#inline.stop();
    putSchema(this);
    this.#restore();
    this.#letGo();
  }

  #letGo() {
    this.#unrelate();
    release(this.#source, this.#own);
    this.#archive?.release();
    this.#source = this.#archive = null;
    this.#own = this.#document = 0;
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(`review-card-${name}`, { detail, bubbles: true, composed: true }));
  }
}

Object.defineProperties(ReviewCard.prototype, properties);

define("review-card", ReviewCard);
define("review-list", ReviewList);

const list = ReviewList; // The linker needs an export with a name of this module.
export { ReviewCard, list as ReviewList };
