// The small things that every page may use. All of it is extra: without it pages and forms still work.
const words = document.querySelector('meta[name="rembuk"]')?.dataset ?? {};

export function toast(text) {
  const note = document.createElement("div");
  note.className = "toast toast--float";
  note.role = "status";
  note.append(Object.assign(document.createElement("p"), { textContent: text }));
  document.body.append(note);
  setTimeout(() => note.remove(), 5000);
}

// --- Dialogs: <a href="..." data-dialog="id"> opens <dialog id="id">; without it the link is followed.
function openDialog(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

// --- Share and copy: <button data-share data-url data-title>, <button data-copy="text" or data-copy-from="selector">.
async function share(button) {
  const data = { url: new URL(button.dataset.url || "", location.href).href, title: button.dataset.title || document.title };
  if (!navigator.share) return copy(data.url);
  try {
    await navigator.share(data);
  } catch (error) {
    if (error.name !== "AbortError") await copy(data.url);
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words.copied);
  } catch {
    window.prompt("", text);
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-dialog], [data-share], [data-copy], [data-copy-from], [data-dismiss], [data-print]");
  if (!target) return;
  const { dialog, copy: text, copyFrom } = target.dataset;
  if (dialog) openDialog(event, target);
  else if (text !== undefined) copy(text);
  else if (copyFrom) copy(document.querySelector(copyFrom)?.textContent.trim() ?? "");
  else if ("share" in target.dataset) share(target);
  else if ("print" in target.dataset) window.print();
  else target.closest(".toast")?.remove();
});

// --- Forms: [data-once] is sent once; the button says that it works. [data-warn] asks before typed text is left.
const dirty = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  dirty.delete(form);
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  // `disabled` at once would keep the pressed button's own name and value out of what is sent.
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => rest(form), 20000);
});

function rest(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-warn]")) dirty.add(form);
});

window.addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (form.isConnected) event.preventDefault();
});

// The browser's back button shows the page as it was left: let its forms be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("[data-sent]").forEach(rest);
});

// --- htmx: what was refused is said in the live region, and a whole error page is never put into a corner.
function refuse(text) {
  const place = document.querySelector("[data-refusals]");
  if (!place) return;
  const note = document.createElement("div");
  note.className = "notice red";
  note.append(document.createElement("span"), Object.assign(document.createElement("p"), { textContent: text }));
  place.replaceChildren(note);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400 && /^\s*<!doctype/i.test(detail.serverResponse)) {
    detail.shouldSwap = false;
    const sentence = new DOMParser().parseFromString(detail.serverResponse, "text/html").querySelector("[data-sentence]");
    refuse(sentence?.textContent.trim() || words.failed);
  } else if (detail.xhr.status < 400) {
    document.querySelector("[data-refusals]")?.replaceChildren();
  }
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => refuse(words.failed));
document.addEventListener("htmx:responseError", ({ detail }) => detail.xhr.status >= 500 && refuse(words.failed));
document.addEventListener("htmx:afterRequest", ({ target }) => target.matches?.("form") && (rest(target), dirty.delete(target)));

// --- What a page asks for by its attributes.
function start(root) {
  root.querySelectorAll("[data-dismiss], [data-share], [data-copy], [data-copy-from], [data-print]").forEach((one) => (one.hidden = false));
  root.querySelector("[data-focus]")?.focus();
  if (root.querySelector("[data-live]")) import(words.liveModule).then((live) => live.start(root, words));
  if (root.querySelector("[data-draft], [data-draft-sent]")) import(words.draftsModule).then((drafts) => drafts.start(root));
}
start(document);
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && start(detail.elt.parentElement ?? detail.elt));

// The menu closes with Escape and when the person goes on elsewhere.
const menu = document.querySelector("[data-menu]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => menu?.open && !menu.contains(event.target) && (menu.open = false));

if (words.worker && "serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
