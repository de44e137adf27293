// The minute of one item: saved while it is typed, version by version, and never lost.

const PAUSE = 1000; // milliseconds after the last key
const PATIENCE = 10000; // before the server counts as out of reach
const LIMIT = 4_000_000; // bytes, as the server's

export const says = {
  unsaved: "Not saved yet",
  away: "The server cannot be reached; your words are kept in this page and tried again",
  out: "You have been signed out. Sign in in another window; your words are kept in this page and tried again",
  long: "Too long to save. Shorten the minutes, or put long text into a paper",
};

// Sends a form's words and reads the answer. Throws what a person can be told.
export async function post(page, address, body) {
  let answer;
  body.set("csrfmiddlewaretoken", page.token);
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    answer = await fetch(address, { method: "POST", body, signal });
  } catch {
    throw new Error(says.away);
  }
  if (answer.headers.get("content-type")?.startsWith("application/json")) return answer;
  if (answer.status >= 500) throw new Error(says.away);
  await page.renew();
  throw new Refused(says.unsaved);
}

// The server answered, and took nothing.
export class Refused extends Error {}

export class Minute {
  // base: the hidden field that says which version the text began from. waits: a conflict that is
  // settled by a person, with the button.
  constructor(page, text, { base, address, last, waits }) {
    Object.assign(this, { page, text, base, address, last, waits });
    this.saved = waits ? null : text.value; // what the database holds
    this.unanswered = null; // what was sent without an answer
    this.sending = null; // the request under way
    this.told = null; // what the server says of somebody else's text
    this.look = "";
    this.words = "";
    text.addEventListener("input", () => this.typed());
  }

  get dirty() {
    return this.text.value !== this.saved || this.unanswered !== null;
  }

  typed() {
    clearTimeout(this.pause);
    if (this.dirty && this.look !== "is-failed") this.show(says.unsaved, "is-unsaved");
    if (!this.waits) this.pause = setTimeout(() => this.save(), PAUSE);
  }

  // Resolves when what is in the page now has been sent and answered.
  async save() {
    while (this.sending) await this.sending;
    if (!this.dirty || this.waits) return;
    this.sending = this.sendAll().catch((problem) => this.trouble(problem));
    await this.sending;
    this.sending = null;
  }

  // What had no answer goes again as it was: the database may hold it, and newer words sent in its
  // place would meet it as if somebody else had written it.
  async sendAll() {
    if (this.unanswered !== null) await this.send(this.unanswered);
    if (this.dirty) await this.send(this.text.value);
  }

  async send(text) {
    if (new TextEncoder().encode(text).length > LIMIT) throw new Error(says.long);
    const body = this.page.body();
    body.set("version", this.base.value.split(".")[0]);
    body.set("text", text);
    this.unanswered = text;
    let answer;
    try {
      answer = await post(this.page, this.address, body);
    } catch (problem) {
      if (problem instanceof Refused) this.unanswered = null;
      throw problem;
    }
    const told = await answer.json();
    this.unanswered = null;
    if (answer.status === 409 && told.theirs !== undefined) return this.apart(text, told);
    if (!answer.ok) throw new Error(told.problem);
    this.heard(text, told);
  }

  heard(text, told) {
    this.goOnFrom(told);
    this.saved = text;
    // A document's source was kept as its words.
    if (told.text !== undefined && this.text.value === text) {
      this.text.value = told.text;
      this.saved = told.text;
    }
    if (this.look === "is-failed") this.page.announce("Your words are saved");
    this.settle();
    if (this.dirty) this.show(says.unsaved, "is-unsaved");
    else this.show(`Saved at ${told.saved}`, "", told.saved);
  }

  goOnFrom(told) {
    this.base.value = this.base.value.includes(".") ? told.base : told.version;
  }

  trouble(problem) {
    const words = problem.message || says.away;
    if (this.look !== "is-failed" || this.words !== words) this.page.announce(words);
    this.show(words, "is-failed");
  }

  // Somebody else saved the item: both texts are in the database, and beside each other here.
  apart(text, told) {
    this.saved = text;
    const first = this.told === null;
    this.told = told;
    this.show(`Kept apart at ${told.kept}`, "is-failed");
    this.beside(told);
    if (first) this.page.announce(told.says);
  }

  beside(told) {
    this.note ??= this.page.conflict(this.text, () => this.join());
    this.note.querySelector("[data-says]").textContent = told.says;
    this.note.querySelector("[data-theirs]").textContent = told.theirs;
    this.note.querySelector("[data-yours]").textContent = told.yours;
    this.note.querySelector("button").hidden = Boolean(told.closed);
  }

  // One text of both goes on from theirs; the last words are first kept apart with the others.
  async join() {
    await this.save();
    if (this.told === null || this.dirty) return;
    const { told } = this;
    this.text.value = told.both;
    this.goOnFrom(told);
    this.settle();
    this.saved = null;
    this.look = "";
    this.text.focus();
    await this.save();
  }

  settle() {
    this.told = null;
    this.note?.remove();
    this.note = null;
  }

  show(words, look, at) {
    Object.assign(this, { words, look });
    if (at) this.at = at;
    this.page.report(this);
  }

  // What was sent unheard goes with the form, so that it is not met as somebody else's.
  takeAlong(form) {
    if (this.unanswered === null) return;
    let field = form.elements[this.last];
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: this.last });
      form.append(field);
    }
    field.value = this.unanswered;
  }
}
