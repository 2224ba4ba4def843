// Runs around the .wasm: writes objects of the page as JSON.

import { Failure } from "../../element/scripts/failure.js";
import { stringify } from "../../element/scripts/originals.js";

/** Characters that are handed over at once. */
const PIECE = 1 << 16;

/**
 * Yields data of the page, a JSON string or an object, as pieces of JSON text, so that a long collection is not
 * serialized in one task.
 */
export function* pieces(data) {
  if (typeof data == "string") yield* parts(data);
  else yield* objects(data);
}

/**
 * Yields, as pieces of JSON text, a document that the reader module returned in parts: first what is around the reviews,
 * then objects that each contain some of the reviews.
 */
export function* joined([frame, ...parts]) {
  let head = '{"reviews":[';
  const { length } = head;
  for (const part of parts) {
    yield head;
    yield part.slice(length, -2);
    head = ",";
  }
  yield `${parts.length ? "" : head}],${frame.slice(1)}`;
}

function* parts(text) {
  for (let at = 0; at < text.length; ) {
    let end = at + PIECE;
    if ((text.charCodeAt(end - 1) & 0xfc00) == 0xd800) end++; // Do not split a surrogate pair.
    yield text.slice(at, end);
    at = end;
  }
}

function* objects(data) {
  const list = Array.isArray(data) ? data : data.reviews;
  if (!Array.isArray(list)) return yield written(data);
  const around = data == list ? "[]" : written({ ...data, reviews: undefined });
  const head = data == list ? "[" : `${around.slice(0, -1)}${around == "{}" ? "" : ","}"reviews":[`;
  let text = head;
  for (const [at, item] of list.entries()) {
    text += (at ? "," : "") + written(item);
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  yield text + (data == list ? "]" : "]}");
}

function written(value) {
  try {
    return stringify(value) ?? "null";
  } catch (error) {
    throw new Failure("not-json", `expected data that can be written as JSON, found ${error.message}`);
  }
}
