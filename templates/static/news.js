// News: what comes while one looks elsewhere (another window, further up in the talk) moves nothing. It is counted in a pill and
// in the title until it was in sight; whoever chose so hears or feels it.
"use strict";

const TITLE = document.title;

export class News {
  /** `name`: under which this browser keeps the choice. `word(count)`: what stands on the pill. */
  constructor(scroll, pill, name, word) {
    this.scroll = scroll;
    this.pill = pill;
    this.name = name;
    this.word = word;
    this.unseen = new Set();
    this.sight = new IntersectionObserver((seen) => this.look(seen), { root: scroll });
    pill.addEventListener("click", () => this.show());
    scroll.addEventListener("scroll", () => {
      if (!document.hidden && isAtEnd(scroll)) this.clear();
    }, { passive: true });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.unseen.forEach((one) => this.watch(one));
    });
  }

  /** `silent`, `vibrate` or `sound`. */
  get choice() { return localStorage.getItem(this.name) || "silent"; }

  set choice(chosen) {
    localStorage.setItem(this.name, chosen);
    if (chosen !== "silent") this.ring();      // also: a browser lets a page sound once somebody pressed something in it
  }

  /** These came in; each counts until it was in sight. */
  came(exchanges) {
    for (const one of exchanges) {
      this.unseen.add(one);
      this.watch(one);
    }
    this.count();
  }

  /** Asked anew where it is: what was in sight of a hidden page was not seen. */
  watch(one) {
    this.sight.unobserve(one);
    this.sight.observe(one);
  }

  look(seen) {
    if (document.hidden) return;
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      this.unseen.delete(target);
      this.sight.unobserve(target);
    }
    this.count();
  }

  /** Who is at the end has seen what came, or has passed it by. */
  clear() {
    if (!this.unseen.size) return;
    this.unseen.forEach((one) => this.sight.unobserve(one));
    this.unseen.clear();
    this.count();
  }

  count() {
    const left = this.unseen.size;
    this.pill.hidden = !left;
    if (left) this.pill.textContent = this.word(left);
    document.title = left ? `(${left}) ${TITLE}` : TITLE;
    const badge = left ? navigator.setAppBadge : navigator.clearAppBadge;
    if (badge) badge.call(navigator, ...(left ? [left] : [])).catch(() => {});
  }

  /** Go to the first of them. */
  show() {
    const [first] = this.unseen;
    if (first) showTop(this.scroll, first);
    this.scroll.focus({ preventScroll: true });
  }

  ring() {
    if (this.choice === "vibrate" && navigator.vibrate) navigator.vibrate([80, 60, 80]);
    if (this.choice === "sound") sound();
  }
}

/** Whether the last lines are in sight, or nearly. */
export const isAtEnd = (scroll) => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;

/** Its beginning just below the upper edge. */
export function showTop(scroll, one) {
  scroll.scrollTop += one.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 8;
}

let speaker = null;

/** Two short tones. */
function sound() {
  const Speaker = window.AudioContext || window.webkitAudioContext;
  if (!Speaker) return;
  speaker = speaker || new Speaker();
  if (speaker.state === "suspended") speaker.resume().catch(() => {});
  [[660, 0], [880, 0.14]].forEach(([pitch, after]) => {
    const tone = speaker.createOscillator();
    const volume = speaker.createGain();
    const begins = speaker.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.08, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.18);
    tone.connect(volume).connect(speaker.destination);
    tone.start(begins);
    tone.stop(begins + 0.2);
  });
}
