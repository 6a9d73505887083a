// The screen of pledges turns its pages by itself; when the line fails, what is shown stays until it is back.
const REST = 12000;
let paused = false;

document.addEventListener("keydown", (event) => {
  if (event.key === " ") { event.preventDefault(); paused = !paused; }
});

async function turn() {
  if (!paused) {
    try {
      const answer = await fetch(document.body.dataset.next);
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const name of ["header", "main", "footer"]) document.querySelector(name).replaceWith(next.querySelector(name));
        document.body.dataset.next = next.body.dataset.next;
      }
    } catch { /* the next turn tries again */ }
  }
  setTimeout(turn, REST);
}
setTimeout(turn, REST);
