// Must exist before the .wasm and after a crash: starts `review-list.wasm` once for all lists, and again after a crash.

import { Failure } from "../../element/scripts/failure.js";
import { instantiate, together } from "../../element/scripts/instantiate.js";
import { checked } from "../../element/scripts/integrity.js";
import { inTime } from "../../element/scripts/request.js";
import { initSync, __wbg_reset_state } from "./review_list.js";

const address = new URL("review-list.wasm?v=__LIST_WASM_HASH__", import.meta.url);

const start = together((signal) =>
  instantiate(initSync, address, checked("__LIST_WASM_INTEGRITY__"), signal).catch((error) => {
    throw Object.assign(new Failure("engine", error.message), { transient: error.transient });
  }),
);

/** Starts the `.wasm`, once for all lists. */
export const started = (seconds) => inTime(start(seconds), seconds, () => address.href);

/** Lists that hold something in the wasm instance. */
export const lists = new Set();

/** Handles a crash: nothing in the instance can be trusted any longer. Replaces it and starts all lists again. */
export function crashed(why) {
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
