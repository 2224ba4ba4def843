/** Starts a `.wasm`: compiled on its way in, or, where `integrity` is given, checked first, which needs it whole. */
export async function instantiate(init, address, integrity) {
  const response = await fetch(address, { integrity }).catch((error) => {
    throw new Error(`${address} could not be loaded: ${error.message}`);
  });
  if (!response.ok) throw new Error(`expected ${address}, found status ${response.status}`);
  try {
    await init({ module_or_path: integrity ? response.arrayBuffer() : response });
  } catch (error) {
    throw /unsafe-eval|Content Security Policy|by CSP/i.test(error.message)
      ? new Error("the page's Content-Security-Policy lacks 'wasm-unsafe-eval' in script-src")
      : new Error(`${address} did not start: ${error.message}`);
  }
}
