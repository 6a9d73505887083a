// Keeps the numbers on a teller's page up to date while people vote and the box is counted.

const place = document.querySelector("[data-live]");
const EVERY = 2000;

async function look() {
  const answer = await fetch(`/ballot/api/ballots/${place.dataset.live}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const ballot = await answer.json();
  if (ballot.state !== place.dataset.state || Boolean(ballot.progress.trouble) !== ("trouble" in place.dataset)) {
    window.location.reload();
    return;
  }
  show("[data-received]", ballot.progress.received);
  show("[data-decrypted]", ballot.progress.decrypted);
  for (const few of document.querySelectorAll("[data-least]")) few.hidden = ballot.progress.received >= Number(few.dataset.least);
}

function show(selector, number) {
  if (number === null) return;
  for (const each of document.querySelectorAll(selector)) each.textContent = String(number);
}

function again() {
  setTimeout(() => {
    const done = document.hidden ? Promise.resolve() : look();
    done.catch(() => {}).finally(again);
  }, EVERY);
}

if (place) again();
