// SHA-256 by the browser's own WebCrypto, and the forms in which the ballot format writes its values.
import { order } from "./group.js";

const encoder = new TextEncoder();

// Whether this browser hashes at all: it does so only on pages that came over a safe line.
export const available = () => typeof crypto !== "undefined" && Boolean(crypto.subtle);

export async function digest(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}

export function number(bytes) {
  let text = "0x";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return BigInt(text);
}

// A hash as the challenge of a proof.
export async function challenge(text) {
  return number(await digest(text)) % order;
}

// Base64 without the signs that fill up: 43 characters for a hash.
export async function fingerprint(text) {
  return btoa(String.fromCharCode(...(await digest(text)))).replace(/=+$/, "");
}
