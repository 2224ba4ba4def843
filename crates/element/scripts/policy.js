// Runs around the .wasm: all modules of a page share one Trusted Types policy.

import { parse, stringify } from "./originals.js";

/**
 * `createHTML` is used only for the inert documents of the modules. `createScript` is used only for our JSON-LD,
 * which is data, not code.
 */
const RULES = {
  createHTML: String,
  createScript: (json) => stringify(parse(json)).replaceAll("<", "\\u003c"),
};

let asked;
let policy;

/**
 * Returns the page's Trusted Types policy `review-card`; `undefined` if the browser has no Trusted Types or the page
 * does not allow the policy.
 */
export function trusted() {
  try {
    if (!asked) policy = globalThis.trustedTypes?.createPolicy("review-card", RULES);
  } catch {
    console.warn(
      "review-card: the page's Content-Security-Policy lacks review-card in trusted-types: HTML in reviews is shown as plain text, and no JSON-LD is written",
    );
  }
  asked = true;
  return policy;
}
