// Runs around the .wasm: fires the events of the element, and writes failures to the console and the page.

import { help } from "../../element/scripts/help.js";
import { absolute, languageOf } from "../../element/scripts/place.js";
import { failed } from "./review_list.js";

/** Fires an event of the list. */
export function dispatch(host, name, detail) {
  host.dispatchEvent(new CustomEvent(`review-list-${name}`, { detail, bubbles: true, composed: true }));
}

/** Writes problems of a file to the console. */
export function warnOf(problems) {
  for (const { path, message } of problems) console.warn(`review-list: ${path && `${path}: `}${message}${help("problems")}`);
}

/** Writes that a list has no data to the console. */
export function warnEmpty() {
  console.warn(`review-list: expected data, found none: add src, or JSON in a script inside the element${help("no-review")}`);
}

/** Writes the address of a picture that was not found to the console. Other elements of the fallback may fail, too. */
export function warnPicture({ localName, src }) {
  if (localName == "img") warnOf([{ path: "", message: `expected a picture at ${src}, found none` }]);
}

/** Fires the event for a failure, and writes it to the console. `address` is the file's. */
export function dispatchError(host, { kind, message }, address) {
  console.warn(`review-list: ${kind}: ${message}${help(kind)}`);
  dispatch(host, "error", { kind, message, url: address ?? absolute(host.src, host.baseURI) ?? host.src });
}

/** Appends a one-line error message if the page's author wrote no fallback. */
export function sayFailed(host, fallback, { kind }) {
  const { shadowRoot, textContent, ownerDocument } = host;
  if (fallback[0]?.localName != "slot" || textContent.trim() || host.querySelector("img, svg, picture")) return;
  const line = ownerDocument.createElement("p");
  line.part = line.className = "error";
  line.textContent = kind == "engine" ? "The reviews could not be loaded." : failed(languageOf(host));
  shadowRoot.append(line);
}
