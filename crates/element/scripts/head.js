import { trusted } from "./policy.js";

/** JSON-LD by card, in the order in which they asked; the first owns the page's head. */
const claims = new Map();
let script;

/** Puts a card's JSON-LD into the page's head, or takes it out where there is none. */
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
    return; // The page requires Trusted Types and permits no policy of ours.
  }
  document.head.append(script);
}
