import { Failure } from "./failure.js";
import { pause } from "./pause.js";
import { readDocument } from "./reading.js";
import { answer, transient, twice } from "./request.js";
import { instance } from "./recovery.js";
import { forget } from "./review_card.js";

/** The largest answer that is read for a card: 8 MiB. */
const LIMIT = 8 << 20;

const sources = new Map();

/** One address that cards show: downloaded once for all of them, let go with the last. */
export class Source {
  #users = 0;
  #stop = new AbortController();
  #document;
  /** The instance of the engine that has it. */
  #instance;

  /** The source of an address; whoever takes it calls `release` when done. */
  static at(address) {
    let source = sources.get(address);
    if (!source) sources.set(address, (source = new Source(address)));
    source.#users++;
    return source;
  }

  constructor(address) {
    this.address = address;
    this.bytes = this.#download();
    this.bytes.catch(() => this.expire()); // A failure is not shared with cards to come.
  }

  /** The next card with this address downloads it anew. */
  expire() {
    if (sources.get(this.address) == this) sources.delete(this.address);
  }

  release() {
    if (--this.#users) return;
    this.expire();
    this.#stop.abort();
    this.#document?.then(forget, () => {});
  }

  /** The engine's number of the document, once `bytes` are here and the engine is. */
  document() {
    if (this.#instance != instance()) [this.#instance, this.#document] = [instance(), this.#read()];
    return this.#document;
  }

  async #read() {
    try {
      const bytes = await this.bytes;
      await pause(); // The engine may have begun just now.
      return await readDocument(bytes, this.base);
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (failure.kind == "not-json") failure.message += `; ${this.address} came as ${this.type || "no type"}`;
      throw failure;
    }
  }

  #download() {
    const { signal } = this.#stop;
    return twice(async () => {
      const response = await answer(this.address, signal);
      this.base = response.url || this.address;
      this.type = response.headers.get("content-type");
      const bytes = await this.#collect(response);
      this.arrived = true;
      return bytes;
    }, signal);
  }

  /** The whole body, or no more of it than the limit. */
  async #collect(response) {
    const chunks = [];
    let size = 0;
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read().catch(() => {
        throw transient(new Failure("network", `${this.address} broke off after ${size} bytes`));
      });
      if (done) break;
      size += value.length;
      if (size > LIMIT) {
        reader.cancel().catch(() => {});
        throw new Failure("too-large", `expected at most ${LIMIT >> 20} MiB at ${this.address}, found more`);
      }
      chunks.push(value);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
}
