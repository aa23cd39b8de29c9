// The chat page: an outbox that survives a lost connection, the text box, scrolling up to older bubbles. It runs as it is
// written in engines from Chromium 80 and Safari 13 on (tests/templates/test_scripts.py): nothing newer without a way round it.
"use strict";

import { Answering } from "./answering.js";
import { Beside } from "./beside.js";
import { Calls } from "./calls.js";
import { Keeping, newId } from "./keeping.js";
import { Keys } from "./keys.js";
import { Line } from "./line.js";
import { News, isAtEnd, showTop } from "./news.js";
import { enlarging, watchSheets } from "./sheets.js";

const byId = (id) => document.getElementById(id);
const [phone, scroll, talk, waiting, box, count, alarm] =
  ["phone", "scroll", "talk", "waiting", "text", "count", "alarm"].map(byId);
const word = (name) => byId("words").content.querySelector(`[data-word=${name}]`).textContent;
const language = document.documentElement.lang;
const shape = (id) => byId(id).content.firstElementChild.cloneNode(true);
const last = (list) => list[list.length - 1];
const { root, base, account, key, app } = phone.dataset;
// Only over https or on this machine.
const registered = navigator.serviceWorker
  ? navigator.serviceWorker.register(`${root}/sw.js?language=${language}`).catch(() => null) : Promise.resolve(null);

// ---- The outbox. Each message has an id of its own; sent again under the same id it acts once.
const MOST = 100_000;                      // characters in one message; the server's own limit is higher
const pulse = Number(phone.dataset.pulse); // ms; all other times are told by it, and it is short in tests
const keeping = new Keeping(base);
let outbox = [];
let turn = 0;
let answeredAt = 0;
let leaving = false;                       // signed out here: that leads on

function deliver(message) {
  const { id, under, say, press, message: where } = message;
  if (line.send({ id, under, say, press, message: where })) message.sentAt = Date.now();
}

function post(said) {
  if (leaving) return;
  const message = { id: newId(), account, at: Date.now(), turn: turn += 1, ...said };
  outbox.push(message);
  keeping.keep(message);
  if (line.state === "displaced") line.again();
  else deliver(message);
  showWaiting();
  toEnd();
}

function isDone(id) {
  answeredAt = Date.now();
  outbox = outbox.filter((message) => message.id !== id);
  showWaiting();
  rest();
}

/** A text that the house did not take: its words are in the text box again. */
function giveBack(id) {
  const message = outbox.find((one) => one.id === id);
  if (!message || !message.say) return;
  box.value = [message.say, box.value].filter(Boolean).join("\n\n");
  onDraft();
}

/** A page that nobody looks at costs nothing: a phone would stop it anyway. In a window beside others it stays and counts news. */
function rest() {
  if (document.hidden && !outbox.length && !hasKeyboard.matches) line.pause();
}

function showWaiting() {
  waiting.textContent = "";
  waiting.append(...outbox.map((message) => {
    const bubble = shape("a-waiting");
    bubble.textContent = message.shown;
    return bubble;
  }));
  if (outbox.length && line.isOpen) waiting.append(shape("a-thinking"));
  for (const button of scroll.querySelectorAll("[data-press]")) {
    const busy = outbox.some((m) => m.press === button.dataset.press && m.message === button.dataset.message);
    button.toggleAttribute("aria-busy", busy);
  }
  showStatus();
}

// ---- What is said of the line: under the name at once, and in plain words when it does not come back in a moment.
let lost = false;                          // for so long that it was told
let losing = 0;
let fading = 0;

function showStatus() {
  const resting = line.state === "displaced" || line.state === "paused";
  phone.dataset.state = line.isOpen || resting ? "online" : outbox.length ? "waiting" : "lost";
  if (byId("status").textContent !== word(phone.dataset.state)) byId("status").textContent = word(phone.dataset.state);
  if (leaving) return;
  if (line.isOpen || resting) {
    clearTimeout(losing);
    losing = 0;
    if (line.state === "displaced") tell("displaced");
    else if (lost && line.isOpen) {
      tell("back");
      fading = setTimeout(() => tell(""), pulse);
    } else if (alarm.dataset.kind !== "back") tell("");
    lost = false;
  } else if (lost) {
    tell(outbox.length ? "unsent_kept" : "no_line");
  } else {
    losing = losing || setTimeout(() => { lost = true; showStatus(); }, pulse / 3);
  }
}

function tell(kind) {
  if (alarm.dataset.kind === kind) return;
  clearTimeout(fading);
  alarm.dataset.kind = kind;
  alarm.textContent = kind && word(kind);
}

