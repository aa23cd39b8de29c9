// The page by the keyboard: 1 to 9 press the answers of the newest question, a letter goes to the text box, Escape leads from there to
// the question; and whoever acted by a key finds the focus at the next question.
"use strict";

export class Keys {
  constructor(talk, box) {
    this.talk = talk;
    this.box = box;
    this.last = "touch";                     // by what somebody acted last
    document.addEventListener("pointerdown", () => { this.last = "touch"; }, true);
    document.addEventListener("keydown", (event) => this.take(event), true);
    this.number();
  }

  /** The keyboard below the newest message that has one. */
  get newest() {
    const all = this.talk.querySelectorAll(".keyboard");
    return all[all.length - 1];
  }

  /** Which key presses which answer stands on it; on those of before nothing, nor on what leads about. One that is called by a digit has
   *  that key. Where there is no answer to press, a digit is the beginning of a text. */
  number() {
    this.talk.querySelectorAll("[data-key]").forEach((one) => one.removeAttribute("data-key"));
    const buttons = this.newest ? [...this.newest.querySelectorAll("[data-press]:not(.way)")] : [];
    const called = (one) => (/^[1-9]$/.test(one.textContent.trim()) ? one.textContent.trim() : "");
    const free = [..."123456789"].filter((key) => !buttons.some((one) => called(one) === key));
    for (const one of buttons) {
      const key = called(one) || free.shift();
      if (key) one.setAttribute("data-key", key);
      one.toggleAttribute("data-called", Boolean(called(one)));
    }
  }

  /** Where the newest question begins. */
  toQuestion() {
    const reply = this.newest ? this.newest.closest(".reply") : this.talk.lastElementChild;
    const question = reply && (reply.querySelector(".theirs") || reply);
    if (!question) return;
    question.setAttribute("tabindex", "-1");
    question.focus({ preventScroll: true });
  }

  /** New bubbles are here; `mine`: what somebody did here is answered by them. */
  came(mine) {
    this.number();
    const lost = document.activeElement === document.body || this.talk.contains(document.activeElement);
    if (mine && this.last === "keys" && lost) this.toQuestion();
  }

  take(event) {
    this.last = "keys";
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = event.target;
    if (at === this.box && event.key === "Escape" && !this.box.value) return this.toQuestion();
    if (at.closest("input, textarea, select, dialog, details[open]")) return;
    const answer = /^[1-9]$/.test(event.key) && this.talk.querySelector(`[data-key="${event.key}"]`);
    if (answer) {
      event.preventDefault();
      answer.click();
    } else if (event.key.length === 1 && event.key !== " ") {
      this.box.focus();                      // the letter itself goes there, too
    }
  }
}
