// Who is here is recorded as soon as it is chosen, or with one key on the name that has the focus.
import { post } from "./minute.js";

const DEEDS = { p: "present", a: "apologies", n: "absent", l: "arrived", x: "left" };
const AGAIN = 5000; // milliseconds until it is tried again

export function presence(page) {
  const list = document.querySelector("[data-presence]");
  const { form } = page;
  const waiting = new Map(); // what is to be recorded of whom, the latest only
  let sending = false;

  async function send() {
    if (sending) return;
    sending = true;
    for (const [field, deed] of [...waiting]) {
      const body = new FormData();
      body.set("key", field.name);
      body.set("deed", deed);
      try {
        const answer = await post(page, list.dataset.presence, body);
        const told = await answer.json();
        if (waiting.get(field) === deed) waiting.delete(field);
        if (answer.ok) heard(field, told);
        else refused(field, told.problem);
      } catch {
        say("Not recorded yet: the server cannot be reached. It is tried again");
        setTimeout(send, AGAIN);
        break;
      }
    }
    sending = false;
  }

  function heard(field, told) {
    if (![...field.options].some((each) => each.value === told.presence)) {
      field.add(new Option(told.presence, told.presence));
    }
    field.value = told.presence;
    form.elements[`was-${field.name}`].value = told.presence;
    for (const time of ["arrived", "left"]) {
      const box = form.elements[`${time}-${field.name}`];
      if (!box) continue;
      box.value = told[time];
      form.elements[`was-${time}-${field.name}`].value = told[time];
    }
    fill(`[data-times="${field.name}"]`, told.times);
    page.attended = true;
    fill("[data-now]", told.now);
    fill("[data-tally]", told.tally);
    say(`Recorded: ${told.says}. ${told.now}`);
  }

  function refused(field, problem) {
    field.value = form.elements[`was-${field.name}`].value;
    say(`Not recorded. ${problem}`);
  }

  function fill(where, words) {
    const place = document.querySelector(where);
    if (place) place.textContent = words;
  }

  function say(words) {
    fill("[data-recorded]", words);
    page.announce(words);
  }

  function record(field, deed) {
    waiting.set(field, deed);
    send();
  }

  list.addEventListener("change", ({ target }) => record(target, target.value));
  if (!page.live) return;
  document.querySelector("[data-legend]").hidden = false;
  list.addEventListener("keydown", (event) => {
    const field = event.target.closest("select");
    const alone = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!field || !alone || !form.elements.keys.checked) return;
    const key = event.key.toLowerCase();
    if (key === "s") substitute(event, field);
    if (!DEEDS[key]) return;
    event.preventDefault();
    record(field, DEEDS[key]);
  });

  function substitute(event, field) {
    event.preventDefault();
    const box = document.querySelector("#substitute");
    const choice = form.elements["substitute-instead_of"];
    if (![...choice.options].some((each) => each.value === field.name)) {
      say("Not recorded. A substitute cannot send a substitute");
      return;
    }
    box.open = true;
    choice.value = field.name;
    form.elements["substitute-substitute"].focus();
  }
}
