// Passkeys: <form data-passkey="create" or "get" data-options="address of the options"> with an input named credential.
const usable = Boolean(window.PublicKeyCredential && navigator.credentials);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!usable) continue;
  form.querySelector("[data-passkey-missing]")?.remove();
  for (const button of form.querySelectorAll("button[hidden]")) button.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    void talk(form);
  });
}

async function talk(form) {
  const told = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button");
  told.hidden = true;
  button.setAttribute("aria-busy", "true");
  try {
    form.elements.credential.value = JSON.stringify(await ask(form.dataset.passkey, await optionsFrom(form.dataset.options)));
    form.submit();
  } catch {
    told.hidden = false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function optionsFrom(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).publicKey;
}

async function ask(what, options) {
  options.challenge = bytes(options.challenge);
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    if (options[name]) options[name] = options[name].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  if (options.user) options.user.id = bytes(options.user.id);
  const made = await navigator.credentials[what]({ publicKey: options });
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
}

// base64url, as the server writes it; phones of four years ago have no help for that.
function bytes(written) {
  return Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const written = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return written.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
