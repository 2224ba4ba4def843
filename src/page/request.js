import { Failure } from "./failure.js";

/** Before a second and last try, where the network broke or the server failed (5xx). */
const RETRY_AFTER = 1000; // milliseconds

/** Does something that may fail for a moment; what fails so is tried once more. */
export async function twice(attempt, signal) {
  try {
    return await attempt();
  } catch (failure) {
    if (!failure.transient || signal.aborted) throw failure;
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    return attempt();
  }
}

/** An answer that says that all is well, or why there is none. */
export async function answer(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal });
  } catch {
    throw transient(new Failure(
      "network",
      `${address} could not be reached: offline, or a wrong address, or its server sends no Access-Control-Allow-Origin, or the page's Content-Security-Policy lacks it in connect-src`,
    ));
  }
  if (response.ok) return response;
  const failure = new Failure("status", `expected ${address}, found status ${response.status}`);
  throw response.status < 500 ? failure : transient(failure);
}

/** [`answer`], with a second try. */
export const request = (address, signal) => twice(() => answer(address, signal), signal);

/** What may be well a second later. */
export function transient(failure) {
  failure.transient = true;
  return failure;
}
