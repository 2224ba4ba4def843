// The entry of `review-list.js`, which is loaded when a page's first list comes near.
import { Failure } from "../../element/scripts/failure.js";
import { instantiate, together } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { parse, take } from "../../element/scripts/originals.js";
import { absolute, languageOf } from "../../element/scripts/place.js";
import { inTime } from "../../element/scripts/request.js";
import { initSync, __wbg_reset_state, failed, List as Engine, ToDo } from "./review_list.js";
import { AddressBar } from "./address_bar.js";
import { Controls } from "./controls.js";
import { Files } from "./files.js";
import { Keys } from "./keys.js";
import { cardsIn, stateOf } from "./prerendered.js";
import { inSlices, painted } from "./slices.js";
import { Viewport, prop } from "./viewport.js";

const CSS = "__LIST_CSS__";

/** A card that is small, in pixels: so many of them fill a screen before anybody has measured one. */
const SMALL = { width: 280, height: 240 };
/** Reviews that are in the document of a page that is printed; those beyond are not. */
const MAX_PRINTED = 500;
/** How near the end of the list more is loaded, in viewports. */
const NEAR_END = 3;
/** Between two drawings of what grows, in milliseconds. */
const REDRAW = 200;
/** What a page's address ends in for other reasons: nothing, the top of the page, what scripts write there. */
const NO_REVIEW = /^(top$|[/!]|$)/i;
/** Files that are loaded for a review that the page's address may name. */
const MOST_SOUGHT = 20;
/** Before a count is said, or that more is on its way: what is over by then is not worth a word. */
const QUIET = 800;

const address = new URL("review-list.wasm?v=__LIST_WASM_HASH__", import.meta.url);

const start = together((signal) =>
  instantiate(initSync, address, checked("__LIST_WASM_INTEGRITY__"), signal).catch((error) => {
    throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
  }),
);

/** The `.wasm`, once for all lists. */
const started = (seconds) => inTime(start(seconds), seconds, () => address.href);

/** Whether a failure may pass by itself. */
const mayPass = ({ kind, transient }) => transient || kind == "network" || kind == "timeout";

/** Lists that have something in the engine. */
const lists = new Set();

/** After a crash nothing of an instance can be relied on: a fresh one takes its place, and the lists begin anew in it. */
function crashed(why) {
  const all = [...lists];
  lists.clear();
  __wbg_reset_state();
  for (const list of all) list.crashed(why, all.length == 1);
}

/** A crash in a task of the engine's own is nobody's to catch. WebKit does not say of which module it is: its glue is ours. */
const heard = (error, where) => {
  const isTrap = error instanceof WebAssembly.RuntimeError;
  if (lists.size && (isTrap ? /review-list\./ : /review-list\.wasm/).test(where + error?.stack)) crashed(error);
};
addEventListener("error", ({ error, filename }) => heard(error, filename));
addEventListener("unhandledrejection", ({ reason }) => heard(reason, ""));

/** One list that is shown: the other half of the element. */
export class List {
  #host;
  #tools;
  #root;
  /** What stood in the shadow root before: the slot for the page's nodes, or a prerendered list. */
  #fallback;
  #mount;
  #engine;
  #viewport;
  #controls;
  #addressBar;
  #files;
  /** Reviews that are read, and shown, first. */
  #first;
  /** Ends what is on its way. */
  #stop = new AbortController();
  /** Ends what the list hears of the window, which it does while it is on a page. */
  #hears;
  #loading = false;
  /** It failed for a reason that may pass: tried again when there is a network. */
  #stranded = false;
  #working;
  #asking;
  #saying;
  #drawn = 0;
  /** What was shown before is, until there is a screen of what is asked now. */
  #isWaiting = false;
  #crashes = 0;
  /** Files that may still be loaded for the review that the page's address names. */
  #toLoad;

