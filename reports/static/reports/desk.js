// The desk with the keyboard: j/k and the arrows walk the queue, Enter opens (it is a link), / searches, ? shows the keys.
// Single letters can be switched off (WCAG 2.1.4) and never act while a field is being filled in.
const OFF = "rembuk-desk-keys-off";
const dialog = document.getElementById("tombol");
const box = dialog?.querySelector("[data-keys-on]");

function remembered(area, work) {
  try {
    return work(window[area]);
  } catch {
    return null; // storage is forbidden: the desk works as it did
  }
}

const letters = () => remembered("localStorage", (store) => store.getItem(OFF)) !== "1";
const rows = () => [...document.querySelectorAll("[data-row]")];
const writing = (element) => element?.closest("input, textarea, select, [contenteditable]");

function walk(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const from = at >= 0 ? at : all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(from + by, 0), all.length - 1);
  all[next].focus();
  all[next].closest("li").scrollIntoView({ block: "nearest" });
}

function search() {
  const sieve = document.querySelector("[data-sieve]");
  if (sieve) sieve.open = true;
  document.querySelector("[data-search]")?.focus();
}

const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
const LETTERS = { j: () => walk(1), k: () => walk(-1), "/": search, "?": () => dialog?.showModal() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target) || dialog?.open) return;
  const inList = event.target.closest?.("[data-queue]");
  if (event.key in ARROWS && inList) walk(ARROWS[event.key]);
  else if (event.key in LETTERS && letters()) LETTERS[event.key]();
  else return;
  event.preventDefault();
});

if (box) {
  box.checked = letters();
  box.addEventListener("change", () => remembered("localStorage", (store) => (box.checked ? store.removeItem(OFF) : store.setItem(OFF, "1"))));
}
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}

// The list stays where it was when the next report is opened.
for (const pane of document.querySelectorAll("[data-scroll]")) {
  const name = `rembuk-${pane.dataset.scroll}`;
  pane.scrollTop = Number(remembered("sessionStorage", (store) => store.getItem(name))) || 0;
  window.addEventListener("pagehide", () => remembered("sessionStorage", (store) => store.setItem(name, pane.scrollTop)));
  const open = pane.querySelector('[data-row][aria-current="page"]')?.closest("li");
  if (!open || pane.scrollHeight <= pane.clientHeight) continue;
  // Only the pane moves: scrollIntoView would take the page along.
  const { top, bottom } = open.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (top < frame.top) pane.scrollTop -= frame.top - top;
  else if (bottom > frame.bottom) pane.scrollTop += bottom - frame.bottom;
}

// On a phone the piles are a row to be pushed: the open one is in sight.
for (const row of document.querySelectorAll(".piles")) {
  const open = row.querySelector("[aria-current]");
  if (open && row.scrollWidth > row.clientWidth) row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}

// Wide screens have room for the filters; a phone opens them by a tap.
const sieve = document.querySelector("[data-sieve]");
if (sieve && window.matchMedia("(min-width: 60rem)").matches) sieve.open = true;

// A template fills the text; what was typed stays above it.
const templates = document.querySelector("[data-templates]");
const text = document.querySelector('.step-form textarea[name="text"]');
if (templates && text) {
  const select = templates.querySelector("select");
  templates.querySelector("button").hidden = true;
  const use = () => {
    const chosen = select.selectedOptions[0]?.dataset.text;
    if (!chosen) return;
    const typed = text.value.trim();
    const isTemplate = [...select.options].some((one) => one.dataset.text && one.dataset.text === typed);
    text.value = typed && !isTemplate ? `${typed}\n\n${chosen}` : chosen;
    const gap = text.value.indexOf("[");
    text.focus();
    if (gap >= 0) text.setSelectionRange(gap, text.value.indexOf("]", gap) + 1);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  select.addEventListener("change", use);
  templates.addEventListener("submit", (event) => {
    event.preventDefault();
    use();
  });
}

// The pin on a map: writes the numbers and, where there is no doubt, the kelurahan into the form.
const pinMap = document.querySelector("[data-pin-map]");
if (pinMap) {
  const form = pinMap.closest("form");
  const told = pinMap.querySelector("[data-told]");
  const button = pinMap.querySelector("button");
  const number = (name) => (form.elements[name].value === "" ? null : Number(form.elements[name].value.replace(",", ".")));
  const moved = async (lat, lng) => {
    form.elements.lat.value = lat.toFixed(6);
    form.elements.lng.value = lng.toFixed(6);
    const answer = await fetch(`${pinMap.dataset.locate}?lat=${lat}&lng=${lng}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    told.textContent = found?.candidates?.map(({ label }) => label).join(" / ") ?? found?.message ?? "";
    if (found?.candidates?.length) form.elements.place.value = found.candidates[0].code;
  };
  pinMap.hidden = false;
  button.addEventListener("click", async () => {
    const canvas = pinMap.querySelector("[data-canvas]");
    button.setAttribute("aria-busy", "true");
    try {
      const { open } = await import(pinMap.dataset.pinMap);
      canvas.hidden = false;
      await open(canvas, [number("lat"), number("lng"), null], moved);
      button.hidden = true;
    } catch {
      canvas.hidden = true; // without the map the numbers still work
    }
    button.removeAttribute("aria-busy");
  });
}
