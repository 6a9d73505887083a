// What goes over the line: the facts, the own credential, the ballot and the question what became of it.
// The ballot and every question about it travel without any cookie.

const COMMON = { cache: "no-store", referrerPolicy: "no-referrer", redirect: "error" };
const ANONYMOUS = { ...COMMON, credentials: "omit" };
// The line or the server is away for now; the same request may be sent again.
export class Away extends Error {}

async function ask(address, how) {
  let answer;
  try {
    answer = await fetch(address, how);
  } catch {
    throw new Away("line");
  }
  if (answer.status === 429) throw new Away("often");
  if (answer.status >= 500) throw new Away("server");
  let body = null;
  try {
    body = await answer.json();
  } catch {
    if (answer.ok) throw new Away("cut off");
  }
  return { status: answer.status, ok: answer.ok, ...body };
}

export const facts = (ballot) => ask(`/ballot/api/box/${ballot}`, ANONYMOUS);

// Who called a ballot knows its electors: the box says where that is.
export const credential = (register) => ask(register, { ...COMMON, credentials: "same-origin" });

// Posts the exact text; `Away` also while an earlier ballot of the same elector is still being verified.
export async function post(ballot, text) {
  const headers = { "Content-Type": "application/json" };
  const answer = await ask(`/ballot/api/box/${ballot}`, { ...ANONYMOUS, method: "POST", headers, body: text });
  if (answer.code === "ballot_pending") throw new Away("pending");
  return answer;
}

export const fate = (ballot, tracker) =>
  ask(`/ballot/api/box/${ballot}/ballots?tracker=${encodeURIComponent(tracker)}`, ANONYMOUS);
