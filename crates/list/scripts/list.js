// Must exist before the .wasm and after a crash: the entry of `review-list.js`, which is loaded when a page's first
// list comes near the viewport. It starts `review-list.wasm`, and restarts it after a crash.
import { help } from "../../element/scripts/help.js";
import { Failure } from "../../element/scripts/failure.js";
import { instantiate, together } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { parse, take } from "../../element/scripts/originals.js";
import { absolute, languageOf } from "../../element/scripts/place.js";
import { inTime } from "../../element/scripts/request.js";
import { initSync, __wbg_reset_state, failed, List as Engine, ToDo } from "./review_list.js";
import { Files } from "./files.js";
import { cardsIn, stateOf } from "./prerendered.js";
import { inSlices, painted, pauses, turn } from "./slices.js";
import { Viewport, holdHeight } from "./viewport.js";

const CSS = "__LIST_CSS__";

/** The size of a small card, in pixels. Used to estimate how many cards fill a screen before any has been measured. */
const SMALL = { width: 280, height: 240 };
/** The largest number of reviews on a printed page. */
const MAX_PRINTED = 500;
/** The shortest time (ms) between two drawings of a growing list. */
const REDRAW = 200;
/** Fragments that never name a review: empty, `#top`, and router fragments (`#/…`, `#!…`). */
const NO_REVIEW = /^(top$|[/!]|$)/i;
/** The delay (ms) before the count, or that more is loading, is announced. Faster work is not worth an announcement. */
const QUIET = 800;

const address = new URL("review-list.wasm?v=__LIST_WASM_HASH__", import.meta.url);

const start = together((signal) =>
  instantiate(initSync, address, checked("__LIST_WASM_INTEGRITY__"), signal).catch((error) => {
    throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
  }),
);

/** Starts the `.wasm`, once for all lists. */
const started = (seconds) => inTime(start(seconds), seconds, () => address.href);

/** Whether the failure is transient. */
const mayPass = ({ kind, transient }) => transient || kind == "network" || kind == "timeout";

/** Lists that hold something in the wasm instance. */
const lists = new Set();

/** Handles a crash: nothing in the instance can be trusted any longer. Replaces it and starts all lists again. */
function crashed(why) {
  const all = [...lists];
  lists.clear();
  __wbg_reset_state();
  for (const list of all) list.crashed(why, all.length == 1);
}

/**
 * Catches crashes in tasks that Yew started. WebKit does not name the wasm module of an error, so our glue in the stack
 * identifies it.
 */
