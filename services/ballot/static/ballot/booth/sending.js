// From the confirmed choice to the box: sealing, posting the same text until it arrives, and waiting for its fate.
import { makeBallot } from "./ballot.js";
import { Away } from "./door.js";
import { pressed } from "./stage.js";
import { delay, grouped, refusal } from "./wording.js";

const PATIENCE = [1000, 2000, 4000, 8000, 15000];
const LOOKS = 10;
const STRANGE = 4;

const SETTLED = ["accepted", "replaced", "refused"];
const rest = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

// Encrypts and signs, with a bar that shows how far it is; resolves with the exact text and its tracking number.
export async function seal(stage, booth, choice) {
  const part = stage.show("sealing");
  stage.say("正在本机加密选票。");
  const progress = (done, whole) => {
    part("bar").max = whole;
    part("bar").value = done;
    part("percent").textContent = `${Math.floor((100 * done) / whole)}%`;
  };
  await rest(0);
  return makeBallot(booth.election, await booth.secret(), booth.way.weightsOf(booth, choice), { progress });
}

// Shows a tracking number, with a button that copies it.
export function showTracker(part, tracker) {
  const field = part("tracker");
  field.textContent = grouped(tracker);
  part("copy").addEventListener("click", async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(tracker);
      copied = true;
    } catch {
      window.getSelection().selectAllChildren(field);
      copied = document.execCommand("copy");
    }
    part("copy").textContent = copied ? "已复制" : "请长按票号复制";
  });
}

class Delivery {
  constructor(stage, booth, { text, tracker }) {
    Object.assign(this, { stage, booth, text, tracker });
    this.part = stage.show("sent");
    this.part("rehearsal").hidden = !booth.rehearsal;
    showTracker(this.part, tracker);
  }

  tell(words, trouble = "") {
    this.part("state").textContent = words;
    this.part("trouble").textContent = trouble;
    this.part("again").hidden = !trouble;
    this.stage.say(trouble || words);
  }

  // Waits before another try: for a while, or until the line is back or the button is pressed.
  async pause(tries) {
    const back = new Promise((resume) => window.addEventListener("online", resume, { once: true }));
    await Promise.race([rest(PATIENCE[Math.min(tries, PATIENCE.length - 1)]), back, pressed(this.part, "again")]);
  }

  // The same text each time: the box takes it once, however often it comes.
  async post() {
    for (let tries = 0; ; tries += 1) {
      try {
        if (tries === 0) this.tell("正在寄出……");
        return await this.booth.post(this.text);
      } catch (trouble) {
        if (!(trouble instanceof Away)) throw trouble;
        this.tell("尚未寄到票箱", `${delay(trouble.message)}选票已在本机封好，反复寄送也只算一张。`);
        await this.pause(tries);
      }
    }
  }

  // Asks until the fate of the ballot is settled; null when the box does not know it and it must be posted again.
  async fate() {
    let strange = 0;
    for (let looks = 0; ; looks += 1) {
      await rest(looks < LOOKS ? 1000 : 3000);
      try {
        const found = await this.booth.fate(this.tracker);
        if (found.ok && SETTLED.includes(found.state)) return found;
        strange = found.ok && found.state === "waiting" ? 0 : strange + 1;
        this.tell("已寄出，正在核验");
      } catch (trouble) {
        if (!(trouble instanceof Away)) throw trouble;
        this.part("trouble").textContent = "网络暂时不通，正在自动重试；选票已经寄到，不会丢失。";
      }
      if (strange >= STRANGE) return null;
    }
  }

  async deliver() {
    for (;;) {
      const answer = await this.post();
      if (!answer.ok) return { state: "refused", ...answer };
      if (answer.tracker !== this.tracker) return { state: "refused", code: "tracker" };
      if (SETTLED.includes(answer.state)) return answer;
      this.tell("已寄出，正在核验");
      const found = await this.fate();
      if (found) return found;
    }
  }
}

// Brings a sealed ballot into the box; resolves with its fate: accepted, replaced by a later one, or refused.
export const deliver = (stage, booth, sealed) => new Delivery(stage, booth, sealed).deliver();

// Says that the ballot is in the box; resolves when the elector wants to vote again.
export async function showAccepted(stage, booth, tracker) {
  const part = stage.show("accepted");
  showTracker(part, tracker);
  part("board").href = booth.board(tracker);
  stage.say(`已投入票箱。票号${grouped(tracker)}。`);
  await pressed(part, "once-more");
}

// Says that a later ballot of the same elector, perhaps from another device, counts; resolves for another vote.
export async function showReplaced(stage, booth, tracker) {
  const part = stage.show("replaced");
  showTracker(part, tracker);
  part("board").href = booth.board(tracker);
  stage.say("这张选票已被后来的一张替换。");
  await pressed(part, "once-more");
}

// Says why the ballot was refused; resolves when the elector wants to try again.
export async function showRefused(stage, fate) {
  const part = stage.show("refused");
  part("reason").textContent = refusal(fate);
  part("details").textContent = Array.isArray(fate.details) ? fate.details.filter((each) => typeof each === "string").join("") : "";
  stage.say(`没有投入票箱。${refusal(fate)}`);
  await pressed(part, "once-more");
}
