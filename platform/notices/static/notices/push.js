// Push messages on this browser: asked for by a press, never by itself.
const place = document.querySelector("[data-push]");
const words = place.dataset;
const state = place.querySelector("[data-push-state]");
const on = place.querySelector("[data-push-on]");
const off = place.querySelector("[data-push-off]");

function show(subscription) {
  state.textContent = subscription ? words.isOn : words.isOff;
  on.hidden = Boolean(subscription);
  off.hidden = !subscription;
}

function send(address, body) {
  return fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": words.token },
    body: JSON.stringify(body),
  });
}

// The sentence of a refusal is the server's.
async function refused(response) {
  const told = await response.json().catch(() => ({}));
  state.textContent = told.message || words.failed;
}

function key() {
  const text = atob(words.key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function switchOn(registration) {
  if ((await Notification.requestPermission()) !== "granted") return (state.textContent = words.blocked);
  const held = await registration.pushManager.getSubscription();
  // One made with another key of ours, or of an earlier day, takes nothing any more.
  await held?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key() });
  const response = await send(words.on, subscription.toJSON());
  if (response.ok) return show(subscription);
  await subscription.unsubscribe();
  show(null);
  await refused(response);
}

async function switchOff(registration) {
  const subscription = await registration.pushManager.getSubscription();
  if (subscription) {
    await send(words.off, { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  show(null);
}

function pressed(button, act, registration) {
  button.addEventListener("click", async () => {
    button.setAttribute("aria-busy", "true");
    try {
      await act(registration);
    } catch {
      state.textContent = Notification.permission === "denied" ? words.blocked : words.failed;
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}

if (navigator.serviceWorker && "PushManager" in window && "Notification" in window) {
  const registration = await navigator.serviceWorker.ready;
  pressed(on, switchOn, registration);
  pressed(off, switchOff, registration);
  const held = await registration.pushManager.getSubscription();
  // The server forgets a browser with its sign-in: one that is still on says so again.
  if (held) await send(words.on, held.toJSON()).catch(() => null);
  show(held);
} else {
  place.querySelector("[data-push-none]").hidden = false;
}
