let policy;

/**
 * The page's Trusted Types policy `review-card`: `undefined` where there are no Trusted Types, or the page does not permit
 * the name. `createHTML` is for the inert document of the reader alone, `createScript` for JSON-LD of our own making.
 */
export function trusted() {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy("review-card", { createHTML: String, createScript: String });
  } catch {
    // Forbidden by the page; whoever asks does without.
  }
  return policy;
}
