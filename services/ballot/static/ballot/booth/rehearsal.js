// A rehearsal with invented candidates: everything is done as in earnest, down to the sealed ballot, which goes nowhere.
import * as choosing from "./choosing.js";
import { readElection } from "./election.js";
import { name as group, powersOfGenerator } from "./group.js";
import { available, fingerprint } from "./hashing.js";
import { Randomness } from "./randomness.js";

const MOST = 3;
const CANDIDATES = [
  ["丁一", "", "示例：为学院老教师上门调试网络，全季度二十余次。", "示例：有求必应，随叫随到。"],
  ["王二", "副书记", "示例：结对帮扶两名学业困难学生，两人均通过补考。", "示例：不让一名学生掉队。"],
  ["冯三", "", "", "示例：实验室安全天天查。"],
  ["李四", "", "示例：暴雨夜值守图书馆，转移图书三百余册。", ""],
  ["张五", "", "示例：组织义务献血，本人连续第八年参加。", "示例：多走一步，多帮一把。"],
  ["赵六", "", "", ""],
];

async function election() {
  const secret = new Randomness().exponent();
  const answers = CANDIDATES.map(([name, note]) => (note ? `${name}（${note}）` : name));
  const text = JSON.stringify({
    version: 1,
    description: "练习",
    name: "练习",
    group,
    public_key: powersOfGenerator().power(secret).toString(),
    questions: [{ answers, blank: true, min: 1, max: MOST, question: "练习" }],
    uuid: "Rehearsa1Rehearsa1",
  });
  return readElection(text);
}

// Makes everything ready; where the browser does not encrypt here, the election is null and the page stops before it.
export async function prepare(stage) {
  stage.name("投票练习", "候选人和事迹都是编造的，什么也不会寄出");
  const made = available() ? await election() : null;
  const answers = CANDIDATES.map(([name, note]) => name + note);
  return {
    ballot: "rehearsal",
    election: made,
    question: made ? made.questions[0] : { answers, blank: true, min: 1, max: MOST },
    candidates: CANDIDATES.map(([name, note, deed, pledge]) => ({ name, note, deed, pledge })),
    deadline: "",
    way: choosing,
    rehearsal: true,
    owner: "rehearsal",
    secret: () => new Randomness().exponent(),
    post: async (text) => ({ ok: true, state: "accepted", tracker: await fingerprint(text) }),
    fate: async () => ({ ok: true, state: "accepted" }),
    board: () => "/ballot/box/rehearsal",
  };
}
