// Runs around the .wasm: writes to the page's `<head>`, which needs no parsing or drawing.

import { trusted } from "./policy.js";

/** Maps each card to its JSON-LD, in the order of the requests. The first entry is written to the page's head. */
const claims = new Map();
let script;

/** Writes a card's JSON-LD to the page's head, or removes it if `json` is missing. */
export function putSchema(card, json) {
  if (json) claims.set(card, json);
  else if (!claims.delete(card)) return;
  script?.remove();
  const [first] = claims.values();
  if (!first) return;
  script = document.createElement("script");
  script.type = "application/ld+json";
  try {
    script.text = trusted()?.createScript(first) ?? first;
  } catch {
    return; // The page requires Trusted Types and does not allow the policy `review-card`.
  }
  document.head.append(script);
}
