// Runs around the .wasm: parses reviews and applies queries in slices, with a drawing now and then.

import { Failure } from "../../element/scripts/failure.js";
import { ToDo } from "./review_list.js";
import { inSlices, pauses, turn } from "./slices.js";

/** The shortest time (ms) between two drawings of a growing list. */
const REDRAW = 200;

/** The pending work of one list. */
export class Work {
  #engine;
  #signal;
  /** The number of reviews that are shown first. */
  #first;
  #ask;
  #draw;
  #done;
  #running;
  #drawn = 0;
  /** The results of the previous query stay visible until there is a screenful of the new ones. */
  #isWaiting = false;

  /** `ask` calls the reader module, `draw` draws the list, and `done` is called when all work is done. */
  constructor(engine, signal, first, ask, draw, done) {
    this.#engine = engine;
    this.#signal = signal;
    this.#first = first;
    this.#ask = ask;
    this.#draw = draw;
    this.#done = done;
  }

  /** Called when there is a new query. */
  asked() {
    this.#drawn = performance.now();
    this.#isWaiting = true;
  }

  /** Called with each drawing. */
  drawn() {
    this.#drawn = performance.now();
    this.#isWaiting = false;
  }

  /** Returns whether a growing list may be drawn again. */
  isDue() {
    return performance.now() - this.#drawn > REDRAW;
  }

  #alive = () => !this.#signal.aborted;

  /** Parses the first screenful. */
  async first() {
    const engine = this.#engine;
    const rest = pauses();
    while (this.#alive() && engine.read_count() < this.#first) {
      let toDo;
      await inSlices(() => (toDo = engine.work()) == ToDo.More && engine.read_count() < this.#first, this.#alive);
      if (toDo == ToDo.Nothing) return;
      if (this.#alive() && toDo == ToDo.Foreign) {
        await this.#convert();
        await rest(); // Converting ends no slice.
      }
    }
  }

  /** Finds the first screenful of results. With few results, everything loaded so far is parsed before. */
  async found() {
    const engine = this.#engine;
    engine.admit();
    await inSlices(() => engine.work() == ToDo.More && engine.count() < this.#first, this.#alive, () => engine.admit());
  }

  /** Does all pending work; resolves when it is done. */
  run() {
    return (this.#running ??= this.#runs());
  }

  async #runs() {
    const engine = this.#engine;
    let toDo = ToDo.More;
    let admitted = performance.now();
    const pause = () => {
      const isThere = this.#isWaiting && engine.count() >= this.#first;
      if (!this.isDue() && !isThere) return false;
      const now = performance.now();
      if (now - admitted > 2 * REDRAW) {
        engine.admit();
        admitted = now;
      }
      this.#draw();
      return true;
    };
    const rest = pauses();
    while (this.#alive() && toDo != ToDo.Nothing) {
      await inSlices(() => (toDo = engine.work()) == ToDo.More, this.#alive, pause);
      if (this.#alive() && toDo == ToDo.Foreign) {
        await this.#convert();
        if ((await rest()) && this.#alive() && pause()) await turn(); // Converting ends no slice.
      }
      // No pause after the last step: a file that comes meanwhile would not be read.
    }
    this.#running = null;
    if (this.#alive()) this.#done();
  }

  /** Converts the next review to plain JSON, using the reader module. */
  async #convert() {
    const engine = this.#engine;
    const encode = (text) => new TextEncoder().encode(text);
    try {
      const plain = await this.#ask("readJson", engine.foreign(), engine.foreign_base() ?? "");
      if (this.#alive()) engine.put_element(encode(plain));
    } catch (thrown) {
      if (this.#alive()) engine.put_element(encode(""), Failure.from(thrown).message);
    }
  }
}
