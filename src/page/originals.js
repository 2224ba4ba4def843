// Taken before the page's later scripts can put something else in their place.
export const { fetch } = globalThis;
export const { parse, stringify } = JSON;
