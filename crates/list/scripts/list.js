// Must exist before the .wasm and after a crash: the entry of `review-list.js`, which is loaded when a page's first
// list comes near the viewport.

import { Failure } from "../../element/scripts/failure.js";
import { parse, take } from "../../element/scripts/originals.js";
import { languageOf } from "../../element/scripts/place.js";
import { List as Engine } from "./review_list.js";
import { dispatch, dispatchError, sayFailed, warnEmpty, warnOf, warnPicture } from "./events.js";
import { Files } from "./files.js";
import { isSought, reviewIn } from "./fragment.js";
import { crashed, lists, started } from "./instance.js";
import { cardsIn, stateOf } from "./prerendered.js";
import { filled, painted } from "./slices.js";
import { Viewport, holdHeight } from "./viewport.js";
import { Work } from "./work.js";

const CSS = "__LIST_CSS__";

/** The size of a small card, in pixels. Used to estimate how many cards fill a screen before any has been measured. */
const SMALL = { width: 280, height: 240 };
/** The largest number of reviews on a printed page. */
const MAX_PRINTED = 500;
/** The delay (ms) before the count, or that more is loading, is announced. Faster work is not worth an announcement. */
const QUIET = 800;
/** How long (ms) a list may have no data before that is reported. */
const LONG = 3000;

/** Whether the failure is transient. */
const mayPass = ({ kind, transient }) => transient || kind == "network" || kind == "timeout";

/** The live part of a `<review-list>`: `list_element.js` is the other part. */
export class List {
  #host;
  #tools;
  #root;
  /** What the shadow root contained before: the slot for the page's nodes, or a prerendered list. */
  #fallback;
  #mount;
  #engine;
  #viewport;
  /** What the engine returned when it was removed, for the next one. */
  #remembered;
  #files;
  /** The number of reviews that are parsed and shown first. */
  #first;
  /** Aborts everything that is in progress. */
  #stop = new AbortController();
  /** Removes the window's listeners; they exist while the list is on a page. */
  #hears;
  /** The list failed for a transient reason. It is started again when the browser is online again. */
  #isOffline = false;
  #work;
  #asking;
  #saying;
  #crashes = 0;

  constructor(host, tools) {
    take(tools.originals);
    this.#host = host;
    this.#tools = tools;
    this.#root = host.shadowRoot;
    this.#fallback = [...this.#root.childNodes];
    this.#root.addEventListener("error", ({ target }) => warnPicture(target), true);
  }

