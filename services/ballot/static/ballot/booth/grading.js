// Grading: one grade, or none, on every line of the form; the page counts how many lines are answered.
import { weights } from "./ballot.js";
import { pressed } from "./stage.js";
import { grouped } from "./wording.js";

const NONE = "";

// One grade of one line, as a button of which one of the line is pressed.
function option(place, value, label, checked) {
  const made = document.getElementById("grade").content.cloneNode(true);
  const input = made.querySelector("input");
  Object.assign(input, { name: `line-${place}`, id: `line-${place}-${value || "none"}`, value, checked });
  made.querySelector("label").htmlFor = input.id;
  made.querySelector('[data-part="name"]').textContent = label;
  return made;
}

function line(asked, place, given) {
  const made = document.getElementById("line").content.cloneNode(true);
  const part = (name) => made.querySelector(`[data-part="${name}"]`);
  part("label").textContent = asked.label;
  part("name").textContent = asked.name;
  part("text").textContent = asked.text;
  part("result").textContent = asked.result;
  part("result").hidden = !asked.result;
  asked.grades.forEach((grade, at) => part("grades").append(option(place, String(at), grade, given === at)));
  part("grades").append(option(place, NONE, "不表态", given === null));
  return made;
}

class Grading {
  constructor(stage, booth, memory) {
    Object.assign(this, { stage, booth, memory });
    this.part = stage.show("grade");
    this.part("deadline").textContent = booth.deadline;
    this.part("deadline-block").hidden = !booth.deadline;
    const kept = this.recall();
    booth.asked.forEach((asked, place) => this.part("list").append(line(asked, place, kept ? kept[place] : null)));
    this.part("form").addEventListener("change", () => this.changed());
    this.part("form").addEventListener("submit", (event) => event.preventDefault());
    this.draw();
  }

  recall() {
    const { draft, tracker } = this.memory;
    const kept = draft && Array.isArray(draft.grades) && draft.grades.length === this.booth.asked.length && draft.grades;
    this.part("recalled").hidden = !kept;
    this.part("before").hidden = !tracker;
    this.part("before-number").textContent = grouped(tracker);
    return kept;
  }

  // For each line the place of its grade, or null.
  get grades() {
    const given = new FormData(this.part("form"));
    return this.booth.asked.map((_, place) => {
      const value = given.get(`line-${place}`);
      return value === null || value === NONE ? null : Number(value);
    });
  }

  changed() {
    this.memory.draft = { grades: this.grades };
    this.draw();
  }

  draw() {
    const all = this.booth.asked.length;
    const answered = this.grades.filter((each) => each !== null).length;
    const words = `已评${answered}项／共${all}项`;
    const rest = all - answered;
    this.part("count").textContent = words;
    this.part("why").textContent = rest ? `其余${rest}项不表态。` : "";
    this.stage.say(`${words}。`);
  }
}

// Lets the elector grade; resolves with the place of the grade on each line, or null.
export async function choose(stage, booth, memory) {
  const grading = new Grading(stage, booth, memory);
  await pressed(grading.part, "next");
  return { grades: grading.grades };
}

// Shows what was chosen, line by line; resolves with whether it is to be cast.
export async function review(stage, booth, { grades }) {
  const part = stage.show("review-grades");
  booth.asked.forEach((asked, place) => {
    const row = document.getElementById("graded").content.cloneNode(true);
    const given = grades[place] === null ? "不表态" : asked.grades[grades[place]];
    row.querySelector('[data-part="name"]').textContent = asked.name;
    row.querySelector('[data-part="text"]').textContent = asked.text;
    row.querySelector('[data-part="given"]').textContent = given;
    row.querySelector('[data-part="given"]').classList.toggle("sgv-none", grades[place] === null);
    part("rows").append(row);
  });
  const answered = grades.filter((each) => each !== null).length;
  part("blank").hidden = answered > 0;
  stage.say(`请核对：您评了${answered}项，共${grades.length}项。`);
  return (await pressed(part, "cast", "back")) === "cast";
}

// What the ballot says on each of its questions.
export const weightsOf = (booth, { grades }) =>
  booth.election.questions.map((question, place) => weights(question, grades[place] === null ? [] : [grades[place]], grades[place] === null));
