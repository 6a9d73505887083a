// Where a ballot's random exponents come from.
import { order } from "./group.js";
import { number } from "./hashing.js";

// Draws from the browser's generator; 384 bits for a number of 256, so that none is likelier than another.
export class Randomness {
  exponent() {
    return number(crypto.getRandomValues(new Uint8Array(48))) % order;
  }
}
