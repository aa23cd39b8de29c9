/* The slip as it is marked, what was marked once more, and the sheet of a count of paper. Texts of people are text, never markup. */

export const word = (key) => document.querySelector(`[data-word="${key}"]`).textContent;

const made = (name, props = {}, ...children) => {
  const one = Object.assign(document.createElement(name), props);
  one.append(...children);
  return one;
};

export function drawSlip(form, poll, marks) {
  form.replaceChildren(...poll.lines.map((line, place) => made(
    "fieldset", {},
    made("legend", { textContent: line }),
    ...[...poll.options, "blank"].map((option, number) => made(
      "label", { className: option === "blank" ? "none" : "" },
      made("input", {
        type: "radio",
        name: `line${place}`,
        value: option === "blank" ? 0 : number + 1,
        checked: (marks[place] || 0) === (option === "blank" ? 0 : number + 1),
      }),
      made("span", { textContent: word(option) }),
    )),
  )));
}

export const marksOf = (form, poll) =>
  poll.lines.map((_, place) => Number(new FormData(form).get(`line${place}`) || 0));

export function drawChosen(list, poll, marks) {
  list.replaceChildren(...poll.lines.flatMap((line, place) => [
    made("dt", { textContent: line }),
    made("dd", {
      textContent: marks[place] ? word(poll.options[marks[place] - 1]) : word("blank"),
      className: marks[place] ? "" : "blank",
    }),
  ]));
}

const figure = (name, text) => made(
  "label", { className: "figure" },
  made("span", { textContent: text }),
  made("input", { type: "number", name, min: 0, max: 100000, inputMode: "numeric", required: true }),
);

const FIGURES = ["given", "returned", "invalid"];

export function drawCount(form, poll) {
  if (form.children.length) return;
  const head = made("fieldset", {}, ...FIGURES.map((one) => figure(one, word(one))));
  FIGURES.forEach((one, place) => { head.children[place].dataset.at = one; });
  form.append(head, ...poll.lines.map((line, place) => {
    const field = made("fieldset", {}, made("legend", { textContent: line }));
    field.dataset.at = place;
    field.append(...poll.options.map((option, number) => figure(`${place}.${number}`, word(option))));
    return field;
  }));
}

export function countOf(form, poll) {
  const value = (name) => Number(form.elements[name].value);
  return {
    figures: FIGURES.map(value),
    lines: poll.lines.map((_, place) => poll.options.map((_one, number) => value(`${place}.${number}`))),
  };
}

export function mark(form, places) {
  for (const one of form.querySelectorAll("[data-at]")) one.classList.toggle("marked", places.includes(one.dataset.at));
}

/* A blank slip, on paper alone. */
export function drawBlank(sheet, poll) {
  sheet.querySelector("h1").textContent = poll.title;
  sheet.querySelector("thead").replaceChildren(
    made("tr", {}, made("th"), ...poll.options.map((option) => made("th", { textContent: word(option) }))),
  );
  sheet.querySelector("tbody").replaceChildren(...poll.lines.map((line, place) => made(
    "tr", {},
    made("td", { textContent: `${place + 1}. ${line}` }),
    ...poll.options.map(() => made("td", { className: "box", textContent: "☐" })),
  )));
}
