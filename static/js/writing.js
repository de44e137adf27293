// The few marks that minutes need, from buttons and from what is pasted. Plain text stays.

const BOLD = "**";
const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,table,blockquote,section,pre,ul,ol";

// Puts words in the place of others as if they were typed, so that they can be undone.
export function put(text, from, to, words, first, last) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(first ?? from + words.length, last ?? from + words.length);
}

function around(text, before, after) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to);
  const start = from - before.length;
  if (value.slice(start, from) === before && value.slice(to, to + after.length) === after) {
    put(text, start, to + after.length, words, start, start + words.length);
  } else {
    const at = from + before.length;
    put(text, from, to, before + words + after, at, at + words.length);
  }
}

function lines(text, mark, known) {
  const { selectionStart, selectionEnd, value } = text;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end === -1 ? value.length : end;
  const old = value.slice(from, to).split("\n");
  const all = old.every((line) => known.test(line));
  const bare = old.map((line) => line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, ""));
  const words = (all ? bare : bare.map((line, at) => mark(at) + line)).join("\n");
  put(text, from, to, words);
}

const MARKS = [
  ["Bold", (text) => around(text, BOLD, BOLD)],
  ["List", (text) => lines(text, () => "- ", /^\s*[-*•]\s/)],
  ["Numbered", (text) => lines(text, (at) => `${at + 1}. `, /^\s*\d{1,3}[.)]\s/)],
  ["Restrict", (text) => around(text, "[[", "]]")],
];

// One stop of the Tab key; the arrows go from button to button.
export function toolbar(text) {
  const bar = document.createElement("div");
  bar.className = "app-marks";
  bar.setAttribute("role", "toolbar");
  const number = text.dataset.minute;
  bar.setAttribute("aria-label", number ? `Marks for item ${number}` : "Marks");
  for (const [label, press] of MARKS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.tabIndex = bar.children.length ? -1 : 0;
    button.addEventListener("click", () => press(text));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...bar.children];
    const to = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    for (const each of all) each.tabIndex = each === to ? 0 : -1;
    to.focus();
  });
  text.before(bar);
  text.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "b") {
      event.preventDefault();
      MARKS[0][1](text);
    }
  });
  text.addEventListener("paste", (event) => paste(event, text));
}

// What comes out of a word processor is pasted as its words, lists and bold.
function paste(event, text) {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  const words = ofDocument(html);
  if (!words) return;
  event.preventDefault();
  put(text, text.selectionStart, text.selectionEnd, words);
}

export function ofDocument(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const each of page.querySelectorAll("script,style,title,xml,svg")) each.remove();
  const parts = [];
  read(page.body, parts, []);
  return parts
    .join("")
    .replaceAll(/[ \t\u00a0]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function read(node, parts, lists) {
  for (const each of node.childNodes) {
    if (each.nodeType === Node.TEXT_NODE) parts.push(each.data.replaceAll(/\s+/g, " "));
    else if (each.nodeType === Node.ELEMENT_NODE) element(each, parts, lists);
  }
}

function element(node, parts, lists) {
  const name = node.localName;
  const block = node.matches(BLOCKS) && !lists.length;
  if (name === "br" || name === "tr") parts.push("\n");
  if (block) parts.push("\n\n");
  if (name === "li") {
    const list = lists.at(-1);
    parts.push(list?.numbered ? `\n${++list.count}. ` : "\n- ");
  }
  if (name === "ul" || name === "ol") {
    read(node, parts, [...lists, { numbered: name === "ol", count: 0 }]);
  } else if ((name === "b" || name === "strong") && node.style.fontWeight !== "normal") {
    bold(node, parts, lists);
  } else {
    read(node, parts, lists);
  }
  if (name === "td" || name === "th") parts.push(" ");
  if (block) parts.push("\n\n");
}

function bold(node, parts, lists) {
  const inner = [];
  read(node, inner, lists);
  const words = inner.join("");
  const one = words.trim() && !words.trim().includes("\n");
  parts.push(one ? words.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1${BOLD}$2${BOLD}$3`) : words);
}
