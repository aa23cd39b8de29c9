// What htmx does not reach on the chat page. htmx (hx-ws) connects, reconnects and puts new bubbles in;
// here: an outbox that survives a lost connection, the text box, scrolling, and pages enlarged.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const [phone, scroll, talk, waiting, box, count] = ["phone", "scroll", "talk", "waiting", "text", "count"].map(byId);
  const word = (name) => byId("words").content.querySelector(`[data-word=${name}]`).textContent;
  const language = document.documentElement.lang;
  const shape = (id) => byId(id).content.firstElementChild.cloneNode(true);

  // ---- What is remembered in this tab: the draft and what was not acknowledged yet.
  // Two phones of the demo page share a tab, so everything is kept under the person's own path.
  const kept = {
    get: (name, otherwise) => JSON.parse(sessionStorage.getItem(phone.dataset.base + name)) ?? otherwise,
    set: (name, value) => sessionStorage.setItem(phone.dataset.base + name, JSON.stringify(value)),
  };

  // ---- The outbox. Each message has an id of its own; sent again under the same id it acts once.
  const MOST = 100_000;          // characters in one message; the server's own limit is higher
  const PATIENCE = 8_000;        // ms without an answer to a message, then the line is taken for dead
  const SILENCE = 30_000;        // ms without hearing anything; the server speaks up every 12 to 17 s
  let outbox = kept.get("outbox", []);
  let line = null;               // htmx's connection
  let heardAt = 0;
  let leaving = false;           // the sign-out button was pressed: that answer leads on

  const isOpen = () => line?.socket?.readyState === WebSocket.OPEN;
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

  function deliver(message) {
    if (!isOpen()) return;
    const { id, say, press, message: where } = message;
    line.socket.send(JSON.stringify({ id, say, press, message: where }));
    message.sentAt = Date.now();
  }

  function post(message) {
    message.id = newId();
    outbox.push(message);
    kept.set("outbox", outbox);
    deliver(message);
    showWaiting();
    toEnd();
  }

  function isDone(id) {
    outbox = outbox.filter((message) => message.id !== id);
    kept.set("outbox", outbox);
    showWaiting();
  }

  function showWaiting() {
    waiting.replaceChildren(...outbox.map((message) => {
      const bubble = shape("a-waiting");
      bubble.textContent = message.shown;
      return bubble;
    }));
    if (outbox.length && isOpen()) waiting.append(shape("a-thinking"));
    for (const button of talk.querySelectorAll("[data-press]")) {
      const busy = outbox.some((m) => m.press === button.dataset.press && m.message === button.dataset.message);
      button.toggleAttribute("aria-busy", busy);
    }
    showStatus();
  }

  function showStatus() {
    const state = isOpen() ? "online" : outbox.length ? "waiting" : "lost";
    phone.dataset.state = state;
    const text = word(state);
    if (byId("status").textContent !== text) byId("status").textContent = text;
  }

  // ---- The line: say what is shown already, then send again what was not acknowledged.
  phone.addEventListener("htmx:ws:after:connection", (event) => {
    line = event.detail.connection;
    heardAt = Date.now();
    const shown = [...talk.querySelectorAll("[data-id]")];
    line.socket.send(JSON.stringify({ hello: Number(shown.at(-1)?.dataset.id ?? 0), language }));
    outbox.forEach(deliver);
    showWaiting();
  });

  phone.addEventListener("htmx:ws:close", (event) => {
    if (event.detail.code === 4401 && !leaving) location.reload();    // signed out: the server shows the way in
    showWaiting();
  });

  let wasAtEnd = true;
  phone.addEventListener("htmx:ws:before:message:incoming", (event) => {
    heardAt = Date.now();
    wasAtEnd = isAtEnd();
    const data = event.detail.message.data;
    if (!data.startsWith("{")) return;
    const told = JSON.parse(data);
    if (told.language) location.reload();        // the person reads another language now: the page is drawn in it
    else isDone(told.done);
  });

  phone.addEventListener("htmx:ws:after:message:incoming", (event) => {
    if (event.detail.message.data.startsWith("{")) return;
    showClip();
    if (wasAtEnd || outbox.length) toNewest();
  });

  setInterval(() => {
    const unheard = outbox.some((message) => Date.now() - message.sentAt > PATIENCE);
    if (isOpen() && (unheard || Date.now() - heardAt > SILENCE)) line.socket.close(4000);
  }, 2_000);

  // ---- Buttons. The second click of a double click is none: another button may have slid under the thumb.
  phone.addEventListener("click", (event) => {
    const button = event.target.closest("[data-press], [data-say]");
    if (!button || event.detail > 1 || button.hasAttribute("aria-busy")) return;
    byId("menu").open = false;
    const { press, message, say } = button.dataset;
    post({ press, message, say, shown: press ? button.textContent.trim() : say });
  });

  document.addEventListener("click", (event) => {
    if (!byId("menu").contains(event.target)) byId("menu").open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") byId("menu").open = false;
  });

  // ---- The text box: grows, counts near the limit, keeps a draft.
  const limit = Number(box.dataset.limit);

  function onDraft() {
    kept.set("draft", box.value);
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
    const text = box.value.trim();
    if (!text) return;
    if (text.length > MOST) return notice("too_long");
    box.value = "";
    onDraft();
    byId("notice").hidden = true;
    post({ say: text, shown: text.length > 600 ? `${text.slice(0, 600)}…` : text });
    box.focus();
  });

  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard.matches) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });
  box.addEventListener("input", onDraft);

  for (const kind of ["paste", "drop"]) {
    document.addEventListener(kind, (event) => {
      const files = (event.clipboardData ?? event.dataTransfer)?.files;
      if (!files?.length) return;
      event.preventDefault();
      if (clip.hidden) notice("picture");
      else sendFile(files[0]);
    });
  }
  // ---- A file: only while what was said last awaits one. It is not kept for later, as texts are.
  const [clip, file] = ["clip", "file"].map(byId);
  function showClip() {
    const said = [...talk.querySelectorAll(".exchange")].filter((exchange) => exchange.querySelector(".mine"));
    clip.hidden = !said.at(-1)?.querySelector("[data-awaits-file]");
  }

  async function sendFile(chosen) {
    if (chosen.size > Number(file.dataset.limit)) return notice("file_big");
    const form = new FormData();
    form.append("file", chosen);
    clip.disabled = true;
    notice("file_sending");
    const answer = await fetch(`${phone.dataset.base}file/${newId()}`, { method: "POST", body: form }).catch(() => null);
    clip.disabled = false;
    if (answer?.status === 401) return location.reload();
    byId("notice").hidden = true;
    if (!answer?.ok) notice("file_lost");
  }

  clip.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    if (file.files.length) sendFile(file.files[0]);
    file.value = "";
  });

  document.addEventListener("dragover", (event) => event.preventDefault());

  byId("out").addEventListener("submit", (event) => {
    if (!confirm(word(outbox.length ? "unsent" : "leaving"))) return event.preventDefault();
    leaving = true;
    kept.set("outbox", []);
    kept.set("draft", "");
  });

  // ---- Scrolling: new bubbles are followed only by who was at the end; a tall answer is shown from its top.
  const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };

  function toNewest() {
    const newest = talk.lastElementChild;
    toEnd();
    const above = newest ? newest.getBoundingClientRect().top - scroll.getBoundingClientRect().top : 0;
    if (above < 0) scroll.scrollTop += above - 8;
  }

  let height = innerHeight;
  addEventListener("resize", () => {          // the keyboard of the phone opens: the last line stays in sight
    if (innerHeight < height) scroll.scrollTop += height - innerHeight;
    height = innerHeight;
  });

  // ---- A page of the document, enlarged. Without this script the link simply opens the picture.
  const enlarged = byId("enlarged");
  const picture = enlarged.querySelector("img");
  phone.addEventListener("click", (event) => {
    const sheet = event.target.closest("[data-enlarge]");
    if (sheet) {
      event.preventDefault();
      picture.src = sheet.href;
      picture.alt = sheet.querySelector("img").alt;
      picture.classList.remove("closer");
      enlarged.showModal();
    } else if (event.target.matches("[data-zoom]")) {
      picture.classList.toggle("closer");
    } else if (event.target.closest("[data-close]")) {
      enlarged.close();
    }
  });

  // ---- Begin.
  box.value = kept.get("draft", "");
  onDraft();
  showWaiting();
  showClip();
  toNewest();
  navigator.serviceWorker?.register(`${phone.dataset.root}/sw.js?language=${language}`).catch(() => {});      // only over https or on this machine
})();
