// Must exist before the .wasm: requests with timeout, one retry and a reason for each failure.

import { Failure } from "./failure.js";
import { fetch } from "./originals.js";

/** The delay before the only retry, after a network error or a 5xx response. */
const RETRY_AFTER = 1000; // milliseconds

/** The default of the attribute `timeout`. */
export const TIMEOUT = 20; // seconds

/** The longest delay that a browser's timer accepts. */
export const LONGEST = 2 ** 31 - 1; // milliseconds

/** Resolves like `promise`, but rejects after `seconds`. `slow` returns the name of the missing resource. */
export function inTime(promise, seconds, slow) {
  let timer;
  const late = new Promise((_, reject) => {
    const end = () => reject(transient(new Failure("timeout", `expected ${slow()} within ${seconds} seconds`)));
    timer = setTimeout(end, Math.min(seconds * 1000, LONGEST));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Calls `attempt`, and once more if the failure is transient. */
export async function twice(attempt, signal) {
  try {
    return await attempt();
  } catch (failure) {
    if (!failure.transient || signal?.aborted) throw failure;
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    return attempt();
  }
}

/** Returns a response with an ok status. Otherwise throws a failure that says why. */
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

/** Like [`answer`], with one retry. */
export const request = (address, signal) => twice(() => answer(address, signal), signal);

/**
 * Returns the result of `ask`. If it fails, the message names the directive that the Content-Security-Policy lacks, or
 * is `otherwise`.
 */
export async function allowed(address, ask, otherwise) {
  let directive;
  const hear = ({ blockedURI, effectiveDirective, disposition }) => {
    if (blockedURI == address && disposition == "enforce") directive = effectiveDirective.replace("-elem", "");
  };
  addEventListener("securitypolicyviolation", hear);
  try {
    return await ask();
  } catch {
    await new Promise((resolve) => setTimeout(resolve)); // The event is dispatched in a later task.
    throw directive
      ? new Failure("network", `the page's Content-Security-Policy lacks ${address} in ${directive}`)
      : transient(new Failure("network", otherwise));
  } finally {
    removeEventListener("securitypolicyviolation", hear);
  }
}

/** How often the import of a module has failed. */
let missed = 0;

/**
 * Imports a module on demand. Browsers cache a failed import, so a retry uses a URL with another fragment. Pages with
 * an import map get no fragment, because the map may list the URL with its digest.
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

/** Marks a failure that may pass within a second. */
export function transient(failure) {
  failure.transient = true;
  return failure;
}
