// The course of a vote on one page: making ready, choosing, checking, sealing, sending; as often as the elector wishes.
import { Away } from "./door.js";
import { Memory } from "./memory.js";
import * as real from "./real.js";
import * as rehearsal from "./rehearsal.js";
import { deliver, seal, showAccepted, showReplaced, showRefused, showTracker } from "./sending.js";
import { Stage, pressed } from "./stage.js";
import { moment } from "./wording.js";

async function decide(stage, booth, memory) {
  for (;;) {
    const choice = await booth.way.choose(stage, booth, memory);
    if (await booth.way.review(stage, booth, choice)) return choice;
  }
}

// A rehearsal ends where a real ballot would be sent; without WebCrypto it ends even before the encryption.
async function rehearse(stage, booth, memory) {
  for (;;) {
    const choice = await decide(stage, booth, memory);
    const sealed = booth.election ? await seal(stage, booth, choice) : null;
    memory.settle("");
    const part = stage.show("rehearsed");
    part("sealed").hidden = !sealed;
    part("unsealed").hidden = Boolean(sealed);
    if (sealed) part("size").textContent = String(Math.ceil(sealed.text.length / 1000));
    stage.say("练习完毕，什么也没有寄出。");
    await pressed(part, "once-more");
  }
}

// What was sealed so long ago is perhaps no longer meant: its elector may have voted elsewhere since.
const OLD = 10 * 60 * 1000;

async function ask(stage, booth, memory) {
  const { sealed } = memory;
  if (!sealed || Date.now() - (sealed.at || 0) < OLD) return;
  const part = stage.show("held");
  part("when").textContent = sealed.at ? moment(new Date(sealed.at).toISOString()) : "先前";
  part("find").href = booth.board(sealed.tracker);
  showTracker(part, sealed.tracker);
  if ((await pressed(part, "send", "discard")) === "discard") memory.sealed = null;
}

// A ballot that was sealed before the page was loaded anew, and had not arrived, is sent as it is; after long, if wanted.
async function vote(stage, booth, memory) {
  await ask(stage, booth, memory);
  for (;;) {
    if (!memory.sealed) memory.sealed = await seal(stage, booth, await decide(stage, booth, memory));
    await send(stage, booth, memory, memory.sealed);
  }
}

async function send(stage, booth, memory, sealed) {
  const fate = await deliver(stage, booth, sealed);
  if (fate.state === "accepted" || fate.state === "replaced") {
    memory.settle(sealed.tracker);
    await (fate.state === "accepted" ? showAccepted : showReplaced)(stage, booth, sealed.tracker);
  } else {
    memory.sealed = null;
    await showRefused(stage, fate);
  }
}

async function ready(stage, ballot) {
  for (;;) {
    try {
      return await (ballot ? real.prepare(ballot, stage) : rehearsal.prepare(stage));
    } catch (trouble) {
      if (trouble instanceof real.NotNow) {
        stage.message(trouble.scene);
        return null;
      }
      if (!(trouble instanceof Away)) throw trouble;
      await stage.message({
        title: "暂时连不上服务器", text: "请检查网络。没有寄出任何内容，已勾选的内容不会丢失。", tone: "warning", button: "重试",
      });
    }
  }
}

// Runs the booth in its place on the page; without data-ballot it is a rehearsal.
export async function start(place) {
  const stage = new Stage(place);
  try {
    const booth = await ready(stage, place.dataset.ballot);
    if (!booth) return;
    const memory = new Memory(booth.ballot, booth.owner);
    await (booth.rehearsal ? rehearse : vote)(stage, booth, memory);
  } catch (trouble) {
    stage.message({
      title: "本页出了差错",
      text: "请刷新本页再试；如再次出现，请改用其他设备或纸质选票。已经寄到票箱的选票不受影响。",
      tone: "danger",
    });
    throw trouble;
  }
}
