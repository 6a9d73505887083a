// The election as its exact text says it; what this page cannot carry out faithfully is refused.
import { FixedBase, element, name as groupName } from "./group.js";
import { fingerprint } from "./hashing.js";

// Why a text is no election for this page.
export class Unusable extends Error {}

function questionOf(given) {
  const { answers, blank = false, min, max, question } = given;
  const counts = [min, max].every((each) => Number.isInteger(each) && each >= 0);
  const texts = Array.isArray(answers) && answers.length > 0 && answers.every((each) => typeof each === "string");
  if (!counts || !texts || min > max || max > answers.length || typeof blank !== "boolean") {
    throw new Unusable("question");
  }
  return { answers, blank, min, max, question };
}

// Reads the text; gives questions, the key with its table, and the hash that every ballot carries.
export async function readElection(text) {
  const given = JSON.parse(text);
  if (given.version !== 1 || given.group !== groupName || typeof given.uuid !== "string") throw new Unusable("version");
  const key = element(given.public_key);
  if (key === null || key === 1n) throw new Unusable("public_key");
  return {
    uuid: given.uuid,
    name: given.name,
    hash: await fingerprint(text),
    key: new FixedBase(key),
    questions: given.questions.map(questionOf),
  };
}
