// Must exist before the .wasm: downloads data in parallel with the module.

import { Failure } from "./failure.js";
import { pause } from "./pause.js";
import { readDocument } from "./reading.js";
import { answer, transient, twice } from "./request.js";
import { instance } from "./recovery.js";
import { forget } from "./review_card.js";

/** The largest response that a card reads: 8 MiB. */
const LIMIT = 8 << 20;

const sources = new Map();

/** The data at one URL. It is downloaded once for all cards that show it, and released with the last of them. */
export class Source {
  #users = 0;
  #stop = new AbortController();
  #document;
  /** The wasm instance in which `#document` is valid. */
  #instance;

  /** Returns the source for a URL. The caller must call `release` when done. */
  static at(address) {
    let source = sources.get(address);
    if (!source) sources.set(address, (source = new Source(address)));
    source.#users++;
    return source;
  }

  constructor(address) {
    this.address = address;
    this.bytes = this.#download();
    this.bytes.catch(() => this.expire()); // A later card tries again.
  }

  /** Makes the next card with this URL download it again. */
  expire() {
    if (sources.get(this.address) == this) sources.delete(this.address);
  }

  release() {
    if (--this.#users) return;
    this.expire();
    this.#stop.abort();
    this.#document?.then(forget, () => {});
  }

  /** Returns the document's handle once the bytes have arrived. Requires a running wasm module. */
  document() {
    if (this.#instance != instance()) [this.#instance, this.#document] = [instance(), this.#read()];
    return this.#document;
  }

  async #read() {
    try {
      const bytes = await this.bytes;
      await pause(); // The wasm module may have started just now.
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

  /** Returns the whole body; throws if it is larger than the limit. */
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

/** Releases a source, and a document that only one card uses. */
export function release(source, own) {
  source?.release();
  if (own) forget(own);
}
