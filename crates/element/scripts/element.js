import { dress, prepare } from "./sheet.js";
import { engine, isRunning } from "./engine.js";
import { Failure } from "./failure.js";
import { isNear, leave, whenNear } from "./near.js";
import { ReviewList } from "./list_element.js";
import { pause } from "./pause.js";
import { foresee } from "./picture.js";
import { absolute, address, languageOf } from "./place.js";
import { reflect, replay } from "./properties.js";
import { parse, stringify } from "./originals.js";
import { putSchema } from "./head.js";
import { linkedData, readDocument, readHtml, relate } from "./reading.js";
import { crashed, FAIL, keep, leave as leaveEngine, REVIVE } from "./recovery.js";
import { inTime, TIMEOUT } from "./request.js";
import { Source } from "./source.js";
import { warnUnclosed } from "./unclosed.js";
import {
  describe,
  failed,
  forget,
  plain,
  put_body,
  remove,
  show,
} from "./review_card.js";

const VERSION = "__VERSION__";
const { attributes, properties } = reflect(
  { src: "", item: "", variant: "card", theme: "auto", loading: "lazy", hide: "", "related-from": "" },
  ["open", "schema", "light"],
  { timeout: TIMEOUT, "heading-level": 2 },
);
/** In light mode, holds the page's own nodes while the card is shown: so a copy of the element has them too. */
const HELD = "data-review-card";
const INLINE = ':scope > script[type="application/json"], :scope > script[type="application/ld+json"]';

/** Cards that failed for a reason that may pass: tried again when there is a network. */
const stranded = new Set();
/** The document of a source, or of a card, whose problems are in the console. */
const reported = new WeakMap();
const retry = () => {
  for (const card of stranded) card.reload();
};
addEventListener("online", retry);
addEventListener("pageshow", (event) => event.persisted && retry());

/**
 * A review as a card. Attributes, properties, events, parts and custom properties are listed in
 * `custom-elements.json` beside this script.
 */
class ReviewCard extends HTMLElement {
  static version = VERSION;
  static observedAttributes = attributes;

  #connected = false;
  /** The shadow root, or in light mode the element. */
  #root;
  /** What the shadow root holds where there is no card of ours: the slot for the page's nodes, or a prerendered card. */
  #fallback;
  /** A prerendered card stands as it is, and nothing is downloaded, until something is asked of it. */
  #still = false;
  #light = false;
  /** In light mode, a template with the page's own nodes while the card is shown. */
  #held;
  #mount;
  /** What the engine drew before it crashed. */
  #dead;
  /** The engine's numbers, 0 for none: of the card, and of a document that is this card's alone. */
  #card = 0;
  #own = 0;
  #document = 0;
  #source;
  /** The other collection, the number of the document with what was found there, and how often it was looked for. */
  #archive;
  #related;
  #sought = 0;
  #data;
  /** Where the engine has the review that is shown: the number of its document, and which item of that it is. */
  #place;
  /** The review as plain data, once somebody has asked for it. */
  #review;
  /** Counts what was asked for, so that a late answer to an earlier question is dropped. */
  #asked = 0;
  /** Something is on its way: it will be shown as the attributes are then. */
  #loading = false;
  #started = false;
  #awaitsChildren;
  /** The picture that was asked for before the card was there: held until then. */
  #foreseen;

