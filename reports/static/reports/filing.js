// The filing form in three short steps. Without this module the same form is one page.
const form = document.querySelector("[data-filing]");
const say = form.dataset;
const one = (selector, root = form) => root.querySelector(selector);
const all = (selector, root = form) => [...root.querySelectorAll(selector)];
const field = (name) => form.elements.namedItem(name);
const changed = (input) => ["input", "change"].forEach((kind) => input.dispatchEvent(new Event(kind, { bubbles: true })));

// --- Steps. The open one stands in the address, so that the browser's own back button goes a step back.
const steps = all("[data-step]");
const opening = Number(say.at) || 1;

function show(number, focus = true) {
  steps.forEach((step, index) => (step.hidden = index + 1 !== number));
  document.querySelector("[data-alarms]").hidden = number > 1; // it has been read; the last page shows it again
  if (!focus) return;
  window.scrollTo({ top: 0 });
  one("h2", steps[number - 1]).focus({ preventScroll: true });
}

function follow(focus = true) {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  const number = steps.indexOf(target?.closest("[data-step]")) + 1;
  show(number || opening, focus);
  if (number && target !== steps[number - 1]) target.focus(); // a link of the summary above
}

async function go(number) {
  const here = steps.findIndex((step) => !step.hidden) + 1;
  if (number > here) {
    if (here === 1) readAddress();
    if (here === 2) await looking;
    if (steps[here - 1].hidden || !checks[here - 1]()) return;
  }
  if (number < here && history.state?.step) return history.back();
  history.pushState({ ...history.state, step: true }, "", `#langkah-${number}`); // drafts.js has its key in there
  show(number);
}

function complain(input, text) {
  const box = input.closest(".field");
  let line = one(".field__error:not([hidden])", box);
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "field__error", id: `${box.id || input.id}_error` });
    const legend = one("legend", box);
    if (legend) legend.after(line);
    else box.append(line);
  }
  line.replaceChildren(icon("alert"), Object.assign(document.createElement("span"), { textContent: text }));
  box.classList.add("field--error");
  const held = input.hidden ? one("input", box) : input;
  held.setAttribute("aria-invalid", "true");
  held.setAttribute("aria-describedby", line.id);
  held.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
  return false;
}

function settle(event) {
  const box = event.target.closest(".field--error:not(.upload)");
  if (!box) return;
  box.classList.remove("field--error");
  all(".field__error", box).forEach((line) => line.remove());
  all("[aria-invalid]", box).forEach((input) => input.removeAttribute("aria-invalid"));
}

const checks = [
  () => (text.value.trim() ? kind.value || complain(kind, say.sayCategory) : complain(text, say.sayDescription)),
  () => {
    if (!regions.hidden && !one(":checked", regions)) return complain(one("input", regions), doubt || (spot[0].value ? say.sayRegion : say.saySeveral));
    const name = place.value.trim();
    if (!name && !spot[0].value) return complain(place, say.sayPlace);
    if (name && name === unknown) return complain(place, say.sayUnknown);
    return ["rt", "rw"].every((part) => NUMBER.test(field(part).value.trim()) || complain(field(part), say[part === "rt" ? "sayRt" : "sayRw"]));
  },
  () => {
    const bare = field("no_photo");
    const some = one('[data-upload-list] > :not([data-state="failed"])') || one('input[type="file"]').files.length;
    return some || bare.checked || kind.selectedOptions[0]?.dataset.noPhoto || complain(bare, say.sayPhotos);
  },
];

// --- Text and title: the first sentence, as the server takes it, until somebody writes their own.
const text = field("description");
const title = field("title");
function firstSentence(words) {
  let first = words.trim().match(/^.*?([.!?](?=\s)|$)/m)[0].trim().replace(/\.+$/, "");
  if (first.length > 80) first = `${first.slice(0, 79).replace(/ [^ ]*$/, "")}…`;
  return first.charAt(0).toUpperCase() + first.slice(1);
}
let proposed = firstSentence(text.value);

text.addEventListener("input", () => {
  if (!title.value || title.value === proposed) title.value = proposed = firstSentence(text.value);
  draw();
});
text.addEventListener("change", () => {
  proposed = firstSentence(text.value); // a draft was put back
  draw();
});

// --- Kinds: cards made of the options of the select, which keeps the value.
const kind = field("category");
const kinds = one("[data-kinds]");
const list = one("[data-kinds-list]");
const search = one('input[type="search"]', kinds);
const options = all("option[value]:not([value=''])", kind).filter((option, at, rows) => rows.findLastIndex((row) => row.value === option.value) === at);
const fold = (words) => ` ${words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim()} `;
const NOT_SURE = "lainnya";
let showAll = false;

function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${say.icons}#${name}`);
  drawing.append(use);
  return drawing;
}

