// Must exist before the .wasm: downloads the picture in parallel with it.

import { parse } from "./originals.js";

/** The longest text that is parsed here; the wasm module parses it again. */
const LIMIT = 1 << 16;
/** The longest picture URL that the wasm module accepts. */
const MAX_URL = 8 << 10;

/**
 * Starts the download of the card's picture before the wasm module arrives: both are about the same size, and otherwise
 * the picture would come second. Reads only plain JSON, and accepts only URLs that `src/rich_text/url.rs` also accepts.
 * The card's `<img>` then reuses this request.
 */
export function preloadPicture(text, item, base) {
  if (text.length > LIMIT) return;
  try {
    const document_ = parse(text);
    const reviews = [document_.reviews ?? document_].flat();
    const { title, image, work } = item == null ? reviews[0] : reviews.find(({ id, url }) => id == item || url == item);
    const src = image?.src ?? image ?? work?.image?.src ?? work?.image;
    const { href, protocol, username, password } = new URL(src, base);
    if (typeof title != "string" || typeof src != "string" || src.length > MAX_URL) return;
    if (/^https?:$/.test(protocol) && !username && !password) return Object.assign(new Image(), { src: href });
  } catch {
    // Not JSON, no such review, or not a URL.
  }
}
