// Looks every second how far an import is. Without it the page does so by itself, every five.
const shown = document.getElementById("progress");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("progress");
  if (!fresh || !("going" in fresh.dataset)) {
    location.reload();
    return;
  }
  const [was, is] = [shown.querySelector("progress"), fresh.querySelector("progress")];
  if (was && is) {
    was.value = is.value;
    shown.querySelector("label[for=read]").textContent = fresh.querySelector("label[for=read]").textContent;
  } else if (is) {
    location.reload();
    return;
  }
  setTimeout(look, 1000);
}

if (shown) {
  setTimeout(look, 1000);
}
