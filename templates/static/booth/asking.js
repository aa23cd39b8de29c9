/* The booth's requests. None carries a cookie, a referrer or a session; one that carries a ballot carries no code either. */

const HOW = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };

export class Refusal extends Error {
  constructor(why, detail = []) {
    super(why);
    this.why = why;
    this.detail = detail;
  }
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    throw new Refusal("line");
  }
  let said = null;
  try {
    said = await response.json();
  } catch (error) { /* a page of a proxy: as if nobody had answered */ }
  if (!said) throw new Refusal("line");
  if (!response.ok) throw new Refusal(said.why || "line", said.detail);
  return said;
}

export const asked = (address, given) =>
  answered(fetch(address, { ...HOW, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) }));

export const stageOf = (home) => answered(fetch(`${home}/thung`, HOW));