const cards = options.map((option) => {
  const card = Object.assign(document.createElement("label"), { className: "kind" });
  const mark = Object.assign(document.createElement("input"), { type: "radio", name: "kind", value: option.value });
  mark.setAttribute("form", "-"); // the select is what is sent
  card.append(mark, icon(option.dataset.icon), Object.assign(document.createElement("span"), { textContent: option.text }));
  mark.addEventListener("change", () => {
    kind.value = option.value;
    changed(kind);
  });
  return { option, card, mark, words: option.dataset.words.split("|").filter(Boolean) };
});
// The first kind of each of the first groups: what is reported most.
const usual = all("optgroup", kind).map((group) => group.firstElementChild.value).slice(0, 5);

function wanted() {
  const typed = fold(search.value);
  if (typed.trim()) return cards.filter(({ words }) => words.some((word) => ` ${word}`.includes(typed.trimEnd())));
  if (showAll) return cards;
  const told = fold(text.value);
  const score = ({ words }) => words.reduce((sum, word) => sum + (told.includes(` ${word}`) ? 100 + word.length : 0), 0); // as the server counts
  const guessed = cards.filter(score).sort((a, b) => score(b) - score(a)).slice(0, 3);
  const values = [...(guessed.length ? guessed.map(({ option }) => option.value) : usual), NOT_SURE, kind.value];
  return [...guessed, ...cards.filter((card) => !guessed.includes(card) && values.includes(card.option.value))];
}

function draw() {
  const shown = wanted();
  one("[data-kinds-none]").hidden = shown.length > 0;
  one("[data-kinds-all]").hidden = showAll || search.value !== "";
  // Moving a card that has the focus would take the focus away.
  if (shown.length !== list.childElementCount || shown.some(({ card }, at) => list.children[at] !== card)) list.replaceChildren(...shown.map(({ card }) => card));
  const chosen = kind.selectedOptions[0]?.dataset ?? {};
  for (const { mark } of cards) mark.checked = mark.value === kind.value;
  one("[data-quiet]").hidden = !chosen.confidential;
  for (const part of all("[data-open]")) part.hidden = chosen.confidential;
  // How the draft is called where whoever has the phone may read it.
  say.label = (kind.value ? chosen.confidential : shown.some(({ option }) => option.dataset.confidential)) ? "" : title.value || proposed;
  for (const alarm of document.querySelectorAll("[data-alarm]")) {
    const rings = alarm.dataset.alarm === chosen.emergency;
    if (rings && alarm.hidden) setTimeout(() => alarm.scrollIntoView({ block: "start" }));
    alarm.hidden = !rings;
  }
}

search.addEventListener("input", draw);
kind.addEventListener("change", draw);
one("[data-kinds-all]").addEventListener("click", () => {
  showAll = true;
  draw();
  one("input", list).focus({ preventScroll: true }); // not the search: its keyboard would cover the list
});

// --- Place
const place = field("place");
const regions = one("[data-regions]");
const told = one("[data-told]");
const spot = ["lat", "lng", "accuracy"].map(field);
const kept = field("region_kept"); // so that a draft knows the choice when its offer comes again
const NUMBER = /^((r[tw]\W*)?0{0,3}[1-9]\d{0,2})?$/i;
const ROUGH = 1000;
let asked = 0;
let picker = null;
let looking = null; // the search for a name that is under way
let unknown = ""; // a name that was not found
let doubt = ""; // whether the spot belongs to the city at all: the person has to say

// RT and RW that stand in the text, as the server reads them; what was typed beside them stays.
let read = "";
function readAddress() {
  if (read === text.value || field("rt").value || field("rw").value) return;
  read = text.value;
  const both = read.match(/\brt\s*[.:]?\s*(\d{1,3})\b(?:\s*(?:[/-]\s*(?:rw\s*[.:]?\s*)?|,?\s*rw\s*[.:]?\s*)(\d{1,3})\b)?/i);
  const rw = both?.[2] ?? read.match(/\brw\s*[.:]?\s*(\d{1,3})\b/i)?.[1];
  for (const [part, found] of [["rt", both?.[1]], ["rw", rw]]) {
    if (!found) continue;
    field(part).value = found;
    changed(field(part));
  }
}

async function ask(address) {
  const turn = ++asked;
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(10000) }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  return turn === asked ? { ok: answer?.ok, ...(body ?? { message: say.sayFailed }) } : null;
}

// What is offered stands under what was used: the button and the map, or the name.
function offer(rows) {
  (spot[0].value ? one("[data-pointed]") : place.closest(".field")).after(regions);
  const row = one("[data-region-row]").content;
  const before = one(":checked", regions)?.value ?? kept.value;
  one("[data-region-list]").replaceChildren(
    ...rows.map(({ code, label }) => {
      const choice = row.cloneNode(true).firstElementChild;
      const mark = one("input", choice);
      mark.value = code;
      mark.checked = (rows.length === 1 && !doubt) || code === before;
      one("span", choice).textContent = label;
      return choice;
    }),
  );
  regions.hidden = !rows.length;
  if (rows.length) settle({ target: regions });
}

