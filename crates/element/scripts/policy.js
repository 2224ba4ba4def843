import { parse, stringify } from "./originals.js";

/** `createHTML` is for the inert document of the reader alone, `createScript` for JSON-LD of our own making: JSON, no code. */
const RULES = {
  createHTML: String,
  createScript: (json) => stringify(parse(json)).replaceAll("<", "\\u003c"),
};

let asked;
let policy;

/** The page's Trusted Types policy `review-card`: `undefined` where there are no Trusted Types, or the page does not permit it. */
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
