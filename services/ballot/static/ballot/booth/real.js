// A real ballot: its facts from the box, the elector's credential from the branch's register of electors.
import { wellFormed, publicOf, secretOf } from "./credential.js";
import * as choosing from "./choosing.js";
import * as door from "./door.js";
import { readElection } from "./election.js";
import * as grading from "./grading.js";
import { powersOfGenerator } from "./group.js";
import { available } from "./hashing.js";
import { latestTracker } from "./memory.js";
import { grouped, moment, stateWords } from "./wording.js";

const LOOKING_AGAIN = 5000;

// Why nobody can vote on this page just now; `scene` is what to show.
export class NotNow extends Error {
  constructor(scene) {
    super(scene.title);
    this.scene = scene;
  }
}

// A search goes to a page of the box, for the gateway keeps no log of it.
const board = (ballot, tracker) =>
  tracker ? `/ballot/box/${ballot}/find?tracker=${encodeURIComponent(tracker)}` : `/ballot/boards/${ballot}`;

function refuseUnsafe(facts) {
  if (window.isSecureContext && available() && facts.secure !== false) return;
  throw new NotNow({
    title: "这个地址不安全，不能投票",
    text: "选票要在本机加密后才能寄出，浏览器只在以 https:// 开头的地址上允许加密。请向支部索取正确的网址，或者改用纸质选票。没有寄出任何内容。",
    tone: "danger",
    links: [["先练习一遍", "/ballot/box/rehearsal"]],
  });
}

function over(ballot, title, text) {
  const tracker = latestTracker(ballot);
  const own = tracker && `本页最近封好的选票，票号是 ${grouped(tracker)}，是否已投入票箱可凭票号查找。`;
  return { title, text: text + own, links: [[tracker ? "凭票号查找" : "查看公告板", board(ballot, tracker)]] };
}

// Fetches the facts, waiting while the ballot is called but not yet opened.
async function openFacts(ballot, stage) {
  for (let first = true; ; first = false) {
    const facts = await door.facts(ballot);
    if (!facts.ok) throw new NotNow({ title: "没有这次电子投票", text: facts.message || "请检查网址，或者从“待办”进入。", links: [["回到待办", "/roster/"]] });
    stage.name(facts.title, facts.organization);
    refuseUnsafe(facts);
    if (facts.state === "open" && facts.election) return facts;
    const [title, text] = stateWords(facts.state);
    if (facts.state !== "called") throw new NotNow(over(ballot, title, text));
    if (first) stage.message({ title, text, links: facts.kind === "grading" ? [] : [["先练习一遍", "/ballot/box/rehearsal"]] });
    await new Promise((resume) => setTimeout(resume, LOOKING_AGAIN));
  }
}

const TITLES = {
  not_an_elector: "您不在本次电子投票的选民名单中",
  not_on_the_roll: "您不在本次电子测评的名单中",
  votes_on_paper: "请使用纸质选票",
};
// An address of this site and no other: the credential that it gives must come from the service that called the ballot.
const REGISTER = /^\/(evaluation\/api\/ballots|pledge\/api\/gradings)\/[0-9a-f-]+\/credential$/;

async function ownCredential(ballot, register) {
  if (!REGISTER.test(register)) throw new Error("register");
  const answer = await door.credential(register);
  if (answer.status === 401) {
    const back = encodeURIComponent(`/ballot/box/${ballot}`);
    throw new NotNow({
      title: "请先登录再投票",
      text: "登录只用来确认您是选民、领取投票凭证。选票在本机加密，寄出时不带登录信息，任何人都不能由此得知您选了谁。",
      tone: "warning",
      links: [["登录", `/roster/sign-in?next=${back}`, "primary"]],
    });
  }
  if (!answer.ok || !wellFormed(answer.credential)) {
    throw new NotNow({
      title: TITLES[answer.code] || "不能领取投票凭证",
      text: answer.message || "请与监票人联系，改用纸质选票。",
      tone: "warning",
      links: [["回到待办", "/roster/"]],
    });
  }
  return answer;
}

// A list of electors that is not the one of the call: whoever votes on it may be alone on it, and betrayed by the sum.
function refuseOtherRoll(facts, given) {
  if (!given.roll || !facts.roll || facts.roll === given.roll) return;
  throw new NotNow({
    title: "选民名单不一致",
    text: "票箱里的选民名单与发起投票时的不一致，不能投票。没有寄出任何内容。请立即告诉监票人：本次投票应当作废，重新发起。",
    tone: "danger",
  });
}

const named = ({ name, note }) => (note ? `${name}（${note}）` : name);

// The candidates as the ballot will carry them; a list that differs from the election's or the call's is not voted on.
function candidatesOf(facts, question, given) {
  const called = given || facts.candidates;
  const same = facts.candidates.length === question.answers.length && facts.candidates.length === called.length
    && facts.candidates.every((each, at) => named(each) === question.answers[at] && each.person_id === called[at].person_id);
  if (!same) {
    throw new NotNow({ title: "候选人名单不一致", text: "票箱里的候选人名单与公布的不一致，不能投票。请立即告诉监票人。", tone: "danger" });
  }
  const about = new Map(called.map((each) => [each.person_id, each]));
  return facts.candidates.map((each) => ({ ...about.get(each.person_id), ...each }));
}

function electionOf(facts, election, given) {
  if (election.questions.length !== 1) throw new Error("election");
  const [question] = election.questions;
  return { way: choosing, question, candidates: candidatesOf(facts, question, given.candidates) };
}

// The lines of a grading: the election knows places and grades, the elector alone is told whom each place means.
function gradingOf(election, given) {
  const lines = given.questions || [];
  const same = lines.length === election.questions.length && election.questions.every((question, at) =>
    lines[at].place === at + 1
    && question.question === `第${at + 1}项` && question.blank && question.min === 1 && question.max === 1
    && question.answers.length === lines[at].choices.length
    && question.answers.every((grade, place) => grade === lines[at].choices[place]));
  if (!same) {
    throw new NotNow({ title: "测评项目不一致", text: "票箱里的测评项目与发起时的不一致，不能测评。请立即告诉监票人。", tone: "danger" });
  }
  const asked = lines.map(({ name, text, result, choices }, at) => ({ label: `第${at + 1}项`, name, text, result, grades: choices }));
  return { way: grading, asked };
}

// Makes everything ready to vote on a ballot; NotNow says why it cannot be.
export async function prepare(ballot, stage) {
  const facts = await openFacts(ballot, stage);
  const given = await ownCredential(ballot, facts.register);
  refuseOtherRoll(facts, given);
  const election = await readElection(facts.election);
  if (election.uuid !== facts.uuid) throw new Error("election");
  const asked = facts.kind === "grading" ? gradingOf(election, given) : electionOf(facts, election, given);
  const secret = await secretOf(given.credential, election.uuid);
  powersOfGenerator();
  return {
    ballot,
    election,
    ...asked,
    deadline: moment(facts.closes_at),
    rehearsal: false,
    owner: publicOf(secret).toString(),
    secret: () => secret,
    post: (text) => door.post(ballot, text),
    fate: (tracker) => door.fate(ballot, tracker),
    board: (tracker) => board(ballot, tracker),
  };
}
