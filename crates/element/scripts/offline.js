// Must exist before the .wasm: waits for the network.

/** Elements that failed for a transient reason. They are reloaded when the browser is online again. */
export const waitingForNetwork = new Set();

const retry = () => waitingForNetwork.forEach((element) => element.reload());
addEventListener("online", retry);
addEventListener("pageshow", (event) => event.persisted && retry());
