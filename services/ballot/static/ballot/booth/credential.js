// The elector's private code, from which the page makes the secret that signs the ballot.
import { order, powersOfGenerator } from "./group.js";
import { number } from "./hashing.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ROUNDS = 1000;
const CHECK = 53;

// Says whether a code has the right form, its check digit included.
export function wellFormed(code) {
  if (!/^([1-9A-HJ-NP-Za-km-z]{3}-){4}[1-9A-HJ-NP-Za-km-z]{3}$/.test(code)) return false;
  const digits = code.replace(/-/g, "");
  let rest = 0;
  for (const digit of digits.slice(0, -1)) rest = (rest * 58 + ALPHABET.indexOf(digit)) % CHECK;
  return ALPHABET.indexOf(digits.slice(-1)) === CHECK - rest;
}

// Gives the secret exponent of a code in the election `uuid`.
export async function secretOf(code, uuid) {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", salt: encoder.encode(uuid), iterations: ROUNDS, hash: "SHA-256" };
  return number(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256))) % order;
}

export const publicOf = (secret) => powersOfGenerator().power(secret);
