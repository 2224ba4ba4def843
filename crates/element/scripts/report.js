// Must exist before the .wasm and after a crash: writes problems and failures to the console and the page.

import { engine } from "./engine.js";
import { help } from "./help.js";
import { languageOf } from "./place.js";
import { failed } from "./review_card.js";

/** Maps a source, or a card with data of its own, to the document whose problems are already in the console. */
const reported = new WeakMap();

/** Writes each problem to the console, once for all cards that share the document. `of` is the source or the card. */
export function report(problems, of, number) {
  if (reported.get(of) == number) return;
  reported.set(of, number);
  const where = of.address ? `${of.address}: ` : "";
  for (const { path, message } of problems) warn(`${where}${path && `${path}: `}${message}`, "problems");
}

/** Writes a message to the console, with the page that explains it. */
export function warn(message, kind) {
  console.warn(`review-card: ${message}${help(kind)}`);
}

/** Writes the address of a picture that was not found to the console. Other elements of the fallback may fail, too. */
export function warnPicture({ localName, src }) {
  if (localName == "img") warn(`expected a picture at ${src}, found none`, "problems");
}

/** Returns whether the page's author wrote a fallback into the element. */
export function hasFallback(card) {
  for (const node of card.childNodes) if (node.localName != "script" && node.textContent.trim()) return true;
  return !!card.querySelector("img, svg, picture, video");
}

/** Returns the line that is shown in place of a card without a fallback. */
export async function failureLine(card, kind) {
  // After a timeout, do not wait for the wasm module again.
  const words = await engine(kind == "timeout" ? 0 : card.timeout).then(
    () => failed(languageOf(card)),
    () => "This review could not be loaded.",
  );
  const line = card.ownerDocument.createElement("p");
  line.part = line.className = "error";
  line.textContent = words;
  return line;
}