  /**
   * Listens to the window while the list is on a page. Without the removal, the window would keep a removed list alive.
   */
  #hear() {
    if (this.#hears) return;
    const { signal } = (this.#hears = new AbortController());
    const on = (name, act) => addEventListener(name, act, { signal });
    on("beforeprint", () => this.#print());
    on("afterprint", () => this.#viewport?.resume());
    on("online", () => {
      if (this.#isOffline) this.start();
      else if (this.#engine?.may_retry()) this.#more(true);
    });
    on("hashchange", () => this.#seek());
  }

  /** Starts from the beginning, whatever was shown. */
  async start() {
    this.stop();
    this.#hear();
    const { signal } = (this.#stop = new AbortController());
    try {
      this.#files = new Files(this.#host, this.#tools);
      this.#first = this.#screenful();
      // Nothing to show: keep the fallback.
      if (!this.#files.any) return void (this.#saying = setTimeout(warnEmpty, LONG));
      await started(this.#host.timeout);
      if (signal.aborted) return;
      this.#mount = this.#host.ownerDocument.createElement("div");
      this.#engine = new Engine(this.#host, this.#mount, this);
      this.#work = new Work(this.#engine, signal, this.#first, this.#tools.ask, () => this.#draw(), () => this.#done());
      lists.add(this);
      this.#sync();
      this.#look();
      this.#ask();
      this.#seek();
    } catch (thrown) {
      if (signal.aborted) return;
      const failure = Failure.from(thrown);
      if (failure.crash) crashed(failure.message);
      else this.#fail(failure);
    }
  }

  /** Returns the number of reviews on a screen; at least as many as a prerendered list has. */
  #screenful() {
    const columns = this.#host.layout == "stack" ? 1 : Math.floor(this.#host.clientWidth / SMALL.width) || 1;
    const rows = Math.ceil(innerHeight / SMALL.height) || 1;
    return Math.max(columns * rows, cardsIn(this.#root).length);
  }

  /** Called after a crash. A list that was present in two crashes is assumed to be the cause. */
  crashed(why, isAlone) {
    this.#engine = null;
    if (isAlone || ++this.#crashes > 1) this.#fail(new Failure("engine", `the list stopped: ${why}`));
    else this.start();
  }

  /** Called when the element has been removed from the page. */
  leave() {
    this.#hears?.abort();
    this.#hears = null;
    this.stop();
  }

  stop() {
    this.#isOffline = false;
    lists.delete(this);
    this.#stop.abort();
    this.#viewport?.stop();
    const [engine, mount] = [this.#engine, this.#mount];
    // Removing the focused element dispatches events; clear the fields first, so that their handlers do nothing.
    this.#viewport = this.#engine = this.#mount = this.#files = this.#work = this.#asking = null;
    if (engine) {
      this.#remembered = engine.remove();
      engine.free();
    }
    mount?.remove();
    clearTimeout(this.#saying);
    if (this.#fallback[0]?.parentNode != this.#root) this.#root.replaceChildren(...this.#fallback);
  }

  applySheets() {
    const view = this.#host.ownerDocument.defaultView;
    if (!view || !this.#viewport) return;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(CSS);
    this.#tools.applySheets(this.#root, sheet);
  }

  /** Handles a change of an attribute, or of the property `data`. */
  change(name) {
    if (name == "src" || name == "data") this.start();
    else if (!this.#engine) return;
    else if (["search", "sort", "filter"].includes(name)) this.#asks();
    else if (name == "sync") this.#sync();
    else if (["layout", "variant", "heading-level", "hide", "lang", "controls", "summary"].includes(name)) {
      this.#look();
      if (!this.#viewport) return;
      this.#draws();
      this.#work.run().then(() => this.#more());
    }
  }

  // ---- queries

  #look() {
    const { layout, variant, headingLevel, hide, controls, summary } = this.#host;
    this.#engine.look(layout, variant, headingLevel, hide, languageOf(this.#host));
    this.#engine.head(controls, summary);
  }

  #sync() {
    this.#engine.sync(this.#host.sync, this.#remembered);
    this.#remembered = undefined;
  }

  /** Several attributes may change in one task. */
  #asks() {
    const { signal } = this.#stop;
    this.#asking ??= Promise.resolve().then(() => {
      this.#asking = null;
      if (signal.aborted) return;
      this.#ask();
      if (!this.#viewport) return; // The list is not shown yet.
      this.#viewport.toStart();
      this.#work.asked();
      this.#work.run();
      this.#more();
      this.#say();
    });
  }

  #ask() {
    const { search, sort, filter } = this.#host;
    for (const problem of this.#engine.ask(search, sort, filter).split("\n")) {
      if (problem) console.warn(`review-list: ${problem}`);
    }
  }

  /** Announces the count once the visitor pauses; the wasm module announces it again when the result is complete. */
  #say() {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#engine.say();
      this.#draw();
    }, QUIET);
  }

  // ---- files

  /** Loads what is missing: the first file, files near the viewport, or all that a query needs. */
  async #more(again) {
    const { signal } = this.#stop;
    if (!this.#engine?.load(again ?? false)) return;
    try {
      while (!signal.aborted && this.#files.next && this.#needsMore()) await this.#file(signal);
    } catch (thrown) {
      if (!signal.aborted) await this.#missed(Failure.from(thrown));
    } finally {
      if (!signal.aborted) {
        this.#engine.rest();
        this.#goToAnchor();
      }
    }
  }

  /** Downloads and reads the next file. */
  async #file(signal) {
    const [files, engine] = [this.#files, this.#engine];
    const quiet = setTimeout(() => this.#end(1), QUIET);
    try {
      await files.load(engine, signal, () => this.#came());
    } finally {
      clearTimeout(quiet);
    }
    if (signal.aborted) return;
    engine.complete(!files.next);
    this.#end(0);
    if (!this.#viewport) await this.#show();
    if (signal.aborted) return;
    await this.#work.run();
    if (signal.aborted) return;
    if (engine.ends(files.next != null)) {
      files.next = null;
      engine.complete(true);
      this.#draw();
    }
    this.#dispatchLoad();
  }

  /** Handles a file that could not be loaded: the reviews so far stay. */
  async #missed(failure) {
    if (failure.crash) return crashed(failure.message);
    this.#engine.fail(mayPass(failure) ?? false);
    if (!this.#engine.all()) return this.#fail(failure);
    try {
      if (!this.#viewport) await this.#show();
    } catch (thrown) {
      // What was loaded cannot be read.
      return Failure.from(thrown).crash ? crashed(thrown) : this.#fail(failure);
    }
    this.#dispatchError(failure);
    this.#end(2);
  }

  #needsMore() {
    return this.#engine.needs(isSought(reviewIn(this.#tools.anchor())), this.#viewport && this.#viewport.left() / innerHeight);
  }

  /** Called when more of a file has arrived. */
  async #came() {
    if (!this.#viewport) {
      if (this.#engine.all() >= this.#first) await this.#show();
    } else {
      this.#work.run();
      if (this.#work.isDue()) this.#draw();
    }
  }

  /** Shows the first screen; its reviews are parsed first. */
  async #show() {
    const { signal } = this.#stop;
    const engine = this.#engine;
    const came = engine.all();
    const alive = () => !signal.aborted;
    await this.#work.first();
    if (!alive()) return;
    if (came && !engine.all()) {
      const [first] = parse(engine.problems());
      throw new Failure("no-review", `expected reviews, found ${came} that cannot be read${first ? `: ${first.path}: ${first.message}` : ""}`);
    }
    if (engine.is_asked()) await this.#work.found();
    if (!alive()) return;
    engine.show(this.#first);
    const isFilled = filled(this.#mount);
    engine.draw();
    await isFilled;
    if (!alive()) return;
    const { open, focus } = engine.is_asked() ? { open: [] } : stateOf(this.#root);
    holdHeight(this.#mount, this.#host.offsetHeight);
    this.#root.replaceChildren(this.#mount);
    this.#viewport = new Viewport(this.#root, this.#mount, engine, () => this.#more());
    this.applySheets();
    this.#viewport.start();
    focus?.(this.#root);
    for (const at of open) await this.#open(this.#viewport.card(at), true);
    performance.mark("review-list-shown", { detail: { read: engine.read_count() } });
    await painted();
    this.#work.run();
  }

  // ---- work

  /** Called when all work is done. */
  #done() {
    this.#draw();
    this.#viewport?.look();
    this.#goToAnchor();
  }

  #draw() {
    this.#work?.drawn();
    if (!this.#engine || !this.#mount) return;
    (this.#viewport ?? this.#engine).draw();
    this.#viewport?.look();
  }

  /** Draws after the page's current task, in which the page may still scroll. */
  #draws() {
    queueMicrotask(() => this.#draw());
  }

  #end(what) {
    this.#engine?.end_with(what);
    if (this.#viewport) this.#draw();
  }

  // ---- cards

  // ---- what the engine calls, when the visitor has done something

  retry() {
    this.#more(true);
  }

  async toggle(position, open) {
    const id = this.#engine.id(position);
    await this.#open(this.#viewport.card(position), open, () => dispatch(this.#host, "toggle", { id, open }));
  }

  /** Draws in another task, because the focus may have been moved by the engine. */
  redraw() {
    queueMicrotask(() => this.#viewport?.draw());
  }

  async goTo(position) {
    const card = this.#viewport.card(position) ?? (await this.#viewport.show(position));
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }

  /** Opens or closes a card; `tell` is called once nothing can fail any more. */
  async #open(card, open, tell) {
    if (!card) return;
    const { signal } = this.#stop;
    const engine = this.#engine;
    const position = card.ariaPosInSet - 1;
    const unread = open && engine.unread(position);
    if (unread) {
      const [base] = unread.split("\n", 1);
      try {
        const tree = await this.#tools.ask("readHtml", unread.slice(base.length + 1), base);
        if (signal.aborted) return;
        engine.put_body(position, tree);
      } catch (thrown) {
        if (!signal.aborted) this.#dispatchError(Failure.from(thrown));
        return;
      }
    }
    this.#viewport.keep(card, ".review-card__toggle", (now) => {
      const details = now.querySelector(".review-card__details");
      return !details || details.open == open;
    });
    tell?.();
    this.#viewport.draws(() => engine.toggle(position, open));
  }

  /** Looks for the review that the fragment may name. */
  #seek() {
    this.#engine?.seek();
    this.#goToAnchor();
    this.#more();
  }

  async #goToAnchor() {
    const id = this.#viewport && reviewIn(this.#tools.anchor());
    const position = id ? this.#engine.find(id) : null;
    if (position == null) return;
    // While less than a screen is below the review, it cannot be scrolled to the top.
    if (this.#engine.is_loading() && this.#viewport.below(position) < innerHeight) return;
    this.#tools.anchor("");
    const card = await this.#viewport.show(position);
    card?.focus({ preventScroll: true });
  }

  #print() {
    if (!this.#viewport) return;
    this.#viewport.pause();
    this.#engine.show(MAX_PRINTED);
    this.#engine.draw();
  }

  // ---- events

  #dispatchLoad() {
    const problems = parse(this.#engine.problems());
    warnOf(problems);
    dispatch(this.#host, "load", {
      url: this.#files.address,
      title: this.#engine.title() ?? null,
      count: this.#engine.all(),
      complete: !this.#files.next,
      problems,
    });
  }

  #fail(failure) {
    this.stop();
    this.#fallback[0]?.classList?.add("final");
    this.#isOffline = mayPass(failure);
    this.#dispatchError(failure);
    sayFailed(this.#host, this.#fallback, failure);
  }

  #dispatchError(failure) {
    dispatchError(this.#host, failure, this.#files?.address);
  }
}
