// What every page does: large type, drafts that survive a reload, a question before what cannot be undone, going back.
const root = document.documentElement;
const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const keep = (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* private browsing */ } };

if (recall("large-type")) root.classList.add("large-type");
document.querySelector("[data-large-type]")?.addEventListener("click", () => {
  keep("large-type", root.classList.toggle("large-type") ? "1" : null);
});

for (const form of document.querySelectorAll("form.sg-form")) {
  form.addEventListener("submit", (event) => {
    // What follows from how things stand now (`data-consequence`, shown in the form) is part of the question.
    const asked = [...form.querySelectorAll("[data-consequence]:not([hidden])")].map((each) => each.textContent);
    if (form.dataset.confirm && !window.confirm([...asked, form.dataset.confirm].join("\n"))) { event.preventDefault(); return; }
    // A second tap on a slow line sends nothing new; the hidden request number would catch it anyway.
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelector("button[type=submit]")?.classList.add("disabled");
  });
}

// A field that must be filled may lie in a folded part, where the browser can show nobody what is missing.
document.addEventListener("invalid", (event) => {
  for (let part = event.target.closest("details"); part; part = part.parentElement?.closest("details")) part.open = true;
}, true);

// A draft bears an opaque mark of who is signed in: for nobody none is kept, another's is thrown away, and all go with
// the sign-out. What is confidential has no draft at all (`sg.textarea` keeps one only where a page asks for it).
const own = document.body.dataset.drafts;
const forget = (whose) => {
  let held = [];
  try { held = Object.keys(localStorage); } catch { /* private browsing */ }
  for (const key of held) if (key.startsWith("draft:") && !(whose && key.startsWith(`draft:${whose}:`))) keep(key, null);
};
if (own) {
  forget(own);
  for (const field of document.querySelectorAll("[data-draft]")) {
    const key = `draft:${own}:${location.pathname}:${field.form?.getAttribute("action")}:${field.name}`;
    if (!field.value && recall(key)) field.value = recall(key);
    field.addEventListener("input", () => keep(key, field.value || null));
    field.form?.addEventListener("submit", (event) => { if (!event.defaultPrevented) keep(key, null); });
  }
}
for (const form of document.querySelectorAll("form[action*='/sign-out']")) {
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) forget(null); });
}

// Who comes back to a page that the browser kept as it was left may send its forms again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form.sg-form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("button[type=submit]")?.classList.remove("disabled");
  }
});

document.querySelector("[data-back]")?.addEventListener("click", (event) => { event.preventDefault(); history.back(); });

const fragments = [...document.querySelectorAll("[data-fragment]")].map((place) =>
  fetch(place.dataset.fragment, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((html) => { place.innerHTML = html; return true; })
    .catch(() => { place.textContent = `${place.dataset.title ?? "这一部分"}暂时无法显示，其余功能不受影响。`; return false; })
    .finally(() => place.removeAttribute("aria-busy")));

// The parts come service by service; what is most urgent stands first, whichever service asks for it.
const GROUPS = ["now", "overdue", "today", "week", "later"];
const urgency = (task) => [GROUPS.indexOf(task.dataset.task), task.dataset.due];
const before = (one, other) => (one[0] - other[0]) || (one[1] < other[1] ? -1 : Number(one[1] > other[1]));
function arrange(tasks, place) {
  const held = document.activeElement;
  place.append(...[...tasks].sort((one, other) => before(urgency(one), urgency(other))));
  if (place.contains(held)) held.focus({ preventScroll: true });
}

const bench = document.querySelector("[data-workbench]");
if (bench) {
  Promise.all(fragments).then((shown) => {
    const tasks = bench.querySelectorAll("[data-task]");
    arrange(tasks, bench.querySelector("[data-tasks]"));
    for (const count of bench.querySelectorAll("[data-count]")) {
      count.textContent = bench.querySelectorAll(`[data-task=${count.dataset.count}]`).length;
      if (count.dataset.count === "now") count.parentElement.hidden = count.textContent === "0";
    }
    bench.querySelector("[data-counts]").hidden = tasks.length === 0;
    bench.querySelector("[data-nothing]").hidden = tasks.length > 0 || shown.includes(false);
  });
}
