/* What this phone keeps of a poll: under whose it is, so that two people may share a phone. The code of the address leads to it. */

const at = (poll, whose) => `tusoi-phieu:${poll}:${whose}`;

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (error) {
    return null;
  }
};

export class Kept {
  constructor(poll, code) {
    this.poll = poll;
    this.code = code;
    this.person = read(at(poll, `code:${code}`));
    this.all = this.person ? read(at(poll, this.person)) || {} : {};
  }

  /* From now on this code is that person's here, and what was kept of them before is found again. */
  whose(person) {
    this.person = person;
    this.all = read(at(this.poll, person)) || {};
    localStorage.setItem(at(this.poll, `code:${this.code}`), JSON.stringify(person));
  }

  /* As it lies there now: another window of this browser may have gone on. */
  anew() {
    if (this.person) this.all = read(at(this.poll, this.person)) || {};
    return this.all;
  }

  keep(change) {
    this.all = { ...this.anew(), ...change };
    localStorage.setItem(at(this.poll, this.person), JSON.stringify(this.all));
  }
}
