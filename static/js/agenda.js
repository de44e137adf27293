// Drags the items of a draft agenda. Dropped, an item's number is sent with the form that the page
// has for it without this script; the buttons and numbers keep working as they are.

const form = document.getElementById("order");

for (const list of form ? document.querySelectorAll("[data-order]") : []) {
  for (const item of list.querySelectorAll(":scope > [data-item]")) {
    if (item.querySelector(`input[name="place-${item.dataset.item}"]`)) {
      makeDraggable(list, item);
    }
  }
}

function makeDraggable(list, item) {
  const handle = document.createElement("span");
  handle.className = "app-agenda__handle";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  item.querySelector(".app-agenda__number").prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      event.preventDefault();
      drag(list, item);
    }
  });
}

// Listens on the document: an element that is moved in the page loses its pointer.
function drag(list, item) {
  const was = [...list.children].indexOf(item);
  const next = item.nextElementSibling;
  const over = new AbortController();
  item.classList.add("is-dragged");
  const stop = (dropped) => {
    over.abort();
    item.classList.remove("is-dragged");
    if (dropped) {
      drop(list, item, was);
    } else {
      list.insertBefore(item, next);
    }
  };
  const listen = (kind, does) => document.addEventListener(kind, does, { signal: over.signal });
  listen("pointermove", (event) => follow(list, item, event.clientY));
  listen("pointerup", () => stop(true));
  listen("pointercancel", () => stop(false));
  listen("keydown", (event) => {
    if (event.key === "Escape") {
      stop(false);
    }
  });
}

// Puts the item before the first whose middle is below the pointer.
function follow(list, item, height) {
  const others = [...list.children].filter((each) => each !== item);
  const below = others.find((each) => {
    const box = each.getBoundingClientRect();
    return height < box.top + box.height / 2;
  });
  if ((below || null) !== item.nextElementSibling) {
    list.insertBefore(item, below || null);
  }
}

// Only the number of the dragged item differs from the saved ones: the others close up behind it.
function drop(list, item, was) {
  const now = [...list.children].indexOf(item);
  if (now === was) {
    return;
  }
  for (const each of document.querySelectorAll('input[form="order"]')) {
    each.value = each.defaultValue;
  }
  const place = item.querySelector(`input[name="place-${item.dataset.item}"]`);
  place.value = Number(place.defaultValue) + now - was;
  form.requestSubmit();
}
