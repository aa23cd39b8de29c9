// What this browser keeps of one person until it was sent: messages that the house has not acknowledged, and what is half
// typed. It survives a closed tab and a swiped-away app (IndexedDB); each person has a store of their own, and signing out
// empties it. Where a browser keeps nothing (some private windows), everything works as long as the page is open.
"use strict";

import { clear, createStore, del, entries, set } from "./vendor/idb-keyval.js";

const TYPING = 300;            // ms after the last key until a draft is kept

export class Keeping {
  constructor(base) {
    this.store = createStore(`tusoi ${base}`, "kept");
    this.base = base;
    this.forgotten = false;    // signed out: nothing is kept any more
    this.tab = sessionStorage.getItem(`${base}tab`) || newId();
    sessionStorage.setItem(`${base}tab`, this.tab);
    // Tabs of this person tell each other what is done, and when one of them signs out.
    this.others = "BroadcastChannel" in window ? new BroadcastChannel(`tusoi ${base}`) : null;
  }

  /** What was left: messages in the order they were said, and the draft of this tab, or the newest of tabs that are gone. */
  async left() {
    const found = (await this.quietly(entries(this.store))) || [];
    const named = (kind) => found.filter(([key]) => key.startsWith(kind)).map(([key, value]) => ({ key, ...value }));
    const messages = named("message ").sort((one, other) => one.at - other.at || one.turn - other.turn);
    const drafts = named("draft ").sort((one, other) => other.at - one.at);
    const draft = drafts.find((one) => one.key === `draft ${this.tab}`) || drafts[0];
    if (draft && draft.key !== `draft ${this.tab}`) {
      this.quietly(del(draft.key, this.store));
      this.keepDraft(draft);
    }
    return { messages: messages.map(({ key, ...message }) => message), draft: draft ? draft.text : "", about: draft && draft.about };
  }

  keep(message) {
    if (!this.forgotten) this.quietly(set(`message ${message.id}`, message, this.store));
  }

  done(id) {
    this.quietly(del(`message ${id}`, this.store));
    this.tell({ done: id });
  }

  /** What is half typed, and `about` which older question it is. */
  typed(text, about) {
    clearTimeout(this.typing);
    this.unkept = { text, about };
    this.typing = setTimeout(() => this.keepTyped(), TYPING);
  }

  /** At once: the page may be gone in a moment. */
  keepTyped() {
    clearTimeout(this.typing);
    if (this.unkept === undefined) return;
    this.keepDraft(this.unkept);
    this.unkept = undefined;
  }

  keepDraft({ text, about }) {
    const key = `draft ${this.tab}`;
    const kept = text || about;
    if (!this.forgotten) this.quietly(kept ? set(key, { text, about, at: Date.now() }, this.store) : del(key, this.store));
  }

  /** Signed out here, or in another tab of this person. */
  async forget() {
    this.forgotten = true;
    clearTimeout(this.typing);
    this.tell({ out: true });
    sessionStorage.removeItem(`${this.base}tab`);
    Object.keys(localStorage).filter((name) => name.startsWith(this.base)).forEach((name) => localStorage.removeItem(name));
    await this.quietly(clear(this.store));
  }

  tell(what) {
    if (this.others) this.others.postMessage(what);
  }

  quietly(work) {
    return work.catch(() => undefined);
  }
}

export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
