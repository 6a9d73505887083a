// Makes a ballot: encrypts each weight, proves that it is lawful, signs the whole.
import { multiply, powersOfGenerator } from "./group.js";
import { fingerprint } from "./hashing.js";
import { proveOneOf, sign } from "./proofs.js";
import { publicOf } from "./credential.js";
import { Randomness } from "./randomness.js";

// Gives the 0/1 weights of a question from the places ticked; the blank's weight stands first where there is one.
export function weights(question, ticked, blank) {
  const votes = question.answers.map((_, place) => (ticked.includes(place) ? 1 : 0));
  return question.blank ? [blank ? 1 : 0, ...votes] : votes;
}

function check(question, given) {
  const offset = question.blank ? 1 : 0;
  const sum = given.slice(offset).reduce((total, each) => total + each, 0);
  const blank = question.blank && given[0] === 1;
  const shape = given.length === question.answers.length + offset && given.every((each) => each === 0 || each === 1);
  const lawful = blank ? sum === 0 : sum >= question.min && sum <= question.max;
  if (!shape || !lawful) throw new RangeError("choices");
}

// The longest that the page is kept from drawing and from answering a finger.
const BREATH = 40;

// Tells how far the work is, and lets the page draw now and then; a pause at each step would cost more than the work.
class Progress {
  constructor(whole, tell) {
    Object.assign(this, { whole, tell, part: 0, since: performance.now() });
  }

  async step() {
    this.part += 1;
    if (performance.now() - this.since < BREATH && this.part < this.whole) return;
    this.tell(this.part, this.whole);
    await new Promise((resume) => setTimeout(resume, 0));
    this.since = performance.now();
  }
}

class Answer {
  constructor(election, question, given, start, source) {
    check(question, given);
    Object.assign(this, { key: election.key, question, given, start, source, sealed: [] });
  }

  encrypt(weight, r) {
    const generator = powersOfGenerator();
    const marked = generator.power(BigInt(weight));
    return { r, m: BigInt(weight), alpha: generator.power(r), beta: multiply(this.key.power(r), marked) };
  }

  sum(from) {
    return this.sealed.slice(from).reduce(
      (total, each) => ({
        r: total.r + each.r,
        m: total.m + each.m,
        alpha: multiply(total.alpha, each.alpha),
        beta: multiply(total.beta, each.beta),
      }),
      { r: 0n, m: 0n, alpha: 1n, beta: 1n },
    );
  }

  bound() {
    return `${this.start}|${this.sealed.map(({ alpha, beta }) => `${alpha},${beta}`).join(",")}`;
  }

  prove(prefix, cases, held) {
    return proveOneOf(this.key, prefix, cases, held, this.source);
  }

  individual(one) {
    const prefix = `prove|${this.start}|${one.alpha},${one.beta}`;
    return this.prove(prefix, [{ r: one.r, off: one.m }, { r: one.r, off: one.m - 1n }], Number(one.m));
  }

  // One case for each lawful number of votes.
  lawful(sum) {
    const cases = [];
    for (let votes = this.question.min; votes <= this.question.max; votes += 1) {
      cases.push({ r: sum.r, off: sum.m - BigInt(votes) });
    }
    return cases;
  }

  async overall() {
    const sum = this.sum(0);
    const prefix = `prove|${this.bound()}|${sum.alpha},${sum.beta}`;
    return { overall_proof: await this.prove(prefix, this.lawful(sum), Number(sum.m) - this.question.min) };
  }

  // With a blank: the number of votes is lawful or the ballot is blank; and not both blank and with votes.
  async overallWithBlank() {
    const [blank, sum] = [this.sealed[0], this.sum(1)];
    const isBlank = blank.m === 1n;
    const either = [{ r: blank.r, off: blank.m - 1n }, ...this.lawful(sum)];
    const overall = await this.prove(`bproof1|${this.bound()}`, either, isBlank ? 0 : 1 + Number(sum.m) - this.question.min);
    const apart = [{ r: blank.r, off: blank.m }, { r: sum.r, off: sum.m }];
    return { overall_proof: overall, blank_proof: await this.prove(`bproof0|${this.bound()}`, apart, isBlank ? 1 : 0) };
  }

  async make(way) {
    const randomness = this.given.map(() => this.source.exponent());
    for (const [place, weight] of this.given.entries()) {
      this.sealed.push(this.encrypt(weight, randomness[place]));
      await way.step();
    }
    const proofs = [];
    for (const one of this.sealed) {
      proofs.push(await this.individual(one));
      await way.step();
    }
    const whole = this.question.blank ? await this.overallWithBlank() : await this.overall();
    const choices = this.sealed.map(({ alpha, beta }) => ({ alpha: alpha.toString(), beta: beta.toString() }));
    return { choices, individual_proofs: proofs, ...whole };
  }
}

// Makes the exact text of a ballot and its tracking number. `choices` holds the weights of every question in order;
// `progress(part, whole)` is told how far it is, and the page may draw in between.
export async function makeBallot(election, secret, choices, { source = new Randomness(), progress = () => {} } = {}) {
  if (choices.length !== election.questions.length) throw new RangeError("questions");
  const whole = 2 * choices.reduce((total, each) => total + each.length, 0) + 1;
  const way = new Progress(whole, progress);
  const credential = publicOf(secret).toString();
  const answers = [];
  for (const [place, question] of election.questions.entries()) {
    const answer = new Answer(election, question, choices[place], `${election.hash}|${credential}`, source);
    answers.push(await answer.make(way));
  }
  const unsigned = { election_uuid: election.uuid, election_hash: election.hash, credential, answers };
  const signature = await sign(secret, await fingerprint(JSON.stringify(unsigned)), source);
  await way.step();
  const text = JSON.stringify({ ...unsigned, signature });
  return { text, tracker: await fingerprint(text) };
}
