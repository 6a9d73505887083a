// The group BELENIOS-2048: its numbers, what belongs to it, and powers of a base that is used again and again.
// BigInt takes its own time for every number; the page therefore hides nothing from who can measure this very phone.

const P = BigInt(
  "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433812906663313" +
  "8078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980" +
  "0307904916540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328979132" +
  "4047457883446826065232797464795113767265869358218004631792207366886005262718636338608879688212076943236614949100" +
  "2923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507" +
  "711827842317498073276598828825169183103125680162072880719",
);
const Q = BigInt("78571733251071885079927659812671450121821421258408794611510081919805623223441");
const G = BigInt(
  "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298" +
  "7493890950838965734256019006010684771644917354741372831046104586813145117816467554005274028898461398645326612150" +
  "5579709716201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221539601" +
  "6043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173" +
  "4951942489677540525736590494924776314759915751987751777114814909204566002054781270547282381409725186398583341157" +
  "00568353695553423781475582491896050296680037745308460627",
);

export const name = "BELENIOS-2048";
export const order = Q;

const BITS = 256;
// Some eighty powers of each base in a ballot of twenty names need the fewest multiplications so (tests/bench/booth.py).
const WINDOW = 5;

export const multiply = (a, b) => (a * b) % P;

// Brings any number, also a negative one, into 0…q−1.
export function reduce(number) {
  const rest = number % Q;
  return rest < 0n ? rest + Q : rest;
}

// A table of a base's powers, so that raising it needs multiplications only.
export class FixedBase {
  constructor(base, window = WINDOW) {
    this.window = BigInt(window);
    this.mask = (1n << this.window) - 1n;
    this.rows = [];
    let step = base;
    for (let bit = 0; bit < BITS; bit += window) {
      const row = [1n];
      for (let digit = 1; digit < 2 ** window; digit += 1) row.push(multiply(row[digit - 1], step));
      this.rows.push(row);
      step = multiply(row[row.length - 1], step);
    }
  }

  // The exponent must lie in 0…q−1. Also where a digit is zero a multiplication is made.
  power(exponent) {
    let result = 1n;
    let rest = exponent;
    for (const row of this.rows) {
      result = multiply(result, row[Number(rest & this.mask)]);
      rest >>= this.window;
    }
    return result;
  }
}

let generator = null;

// The table of g, made once for the page.
export function powersOfGenerator() {
  generator = generator || new FixedBase(G);
  return generator;
}

function power(base, exponent) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = multiply(result, result);
    if (bit === "1") result = multiply(result, base);
  }
  return result;
}

// Reads an element of the group; null where the text is none, or stands for an element outside.
export function element(text) {
  if (typeof text !== "string" || !/^[1-9][0-9]{0,620}$/.test(text)) return null;
  const number = BigInt(text);
  return number < P && power(number, Q) === 1n ? number : null;
}
