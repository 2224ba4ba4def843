// Must exist before the .wasm: resolves URLs and finds the language. Only the page knows both.

import { Failure } from "./failure.js";

/** Returns the absolute http or https URL of a download. */
export function address(src, base, attribute = "src") {
  const url = absolute(src, base);
  if (!url) throw new Failure("network", `expected an address in ${attribute}, found "${src}"`);
  if (!/^https?:/.test(url)) {
    const why = /^file:/.test(url) ? ": a page that is opened as a file needs a web server" : "";
    throw new Failure("network", `expected an http or https address in ${attribute}, found ${url}${why}`);
  }
  return url;
}

/** Returns the absolute URL without its fragment; `undefined` if `src` is not a URL. */
export function absolute(src, base) {
  try {
    const url = new URL(src, base);
    url.hash = "";
    return src && url.href;
  } catch {
    // The string is not a URL.
  }
}

/** Returns the `lang` of the nearest ancestor that has one, across shadow roots. */
export function languageOf(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const marked = node.closest("[lang]");
    if (marked) return marked.lang;
  }
  return "";
}
