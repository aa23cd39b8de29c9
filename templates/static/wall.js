// The screen on the wall: drawn anew at every change that the house tells; a line that broke comes back by itself.
"use strict";

const board = document.getElementById("board");
const lost = document.getElementById("lost");
const line = new EventSource(board.dataset.day);

line.addEventListener("board", (told) => {
  // Drawn by our own escaping templates, of the same origin.
  board.innerHTML = told.data;
  lost.hidden = true;
});
line.addEventListener("open", () => { lost.hidden = true; });
line.addEventListener("error", () => { lost.hidden = false; });
line.addEventListener("over", () => {
  line.close();
  location.reload();
});
