import { parse } from "./originals.js";

/** The largest text that is looked into: the engine reads it once more. */
const LIMIT = 1 << 16;
/** The longest address of a picture that the engine keeps. */
const MAX_URL = 8 << 10;

/**
 * Asks for the picture that a card is about to show, while the engine is still on its way: it is as large as the engine is, and
 * would come after it. Of plain JSON alone, and by the engine's policy for addresses (`src/rich_text/url.rs`): what that would drop,
 * or what cannot be told here, is left to it. The card's own `<img>` then finds the answer, or the request, of this one.
 */
export function foresee(text, item, base) {
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
    // No JSON, no such review, no address.
  }
}