  connectedCallback() {
    if (this.#connected) return; // Moved: disconnected and connected again before it settled.
    this.#connected = true;
    if (!this.#root) this.#begin();
    if (!this.#still) this.#wait();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected && this.#connected) this.#end();
    });
  }

  /** With it, `moveBefore()` neither disconnects nor connects. */
  connectedMoveCallback() {}

  adoptedCallback() {
    if (this.shadowRoot) dress(this.shadowRoot);
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#connected || before === after) return;
    const details = name == "open" && this.#root?.querySelector(".review-card__details");
    // The words are there, open or not: to show them takes no drawing.
    if (details) details.toggleAttribute("open", this.open);
    else if (this.#still) this.#stir(name);
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

  /** Data in any of the shapes, as an object or as JSON text; it comes before `src` and inline data. */
  get data() {
    return this.#data;
  }
  set data(value) {
    this.#data = value === "" ? null : value; // Vue's word for nothing, where there was text.
    if (this.#still) this.#start();
    else this.#load();
  }

  /** What is shown, as plain data; `null` where nothing is. */
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

  /** First connection: properties set before the definition, the root, the reader's toggling. */
  #begin() {
    replay(this, properties);
    this.#light = this.light;
    // A copy that a router has kept: what was drawn in it belongs to another card.
    const held = this.#light && this.querySelector(`:scope > template[${HELD}]`);
    if (held) this.replaceChildren(held.content);
    this.#root = this.#light ? this : (this.shadowRoot ?? this.attachShadow({ mode: "open" }));
    if (!this.#light) {
      this.#still = !!this.#root.querySelector(".review-card");
      if (!this.#still) {
        prepare(this.#root);
        this.#root.replaceChildren(this.ownerDocument.createElement("slot"));
      }
      this.#fallback = [...this.#root.childNodes];
    }
    this.#root.addEventListener("toggle", (event) => this.#toggled(event.target), true);
  }

  #toggled(details) {
    if (!details.matches?.(".review-card__details") || details.open == this.open) return;
    this.open = details.open;
    // The toggle of a long body stays in sight, and so does the place that it closes.
    if (!details.open && details.getBoundingClientRect().top < 0) details.scrollIntoView();
    this.#tell("toggle", { open: details.open });
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
    this.#still = false;
    this.#started = true;
    this.#load();
  }

  /** An attribute of a prerendered card has changed: what the sheet does by itself needs no engine, the rest does. */
  #stir(name) {
    if (!/^(theme|dir|loading|timeout|light|open)$/.test(name)) this.#start();
  }

  async #load() {
    if (!this.#started || !this.#connected) return;
    const asked = ++this.#asked;
    this.#loading = true;
    keep(this);
    stranded.delete(this);
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

  /** The engine's number of the document that the card is to show; 0 while there is none. */
  async #find() {
    const text = this.#text();
    if (text != null) {
      const asked = this.#asked;
      this.#foresee(text, document.baseURI);
      await engine(this.timeout);
      await pause(); // Many cards may have waited for the engine.
      if (asked != this.#asked) return 0;
      const number = await readDocument(new TextEncoder().encode(text), document.baseURI);
      if (asked == this.#asked) return (this.#own = number);
      forget(number);
      return 0;
    }
    const src = this.getAttribute("src");
    if (!src) return 0;
    const source = (this.#source = Source.at(address(src, this.baseURI)));
    const arrived = source.bytes.then((bytes) => this.#foresee(new TextDecoder().decode(bytes), source.base));
    await Promise.all([engine(this.timeout), arrived]);
    return source.document();
  }

  /** Asks for the picture beside the engine, where it is going to be seen. */
  #foresee(text, base) {
    const isShown = this.variant != "compact" && !/\bimage\b/.test(this.hide);
    if (!isRunning() && isShown && isNear(this)) this.#foreseen = foresee(text, this.#item, base);
  }

  /** `promise`, unless it takes longer than the attribute `timeout` says: for want of `source`, or else of our own files. */
  #inTime(promise, source = this.#source) {
    const slow = () => (source && !source.arrived ? source.address : "the files beside review-card.js");
    return inTime(promise, this.timeout, slow);
  }

  /** Data that is already on the page; nothing where `src` is to be downloaded. */
  #text() {
    if (typeof this.#data == "string") return this.#data;
    if (this.#data != null) {
      try {
        return stringify(this.#data);
      } catch (error) {
        throw new Failure("not-json", `expected data that can be written as JSON, found ${error.message}`);
      }
    }
    const src = this.getAttribute("src");
    if (src?.startsWith("#")) {
      const script = this.getRootNode().getElementById?.(src.slice(1)) ?? document.getElementById(src.slice(1));
      if (!script) throw new Failure("no-review", `expected a JSON script with the id "${src.slice(1)}", found none`);
      return script.textContent;
    }
    if (src) return null;
    const inline = this.querySelector(INLINE) ?? this.#held?.content.querySelector(INLINE.replaceAll(":scope > ", ""));
    if (!inline) this.#awaitChildren();
    return inline?.textContent;
  }

  /** Where the parser or a framework has yet to write the inline data. */
  #awaitChildren() {
    if (this.#awaitsChildren) return;
    this.#awaitsChildren = new MutationObserver(() => {
      if (!this.querySelector(INLINE) || document.readyState == "loading") return;
      this.#stopAwaiting();
      this.#load();
    });
    this.#awaitsChildren.observe(this, { childList: true, subtree: true });
    if (document.readyState == "loading") {
      document.addEventListener("DOMContentLoaded", () => this.#connected && this.#load(), { once: true });
    }
  }

  #stopAwaiting() {
    this.#awaitsChildren?.disconnect();
    this.#awaitsChildren = null;
  }

  /** Shows the document's review: a new one, so the page hears of it. */
  async #show() {
    const asked = this.#asked;
    const item = this.#item;
    const detail = await this.#describe(this.#document, item);
    if (asked == this.#asked) this.#report(detail.problems);
    if (!this.#mount) await pause(); // To read and to draw are two tasks.
    if (asked != this.#asked) return;
    this.#unrelate();
    this.#stand(this.#document, item);
    this.#mount ??= this.ownerDocument.createElement("div");
    this.#draw();
    if (!this.#mount.parentNode) this.#reveal();
    this.#publish();
    this.#relate();
    this.#tell("load", detail);
  }

  /** Each problem is a line in the console, once for all cards of a document. */
  #report(problems) {
    const of = this.#source ?? this;
    if (reported.get(of) == this.#document) return;
    reported.set(of, this.#document);
    const where = this.#source ? `${this.#source.address}: ` : "";
    for (const { path, message } of problems) console.warn(`review-card: ${where}${path && `${path}: `}${message}`);
  }

  /** Adds what belongs to the review in another collection. A failure of that costs no more than that. */
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
      else if (sought == this.#sought) console.warn(`review-card: related-from: ${kind}: ${message}`);
    } finally {
      release(before, number);
    }
  }

  /** Shows the review alone. */
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

  /** The review that is shown is now another, or has more to it. */
  #stand(...place) {
    this.#place = place;
    this.#review = null;
  }

  /**
   * What the event says of a document's review. HTML is read first, by a module of its own, which most pages never load.
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

  /** An attribute has changed: another review of the document, or another look of this one. */
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

  /** After a crash of the engine: the card stands as it was drawn until it is drawn anew. */
  [REVIVE]() {
    this.#dead ??= this.#mount;
    this.#mount = this.#place = null;
    this.#card = this.#own = this.#document = this.#related = 0;
    return this.#load();
  }

  [FAIL](failure) {
    this.#fail(failure);
  }

  /** The card takes the fallback's place, in one step. */
  #reveal() {
    this.#foreseen = null;
    if (!this.#held) warnUnclosed(this);
    if (this.#light) {
      this.#bury();
      if (!this.#held) {
        this.#held = this.ownerDocument.createElement("template");
        this.#held.toggleAttribute(HELD);
        this.#held.content.append(...this.childNodes);
      }
      this.append(this.#held, this.#mount);
    } else {
      dress(this.#root);
      this.#root.replaceChildren(this.#mount);
    }
  }

  /** The fallback takes the card's place. */
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
    this.#bury();
    if (!this.#light) return this.#root.replaceChildren(...this.#fallback);
    this.#held?.replaceWith(this.#held.content);
    this.#held = null;
  }

  #bury() {
    this.#dead?.remove();
    this.#dead = null;
  }

  /** A late failure of an earlier question is nobody's; a crash is everybody's. */
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
    this.#fallback?.[0]?.classList?.add("final");
    this.#letGo();
    putSchema(this);
    if (transient) stranded.add(this);
    console.warn(`review-card: ${kind}: ${message}`);
    this.#sayFailed(kind);
    this.#tell("error", { kind, message, url: absolute(this.src, this.baseURI) ?? this.src });
  }

  /** Where the page's author wrote no fallback, one quiet line. */
  async #sayFailed(kind) {
    if (this.#fallback?.[0].localName != "slot" || this.querySelector("img, svg, picture, video")) return;
    for (const node of this.childNodes) if (node.localName != "script" && node.textContent.trim()) return;
    const asked = this.#asked;
    // What was too slow for the card is not to be waited for anew.
    const words = await engine(kind == "timeout" ? 0 : this.timeout).then(
      () => failed(languageOf(this)),
      () => "This review could not be loaded.",
    );
    if (asked != this.#asked || this.#card) return;
    const line = this.ownerDocument.createElement("p");
    line.part = line.className = "error";
    line.textContent = words;
    this.#root.append(line);
  }

  /** The JSON-LD is made by the reader: few pages ask for it. */
  async #publish() {
    const place = this.schema ? this.#place : null;
    try {
      const json = place && (await linkedData(plain(...place), this.variant, this.hide));
      if (!json || (this.schema && place == this.#place)) putSchema(this, json);
    } catch ({ message }) {
      console.warn(`review-card: ${message}`);
    }
  }

  /** Settled out of the document: nothing is left behind. */
  #end() {
    this.#connected = this.#started = false;
    this.#asked++;
    leave(this);
    leaveEngine(this);
    stranded.delete(this);
    this.#stopAwaiting();
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

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`review-card-${name}`, { detail, bubbles: true, composed: true }));
  }
}

function release(source, own) {
  source?.release();
  if (own) forget(own);
}

Object.defineProperties(ReviewCard.prototype, properties);

for (const [name, element] of [["review-card", ReviewCard], ["review-list", ReviewList]]) {
  const defined = customElements.get(name);
  if (!defined) customElements.define(name, element);
  else if (defined.version != VERSION) {
    console.warn(`${name}: version ${defined.version} is on this page already; ${VERSION} is not used`);
  }
}

const list = ReviewList; // The linker takes exports of a module's own names.
export { ReviewCard, list as ReviewList };
