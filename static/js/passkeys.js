// Connects the pages that use a passkey with allauth's script, which speaks to the browser.
// A page marks its part with data-passkey="login", "add" or "authenticate"; it stays hidden where
// there is no script or the browser has no passkeys.
const forms = window.allauth?.webauthn?.forms;
const ids = { credential: "passkey-credential", data: "passkey-data" };
const connect = {
  login: () => forms.loginForm({ ids: { ...ids, login: "passkey-button" } }),
  add: () => forms.addForm({ ids: { ...ids, add: "passkey-button", passwordless: "id_passwordless" } }),
  authenticate: () => forms.authenticateForm({ ids: { ...ids, authenticate: "passkey-button" } }),
};

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (forms && window.PublicKeyCredential) {
    connect[part.dataset.passkey]();
    part.hidden = false;
    document.querySelector("[data-passkey-missing]")?.remove();
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const failed = document.querySelector("[data-passkey-failed]");
  const message = document.createElement("p");
  message.className = "govuk-error-message";
  message.textContent = failed.dataset.passkeyFailed;
  failed.replaceChildren(message);
});