// ---- The line: say what is shown already, then send again what was not acknowledged.
const line = new Line(`${base}ws`, pulse, {
  opened() {
    const newest = last(talk.querySelectorAll("[data-id]"));
    line.send({ hello: newest ? Number(newest.dataset.id) : 0, language });
    outbox.forEach(deliver);
    showWaiting();
  },
  changed: showWaiting,
  signedOut() {
    keeping.keepTyped();
    if (!leaving) location.reload();       // the server shows the way in
  },
  heard(data) {
    if (!data.startsWith("{")) return bring(data);
    const told = JSON.parse(data);
    if (told.done) {
      if (told.not_taken) giveBack(told.done);
      keeping.done(told.done);
      isDone(told.done);
      if (told.acted) ask();
    }
    if (told.out) leave();
    if (told.language || told.anew) {      // read in another language now, or missed too much: the page is drawn anew
      keeping.keepTyped();
      location.reload();
    }
  },
});

function bring(html) {
  const [wasAtEnd, mine] = [isAtEnd(scroll), outbox.length > 0];
  const added = put(html, (bubbles) => talk.append(bubbles)).filter((one) => one.dataset.id);
  showClip();
  download(added, mine);
  keys.came(mine);
  answering.number();
  beside.soon();
  if (mine) news.clear();
  if (mine || !added.length) return toNewest();
  if (document.hidden || !wasAtEnd || !document.hasFocus()) news.ring();
  if (!document.hidden && wasAtEnd) toNewest(added[0]);
  news.came(added);
  lookAt();
}

/** Bubbles as the house drew them: those that are not there yet. */
function put(html, into) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  const added = [...drawn.content.children].filter((one) => !(one.dataset.id && byId(one.id)));
  const bubbles = document.createDocumentFragment();
  bubbles.append(...added);
  into(bubbles);
  added.forEach(watchSheets);
  return added;
}

const keys = new Keys(talk, box);
const beside = new Beside(byId("beside"), base);
const answering = new Answering(scroll, byId("answering"), box, (quote) => word("answering").replace("#", () => quote), () => {
  keeping.typed(box.value, answering && answering.about);
});

byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  keys.toQuestion();
});

/** A file somebody has just asked for comes at once. */
function download(added, mine) {
  const files = mine ? added.map((one) => [...one.querySelectorAll("a[download]")]) : [];
  const [only, more] = [].concat(...files);
  if (only && !more) only.click();
}

// ---- News, and how one wants to be told of them.
const news = new News(scroll, byId("pill"), `${base}ring`, (count) => (
  word(count === 1 ? "news_one" : "news_many").replace("#", count)
));

for (const choice of document.querySelectorAll("[name=ring]")) {
  choice.checked = choice.value === news.choice;
  choice.addEventListener("change", () => { news.choice = choice.value; });
  if (choice.value === "vibrate" && !(navigator.vibrate && matchMedia("(pointer: coarse)").matches)) choice.parentElement.hidden = true;
}

// ---- With the page closed: asked for once, after the first answer was kept.
const calls = new Calls({ base, key, app, registered, changed: showCalls });

/** Whoever goes on answering has seen it: it takes the room of the next question no longer, and stands behind the bell. */
function ask() {
  byId("ask").hidden = true;
  if (!calls.asks) return;
  calls.asked();
  const can = calls.state === "off";
  byId("ask").querySelector("p").textContent = word(can ? "ask" : `calls_${calls.state}`);
  byId("ask").querySelector("[data-ask=yes]").hidden = !can;
  byId("ask").querySelector("[data-ask=no]").textContent = can ? byId("ask").querySelector("[data-ask=no]").textContent : word("understood");
  byId("ask").hidden = false;
  toNewest();
}

byId("ask").addEventListener("click", ({ target }) => {
  if (!target.dataset.ask) return;
  byId("ask").hidden = true;
  if (target.dataset.ask === "yes") calls.turnOn();
});

function showCalls() {
  byId("calls").textContent = word(`calls_${calls.state}`);
  byId("call").hidden = !["on", "off", "failed"].includes(calls.state);
  byId("call").textContent = word(calls.state === "on" ? "turn_off" : "turn_on");
  if (calls.state === "on") byId("ask").hidden = true;
}

byId("call").addEventListener("click", () => (calls.state === "on" ? calls.turnOff() : calls.turnOn()));

// Who comes by a press on what the browser showed is led to just that message, as soon as it is here.
let wanted = "";

function lookAt(hash) {
  wanted = /^#x\d{1,10}$/.test(hash || "") ? hash.slice(1) : wanted;
  const one = wanted && byId(wanted);
  if (!one) return;
  wanted = "";
  showTop(scroll, one);
}