const heard = (error, where) => {
  const isTrap = error instanceof WebAssembly.RuntimeError;
  if (lists.size && (isTrap ? /review-list\./ : /review-list\.wasm/).test(where + error?.stack)) crashed(error);
};
addEventListener("error", ({ error, filename }) => heard(error, filename));
addEventListener("unhandledrejection", ({ reason }) => heard(reason, ""));

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
  #working;
  #asking;
  #saying;
  #drawn = 0;
  /** The results of the previous query stay visible until there is a screenful of the new ones. */
  #isWaiting = false;
  #crashes = 0;

  constructor(host, tools) {
    take(tools.originals);
    this.#host = host;
    this.#tools = tools;
    this.#root = host.shadowRoot;
    this.#fallback = [...this.#root.childNodes];
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
      if (!this.#files.any) return; // Nothing to show: keep the fallback.
      await started(this.#host.timeout);
      if (signal.aborted) return;
      this.#mount = this.#host.ownerDocument.createElement("div");
      this.#engine = new Engine(this.#host, this.#mount, this);
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
    this.#viewport = this.#engine = this.#mount = this.#files = this.#working = this.#asking = null;
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
      this.#work().then(() => this.#more());
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
      this.#drawn = performance.now();
      this.#isWaiting = true;
      this.#work();
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
    await this.#work();
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
    return this.#engine.needs(!NO_REVIEW.test(this.#sought()), this.#viewport && this.#viewport.left() / innerHeight);
  }

  /** Called when more of a file has arrived. */
  async #came() {
    if (!this.#viewport) {
      if (this.#engine.all() >= this.#first) await this.#show();
    } else {
      this.#work();
      if (performance.now() - this.#drawn > REDRAW) this.#draw();
    }
  }

  /** Shows the first screen; its reviews are parsed first. */
  async #show() {
    const { signal } = this.#stop;
    const engine = this.#engine;
    const came = engine.all();
    const alive = () => !signal.aborted;
    const rest = pauses();
    while (engine.read_count() < this.#first) {
      let toDo;
      await inSlices(() => (toDo = engine.work()) == ToDo.More && engine.read_count() < this.#first, alive);
      if (alive() && toDo == ToDo.Foreign) {
        await this.#convert();
        await rest(); // Converting ends no slice.
      }
      if (!alive()) return;
      if (toDo == ToDo.Nothing) break;
    }
    if (came && !engine.all()) {
      const [first] = parse(engine.problems());
      throw new Failure("no-review", `expected reviews, found ${came} that cannot be read${first ? `: ${first.path}: ${first.message}` : ""}`);
    }
    if (engine.is_asked()) {
      // With few hits, everything loaded so far is parsed before a screenful is found.
      engine.admit();
      await inSlices(() => engine.work() == ToDo.More && engine.count() < this.#first, alive, () => engine.admit());
      if (!alive()) return;
    }
    engine.show(this.#first);
    const filled = new Promise((resolve) => {
      const filling = new MutationObserver(() => {
        filling.disconnect();
        resolve();
      });
      filling.observe(this.#mount, { childList: true });
    });
    engine.draw();
    await filled;
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
    this.#work();
  }

  // ---- work

  /** Does all pending work, in slices; resolves when it is done. */
  #work() {
    return (this.#working ??= this.#works(this.#stop.signal));
  }

  async #works(signal) {
    const engine = this.#engine;
    const alive = () => !signal.aborted;
    let toDo = ToDo.More;
    let admitted = performance.now();
    const pause = () => {
      const now = performance.now();
      const isThere = this.#isWaiting && engine.count() >= this.#first;
      if (now - this.#drawn < REDRAW && !isThere) return false;
      if (now - admitted > 2 * REDRAW) {
        engine.admit();
        admitted = now;
      }
      this.#draw();
      return true;
    };
    const rest = pauses();
    while (alive() && toDo != ToDo.Nothing) {
      await inSlices(() => (toDo = engine.work()) == ToDo.More, alive, pause);
      if (alive() && toDo == ToDo.Foreign) {
        await this.#convert();
        if ((await rest()) && alive() && pause()) await turn(); // Converting ends no slice.
      }
      // No pause after the last step: a file that comes meanwhile would not be read.
    }
    if (!alive()) return;
    this.#working = null;
    this.#draw();
    this.#viewport?.look();
    this.#goToAnchor();
  }

  /** Converts the next review to plain JSON, using the reader module. */
  async #convert() {
    const { signal } = this.#stop;
    const engine = this.#engine;
    const encode = (text) => new TextEncoder().encode(text);
    try {
      const plain = await this.#tools.ask("readJson", engine.foreign(), engine.foreign_base() ?? "");
      if (!signal.aborted) engine.put_element(encode(plain));
    } catch (thrown) {
      if (!signal.aborted) engine.put_element(encode(""), Failure.from(thrown).message);
    }
  }

  #draw() {
    this.#drawn = performance.now();
    this.#isWaiting = false;
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
    await this.#open(this.#viewport.card(position), open, () => this.#dispatch("toggle", { id, open }));
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

  /** Returns the id in the fragment, or "" if an element of the page has that id or name. */
  #sought() {
    let id = this.#tools.anchor();
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not percent-encoded: use it unchanged.
    }
    return document.getElementById(id) || document.getElementsByName(id)[0] ? "" : id;
  }

  async #goToAnchor() {
    const id = this.#viewport && this.#sought();
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
    for (const { path, message } of problems) console.warn(`review-list: ${path && `${path}: `}${message}${help("problems")}`);
    this.#dispatch("load", {
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
    this.#sayFailed(failure);
  }

  /** Appends a one-line error message if the page's author wrote no fallback. */
  #sayFailed({ kind }) {
    const { textContent } = this.#host;
    if (this.#fallback[0]?.localName != "slot" || textContent.trim() || this.#host.querySelector("img, svg, picture")) return;
    const line = this.#host.ownerDocument.createElement("p");
    line.part = line.className = "error";
    line.textContent = kind == "engine" ? "The reviews could not be loaded." : failed(languageOf(this.#host));
    this.#root.append(line);
  }

  #dispatchError({ kind, message }) {
    console.warn(`review-list: ${kind}: ${message}${help(kind)}`);
    const { src, baseURI } = this.#host;
    this.#dispatch("error", { kind, message, url: this.#files?.address ?? absolute(src, baseURI) ?? src });
  }

  #dispatch(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`review-list-${name}`, { detail, bubbles: true, composed: true }));
  }
}