async function locate(lat, lng, accuracy, words) {
  kept.value = "";
  if (!spot[0].value) offer([]); // a kelurahan that was chosen by name says nothing about this spot
  [lat.toFixed(6), lng.toFixed(6), accuracy === null ? "" : Math.round(accuracy)].forEach((value, at) => (spot[at].value = value));
  changed(spot[0]);
  place.value = "";
  settle({ target: place });
  one(".filing__point").after(told);
  told.textContent = words;
  await belongs();
}

// Which kelurahan the spot belongs to. A spot that is refused is let go; without a line it stays, the server looks again.
async function belongs() {
  const found = await ask(`${say.locate}?lat=${spot[0].value}&lng=${spot[1].value}&akurasi=${spot[2].value}`);
  if (!found) return;
  if (found.code) {
    unpin();
    changed(spot[0]);
  }
  doubt = found.doubt ?? "";
  offer(found.candidates ?? []);
  told.textContent = doubt || found.message || told.textContent;
}

function unpin() {
  for (const input of spot) input.value = "";
  told.textContent = doubt = "";
  picker?.remove();
}

let pause;
function lookUp() {
  clearTimeout(pause);
  looking = new Promise((done) => (pause = setTimeout(() => seek().finally(done), 250)));
}

async function seek() {
  const typed = place.value.trim();
  unknown = typed;
  if (typed.length < 3) return offer([]);
  const found = await ask(`${say.search}?q=${encodeURIComponent(typed.slice(0, 80))}`);
  if (!found) return;
  const rows = (found.results ?? []).slice(0, 6);
  if (rows.length || !found.results) unknown = "";
  const whole = rows.find(({ label }) => label === typed);
  offer(whole ? [whole] : rows);
  place.closest(".field").after(told); // under the name, as the keyboard covers much
  told.textContent = rows.length ? "" : (found.message ?? say.sayUnknown);
}

place.addEventListener("input", () => {
  kept.value = "";
  if (spot[0].value) unpin();
  lookUp();
});
place.addEventListener("change", () => !spot[0].value && regions.hidden && lookUp());
spot[1].addEventListener("change", () => setTimeout(belongs)); // a draft was put back, whole after this turn
regions.addEventListener("change", () => {
  kept.value = one(":checked", regions).value;
  changed(kept);
  if (spot[0].value) return;
  const label = one("label:has(:checked) span", regions).textContent;
  place.value = label;
  offer([{ code: one(":checked", regions).value, label }]);
});

one("[data-position]").addEventListener("click", ({ currentTarget: button }) => {
  button.setAttribute("aria-busy", "true");
  told.textContent = say.saySeeking;
  const done = () => button.removeAttribute("aria-busy");
  const failed = () => {
    done();
    told.textContent = say.sayRefused;
  };
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      done();
      if (coords.accuracy > ROUGH) return (told.textContent = say.sayRough.replace("{m}", Math.round(coords.accuracy)));
      locate(coords.latitude, coords.longitude, coords.accuracy, say.sayFound.replace("{m}", Math.round(coords.accuracy)));
      picker?.move(coords.latitude, coords.longitude, coords.accuracy);
    },
    failed,
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
  );
});

one("[data-map]").addEventListener("click", async ({ currentTarget: button }) => {
  button.setAttribute("aria-busy", "true");
  const canvas = one("[data-canvas]");
  const at = spot.map(({ value }) => (value === "" ? null : Number(value)));
  try {
    const { open } = await import(button.dataset.map);
    canvas.hidden = one("[data-map-note]").hidden = false;
    picker ??= await open(canvas, at, (lat, lng) => locate(lat, lng, null, say.sayTapped));
    button.hidden = true;
    canvas.scrollIntoView({ block: "center" });
  } catch {
    canvas.hidden = one("[data-map-note]").hidden = true;
    told.textContent = say.sayFailed;
  }
  button.removeAttribute("aria-busy");
});
one("[data-unpin]").addEventListener("click", () => {
  unpin();
  offer([]);
});

// --- Sending: what the phone can tell itself is told before anything is sent.
form.addEventListener("submit", (event) => {
  const failing = checks.findIndex((check, at) => {
    show(at + 1, false);
    return !check();
  });
  if (failing < 0) show(steps.length, false);
  one("[data-offline]").hidden = navigator.onLine;
  if (failing >= 0 || !navigator.onLine) event.preventDefault();
}, { capture: true });

all("[data-script]").forEach((part) => (part.hidden = false));
kinds.hidden = false;
kind.hidden = true;
one('label[for="id_category"]').hidden = true;
form.addEventListener("input", settle);
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go]");
  if (button) go(Number(button.dataset.go));
});
window.addEventListener("popstate", () => follow());
draw();
follow(false);
if (regions.hidden && spot[0].value) belongs();
else if (regions.hidden && place.value) lookUp();
