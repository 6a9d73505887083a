// The public board: copying its text, and a screen that scrolls by itself and fetches the news when it has come round.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    const done = () => { button.textContent = "已复制"; };
    // Plain http has no clipboard; the selected text is then copied the old way.
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, () => document.execCommand("copy") && done());
    else if (document.execCommand("copy")) done();
  });
}

const screen = document.querySelector("[data-screen] main");
if (screen) {
  let paused = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let rest = 180;
  let offset = 0;
  document.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); paused = !paused; } });
  const step = () => {
    if (!paused && rest-- <= 0) {
      offset += 0.7;
      screen.scrollTop = offset;
      if (offset > screen.scrollHeight - screen.clientHeight + 200) { location.reload(); return; }
    }
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  setTimeout(() => location.reload(), 600000);
}
