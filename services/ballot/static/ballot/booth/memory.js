// What the tab remembers until the ballot is in the box: the draft, the sealed ballot, then only its tracking number.
// It is bound to the elector's public credential: who signs in after somebody else in the same tab finds nothing.

const keyOf = (ballot) => `booth:${ballot}`;

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) || {};
  } catch {
    return {};
  }
}

// The tracking number of the tab's latest ballot, sent or about to be sent, whoever cast it; "" when there is none.
export function latestTracker(ballot) {
  const { sealed, tracker } = read(keyOf(ballot));
  return (sealed && sealed.tracker) || tracker || "";
}

export class Memory {
  constructor(ballot, owner) {
    this.key = keyOf(ballot);
    this.owner = owner;
    if (this.read().owner !== owner) this.write({ owner });
  }

  read() {
    return read(this.key);
  }

  write(value) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(value));
    } catch {
      // A full or forbidden store: the vote goes on, a reload begins anew.
    }
  }

  get draft() {
    return this.read().draft || null;
  }

  set draft(draft) {
    this.write({ ...this.read(), draft });
  }

  get sealed() {
    return this.read().sealed || null;
  }

  set sealed(sealed) {
    this.write({ ...this.read(), sealed: sealed && { at: Date.now(), ...sealed } });
  }

  get tracker() {
    return this.read().tracker || "";
  }

  // The ballot is in the box: neither draft nor sealed ballot stays.
  settle(tracker) {
    this.write({ owner: this.owner, tracker });
  }
}
