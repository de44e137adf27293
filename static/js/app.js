// Makes pages quicker to use. Nothing here is needed to use them.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  createAll,
} from "../govuk/govuk-frontend.min.js";

// The design system's own scripts look for this before they begin.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput]) {
  createAll(component);
}

// The narrow menu closes when Escape is pressed in it, and gives the focus back.
for (const menu of document.querySelectorAll(".app-nav__narrow")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// The way out leaves no page behind to go back to. Shift pressed three times is the same.
for (const exit of document.querySelectorAll(".app-exit a")) {
  const leave = () => {
    document.body.hidden = true;
    window.location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keyup", (event) => {
    const now = Date.now();
    presses = event.key === "Shift" ? [...presses.filter((at) => now - at < 5000), now] : [];
    if (presses.length >= 3) {
      leave();
    }
  });
}
