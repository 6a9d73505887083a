// Proofs that a ciphertext holds one of a few numbers, and says no more.
//
// Whoever proves knows each ciphertext's randomness r and content m. So every commitment, also of a case that does not
// hold and is only simulated, is a power of g and of y alone: α^c and β^c never need to be raised.
import { multiply, powersOfGenerator, reduce } from "./group.js";
import { challenge } from "./hashing.js";

// A case says: this ciphertext (randomness `r`) holds what it is said to hold; `off` is by how much that is untrue.
function commitments(key, { r, off }, response, challenged) {
  const generator = powersOfGenerator();
  const exponent = reduce(response + r * challenged);
  return [
    generator.power(exponent),
    multiply(key.power(exponent), generator.power(reduce(off * challenged))),
  ];
}

const written = (challenged, response) => ({ challenge: challenged.toString(), response: response.toString() });

// Proves that one of the cases holds, the one at place `held`; `prefix` is what the challenge binds besides.
// For the case that holds numbers are drawn as for the others, and thrown away: every case costs the same.
export async function proveOneOf(key, prefix, cases, held, source) {
  const proofs = cases.map(() => ({ challenged: source.exponent(), response: source.exponent() }));
  const w = source.exponent();
  proofs[held] = { challenged: 0n, response: w };
  const all = cases.map((each, place) => commitments(key, each, proofs[place].response, proofs[place].challenged).join(","));
  const total = await challenge(`${prefix}|${all.join(",")}`);
  const simulated = proofs.reduce((sum, each) => sum + each.challenged, 0n);
  const challenged = reduce(total - simulated);
  proofs[held] = { challenged, response: reduce(w - cases[held].r * challenged) };
  return proofs.map((each) => written(each.challenged, each.response));
}

// Proves knowledge of the secret behind a credential: the ballot's signature.
export async function sign(secret, hash, source) {
  const w = source.exponent();
  const challenged = await challenge(`sig|${hash}|${powersOfGenerator().power(w)}`);
  return { hash, proof: written(challenged, reduce(w - secret * challenged)) };
}
