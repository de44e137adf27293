// Names are offered as they are typed after an @: agencies, posts and people of the partnership.
import { put } from "./writing.js";

const MOST = 8;
const TYPED = /(?:^|[\s([])@([\p{L}][\p{L}\p{N}'’ -]{0,40})$/u;
const KINDS = { agency: "agency", post: "post", person: "" };

export function completion(form, page) {
  const names = JSON.parse(document.querySelector("#names")?.textContent ?? "[]");
  let box = null;

  function at(field) {
    const found = TYPED.exec(field.value.slice(0, field.selectionStart));
    return found && { from: field.selectionStart - found[1].length - 1, words: found[1] };
  }

  function matching(words) {
    const parts = words.toLowerCase().trim().split(/\s+/);
    const fits = (name) => {
      const begins = name.toLowerCase().split(/[\s,(]+/);
      return parts.every((part) => begins.some((each) => each.startsWith(part)));
    };
    return names.filter(([name]) => fits(name)).slice(0, MOST);
  }

  function show(field) {
    const typed = field.selectionStart === field.selectionEnd ? at(field) : null;
    const found = typed ? matching(typed.words) : [];
    if (!found.length) return hide();
    if (!box || box.field !== field) box = begin(field);
    box.from = typed.from;
    box.list.replaceChildren(...found.map(([name, kind], index) => option(name, kind, index)));
    choose(0);
    page.announce(`${found.length === 1 ? "1 name" : `${found.length} names`}. Arrows to choose, Enter to insert`);
  }

  function begin(field) {
    hide();
    const list = document.createElement("ul");
    list.className = "app-names";
    list.id = "names-offered";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names");
    field.after(list);
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-autocomplete", "list");
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const one = event.target.closest("[role=option]");
      if (one) insert(one.dataset.name);
    });
    return { field, list, chosen: 0 };
  }

  function option(name, kind, index) {
    const one = document.createElement("li");
    one.id = `name-offered-${index}`;
    one.setAttribute("role", "option");
    one.dataset.name = name;
    one.textContent = KINDS[kind] ? `${name} (${KINDS[kind]})` : name;
    return one;
  }

  function choose(index) {
    const all = [...box.list.children];
    box.chosen = (index + all.length) % all.length;
    for (const [number, each] of all.entries()) {
      each.setAttribute("aria-selected", String(number === box.chosen));
    }
    box.field.setAttribute("aria-activedescendant", all[box.chosen].id);
  }

  function insert(name) {
    const { field, from } = box;
    hide();
    put(field, from, field.selectionStart, name);
  }

  function hide() {
    if (!box) return;
    for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) {
      box.field.removeAttribute(name);
    }
    box.list.remove();
    box = null;
  }

  const offers = (field) => field.matches("textarea, input[type=text][name$=-text], input[name$=-moved_by]");

  form.addEventListener("input", ({ target }) => offers(target) && show(target));
  form.addEventListener("focusout", hide);
  form.addEventListener("keydown", (event) => {
    if (!box || event.target !== box.field || event.isComposing) return;
    const keys = {
      ArrowDown: () => choose(box.chosen + 1),
      ArrowUp: () => choose(box.chosen - 1),
      Enter: () => insert(box.list.children[box.chosen].dataset.name),
      Tab: () => insert(box.list.children[box.chosen].dataset.name),
      Escape: hide,
    };
    if (!keys[event.key] || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }, true);
}
