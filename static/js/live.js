// The whole agenda on one page: its minutes, and decisions and actions made in place.
import { post } from "./minute.js";

const SECTION = ".app-minute--live";

export function live(page) {
  const { form } = page;
  for (const text of form.querySelectorAll("[data-minute]")) add(page, text);
  document.querySelector("[data-with-script]").hidden = false;
  page.unsent = () =>
    [...form.querySelectorAll("[data-form] [name$=-text]")].some((each) => each.value.trim());
  for (const box of form.querySelectorAll("[data-form]")) closes(box);
  form.addEventListener("click", (event) => clicked(page, event));
  form.addEventListener("keydown", (event) => entered(event));
  return {
    KeyN: () => go(1),
    KeyP: () => go(-1),
    KeyM: () => go(0),
    KeyD: () => here()?.querySelector('[name=open][value^="decision"]')?.click(),
    KeyA: () => here()?.querySelector('[name=open][value^="action"]')?.click(),
    KeyW: () => document.querySelector("[data-presence] select")?.focus(),
  };
}

function add(page, text) {
  const number = text.dataset.minute;
  const section = text.closest(SECTION);
  const minute = page.add(text, {
    base: document.querySelector(`#base-${number}`),
    address: page.form.dataset.autosave.replace("/0/", `/${number}/`),
    last: `last-${number}`,
    waits: Boolean(section.querySelector("[data-server-conflict]")),
  });
  minute.section = section;
}

// ---- from item to item --------------------------------------------------------------------------

const sections = () => [...document.querySelectorAll(SECTION)];
const here = () => document.activeElement?.closest(SECTION);

function go(step) {
  const all = sections();
  const at = all.indexOf(here());
  const to = all[at === -1 ? (step < 0 ? all.length - 1 : 0) : at + step];
  if (!to) return;
  (to.querySelector("[data-presence] select, textarea") ?? to).focus();
  to.scrollIntoView({ block: "start" });
}

// ---- buttons ------------------------------------------------------------------------------------

function clicked(page, event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.name === "open") open(page, event, button);
  else if (button.name === "make" && button.value !== "substitute") make(page, event, button);
  else if (button.name === "save" && button.value !== "who") save(page, event, button);
  else if ("close" in button.dataset) close(button.closest("[data-form]"));
}

// A decision or an action is sent with Enter, as in a form of its own.
function entered(event) {
  const box = event.target.closest("[data-form]");
  if (!box || event.key !== "Enter" || event.target.tagName !== "INPUT" || event.defaultPrevented) return;
  event.preventDefault();
  box.querySelector("[name=make]").click();
}

// Whether more than minutes waits to be saved: then the whole form goes, as without script.
function more(page) {
  const times = [...page.form.querySelectorAll("[name^=arrived-], [name^=left-]")];
  const known = (each) => page.form.elements[`was-${each.name}`].value;
  return page.unsent() || times.some((each) => each.value.trim() !== known(each));
}

async function save(page, event, button) {
  if (button.value === "all" && more(page)) return;
  event.preventDefault();
  const chosen = page.minutes.filter(
    (each) => button.value === "all" || each.text.dataset.minute === button.value,
  );
  for (const minute of chosen) {
    minute.waits = false;
    await minute.save();
    if (!minute.dirty && !minute.told) minute.section.querySelector("[data-server-conflict]")?.remove();
  }
  if (chosen.every((each) => !each.dirty && !each.told)) page.announce("Everything is saved");
}

function open(page, event, button) {
  event.preventDefault();
  const [shape, number] = button.value.split("-");
  const section = button.closest(SECTION);
  let box = document.getElementById(button.value);
  if (!box) {
    const blank = document.querySelector(`[data-blank=${shape}]`).innerHTML;
    const html = blank.replaceAll(/(decision|action)-0\b/g, `$1-${number}`).replaceAll(/item 0\b/g, `item ${number}`);
    box = place(section, html);
    if ("restricted" in section.dataset) {
      box.querySelector("[name$=-restricted]")?.closest(".govuk-form-group").remove();
    }
  }
  box.querySelector("[name$=-text]").focus();
  if (shape === "decision" && page.attended) dissenters(page, box);
}

// Whose dissent may be recorded follows from who has been recorded as here meanwhile.
async function dissenters(page, box) {
  const body = new FormData();
  body.set("blank", box.id);
  try {
    const number = box.id.split("-")[1];
    const answer = await post(page, page.form.dataset.make.replace("/0/", `/${number}/`), body);
    const fresh = new DOMParser().parseFromString((await answer.json()).form, "text/html");
    const now = box.querySelector("[data-dissent]");
    if (!now.querySelector(":checked")) now.replaceWith(fresh.querySelector("[data-dissent]"));
  } catch {
    // The list of when the page was loaded stays.
  }
}

function place(section, html) {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  const box = holder.querySelector("[data-form]");
  section.querySelector("[data-forms]").append(box);
  closes(box);
  return box;
}

function closes(box) {
  box.querySelector("[data-close]").hidden = false;
}

function close(box) {
  const opens = box.closest(SECTION).querySelector(`[name=open][value="${box.id}"]`);
  box.remove();
  opens.focus();
}

async function make(page, event, button) {
  event.preventDefault();
  const box = button.closest("[data-form]");
  const section = button.closest(SECTION);
  if (box.dataset.sending) return;
  box.dataset.sending = "yes";
  const body = new FormData();
  for (const [name, value] of new FormData(page.form)) {
    if (name.startsWith(`${box.id}-`)) body.append(name, value);
  }
  body.set("make", box.id);
  const number = box.id.split("-")[1];
  try {
    const answer = await post(page, page.form.dataset.make.replace("/0/", `/${number}/`), body);
    const told = await answer.json();
    if (told.made) made(page, section, box, told.made);
    else if (told.form) mend(page, section, box, told.form);
    else fail(page, box, told.problem);
  } catch (problem) {
    fail(page, box, problem.message);
  }
  delete box.dataset.sending;
}

function made(page, section, box, html) {
  section.querySelector("[data-made]").outerHTML = html;
  const shape = box.dataset.form;
  close(box);
  const rows = section.querySelectorAll("[data-made] li");
  const stop = document.querySelector(`[data-stop="${box.id.split("-")[1]}"]`);
  if (stop) stop.textContent = "done";
  page.announce(`${shape === "decision" ? "Decision" : "Action"} recorded. ${rows.length} in this item`);
}

function mend(page, section, box, html) {
  box.remove();
  const fresh = place(section, html);
  const wrong = fresh.querySelector("[aria-invalid=true], .govuk-input--error, .govuk-textarea--error");
  (wrong ?? fresh.querySelector("[name$=-text]")).focus();
  page.announce(fresh.querySelector(".govuk-error-message")?.textContent ?? "Not recorded");
}

function fail(page, box, words) {
  let note = box.querySelector("[data-failed]");
  if (!note) {
    note = document.createElement("p");
    note.className = "govuk-error-message";
    note.dataset.failed = "yes";
    box.querySelector(".app-buttons").before(note);
  }
  note.textContent = `Not recorded yet. ${words}`;
  page.announce(note.textContent);
}
