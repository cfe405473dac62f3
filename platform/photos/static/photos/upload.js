// Photos of a form: each is made smaller on the phone and sent by itself as soon as it is chosen.
// Without this module the same field is a plain file input and the photos go with the form.
const SIDE = 1280;
const BYTES = 200_000;
const MOST_BYTES = 15 * 1024 * 1024;
const QUALITIES = [0.82, 0.72, 0.62, 0.5, 0.4];
const PAUSES = [1000, 3000, 8000];
const TOO_BUSY = new Set([0, 429, 502, 503, 504]);

for (const field of document.querySelectorAll("[data-photo-upload]")) start(field);

function start(field) {
  const input = field.querySelector('input[type="file"]');
  const batch = field.querySelector('input[name="batch"]');
  const state = { field, input, batch, say: field.dataset, list: field.querySelector("[data-upload-list]"), queue: Promise.resolve(), open: 0 };
  for (const item of state.list.children) {
    const id = item.querySelector("img") ? null : item.querySelector('input[name="photo_ids"]')?.value;
    item.dataset.name = item.textContent.trim();
    addRemoveButton(state, item);
    if (id) watch(state, item, id); // it was not made small yet when the page was
  }
  input.addEventListener("change", () => {
    // A copy: emptying the input, so that the files do not go with the form as well, empties its list too.
    const files = [...input.files];
    input.value = "";
    choose(state, files);
  });
  input.form?.addEventListener("submit", (event) => waitForPhotos(state, event), { capture: true });
  field.querySelector("[data-upload-clear]").addEventListener("click", () => {
    failed(state).forEach((item) => item.remove());
    refresh(state);
    input.focus();
  });
  batch.addEventListener("change", () => enqueue(state, () => recall(state)));
  if ("recalled" in batch.dataset) enqueue(state, () => recall(state)); // drafts.js was faster
  refresh(state);
}

function choose(state, files) {
  complain(state, "");
  for (const file of files) {
    if (count(state) >= Number(state.say.max)) return complain(state, state.say.sayMany);
    const item = newItem(state, file.name, URL.createObjectURL(file));
    enqueue(state, () => process(state, item, file));
  }
}

// One after the other: on a thin line two at once are only slower.
function enqueue(state, work) {
  state.open += 1;
  state.queue = state.queue.then(work).finally(() => { state.open -= 1; });
}

// The photos of a draft that was put back.
async function recall(state) {
  const body = new FormData();
  body.append("batch", state.batch.value);
  const answer = await fetch(`${state.say.url}tadi`, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token(state) } }).catch(() => null);
  const { photos = [] } = (answer?.ok && parsed(await answer.text())) || {};
  for (const photo of photos) finish(state, newItem(state, `${state.say.sayPhoto} ${count(state) + 1}`, photo.state === "ready" && photo.small_url), photo);
}

async function process(state, item, file) {
  if (!item.isConnected) return;
  const key = (item.dataset.key ||= crypto.randomUUID());
  note(state, item, "sending", state.say.sayShrinking);
  try {
    const body = await shrunk(file);
    if (body.size > MOST_BYTES) throw new Refused(state.say.sayLarge);
    note(state, item, "sending", state.say.saySending);
    finish(state, item, await sendWithPatience(state, item, body, file.name, key));
  } catch (error) {
    const refused = error instanceof Refused;
    note(state, item, "failed", refused ? error.message : state.say.sayFailed);
    if (!refused) offerRetry(state, item, file);
  }
}

class Refused extends Error {}

function finish(state, item, answer) {
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "photo_ids", value: answer.id });
  item.prepend(kept);
  note(state, item, "sent", state.say.saySent);
  if (answer.state === "ready") showFromServer(item, answer.small_url);
  else watch(state, item, answer.id);
}

// What the browser could not draw by itself (often HEIC) is shown once the server has made it small.
function showFromServer(item, address) {
  if (item.querySelector("img")) return;
  item.prepend(Object.assign(document.createElement("img"), { src: address, alt: item.dataset.name, width: 160, height: 120 }));
}

// --- Making it smaller. What the browser cannot decode (often HEIC) is sent as it is.
async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.type === "image/jpeg" && file.size <= BYTES) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext("2d", { alpha: false });
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.imageSmoothingQuality = "high";
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return (await lightest(canvas)) ?? file;
  } catch {
    return file;
  }
}

async function lightest(canvas) {
  let made = null;
  for (const quality of QUALITIES) {
    made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!made || made.size <= BYTES) break;
  }
  return made;
}

