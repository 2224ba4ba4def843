// Where the data comes from.
export async function bytesOf(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
