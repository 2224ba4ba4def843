// The entry of `review-list.js`, which is loaded when a page's first list comes near.
import { Failure } from "../failure.js";
import { instantiate } from "../instantiate.js";
import { absolute, address, languageOf } from "../place.js";
import init, { List as Engine, Reading } from "../review_list.js";
import { download } from "./download.js";
import { inSlices, painted } from "./slices.js";
import { Viewport } from "./viewport.js";

const started = instantiate(init, new URL("review-list.wasm?v=__LIST_WASM_HASH__", import.meta.url));
const CSS = "__LIST_CSS__";

/** Reviews that are in the document before anybody has measured. */
const FIRST = 24;
/** How near the end of the list more is loaded, in viewports. */
const NEAR_END = 3;

/** One list that is shown: the other half of the element. */
export class List {
  #host;
  #tools;
  #root;
  /** What stood in the shadow root before: the slot for the page's nodes, or a prerendered list. */
  #fallback;
  #sheet;
  #mount;
  #engine;
  #viewport;
  /** Ends what is on its way. */
  #stop = new AbortController();
  /** The address of the next file, and whether it is on its way. */
  #next;
  #loading = false;
  #reading = false;

  constructor(host, tools) {
    this.#host = host;
    this.#tools = tools;
    this.#root = host.shadowRoot;
    this.#fallback = [...this.#root.childNodes];
    this.#root.addEventListener("click", (event) => this.#clicked(event));
  }

  /** Begins from the start, whatever was shown. */
  async start() {
    this.stop();
    const stop = (this.#stop = new AbortController());
    try {
      await started.catch((error) => {
        throw new Failure("engine", error.message);
      });
      if (stop.signal.aborted) return;
      this.#mount = this.#host.ownerDocument.createElement("div");
      this.#engine = new Engine(this.#mount);
      this.#look();
      const src = this.#host.src;
      if (src) await this.#file(address(src, this.#host.baseURI));
    } catch (thrown) {
      if (!stop.signal.aborted) this.#fail(Failure.from(thrown));
    }
  }

  stop() {
    this.#stop.abort();
    this.#viewport?.stop();
    this.#engine?.remove();
    this.#engine?.free();
    this.#mount?.remove();
    this.#viewport = this.#engine = this.#mount = this.#next = null;
    this.#loading = this.#reading = false;
    this.#root.replaceChildren(...this.#fallback);
  }

  dress() {
    if (!this.#mount?.isConnected) return;
    const view = this.#host.ownerDocument.defaultView;
    if (!view) return;
    this.#sheet = new view.CSSStyleSheet();
    this.#sheet.replaceSync(CSS);
    this.#tools.dress(this.#root, this.#sheet);
  }

  /** An attribute of the element has changed, or its property `data`. */
  change(name) {
    if (!this.#engine) return;
    if (name == "src" || name == "data") this.start();
    else if (["layout", "variant", "heading-level", "hide", "lang"].includes(name)) {
      this.#look();
      this.#engine.draw();
      this.#viewport?.look();
    }
  }

  #look() {
    const { layout, variant, headingLevel, hide } = this.#host;
    this.#engine.look(layout, variant, headingLevel, hide, languageOf(this.#host));
  }

  /** Loads a file, shows what comes, and reads the rest. */
  async #file(url) {
    const { signal } = this.#stop;
    const engine = this.#engine;
    this.#loading = true;
    await download(url, signal, this.#host.timeout, (base) => {
      engine.begin(base);
      return async (piece) => {
        if (signal.aborted) return;
        engine.push(piece);
        if (!this.#viewport && engine.count() >= FIRST) await this.#show();
      };
    });
    if (signal.aborted) return;
    engine.end();
    const document_ = engine.document();
    if (document_) {
      const plain = await this.#tools.ask("readJson", document_, url);
      if (signal.aborted) return;
      engine.put(new TextEncoder().encode(plain));
    }
    this.#next = engine.next();
    this.#loading = false;
    if (!this.#viewport) await this.#show();
    this.#read();
  }

  /** The first screen. */
  async #show() {
    const { signal } = this.#stop;
    const engine = this.#engine;
    while (engine.read_count() < FIRST && (await this.#step()));
    if (signal.aborted) return;
    engine.show(FIRST);
    const filled = new MutationObserver(() => {
      filled.disconnect();
      if (signal.aborted) return;
      this.#root.replaceChildren(this.#mount);
      this.dress();
      this.#viewport = new Viewport(this.#root, engine, () => this.#moved());
      this.#viewport.start();
      performance.mark("review-list-shown", { detail: { read: engine.read_count() } });
    });
    filled.observe(this.#mount, { childList: true });
    await painted();
    this.#read();
  }

  /** Reads the next review; `false` at the end. */
  async #step() {
    const reading = this.#engine.read();
    if (reading == Reading.Foreign) await this.#convert();
    return reading != Reading.Done;
  }

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

  /** Reads what has come, in slices. */
  async #read() {
    if (this.#reading) return;
    this.#reading = true;
    const { signal } = this.#stop;
    const engine = this.#engine;
    let reading;
    do {
      await inSlices(() => (reading = engine.read()) == Reading.More, () => !signal.aborted);
      if (signal.aborted) return;
      if (reading == Reading.Foreign) await this.#convert();
    } while (!signal.aborted && reading == Reading.Foreign);
    if (signal.aborted) return;
    this.#reading = false;
    engine.draw();
    this.#viewport?.look();
    this.#tell("load", { url: this.#host.src, count: engine.read_count(), problems: JSON.parse(engine.problems()) });
    this.#moved();
  }

  #moved() {}

  #clicked(event) {
    const summary = event.target.closest?.(".review-card__toggle");
    const card = summary?.closest("[aria-posinset]");
    if (!card) return;
    event.preventDefault();
    this.#toggle(card.ariaPosInSet - 1, !summary.parentNode.open);
  }

  async #toggle(position, open) {
    const { signal } = this.#stop;
    const engine = this.#engine;
    const unread = open && engine.unread(position);
    if (unread) {
      const [base] = unread.split("\n", 1);
      const tree = await this.#tools.ask("readHtml", unread.slice(base.length + 1), base);
      if (signal.aborted) return;
      engine.put_body(position, tree);
    }
    this.#viewport.hold(this.#viewport.card(position));
    engine.toggle(position, open);
  }

  #fail({ kind, message }) {
    this.stop();
    console.warn(`review-list: ${kind}: ${message}`);
    const { src, baseURI } = this.#host;
    this.#tell("error", { kind, message, url: absolute(src, baseURI) ?? src });
  }

  #tell(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`review-list-${name}`, { detail, bubbles: true, composed: true }));
  }
}
