// The tellers' tally: a tap adds a stroke of 正 to a candidate; the sums are compared while typing. The server decides.
const STROKES = ["", "一", "丅", "下", "止"];
const table = document.querySelector("[data-tally]");
const number = (field) => (/^\d+$/.test(field.value.trim()) ? Number(field.value) : null);
const strokes = (votes) => "正".repeat(Math.floor(votes / 5)) + STROKES[votes % 5];

function button(label, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary";
  made.textContent = label;
  made.setAttribute("aria-label", title);
  made.addEventListener("click", act);
  return made;
}

function sums() {
  const field = (name) => number(document.getElementById(`f-${name}`));
  const [valid, invalid, abstained] = ["valid", "invalid", "abstained"].map(field);
  const total = [...table.querySelectorAll("[data-votes]")].reduce((sum, each) => sum + (number(each) ?? 0), 0);
  const lines = [`得票合计${total}。`];
  if (valid !== null && invalid !== null && valid + invalid !== Number(table.dataset.returned)) {
    lines.push(`有效与无效合计${valid + invalid}张，与收回的${table.dataset.returned}张不符。`);
  }
  if (valid !== null && abstained !== null) {
    const most = Math.max(valid - abstained, 0) * Number(table.dataset.choices);
    if ("exactly" in table.dataset ? total !== most : total > most) {
      lines.push("exactly" in table.dataset ? `得票合计应为${most}。` : `得票合计不能多于${most}。`);
    }
  }
  const place = table.querySelector("[data-sums]");
  place.textContent = lines.join("");
  place.classList.toggle("text-danger", lines.length > 1);
}

for (const field of table.querySelectorAll("[data-votes]")) {
  const name = field.labels[0].textContent.replaceAll(/\s/g, "");
  const shown = document.createElement("div");
  shown.className = "sgb-strokes";
  shown.setAttribute("aria-hidden", "true");
  const add = (step) => () => {
    field.value = String(Math.max((number(field) ?? 0) + step, 0));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => { shown.textContent = strokes(Math.min(number(field) ?? 0, 500)); };
  field.before(button("－", `${name}减一票`, add(-1)));
  field.after(button("＋", `${name}加一票`, add(1)), shown);
  field.addEventListener("input", draw);
  draw();
}
table.closest("form").addEventListener("input", sums);
sums();
