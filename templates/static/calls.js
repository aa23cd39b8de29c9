// The browser lets itself be called while the page is closed (web push), on this device and for this session. Asked for once,
// after the first answer was kept; later it stands behind the bell.
"use strict";

export class Calls {
  /** `names`: how this browser keeps what was chosen. `registered`: the service worker, as a promise. */
  constructor({ base, key, app, registered, changed }) {
    Object.assign(this, { base, key, app, registered, changed });
    this.state = this.known();
    if (this.state === "on") this.renew();
  }

  /** `on`, `off`; or why not: `denied`, `app`, `home` (an iPhone calls what stands on its home screen), `cannot`. */
  known() {
    if (this.app) return "app";
    if (!this.key || !("PushManager" in window) || !("Notification" in window) || !navigator.serviceWorker) {
      const apple = /iPhone|iPad/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);
      return apple && !navigator.standalone ? "home" : "cannot";
    }
    if (Notification.permission === "denied") return "denied";
    return Notification.permission === "granted" && localStorage.getItem(`${this.base}calls`) ? "on" : "off";
  }

  get asks() {
    return this.state !== "on" && this.state !== "cannot" && this.state !== "denied" && !localStorage.getItem(`${this.base}asked`);
  }

  asked() { localStorage.setItem(`${this.base}asked`, "yes"); }

  async turnOn() {
    if (await Notification.requestPermission() !== "granted") return this.become(this.known());
    const done = await this.tell().catch(() => false);
    if (done) localStorage.setItem(`${this.base}calls`, done);
    this.become(done ? "on" : "failed");
  }

  async turnOff() {
    localStorage.removeItem(`${this.base}calls`);
    this.become("off");
    await fetch(`${this.base}calls/end`, { method: "POST" }).catch(() => {});
  }

  /** Services give browsers new addresses, and an installation may have a new key: the house is told. */
  async renew() {
    const done = await this.tell(localStorage.getItem(`${this.base}calls`)).catch(() => false);
    if (done) localStorage.setItem(`${this.base}calls`, done);
  }

  /** Tell the house where this browser is called, unless it was told of `known`; the address, false when it was not taken. */
  async tell(known) {
    const { pushManager } = await this.registered;
    let address = await pushManager.getSubscription();
    if (address && !isSame(address.options.applicationServerKey, bytes(this.key))) {
      await address.unsubscribe();
      address = null;
    }
    address = address || await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.key) });
    if (address.endpoint === known) return known;
    const answer = await fetch(`${this.base}calls`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(address),
    });
    return answer.ok && address.endpoint;
  }

  /** Signed out: what stands on the screen of this device goes as well. */
  async forget() {
    const registration = await this.registered;
    const shown = registration && registration.getNotifications ? await registration.getNotifications({ tag: this.base }) : [];
    shown.forEach((one) => one.close());
  }

  become(state) {
    this.state = state;
    this.changed();
  }
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function isSame(buffer, wanted) {
  const found = new Uint8Array(buffer || []);
  return found.length === wanted.length && found.every((one, place) => one === wanted[place]);
}
