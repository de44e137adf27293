// Saves a minute while it is typed, and says what is saved. Without this the page's buttons do it.
// Words that are not saved stay in the page and are tried again; nothing is kept in the browser.

const EVERY = 5000; // milliseconds between two tries
const PAUSE = 1000; // after the last key
const PATIENCE = 10000; // before the server counts as out of reach
const LIMIT = 4_000_000; // bytes, as the server's

const form = document.querySelector("#minute[data-autosave]");

const says = {
  unsaved: "Not saved yet",
  away: "The server cannot be reached; your words are kept in this page and tried again",
  out: "You have been signed out. Sign in in another window; your words are kept in this page and tried again",
  long: "Too long to save. Shorten the minutes, or put long text into a paper",
};

class Minute {
  constructor(form) {
    this.form = form;
    this.text = form.elements.text;
    this.bar = document.querySelector("[data-livebar]");
    this.shown = document.querySelector("[data-saved]");
    this.spoken = document.querySelector("[data-announce]");
    this.saved = this.text.value; // what the database holds
    this.unanswered = null; // what was sent without an answer
    this.sending = null; // the request under way
    this.troubled = false;
    this.text.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("click", (event) => this.leave(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    // A conflict is settled by a person, with the button.
    if (!("conflict" in form.dataset)) setInterval(() => this.save(), EVERY);
  }

  get dirty() {
    return (this.text.value !== this.saved || this.unanswered !== null) && !this.leaving;
  }

  typed() {
    clearTimeout(this.pause);
    if (!this.dirty) return;
    if (!this.troubled) this.show(says.unsaved, "is-unsaved");
    if (!("conflict" in this.form.dataset)) this.pause = setTimeout(() => this.save(), PAUSE);
  }

  // Resolves when what is in the page now has been sent and answered.
  async save() {
    if (this.sending) await this.sending;
    if (!this.dirty || "conflict" in this.form.dataset) return;
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
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "version", "page", "keys_known"]) {
      body.set(name, this.form.elements[name].value);
    }
    if (this.form.elements.keys?.checked) body.set("keys", "on");
    body.set("text", text);
    this.unanswered = text;
    const answer = await this.post(body);
    const told = await answer.json();
    this.unanswered = null;
    if (answer.status === 409 && told.theirs !== undefined) return this.apart(text, told);
    if (!answer.ok) throw new Error(told.problem);
    this.form.elements.version.value = told.version;
    this.saved = text;
    if (this.troubled) this.announce("Your words are saved");
    this.troubled = false;
    if (this.dirty) this.show(says.unsaved, "is-unsaved");
    else this.show(`Saved at ${told.saved}`, "");
  }

  async post(body) {
    let answer;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      answer = await fetch(this.form.dataset.autosave, { method: "POST", body, signal });
    } catch {
      throw new Error(says.away);
    }
    const json = answer.headers.get("content-type")?.startsWith("application/json");
    if (json) return answer;
    if (answer.status >= 500) throw new Error(says.away);
    this.unanswered = null;
    await this.renew();
    throw new Error(says.unsaved);
  }

  // Signed in again in another window, the page needs the new token.
  async renew() {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#minute [name=csrfmiddlewaretoken]");
    if (answer.redirected || !token) throw new Error(says.out);
    this.form.elements.csrfmiddlewaretoken.value = token.value;
  }

  trouble(problem) {
    const words = problem.message || says.away;
    if (!this.troubled || this.shown.textContent !== words) this.announce(words);
    this.troubled = true;
    this.show(words, "is-failed");
  }

  // Somebody else saved the item: both texts are in the database, and the page says where.
  apart(text, told) {
    this.saved = text;
    this.show(`Kept apart at ${told.kept}`, "is-failed");
    if (this.troubled === "apart") return;
    this.troubled = "apart";
    this.announce(told.says);
    const note = document.createElement("section");
    note.className = "app-suggest";
    const words = document.createElement("p");
    words.textContent = told.says;
    const link = document.createElement("a");
    link.className = "govuk-button";
    link.href = told.url;
    link.textContent = "Put both together";
    note.append(words, link);
    this.form.before(note);
  }

  show(words, look) {
    this.bar.classList.toggle("is-unsaved", look === "is-unsaved");
    this.bar.classList.toggle("is-failed", look === "is-failed");
    if (this.shown.textContent !== words) this.shown.textContent = words;
  }

  announce(words) {
    this.spoken.textContent = words;
  }

  // A save under way is let finish first, so that the page never overtakes itself.
  async submit(event) {
    if (this.sending) {
      event.preventDefault();
      await this.sending;
      this.form.requestSubmit(event.submitter);
      return;
    }
    this.form.querySelector("[name=last]")?.remove();
    if (this.unanswered !== null) this.hide("last", this.unanswered);
    this.leaving = true;
  }

  // Words typed just before another page is opened are saved on the way out.
  async leave(event) {
    const link = event.target.closest("a[href]");
    const plain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || !this.dirty || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    await this.save();
    location.assign(link.href);
  }

  hide(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    this.form.append(field);
  }
}

// Who is here is recorded as soon as it is chosen; with the page's button it would be too.
function presence(form, minute) {
  const list = document.querySelector("[data-presence]");
  list.addEventListener("change", async ({ target }) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("item", form.dataset.item);
    body.set(target.name, target.value);
    try {
      const answer = await fetch(list.dataset.presence, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") return;
      form.elements[`was-${target.name}`].value = target.value;
      minute.announce(`Recorded: ${target.labels[0].firstChild.textContent}, ${target.selectedOptions[0].text}`);
    } catch {
      minute.announce("Not recorded yet. Choose “Save who is here” when the server can be reached");
    }
  });
}

function keys(form) {
  const list = document.querySelector("[data-keys]");
  const who = document.querySelector("#who");
  const go = {
    KeyN: () => form.querySelector("[data-next]").click(),
    KeyM: () => form.elements.text.focus(),
    KeyD: () => form.elements["decision-text"].focus(),
    KeyA: () => form.elements["action-text"].focus(),
    KeyW: () => {
      who.open = true;
      who.querySelector("summary").focus();
    },
  };
  list.hidden = false;
  document.addEventListener("keydown", (event) => {
    const alone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!alone || !go[event.code] || !form.elements.keys.checked) return;
    event.preventDefault();
    go[event.code]();
  });
}

if (form) {
  const minute = new Minute(form);
  minute.hide("keys_known", "1");
  presence(form, minute);
  keys(form);
}
