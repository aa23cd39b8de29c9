// The line to the house. It is opened anew after everything but a refused sign-in: when it breaks, when it is silent, when
// an attempt hangs. A line that is given up is let go at once: whoever stalls does not answer a goodbye either.
"use strict";

const SIGNED_OUT = 4401;       // the server shows the way in
const DISPLACED = 4409;        // so many pages of this person are open that this one rests until somebody uses it

export class Line {
  /** `pulse`: ms within which the server says something, whatever happens. `on`: opened, heard(text), changed, signedOut. */
  constructor(address, pulse, on) {
    this.address = new URL(address, location.href.replace(/^http/, "ws")).href;
    this.silence = 1.75 * pulse;
    this.pulse = pulse;
    this.on = on;
    this.socket = null;
    this.state = "closed";     // opening, open, closed (opened anew by itself), paused (nobody looks), displaced, ended
    this.attempt = 0;
    this.heardAt = 0;
    setInterval(() => this.look(), pulse / 8);
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.giveUp());
    addEventListener("pageshow", (event) => event.persisted && this.again());
  }

  get isOpen() { return this.state === "open"; }

  open() {
    clearTimeout(this.timer);
    this.letGo();
    this.become("opening");
    this.heardAt = Date.now();
    const socket = this.socket = new WebSocket(this.address);
    socket.onopen = () => {
      this.heardAt = Date.now();
      this.become("open");
      this.on.opened();
    };
    socket.onmessage = (event) => {
      this.heardAt = Date.now();
      this.attempt = 0;
      this.on.heard(event.data);
    };
    socket.onclose = (event) => {
      this.socket = null;
      if (event.code === SIGNED_OUT) {
        this.become("ended");
        this.on.signedOut();
      } else if (event.code === DISPLACED) {
        this.become("displaced");
      } else {
        this.later();
      }
    };
  }

  send(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
    return this.isOpen;
  }

  /** Nobody looks at the page: it costs nobody anything until somebody does. */
  pause() {
    if (this.state !== "open" && this.state !== "opening" && this.state !== "closed") return;
    clearTimeout(this.timer);
    this.letGo();
    this.become("paused");
  }

  /** There is a reason to believe that it works now. A line that is open and was heard lately is left alone. */
  again() {
    if (this.state === "ended") return;
    if (this.isOpen && Date.now() - this.heardAt < this.silence) return;
    this.attempt = 0;
    this.open();
  }

  /** The line is dead, whatever the browser thinks of it. */
  giveUp() {
    if (this.state !== "open" && this.state !== "opening") return;
    this.letGo();
    this.later();
  }

  look() {
    if (Date.now() - this.heardAt > this.silence) this.giveUp();
  }

  later() {
    this.become("closed");
    const pause = Math.min(this.pulse / 10 * 2 ** this.attempt, this.pulse * 1.25);
    this.attempt += 1;
    this.timer = setTimeout(() => this.open(), pause * (0.7 + 0.6 * Math.random()));
  }

  letGo() {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.on.changed();
  }
}
