// The form of a pledge: counts the one sentence while it is typed, and shows item after item. The server decides.
const field = document.querySelector("[data-most]");
const most = Number(field.dataset.most);
const shown = document.querySelector("[data-count]");
const count = () => {
  const length = [...field.value.trim()].length;
  shown.textContent = length > most ? `已写${length}个字，超过了${length - most}个字。` : `已写${length}个字。`;
  shown.classList.toggle("text-danger", length > most);
};
field.addEventListener("input", count);
count();

const rows = [...document.querySelectorAll("[data-item]")];
const more = document.querySelector("[data-more]");
const empty = (row) => ![...row.querySelectorAll("textarea, input:not([type=hidden])")].some((each) => each.value);
let visible = Math.max(rows.findLastIndex((row) => !empty(row)) + 1, 1);
const draw = () => {
  rows.forEach((row, place) => { row.hidden = place >= visible; });
  more.hidden = visible >= rows.length && rows.length >= 30;
};
more.addEventListener("click", () => {
  if (visible === rows.length) {
    const row = rows.at(-1).cloneNode(true);
    const number = rows.length + 1;
    for (const each of row.querySelectorAll("textarea, input, select")) each.value = "";
    row.querySelector("legend").textContent = `第${number}项`;
    for (const each of row.querySelectorAll("[id]")) each.id = each.id.replace(/-\d+$/, `-${number}`);
    for (const each of row.querySelectorAll("[for]")) each.htmlFor = each.htmlFor.replace(/-\d+$/, `-${number}`);
    rows.at(-1).after(row);
    rows.push(row);
  }
  visible += 1;
  draw();
  rows[visible - 1].querySelector("textarea").focus();
});
draw();