  constructor(host, tools) {
    take(tools.originals);
    this.#host = host;
    this.#tools = tools;
    this.#root = host.shadowRoot;
    this.#fallback = [...this.#root.childNodes];
    this.#controls = new Controls(this.#root, {
      search: (search) => this.#set({ search }, true),
      sort: (sort) => this.#set({ sort }),
      choose: (kind, term) => this.#set({ filter: this.#engine.choose(kind, term) }),
      remove: (term) => this.#set({ filter: this.#engine.without(term) }),
      clear: () => this.#set({ search: "", filter: "" }),
      retry: () => this.#more(true),
      toggle: (card, open) => this.#toggle(card, open),
    });
    new Keys(this.#root, () => this.#viewport, () => this.#engine);
  }

  /** While it is on a page; the window must not hold a list that has gone. */
  #hear() {
    if (this.#hears) return;
    const { signal } = (this.#hears = new AbortController());
    const on = (name, act) => addEventListener(name, act, { signal });
    on("beforeprint", () => this.#print());
    on("afterprint", () => this.#viewport?.resume());
    on("online", () => {
      if (this.#stranded) this.start();
      else if (mayPass(this.#files?.failed ?? {})) this.#more(true);
    });
    on("hashchange", () => this.#seek());
  }

  /** Begins from the start, whatever was shown. */
  async start() {
    this.stop();
    this.#hear();
    const { signal } = (this.#stop = new AbortController());
    try {
      this.#files = new Files(this.#host, this.#tools);
      this.#first = this.#screenful();
      if (!this.#files.any) return; // Nothing to show; what stands there stays.
      await started(this.#host.timeout);
      if (signal.aborted) return;
      this.#mount = this.#host.ownerDocument.createElement("div");
      this.#engine = new Engine(this.#mount);
      lists.add(this);
      if (!this.#host.sync) this.#addressBar = null;
      else (this.#addressBar ??= new AddressBar(this.#host)).start();
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

  /** Reviews that a screen may show; where a prerendered list has more, so many. */
  #screenful() {
    const columns = this.#host.layout == "stack" ? 1 : Math.floor(this.#host.clientWidth / SMALL.width) || 1;
    const rows = Math.ceil(innerHeight / SMALL.height) || 1;
    return Math.max(columns * rows, cardsIn(this.#root).length);
  }

  /** What is shown was lost with the engine; who was there in two crashes is held to be the cause. */
  crashed(why, isAlone) {
    this.#engine = null;
    if (isAlone || ++this.#crashes > 1) this.#fail(new Failure("engine", `the list stopped: ${why}`));
    else this.start();
  }

  /** The element has gone from the page. */
  leave() {
    this.#hears?.abort();
    this.#hears = null;
    this.stop();
  }

  stop() {
    this.#stranded = false;
    lists.delete(this);
    this.#stop.abort();
    this.#viewport?.stop();
    this.#addressBar?.stop();
    const [engine, mount] = [this.#engine, this.#mount];
    // The focus may be in what goes now, and tell of that: to nobody.
    this.#viewport = this.#engine = this.#mount = this.#files = this.#working = this.#asking = null;
    engine?.remove();
    engine?.free();
    mount?.remove();
    this.#loading = false;
    clearTimeout(this.#saying);
    if (this.#fallback[0]?.parentNode != this.#root) this.#root.replaceChildren(...this.#fallback);
  }

  dress() {
    const view = this.#host.ownerDocument.defaultView;
    if (!view || !this.#viewport) return;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(CSS);
    this.#tools.dress(this.#root, sheet);
  }

  /** An attribute of the element has changed, or its property `data`. */
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

  // ---- what is asked

  #look() {
    const { layout, variant, headingLevel, hide, controls, summary } = this.#host;
    this.#engine.look(layout, variant, headingLevel, hide, languageOf(this.#host));
    this.#engine.head(controls, summary);
  }

  #sync() {
    this.#addressBar?.stop();
    this.#addressBar = this.#host.sync ? new AddressBar(this.#host) : null;
    this.#addressBar?.start();
  }

  /** The reader has asked for something. */
  #set(asked, isTyped) {
    this.#addressBar?.learn();
    for (const [name, value] of Object.entries(asked)) this.#host[name] = value || null;
    this.#addressBar?.write(isTyped);
  }

  /** Several attributes may change at once. */
  #asks() {
    const { signal } = this.#stop;
    this.#asking ??= Promise.resolve().then(() => {
      this.#asking = null;
      if (signal.aborted) return;
      this.#ask();
      if (!this.#viewport) return; // It is not shown yet.
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
    for (const told of this.#engine.ask(search, sort, filter).split("\n")) {
      if (told) console.warn(`review-list: ${told}`);
    }
  }

  /** Once the reader pauses, the count is said; the engine says it once more when all is known. */
  #say() {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#engine.say();
      this.#draw();
    }, QUIET);
  }

  // ---- files

  /** Loads what is missing: the first file, those that the reader comes near, or all that a query needs. */
  async #more(again) {
    const { signal } = this.#stop;
    if (!this.#engine || this.#loading || (this.#files.failed && !again)) return;
    this.#loading = true;
    try {
      while (!signal.aborted && this.#files.next && this.#wantsMore()) await this.#file(signal);
    } catch (thrown) {
      if (!signal.aborted) await this.#missed(Failure.from(thrown));
    } finally {
      if (!signal.aborted) {
        this.#loading = false;
        this.#goToAnchor();
      }
    }
  }

  /** Loads the next file, and reads it. */
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
    if (files.ends(engine.all())) {
      engine.complete(true);
      this.#draw();
    }
    this.#tellLoad();
  }

  /** A file did not come: what is there stays. */
  async #missed(failure) {
    if (failure.crash) return crashed(failure.message);
    this.#files.failed = failure;
    if (!this.#engine.all()) return this.#fail(failure);
    try {
      if (!this.#viewport) await this.#show();
    } catch (thrown) {
      // What came of it cannot be read.
      return Failure.from(thrown).crash ? crashed(thrown) : this.#fail(failure);
    }
    this.#tellError(failure);
    this.#end(2);
  }

  #wantsMore() {
    if (!this.#viewport || this.#host.summary || this.#engine.is_asked()) return true;
    if (this.#toLoad > 0 && !NO_REVIEW.test(this.#sought())) return true;
    return this.#viewport.left() < NEAR_END * innerHeight;
  }

  /** More has come of a file. */
  async #came() {
    if (!this.#viewport) {
      if (this.#engine.all() >= this.#first) await this.#show();
    } else {
      this.#work();
      if (performance.now() - this.#drawn > REDRAW) this.#draw();
    }
  }

  /** The first screen: what it needs is read first. */
  async #show() {
    const { signal } = this.#stop;
    const engine = this.#engine;
    const came = engine.all();
    const alive = () => !signal.aborted;
    while (engine.read_count() < this.#first) {
      let toDo;
      await inSlices(() => (toDo = engine.work()) == ToDo.More && engine.read_count() < this.#first, alive);
      if (alive() && toDo == ToDo.Foreign) await this.#convert();
      if (!alive()) return;
      if (toDo == ToDo.Nothing) break;
    }
    if (came && !engine.all()) throw new Failure("no-review", `expected reviews, found ${came} that cannot be read`);
    if (engine.is_asked()) {
      // Where there are few hits, all that has come is read before there is a screen of them.
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
    prop(this.#mount, this.#host.offsetHeight);
    this.#root.replaceChildren(this.#mount);
    this.#viewport = new Viewport(this.#root, this.#mount, engine, () => this.#more());
    this.dress();
    this.#controls.fill(this.#host, engine);
    this.#viewport.start();
    focus?.(this.#root);
    for (const at of open) await this.#open(this.#viewport.card(at), true);
    performance.mark("review-list-shown", { detail: { read: engine.read_count() } });
    await painted();
    this.#work();
  }

  // ---- work

  /** Does what there is to do, in slices; resolves at the end of it. */
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
    while (alive() && toDo != ToDo.Nothing) {
      await inSlices(() => (toDo = engine.work()) == ToDo.More, alive, pause);
      if (alive() && toDo == ToDo.Foreign) await this.#convert();
    }
    if (!alive()) return;
    this.#working = null;
    this.#draw();
    this.#viewport?.look();
    this.#goToAnchor();
  }

  /** Has the module `reader` make a plain review of the next. */
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
    // Yew draws in a task of its own, which was begun before this one.
    queueMicrotask(() => queueMicrotask(() => this.#engine && this.#controls.fill(this.#host, this.#engine)));
    this.#viewport?.look();
  }

  /** Draws once whatever the page is about has been done, which may be to scroll. */
  #draws() {
    queueMicrotask(() => this.#draw());
  }

  #end(what) {
    this.#engine?.end_with(what);
    if (this.#viewport) this.#draw();
  }

  // ---- cards

  async #toggle(card, open) {
    const id = this.#engine.id(card.ariaPosInSet - 1);
    await this.#open(card, open, () => this.#tell("toggle", { id, open }));
  }

  /** Opens a card, or closes it; `tell` is called once nothing can fail. */
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
        if (!signal.aborted) this.#tellError(Failure.from(thrown));
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

  /** The page's address may name a review. */
  #seek() {
    this.#toLoad = MOST_SOUGHT;
    this.#goToAnchor();
    this.#more();
  }

  /** The id that it names, unless something on the page has that name. */
  #sought() {
    let id = this.#tools.anchor();
    try {
      id = decodeURIComponent(id);
    } catch {
      // As it stands.
    }
    return document.getElementById(id) || document.getElementsByName(id)[0] ? "" : id;
  }

  async #goToAnchor() {
    const id = this.#viewport && this.#sought();
    const position = id ? this.#engine.find(id) : null;
    if (position == null) return;
    // As long as there is less below it than a screen, it cannot be at the top of one.
    if (this.#loading && this.#viewport.below(position) < innerHeight) return;
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

  // ---- what the page hears

  #tellLoad() {
    this.#toLoad--;
    const problems = parse(this.#engine.problems());
    for (const { path, message } of problems) console.warn(`review-list: ${path && `${path}: `}${message}`);
    problems.push(...this.#files.problems.splice(0));
    this.#tell("load", {
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
    this.#stranded = mayPass(failure);
    this.#tellError(failure);
    this.#sayFailed(failure);
  }

  /** Where the page's author wrote no fallback, one quiet line. */
  #sayFailed({ kind }) {
    const { textContent } = this.#host;
    if (this.#fallback[0]?.localName != "slot" || textContent.trim() || this.#host.querySelector("img, svg, picture")) return;
    const line = this.#host.ownerDocument.createElement("p");
    line.part = line.className = "error";
    line.textContent = kind == "engine" ? "The reviews could not be loaded." : failed(languageOf(this.#host));
    this.#root.append(line);
  }

  #tellError({ kind, message }) {
    console.warn(`review-list: ${kind}: ${message}`);
    const { src, baseURI } = this.#host;
    this.#tell("error", { kind, message, url: this.#files?.address ?? absolute(src, baseURI) ?? src });
  }

  #tell(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`review-list-${name}`, { detail, bubbles: true, composed: true }));
  }
}