setInterval(() => {                        // a line that speaks and does not listen is none either
  const unanswered = outbox.some((message) => Date.now() - Math.max(message.sentAt || Date.now(), answeredAt) > 8 * pulse);
  if (unanswered) line.giveUp();
}, pulse);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return line.again();
  keeping.keepTyped();
  rest();
});
addEventListener("pagehide", () => keeping.keepTyped());
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => line.state === "displaced" && line.again());
}

if (keeping.others) keeping.others.addEventListener("message", ({ data }) => {
  if (data.done) isDone(data.done);
  if (data.out) {
    keeping.forgotten = leaving = true;
    location.replace(`${root}/`);
  }
});

// ---- Older bubbles, fetched when the way to them comes into view. They stand outside the log: nobody has them read out.
const older = byId("older");
const nearing = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) fetchOlder(one.target);
}, { root: scroll, rootMargin: "400px 0px 0px" });

async function fetchOlder(link) {
  if (link.hasAttribute("aria-busy")) return;
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href).catch(() => null);
  if (answer && answer.status === 401) return location.reload();
  if (!answer || !answer.ok) {
    setTimeout(() => link.removeAttribute("aria-busy"), pulse);
    return;
  }
  const html = await answer.text();
  const fromEnd = scroll.scrollHeight - scroll.scrollTop;
  const focused = document.activeElement === link;
  const below = scroll.querySelector(".exchange");
  link.parentElement.remove();
  put(html, (bubbles) => older.prepend(bubbles));
  const above = last([...older.querySelectorAll(".exchange")].filter((one) => one !== below && isBefore(one, below)));
  const day = above && above.dataset.day === below.dataset.day && below.querySelector(".day");
  if (day) day.remove();
  scroll.scrollTop = scroll.scrollHeight - fromEnd;
  if (focused) scroll.focus({ preventScroll: true });
  answering.number();
  watchEarlier();
}

const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

function watchEarlier() {
  const link = older.querySelector("[data-earlier]");
  if (link) nearing.observe(link);
}

older.addEventListener("click", (event) => {
  const link = event.target.closest("[data-earlier]");
  if (!link) return;
  event.preventDefault();
  fetchOlder(link);
});

// ---- Buttons. The second click of a double click is none: another button may have slid under the thumb.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-press], [data-say]");
  if (!button || event.detail > 1 || button.hasAttribute("aria-busy")) return;
  byId("menu").open = false;
  const { press, message, say } = button.dataset;
  post({ press, message, say, shown: press ? button.textContent.trim() : say });
});

const folded = ["menu", "bell"].map(byId);
document.addEventListener("click", (event) => {
  for (const one of folded) if (!one.contains(event.target)) one.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && folded.find((one) => one.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// ---- The text box: grows, counts near the limit, keeps a draft.
const limit = Number(box.dataset.limit);
const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)");

function onDraft() {
  keeping.typed(box.value, answering.about);
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
  count.hidden = box.value.length < limit * 0.9;
  count.textContent = `${box.value.length.toLocaleString(language)}/${limit.toLocaleString(language)}`;
  count.classList.toggle("over", box.value.length > limit);
  phone.toggleAttribute("data-typing", box.value.trim() !== "");
}

function notice(name) {
  byId("notice").textContent = word(name);
  byId("notice").hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { byId("notice").hidden = true; }, 8_000);
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  sendText();
});

function sendText() {
  const text = box.value.trim();
  if (!text) return;
  if (text.length > MOST) return notice("too_long");
  const under = text.startsWith("/") ? undefined : answering.used();
  box.value = "";
  onDraft();
  keeping.keepTyped();
  byId("notice").hidden = true;
  post({ say: text, under, shown: text.length > 600 ? `${text.slice(0, 600)}…` : text });
  box.focus();
}

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard.matches) return;
  event.preventDefault();
  sendText();
});
box.addEventListener("input", onDraft);

for (const kind of ["paste", "drop"]) {
  document.addEventListener(kind, (event) => {
    const { files = [] } = event.clipboardData || event.dataTransfer || {};
    if (!files.length) return;
    event.preventDefault();
    if (clip.hidden) notice("picture");
    else sendFile(files[0]);
  });
}
// ---- A file: only while what was said last awaits one. It is not kept for later, as texts are.
const [clip, file] = ["clip", "file"].map(byId);
function showClip() {
  const said = [...talk.querySelectorAll(".exchange")].filter((exchange) => exchange.querySelector(".mine"));
  clip.hidden = !said.length || !last(said).querySelector("[data-awaits-file]");
  const choosing = [...talk.querySelectorAll("[data-choose]")];
  choosing.forEach((one) => { one.hidden = clip.hidden || one !== last(choosing); });
}

