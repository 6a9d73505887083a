// Ticking candidates: the page counts, stops at the number allowed, and says why a box cannot be ticked.
import { weights } from "./ballot.js";
import { pressed } from "./stage.js";
import { grouped } from "./wording.js";

// How many may be ticked, in words.
export function rule({ min, max }) {
  if (min === max) return `须选${max}人`;
  return `最多选${max}人`;
}

function row(candidate, place) {
  const made = document.getElementById("candidate").content.cloneNode(true);
  const part = (name) => made.querySelector(`[data-part="${name}"]`);
  const box = part("box");
  box.value = String(place);
  box.id = `choice-${place}`;
  part("label").htmlFor = box.id;
  part("name").textContent = candidate.name;
  part("note").textContent = candidate.note ? `（${candidate.note}）` : "";
  for (const kind of ["deed", "pledge"]) {
    part(kind).textContent = candidate[kind] || "";
    part(`${kind}-block`).hidden = !candidate[kind];
  }
  part("about").hidden = !candidate.deed && !candidate.pledge;
  part("about-label").textContent = `${candidate.name}简介`;
  return made;
}

// What may be done with so many ticks: whether it is enough, whether more may be ticked, and the words for it.
export function standing(question, ticked, blank) {
  const whole = question.min === question.max ? `须选${question.max}人` : `最多${question.max}人`;
  if (blank) return { ready: true, full: true, count: "弃权", why: "已选弃权；要选候选人，请先取消弃权。" };
  const count = `已选${ticked}人／${whole}`;
  const full = ticked >= question.max;
  if (full) return { ready: true, full, count, why: `已选满${question.max}人；要改选，请先取消一人。` };
  if (ticked >= question.min) return { ready: true, full, count, why: "" };
  const short = ticked ? `还须再选${question.min - ticked}人。` : `请选择候选人${question.blank ? "，或者选弃权" : ""}。`;
  return { ready: false, full, count, why: short };
}

class Choosing {
  constructor(stage, booth, memory) {
    Object.assign(this, { stage, question: booth.question, memory });
    this.part = stage.show("choose");
    this.part("rule").textContent = rule(booth.question);
    this.part("deadline").textContent = booth.deadline;
    this.part("deadline-block").hidden = !booth.deadline;
    this.part("rehearsal").hidden = !booth.rehearsal;
    booth.candidates.forEach((each, place) => this.part("list").append(row(each, place)));
    this.boxes = [...this.part("list").querySelectorAll("input")];
    this.blank = this.part("blank");
    this.part("blank-block").hidden = !booth.question.blank;
    this.recall();
    this.part("form").addEventListener("change", () => this.changed());
    this.part("form").addEventListener("submit", (event) => event.preventDefault());
    this.draw();
  }

  recall() {
    const { draft, tracker } = this.memory;
    for (const place of draft ? draft.ticked : []) if (this.boxes[place]) this.boxes[place].checked = true;
    this.blank.checked = Boolean(draft && draft.blank);
    this.part("recalled").hidden = !draft;
    this.part("before").hidden = !tracker;
    this.part("before-number").textContent = grouped(tracker);
  }

  get choice() {
    const ticked = this.boxes.filter((box) => box.checked).map((box) => Number(box.value));
    return { ticked, blank: this.blank.checked };
  }

  changed() {
    this.memory.draft = this.choice;
    this.draw();
  }

  draw() {
    const { ticked, blank } = this.choice;
    const now = standing(this.question, ticked.length, blank);
    for (const box of this.boxes) box.disabled = !box.checked && now.full;
    this.blank.disabled = ticked.length > 0;
    this.part("blank-why").hidden = ticked.length === 0;
    this.part("count").textContent = now.count;
    this.part("why").textContent = now.why;
    this.part("next").disabled = !now.ready;
    this.stage.say(`${now.count}。${now.why}`);
  }
}

// Lets the elector choose; resolves with the places ticked, or the blank.
export async function choose(stage, booth, memory) {
  const choosing = new Choosing(stage, booth, memory);
  await pressed(choosing.part, "next");
  return choosing.choice;
}

// Shows what was chosen in large type; resolves with whether it is to be cast.
export async function review(stage, booth, { ticked, blank }) {
  const part = stage.show("review");
  part("rehearsal").hidden = !booth.rehearsal;
  part("blank").hidden = !blank;
  part("chosen").hidden = blank;
  part("number").textContent = String(ticked.length);
  const room = booth.question.max - ticked.length;
  part("room").textContent = room > 0 ? `还可以再选${room}人。` : "";
  for (const place of ticked) {
    const item = document.createElement("li");
    const { name, note } = booth.candidates[place];
    item.textContent = note ? `${name}（${note}）` : name;
    part("names").append(item);
  }
  const names = ticked.map((place) => booth.candidates[place].name).join("、");
  stage.say(blank ? "请核对：您选择弃权。" : `请核对：您选了${ticked.length}人，${names}。`);
  return (await pressed(part, "cast", "back")) === "cast";
}

// What the ballot says on its one question.
export const weightsOf = (booth, { ticked, blank }) => [weights(booth.question, ticked, blank)];
