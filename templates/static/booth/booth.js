/* The booth. One screen: receive, choose, confirm, done; beside it a teller's key. Between the token and the ballot nothing is asked that
   says whose phone this is: how far the poll is the page asks as anybody. */

import { asked, Refusal, stageOf } from "./asking.js";
import { Kept } from "./kept.js";
import { countOf, drawBlank, drawChosen, drawCount, drawSlip, mark, marksOf, word } from "./paper.js";
import { begun, finished, roomCode, sealed, tellerKey, toText, tracker } from "./sealing.js";

const EVERY = 2500;
const page = document.getElementById("booth");
const { home } = page.dataset;
const code = location.hash.slice(1).toUpperCase();
const kept = new Kept(page.dataset.poll, code);
let [me, marks, confirming, busy, stage, counted, attempt, standing, fewer] = [null, [], false, false, "", [], -1, false, false];

const part = (name, shown) => { page.querySelector(`[data-part="${name}"]`).hidden = !shown; };
const fill = (name) => page.querySelector(`[data-fill="${name}"]`);
const form = (name) => page.querySelector(`[data-form="${name}"]`);

function show(step) {
  for (const one of page.querySelectorAll("[data-step]")) one.hidden = one.dataset.step !== step;
}

function showTeller(state) {
  for (const one of page.querySelectorAll("[data-teller]")) one.hidden = one.dataset.teller !== state;
}

function say(refusal) {
  const box = page.querySelector('[data-part="why"]');
  box.hidden = !refusal;
  box.textContent = refusal ? word(`why-${refusal.why}`) : "";
}

/* Whose phone this is, asked by name: before a token is here, and by tellers. Afterwards what was told then is kept. */
async function introduce() {
  me = await asked(`${home}/toi`, { code });
  kept.whose(me.person);
  kept.keep({ me });
}

/* What a teller's deed came to. One that ended the count lets nobody in by name any more: how far it is then is asked as anybody. */
async function after() {
  try {
    await introduce();
  } catch (error) {
    if (error.why !== "code") throw error;
    const now = await stageOf(home);
    [stage, counted] = [now.stage, now.trackers];
  }
}

const secret = () => me.poll.mode === "secret";
const holds = () => Boolean(kept.all.token);
const cast = () => kept.all.tracker || "";
const mayAsk = () => !secret() || !holds() || cast() || Boolean(me && me.teller);

function voterStep() {
  if (me.poll.mode === "paper") return stage === "counted" ? stage : "paper";
  if (!me.voter) return stage === "counted" ? "counted" : stage === "closed" ? "closed" : "preparing";
  if (!secret()) return openStep();
  if (cast()) return "done";
  if (kept.all.missed) return "missed";
  if (stage === "preparing") return "preparing";
  if (stage === "gathering") return holds() ? "holding" : me.received && !kept.all.begun ? "elsewhere" : "gathering";
  if (stage === "casting") {
    if (!holds()) return kept.all.begun ? "asking" : me.received ? "elsewhere" : "late";
    return kept.all.ballot ? "sending" : confirming ? "confirming" : "casting";
  }
  return kept.all.ballot && holds() ? "sending" : stage;
}

function openStep() {
  if (stage !== "casting") return stage;
  if (me.voted.length && !confirming && !me.changing) return "voted";
  return confirming ? "confirming" : "casting";
}

function tellerState() {
  if (!me.teller) return "";
  if (me.poll.mode === "paper") return stage === "closed" ? (me.stuck ? "stuck" : "paper") : stage === "preparing" ? "blanks" : "";
  if (!secret()) return "";
  const key = kept.all.key;
  if (stage === "preparing") return key && key.open === me.public ? "made" : "making";
  if (stage === "closed") return me.gave ? "gave" : key ? "opening" : "missing";
  return stage === "gathering" || stage === "casting" ? (key ? "made" : "missing") : "";
}

async function draw() {
  const { poll } = me;
  fill("title").textContent = poll.title;
  part("secret", poll.mode === "secret");
  part("open", poll.mode === "open");
  part("few", poll.few && poll.mode === "secret");
  part("fewer", fewer && !poll.few);
  part("final", poll.mode === "secret");
  part("room", Boolean(poll.key));
  if (poll.key) fill("room").textContent = await roomCode(poll);
  const step = stage === "void" || stage === "ended" ? stage : voterStep();
  show(step);
  showTeller(step === "void" || step === "ended" ? "" : tellerState());
  if (step === "casting" && !form("slip").children.length) drawSlip(form("slip"), poll, marks);
  if (step === "confirming") drawChosen(fill("chosen"), poll, marks);
  if (step === "done") drawDone();
  if (tellerState() === "paper") drawPaper();
}