// --- Sending. The key stays the same, so that a photo whose answer was lost is not there twice.
async function sendWithPatience(state, item, body, name, key) {
  for (const pause of [...PAUSES, null]) {
    const { status, answer } = await send(state, item, body, name, key);
    if (status === 201 && answer) return answer;
    if (!TOO_BUSY.has(status) || (status === 429 && pause === null)) throw answer?.message ? new Refused(answer.message) : new Error(String(status));
    if (pause === null || !item.isConnected) break;
    note(state, item, "sending", state.say.sayAgain);
    await new Promise((done) => setTimeout(done, pause));
  }
  throw new Error("no answer");
}

function send(state, item, body, name, key) {
  const form = new FormData();
  form.append("batch", state.batch.value);
  form.append("client_key", key);
  form.append("file", body, name);
  const bar = item.querySelector("progress");
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", state.say.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token(state));
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total);
    });
    request.addEventListener("loadend", () => done({ status: request.status, answer: parsed(request.responseText) }));
    request.send(form);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function token(state) {
  return state.input.form?.elements.csrfmiddlewaretoken?.value ?? "";
}

// The server looks closer after it has answered; a photo that turns out to be damaged is told here.
async function watch(state, item, id, tries = 6) {
  await new Promise((done) => setTimeout(done, 2500));
  if (!item.isConnected || tries === 0) return;
  const answer = await fetch(`${state.say.url}${id}/status`, { headers: { Accept: "application/json" } }).catch(() => null);
  const body = answer?.ok ? await answer.json() : null;
  if (body?.state === "refused") {
    item.querySelector('input[name="photo_ids"]')?.remove();
    note(state, item, "failed", body.message);
  } else if (body?.state === "ready") {
    showFromServer(item, body.small_url);
  } else {
    await watch(state, item, id, tries - 1);
  }
}

// --- What is seen
function newItem(state, title, address) {
  const item = state.field.querySelector("template").content.cloneNode(true).firstElementChild;
  const image = item.querySelector("img");
  image.alt = item.dataset.name = title;
  image.addEventListener("error", () => image.remove(), { once: true });
  if (address) image.src = address;
  else image.remove();
  item.querySelector("[data-upload-remove]").addEventListener("click", () => remove(state, item));
  name(state, item.querySelector("[data-upload-remove]"), title);
  state.list.append(item);
  refresh(state);
  return item;
}

function addRemoveButton(state, item) {
  const template = state.field.querySelector("template").content;
  const button = template.querySelector("[data-upload-remove]").cloneNode(true);
  name(state, button, item.querySelector("img")?.alt ?? item.textContent.trim());
  button.addEventListener("click", () => remove(state, item));
  item.append(button);
}

function name(state, button, what) {
  button.setAttribute("aria-label", `${state.say.sayRemove}: ${what}`);
}

function remove(state, item) {
  const id = item.querySelector('input[name="photo_ids"]')?.value;
  const image = item.querySelector("img");
  if (image?.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  if (id) {
    fetch(`${state.say.url}${id}/hapus`, { method: "POST", headers: { "X-CSRFToken": token(state) } }).catch(() => {});
  }
  complain(state, "");
  refresh(state);
  announce(state, state.say.sayRemoved);
  (next?.querySelector("[data-upload-remove]") ?? state.input).focus();
}

function offerRetry(state, item, file) {
  const button = item.querySelector("[data-upload-retry]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    enqueue(state, () => process(state, item, file));
  }, { once: true });
}

function note(state, item, kind, text) {
  item.dataset.state = kind;
  const line = item.querySelector(".upload__note");
  if (line) line.textContent = kind === "sent" ? "" : text;
  announce(state, text);
  refresh(state);
}

function announce(state, text) {
  state.field.querySelector("[data-upload-status]").textContent = text;
}

function complain(state, text) {
  const line = state.field.querySelector("[data-upload-error]");
  line.textContent = text;
  line.closest(".field__error").hidden = !text;
  state.field.classList.toggle("field--error", Boolean(text));
  if (text) announce(state, text);
}

// What was refused counts for nothing and holds nothing up; its sentence stays until it is put away.
function failed(state) {
  return [...state.list.children].filter((item) => item.dataset.state === "failed");
}

function count(state) {
  return state.list.children.length - failed(state).length;
}

function refresh(state) {
  state.list.hidden = state.list.children.length === 0;
  state.field.toggleAttribute("data-full", count(state) >= Number(state.say.max));
  state.field.querySelector("[data-upload-clear]").hidden = failed(state).length < 2;
}

// A form that is sent while a photo is on its way would lose it.
function waitForPhotos(state, event) {
  if (state.open === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  complain(state, state.say.sayWait);
  state.field.scrollIntoView({ block: "center" });
  const { submitter, target } = event;
  state.queue.then(() => {
    complain(state, "");
    const [bad] = failed(state);
    if (bad) bad.scrollIntoView({ block: "center" });
    else target.requestSubmit(submitter ?? undefined);
  });
}
