// An older question is answered here as in other chats: by the small button in its bubble, by a swipe to the left, or by Alt+↑ and
// Alt+↓ from anywhere. A bar above the text box shows which one it is, and ✕ or Escape leaves it.
"use strict";

const FAR = 56;                // px that a finger goes to the left until it is a swipe
const STEEP = 0.6;             // of that way it may go up or down

/** The beginning of what a bubble asks: from the number of its question on, else from the part that begins in bold. */
function asked(text) {
  const whole = text.textContent;
  const number = [...text.querySelectorAll("i")].find((one) => /^\S+ \d+(–\d+)?\/\d+/.test(one.textContent));
  const part = [...text.children].find((one) => one.firstElementChild && one.firstElementChild === one.firstChild);
  const begun = number ? whole.slice(whole.indexOf(number.textContent)) : (part || text).textContent;
  return begun.replace(/\s+/g, " ").trim().slice(0, 200);
}

export class Answering {
  /** `scroll`: where the talk is; `bar`: above the text `box`. `word(quote)`: what the bar says; `changed()`: another one is answered. */
  constructor(scroll, bar, box, word, changed) {
    Object.assign(this, { scroll, bar, box, word, changed });
    this.about = null;         // { under: [exchange, reply], quote }
    bar.querySelector("button").addEventListener("click", () => this.leave());
    scroll.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-answer]");
      if (button) this.answer(button);
    });
    document.addEventListener("keydown", (event) => this.take(event), true);
    this.watchFingers();
    this.number();
  }

  /** All that may be answered; the newest question is answered without more ado. */
  get older() { return [...this.scroll.querySelectorAll("[data-answer]:not([hidden])")].filter((one) => one.getClientRects().length); }

  /** New bubbles are here. */
  number() {
    const keyboards = this.scroll.querySelectorAll(".keyboard");
    const newest = keyboards.length ? keyboards[keyboards.length - 1].closest(".reply") : null;
    this.scroll.querySelectorAll("[data-answer]").forEach((one) => { one.hidden = one.closest(".reply") === newest; });
  }

  answer(button) {
    const [exchange, reply] = [button.closest(".exchange").dataset.id, button.dataset.answer].map(Number);
    this.show({ under: [exchange, reply], quote: asked(button.closest(".reply").querySelector(".text")) });
    this.box.focus({ preventScroll: true });
  }

  show(about) {
    this.about = about;
    this.bar.hidden = !about;
    this.bar.querySelector("p").textContent = about ? this.word(about.quote) : "";
    this.scroll.querySelectorAll(".answered").forEach((one) => one.classList.remove("answered"));
    const at = about && document.getElementById(`x${about.under[0]}`);
    const reply = at && at.querySelectorAll(".reply")[about.under[1]];
    if (reply) reply.classList.add("answered");
    this.changed();
  }

  leave() {
    const was = this.about;
    this.show(null);
    if (was) this.box.focus({ preventScroll: true });
  }

  /** What is answered by the text that goes out now; the next one answers what is asked then. */
  used() {
    const { under } = this.about || {};
    if (this.about) this.show(null);
    return under;
  }

  take(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && this.about && this.box === event.target) {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.step(event.key === "ArrowUp" ? -1 : 1);
    }
  }

  /** To the question before or after the one in the bar; after the last to none. */
  step(by) {
    const all = this.older;
    const at = this.about ? all.findIndex((one) => (
      one.closest(".exchange").id === `x${this.about.under[0]}` && Number(one.dataset.answer) === this.about.under[1]
    )) : all.length;
    const next = all[Math.max(at < 0 ? all.length - 1 : at + by, 0)];
    if (!next) return this.leave();
    this.answer(next);
    next.closest(".reply").scrollIntoView({ block: "nearest" });
  }

  watchFingers() {
    let from = null;
    const drop = () => {
      if (from) from.bubble.style.transform = "";
      from = null;
    };
    this.scroll.addEventListener("touchstart", ({ touches, target }) => {
      drop();
      const reply = touches.length === 1 && !target.closest(".sheets") && target.closest(".reply");
      const button = reply && reply.querySelector("[data-answer]:not([hidden])");
      if (button) from = { button, bubble: reply.querySelector(".bubble"), x: touches[0].clientX, y: touches[0].clientY, way: 0 };
    }, { passive: true });
    this.scroll.addEventListener("touchmove", ({ touches }) => {
      if (!from) return;
      const [way, off] = [from.x - touches[0].clientX, Math.abs(touches[0].clientY - from.y)];
      if (off > 24 && off > way * STEEP) return drop();
      from.way = way;
      from.bubble.style.transform = way > 8 ? `translateX(${-Math.min(way, FAR + 8)}px)` : "";
    }, { passive: true });
    this.scroll.addEventListener("touchend", () => {
      const swiped = from && from.way >= FAR && from.button;
      drop();
      if (swiped) this.answer(swiped);
    }, { passive: true });
    this.scroll.addEventListener("touchcancel", drop, { passive: true });
  }
}
