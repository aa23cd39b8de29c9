// The pages of a document: fetched as their bubble comes into view, and enlarged. Without this script, or where a browser knows
// no dialog, the link of a page simply opens the picture.
"use strict";

const nearing = new IntersectionObserver((seen) => {
  for (const one of seen) {
    if (!one.isIntersecting) continue;
    nearing.unobserve(one.target);
    fetchSheets(one.target);
  }
}, { rootMargin: "200px" });

/** All strips of pages in there. */
export function watchSheets(within) {
  within.querySelectorAll("[data-sheets]").forEach((strip) => nearing.observe(strip));
}

async function fetchSheets(strip) {
  const answer = await fetch(strip.dataset.sheets).catch(() => null);
  if (answer && answer.ok) strip.innerHTML = await answer.text();
  else setTimeout(() => nearing.observe(strip), 4_000);
}

/** Pages pressed anywhere in `page` are shown in `dialog`. */
export function enlarging(page, dialog) {
  const picture = dialog.querySelector("img");
  page.addEventListener("click", (event) => {
    const sheet = event.target.closest("[data-enlarge]");
    if (sheet && dialog.showModal) {
      event.preventDefault();
      picture.src = sheet.href;
      picture.alt = sheet.querySelector("img").alt;
      picture.classList.remove("closer");
      dialog.showModal();
    } else if (event.target.matches("[data-zoom]")) {
      picture.classList.toggle("closer");
    } else if (event.target.closest("[data-close]")) {
      dialog.close();
    }
  });
}