async function sendFile(chosen) {
  if (chosen.size > Number(file.dataset.limit)) return notice("file_big");
  const form = new FormData();
  form.append("file", chosen);
  clip.disabled = true;
  notice("file_sending");
  const answer = await fetch(`${base}file/${newId()}`, { method: "POST", body: form }).catch(() => null);
  clip.disabled = false;
  if (answer && answer.status === 401) return location.reload();
  byId("notice").hidden = true;
  if (!answer || !answer.ok) notice("file_lost");
}

clip.addEventListener("click", () => file.click());
talk.addEventListener("click", ({ target }) => target.closest("[data-choose]") && file.click());
file.addEventListener("change", () => {
  if (file.files.length) sendFile(file.files[0]);
  file.value = "";
});

document.addEventListener("dragover", (event) => event.preventDefault());

byId("out").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (leaving || !confirm(word(outbox.length ? "unsent" : "leaving"))) return;
  leaving = true;
  outbox = [];
  for (const part of [byId("composer"), scroll]) part.inert = true;
  await keeping.forget();
  calls.forget().catch(() => {});
  while (!await signedOut(event.target.action)) {
    tell("still_in");
    await new Promise((done) => { setTimeout(done, pulse); });
  }
  location.replace(`${root}/`);
});

/** Whether the house ended this session. Where no word gets through it is not ended, and nobody may believe that it is. */
async function signedOut(action) {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), 2 * pulse);
  const answer = await fetch(action, { method: "POST", signal: patience.signal }).catch(() => null);
  clearTimeout(over);
  return Boolean(answer && (answer.ok || answer.status === 401));
}

/** The account ended by what was said here: nothing of this person stays in this browser. */
async function leave() {
  leaving = true;
  await keeping.forget();
  location.replace(`${root}/`);
}

// ---- Scrolling: new bubbles are followed only by who was at the end; a tall answer is shown from its top.
const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };

/** What somebody said themselves makes way where not all fits; then the first lines of the answer do, so that its first button is in sight. */
function toNewest(from = talk.lastElementChild) {
  toEnd();
  const answer = from && (from.querySelector(".reply") || from);
  const edges = scroll.getBoundingClientRect();
  if (!answer || answer.getBoundingClientRect().top >= edges.top) return;
  showTop(scroll, answer);
  const buttons = from.querySelectorAll(".keyboard");
  const button = buttons.length && last(buttons).querySelector("button");
  const below = button ? button.getBoundingClientRect().bottom + 8 - edges.bottom : 0;
  if (below > 0 && below < edges.height * 0.4) scroll.scrollTop += below;
}

let height = innerHeight;
addEventListener("resize", () => {          // the keyboard of the phone opens: the last line stays in sight
  if (innerHeight < height) scroll.scrollTop += height - innerHeight;
  height = innerHeight;
});

// ---- Begin: with what was left when the page was closed, if it was left in this session. What another session left may
// have arrived or not; its texts come back into the text box, to be looked at first.
async function begin() {
  const left = await keeping.left();
  const before = left.messages.filter((message) => message.account !== account);
  outbox = [...ofEarlierPage(), ...left.messages.filter((message) => message.account === account), ...outbox];
  before.forEach((message) => keeping.done(message.id));
  const texts = before.map((message) => message.say).filter((text) => text && !text.startsWith("/"));
  box.value = [...texts, left.draft, box.value].filter(Boolean).join("\n\n");
  if (left.about && !texts.length) answering.show(left.about);
  onDraft();
  if (texts.length) notice("left_over");
  if (!document.hidden) line.open();
  showWaiting();
}

/** What a page of an earlier program kept in this tab. */
function ofEarlierPage() {
  const kept = JSON.parse(sessionStorage.getItem(`${base}outbox`)) || [];
  const draft = JSON.parse(sessionStorage.getItem(`${base}draft`)) || "";
  for (const name of ["outbox", "draft"]) sessionStorage.removeItem(base + name);
  if (draft) box.value = draft;
  kept.forEach((message) => keeping.keep(Object.assign(message, { account, at: 0, turn: turn += 1 })));
  return kept;
}

begin();
showClip();
watchSheets(scroll);
enlarging(document, byId("enlarged"));
toNewest();
watchEarlier();
showCalls();
lookAt(location.hash);
if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", ({ data }) => lookAt(data.show));
