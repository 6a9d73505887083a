// The page's own words: why a ballot was refused, what state a vote is in, how numbers and times are written.

const NOT_LAWFUL = "选票没有通过核验，没有投入票箱。";
const REFUSED = {
  other_election: "这张选票属于另一次投票。请刷新本页后重新投票。",
  signature: "选票的签名不对。请刷新本页后重新投票。",
  signature_hash: "选票在传送中被改动。请重新投票。",
  not_canonical: "选票的格式不对，可能在传送中被改动。请重新投票。",
  individual_proof: NOT_LAWFUL,
  overall_proof: NOT_LAWFUL,
  blank_proof: NOT_LAWFUL,
  tracker: "票箱给出的票号与本机算出的不一致，本次投票不可信。请立即告诉监票人。",
};

// What to tell somebody whose ballot was refused.
export function refusal({ code, message }) {
  return message || REFUSED[code] || `${NOT_LAWFUL}请重新投票；如再次出现，请改用纸质选票，并把代码“${code || "无"}”告诉监票人。`;
}

// Why a ballot has not arrived yet; it is sent again by itself.
const DELAYS = {
  pending: "您的前一张选票还在核验，稍候会自动寄出这一张。",
  often: "寄送过于频繁，稍候会自动再寄。",
};
export const delay = (reason) => DELAYS[reason] || "网络或服务器暂时不通，正在自动重试。";

// The states of a ballot in which nobody can cast one, with a title and a sentence.
const COUNTING = ["投票已经截止", "正在计票。结果宣布以前，任何人都看不到得票情况。"];
const STATES = {
  called: ["投票还没有开始", "监票人清点人数、宣布开始以后，本页会自动打开。"],
  closing: ["投票已经截止", "正在核验票箱里剩余的选票。"],
  closed: COUNTING,
  entered: COUNTING,
  tallying: COUNTING,
  counted: ["投票已经结束", "计票结果已经宣布。"],
  annulled: ["本次投票已经作废", "请以支部的通知为准；如重新投票，会另行通知。"],
};
export const stateWords = (state) => STATES[state] || COUNTING;

// A tracking number as people read it: in fours.
export const grouped = (tracker) => (tracker.match(/.{1,4}/g) || []).join(" ");

// A time as official papers write it, in Shanghai: 2013年4月1日18:00.
export function moment(text) {
  if (!text) return "";
  const how = { timeZone: "Asia/Shanghai", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = {};
  for (const { type, value } of new Intl.DateTimeFormat("zh-CN", how).formatToParts(new Date(text))) parts[type] = value;
  return `${parts.year}年${parts.month}月${parts.day}日${parts.hour}:${parts.minute}`;
}