function drawDone() {
  fill("tracker").textContent = cast();
  const over = stage === "counted";
  part("found", over && counted.includes(cast()));
  part("lost", over && !counted.includes(cast()));
  part("all", over);
  fill("trackers").replaceChildren(...counted.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
}

/* Two counts that were not alike are counted anew from the first slip on: no figure of the earlier one stands there. */
function drawPaper() {
  if (attempt !== me.attempt) form("paper").replaceChildren();
  attempt = me.attempt;
  drawCount(form("paper"), me.poll);
  part("sheet", !me.counted);
  part("entered", me.counted);
  const differs = page.querySelector('[data-part="differs"]');
  const before = differs.hidden;
  differs.hidden = !(me.attempt > 0 && !me.counted);
  if (before && !differs.hidden) differs.scrollIntoView({ block: "center" });   // who pressed stood below all lines
}

/* One thing at a time; what is refused is said, and nothing that is kept is lost by it. What was `pressed` and refused stays said until the
   next press or the next stage: whoever reads it has time. */
async function doing(what, pressed = false) {
  if (busy) return;
  busy = true;
  try {
    await what();
    say(null);
    standing = false;
  } catch (error) {
    say(error instanceof Refusal ? error : new Refusal("malformed"));
    standing = pressed && error.why !== "line";
  }
  busy = false;
  if (me) await draw();
}

/* Kept before it is sent: asked again it is the same. A request that never came, or was another phone's, is let go. */
async function signature() {
  if (!kept.all.begun) kept.keep({ begun: await begun(me.poll.key) });
  try {
    return (await asked(`${home}/giay`, { code, blinded: kept.all.begun.blinded })).signed;
  } catch (error) {
    if (error.why === "already" || (error.why === "stage" && stage !== "gathering")) {
      kept.keep({ begun: null, me: { ...me, received: error.why === "already" } });
      me = kept.all.me;
    }
    throw error;
  }
}

async function receive() {
  const signed = await signature();
  let token;
  try {
    token = await finished(kept.all.begun, signed);
  } catch (error) {
    throw new Refusal("forged");
  }
  kept.keep({ token, begun: null, me: { ...me, received: true } });
  me = kept.all.me;
}

async function send() {
  const { token, ballot } = kept.all;
  let answer;
  try {
    answer = await asked(`${home}/thung`, { ...token, sealed: ballot.sealed });
  } catch (error) {
    if (error.why !== "stage" || stage === "casting") throw error;
    kept.keep({ missed: true, ballot: null });   // the box is closed, and it is not in it
    return;
  }
  if (answer.tracker !== ballot.tracker) throw new Refusal("forged");
  kept.keep({ tracker: ballot.tracker, ballot: null, token: null });
}

const acts = {
  receive,
  review: async () => { marks = marksOf(form("slip"), me.poll); confirming = true; },
  back: async () => { confirming = false; me.changing = true; },
  cast: async () => {
    confirming = false;
    if (!secret()) {
      await asked(`${home}/ghi`, { code, marks: marks.map((one) => (one ? me.poll.options[one - 1] : "")) });
      await introduce();
      return;
    }
    const { id, tellers } = me.poll;
    const bytes = await sealed(id, tellers, marks);
    if (kept.anew().ballot || cast()) throw new Refusal("spent");   // in another window of this browser
    kept.keep({ ballot: { sealed: toText(bytes), tracker: await tracker(id, kept.all.token.message, bytes) } });
    form("slip").replaceChildren();   // what was chosen stays nowhere
    marks = [];
    fill("chosen").replaceChildren();
    show("sending");
    await send();
  },
  make: async () => {
    const key = await tellerKey();
    kept.keep({ key });
    await asked(`${home}/khoa`, { code, open: key.open });
    await introduce();
  },
  open: async () => {
    await asked(`${home}/mo`, { code, secret: kept.all.key.secret });
    await after();
  },
  print: async () => {
    drawBlank(document.querySelector("[data-blank]"), me.poll);
    window.print();
  },
  count: async () => {
    if (!form("paper").reportValidity()) return;
    mark(form("paper"), []);
    try {
      await asked(`${home}/dem`, { code, attempt: me.attempt, ...countOf(form("paper"), me.poll) });
    } catch (error) {
      if (error.why === "not_adding_up") mark(form("paper"), error.detail.map((one) => one.line || one.what));
      throw error;
    }
    await after();
  },
};

async function look() {
  if (busy || !me) return;
  kept.anew();
  try {
    const now = await stageOf(home);
    counted = now.trackers;
    fewer = now.few;
    standing = standing && now.stage === stage;
    if (now.stage !== stage) {
      stage = now.stage;
      if (mayAsk() && stage !== "casting") await introduce().catch(() => {});
    } else if (me.teller && stage === "closed") {
      await introduce().catch(() => {});
    }
    if (!standing) say(null);
  } catch (error) {
    standing = false;
    say(error);
    return;
  }
  if (kept.all.ballot && holds() && stage !== "preparing") await doing(send);
  else if (kept.all.begun && !holds() && (stage === "gathering" || stage === "casting")) await doing(receive);
  else await draw();
}

async function recognise() {
  if (kept.all.me && holds() && !cast()) return kept.all.me;   // a token is here: nobody is told whose phone asks
  try {
    await introduce();
  } catch (error) {
    if (error.why === "line" && !kept.all.me) return undefined;
    return kept.all.me || null;
  }
  return me;
}

async function begin() {
  const known = await recognise();
  if (known === undefined) {
    setTimeout(begin, EVERY);
    return;
  }
  if (known === null) {
    show("stranger");
    return;
  }
  me = known;
  stage = me.poll.stage;
  await look();
  setInterval(look, EVERY + Math.random() * 500);
}

page.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]");
  if (what) doing(acts[what.dataset.do], true);
});
page.addEventListener("submit", (event) => event.preventDefault());
if (globalThis.crypto && crypto.subtle) begin();
else show("insecure");
