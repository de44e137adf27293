// Saves minutes while they are typed, and says what is saved. Without this the buttons do it.
// Words that are not saved stay in the page and are tried again; nothing is kept in the browser.
import { completion } from "./complete.js";
import { live } from "./live.js";
import { Minute, says } from "./minute.js";
import { presence } from "./presence.js";
import { toolbar } from "./writing.js";

const EVERY = 5000; // milliseconds between two tries

const form = document.querySelector("#minute");

class Page {
  constructor(form) {
    this.form = form;
    this.live = form.dataset.minutes === "live";
    this.bar = document.querySelector("[data-livebar]");
    this.shown = document.querySelector("[data-saved]");
    this.spoken = document.querySelector("[data-announce]");
    this.minutes = [];
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("click", (event) => this.leave(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    setInterval(() => this.save(), EVERY);
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  get unsaved() {
    return !this.leaving && (this.minutes.some((each) => each.dirty) || this.unsent());
  }

  // Whether something is typed in an open form of a decision or an action.
  unsent() {
    return false;
  }

  add(text, more) {
    const minute = new Minute(this, text, more);
    this.minutes.push(minute);
    return minute;
  }

  save() {
    return Promise.all(this.minutes.map((each) => each.save()));
  }

  body() {
    const body = new FormData();
    body.set("page", this.form.elements.page.value);
    body.set("keys_known", "1");
    if (this.form.elements.keys?.checked) body.set("keys", "on");
    return body;
  }

  // Signed in again in another window, the page needs the new token.
  async renew() {
    const answer = await fetch(location.href).catch(() => {
      throw new Error(says.away);
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#minute [name=csrfmiddlewaretoken]");
    if (answer.redirected || !token) throw new Error(says.out);
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = token.value;
    }
  }

  // One item's state beside its text, and that of all of them in the bar.
  report(minute) {
    const state = document.querySelector(`[data-state="${minute.text.dataset.minute}"]`);
    if (state) {
      state.textContent = minute.words;
      state.className = `app-state ${minute.look}`;
    }
    const failed = this.minutes.find((each) => each.look === "is-failed");
    const unsaved = this.minutes.filter((each) => each.look === "is-unsaved");
    const all = { words: `All saved at ${minute.at}`, look: "" };
    const open = { words: `${says.unsaved}: ${unsaved.length === 1 ? "1 item" : `${unsaved.length} items`}`, look: "is-unsaved" };
    const { words, look } = failed ?? (this.live ? (unsaved.length ? open : all) : minute);
    this.bar.classList.toggle("is-unsaved", look === "is-unsaved");
    this.bar.classList.toggle("is-failed", look === "is-failed");
    const named = failed && this.live ? `Item ${failed.text.dataset.minute}: ${words}` : words;
    if (this.shown.textContent !== named) this.shown.textContent = named;
  }

  announce(words) {
    this.spoken.textContent = words;
  }

  // Both texts of a conflict, above the text in which they are put together.
  conflict(text, join) {
    const note = document.createElement("div");
    note.innerHTML =
      '<div class="app-suggest"><p data-says></p></div><div class="app-conflict">' +
      '<div><h3 class="govuk-heading-s">Saved meanwhile</h3><p class="app-conflict__text app-typed" data-theirs dir="auto"></p></div>' +
      '<div><h3 class="govuk-heading-s">What you wrote</h3><p class="app-conflict__text app-typed" data-yours dir="auto"></p></div></div>' +
      '<button class="govuk-button" type="button">Put both together</button>';
    note.querySelector("button").addEventListener("click", join);
    text.closest(".govuk-form-group").before(note);
    return note;
  }

  // A save under way is let finish first, so that the page never overtakes itself.
  async submit(event) {
    const under = this.minutes.map((each) => each.sending).filter(Boolean);
    if (under.length) {
      event.preventDefault();
      await Promise.all(under);
      this.form.requestSubmit(event.submitter);
      return;
    }
    for (const each of this.minutes) each.takeAlong(this.form);
    this.leaving = true;
  }

  // Words typed just before another page is opened are saved on the way out.
  async leave(event) {
    const link = event.target.closest("a[href]");
    const plain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const dirty = this.minutes.some((each) => each.dirty);
    if (!link || !plain || !dirty || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    await this.save();
    location.assign(link.href);
  }
}

function keys(form, go) {
  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    const alone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!alone || !go[event.code] || !form.elements.keys.checked) return;
    event.preventDefault();
    go[event.code]();
  });
}

// The page of one item.
function single(page) {
  const { form } = page;
  const who = document.querySelector("#who");
  if (!("closed" in form.dataset)) {
    page.add(form.elements.text, {
      base: form.elements.version, address: form.dataset.autosave, last: "last",
      waits: "conflict" in form.dataset,
    });
  }
  return {
    KeyN: () => form.querySelector("[data-next]").click(),
    KeyM: () => form.elements.text.focus(),
    KeyD: () => form.elements["decision-text"].focus(),
    KeyA: () => form.elements["action-text"].focus(),
    KeyW: () => {
      who.open = true;
      who.querySelector("summary").focus();
    },
  };
}

if (form) {
  const page = new Page(form);
  const known = document.createElement("input");
  Object.assign(known, { type: "hidden", name: "keys_known", value: "1" });
  form.append(known);
  keys(form, page.live ? live(page) : single(page));
  presence(page);
  for (const minute of page.minutes) toolbar(minute.text);
  completion(form, page);
}
