// Where there is room beside the talk: the outline of the form and its pages, fetched anew a moment after something changed.
"use strict";

import { watchSheets } from "./sheets.js";

const PAUSE = 700;             // ms without anything new

export class Beside {
  constructor(place, base) {
    this.place = place;
    this.base = base;
    this.wide = matchMedia("(min-width: 68rem)");
    const changed = () => this.soon(0);
    if (this.wide.addEventListener) this.wide.addEventListener("change", changed);
    else this.wide.addListener(changed);     // Safari 13
    this.soon(0);
  }

  soon(pause = PAUSE) {
    clearTimeout(this.timer);
    if (this.wide.matches) this.timer = setTimeout(() => this.draw(), pause);
  }

  async draw() {
    if (document.hidden) return;
    const answer = await fetch(`${this.base}beside`).catch(() => null);
    if (!answer || !answer.ok) return;
    const drawn = await answer.text();
    if (drawn === this.drawn) return;
    const [above, focused] = [this.place.scrollTop, document.activeElement && document.activeElement.dataset.press];
    this.place.innerHTML = this.drawn = drawn;
    this.place.hidden = !this.place.firstElementChild;
    this.place.scrollTop = above;
    const again = focused && this.place.querySelector(`[data-press="${focused}"]`);
    if (again) again.focus({ preventScroll: true });
    watchSheets(this.place);
  }
}
