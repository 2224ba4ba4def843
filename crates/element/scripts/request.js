import { Failure } from "./failure.js";
import { fetch } from "./originals.js";

/** Before a second and last try, where the network broke or the server failed (5xx). */
const RETRY_AFTER = 1000; // milliseconds

/** By when an answer must be whole where the attribute `timeout` says nothing else. */
export const TIMEOUT = 20; // seconds

/** The longest that a browser's timer takes. */
export const LONGEST = 2 ** 31 - 1; // milliseconds

/** `promise`, unless it takes longer; then `slow` tells what has not come. */
export function inTime(promise, seconds, slow) {
  let timer;
  const late = new Promise((_, reject) => {
    const end = () => reject(transient(new Failure("timeout", `expected ${slow()} within ${seconds} seconds`)));
    timer = setTimeout(end, Math.min(seconds * 1000, LONGEST));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Does something that may fail for a moment; what fails so is tried once more. */
export async function twice(attempt, signal) {
  try {
    return await attempt();
  } catch (failure) {
    if (!failure.transient || signal?.aborted) throw failure;
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    return attempt();
  }
}

/** An answer that says that all is well, or why there is none. */
export async function answer(address, signal, integrity) {
  const isMixed = location.protocol == "https:" && /^http:/.test(address);
  const why = isMixed
    ? ": a page of https: asks for nothing by http:"
    : integrity
      ? ", or is not the file that data-wasm-integrity names"
      : ": offline, or a wrong address, or its server sends no Access-Control-Allow-Origin";
  const otherwise = `${address} could not be reached${why}`;
  const response = await allowed(address, () => fetch(address, { signal, integrity }), otherwise);
  if (response.ok) return response;
  const failure = new Failure("status", `expected a file at ${address}, found status ${response.status}`);
  throw response.status < 500 ? failure : transient(failure);
}

/** [`answer`], with a second try. */
export const request = (address, signal) => twice(() => answer(address, signal), signal);

/** What `ask` comes to; where it fails, why: what the page's Content-Security-Policy lacks, or `otherwise`. */
export async function allowed(address, ask, otherwise) {
  let directive;
  const hear = ({ blockedURI, effectiveDirective, disposition }) => {
    if (blockedURI == address && disposition == "enforce") directive = effectiveDirective.replace("-elem", "");
  };
  addEventListener("securitypolicyviolation", hear);
  try {
    return await ask();
  } catch {
    await new Promise((resolve) => setTimeout(resolve)); // The event has a task of its own.
    throw directive
      ? new Failure("network", `the page's Content-Security-Policy lacks ${address} in ${directive}`)
      : transient(new Failure("network", otherwise));
  } finally {
    removeEventListener("securitypolicyviolation", hear);
  }
}

/** How often a module could not be loaded. */
let missed = 0;

/**
 * A module that is loaded on demand. After a failure it is asked for by an address with another fragment, since browsers keep
 * the failure of one; but for pages with an import map, which may hold the address against a digest.
 */
export async function load(href) {
  const again = missed && !document.querySelector("script[type=importmap]") ? `#${missed}` : "";
  try {
    return await allowed(href, () => import(href + again), `${href} could not be loaded`);
  } catch (failure) {
    missed++;
    throw failure;
  }
}

/** What may be well a second later. */
export function transient(failure) {
  failure.transient = true;
  return failure;
}
