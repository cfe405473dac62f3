// Drafts: what is typed into <form data-draft> stays on this phone until it was sent. A draft has the key that the
// form sends (client_key, and as batch for its photos), so every report that was begun keeps its own words and
// photos. data-draft says "begun" where the page brings first words along, "answered" where it shows what was sent.
// The page after a successful send carries data-draft-sent="key".
// Never kept: passwords, codes, hidden fields, files, and fields marked data-no-draft.
const DRAFT = "rembuk-draft:";
const SENT = "rembuk-sent:";
const DAY = 86400000;
const FIELDS = 'textarea, select, input:not([type]), input[type="text"], input[type="search"], input[type="email"], input[type="tel"], input[type="number"], input[type="date"], input[type="radio"], input[type="checkbox"]';

// Storage may be full or forbidden: the form works as it did.
function store(work) {
  try {
    return work(localStorage, sessionStorage);
  } catch {
    return null;
  }
}

const read = (name) => store((box) => JSON.parse(box.getItem(name)));
const write = (name, value) => store((box) => box.setItem(name, JSON.stringify({ at: Date.now(), ...value })));
const drop = (name) => store((box) => box.removeItem(name));
const keyOf = (form) => form.elements.client_key.value;
const part = (name) => document.querySelector(`[data-draft-${name}]`);
const kept = (form) => [...form.querySelectorAll(FIELDS)].filter((one) => one.name && !one.closest("[data-no-draft]") && one.autocomplete !== "one-time-code");
const isMark = (one) => one.type === "radio" || one.type === "checkbox";

function save(form) {
  const values = {};
  for (const one of kept(form)) {
    if (isMark(one)) (values[one.name] ??= []).push(...(one.checked ? [one.value] : []));
    else values[one.name] = one.value;
  }
  const name = DRAFT + keyOf(form);
  if (Object.values(values).some(({ length }) => length)) write(name, { label: form.dataset.label, values });
  else drop(name);
}

function restore(form, values) {
  for (const one of kept(form)) {
    const value = values[one.name];
    if (value === undefined) continue;
    if (isMark(one)) {
      const untouched = ![...form.elements].some((other) => other.name === one.name && other.checked);
      if (untouched && value.includes(one.value)) one.checked = true;
    } else if (!one.value && value) {
      one.value = value;
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

// The draft of this page: its history entry knows it (reloaded, gone back to), else the tab, unless it was sent.
function draftHere(form) {
  if (form.dataset.draft === "answered") return null;
  const left = history.state?.draft ?? (form.dataset.draft ? null : store((_, tab) => tab.getItem(DRAFT)));
  return left && read(DRAFT + left) && !read(SENT + left) ? left : null;
}

function begin(form) {
  if (tellSent()) return;
  const left = draftHere(form);
  if (left) {
    form.elements.client_key.value = left;
    const { batch } = form.elements;
    batch.value = left;
    batch.dataset.recalled = "";
    batch.dispatchEvent(new Event("change"));
    restore(form, read(DRAFT + left).values);
    part("back").hidden = false;
  }
  const key = keyOf(form);
  store((_, tab) => tab.setItem(DRAFT, key));
  const mark = () => history.replaceState({ ...history.state, draft: key }, "");
  mark();
  addEventListener("hashchange", mark); // a step, or a link of the summary
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0; // or the page that goes would put back what the next one drops
    save(form);
  });
  addEventListener("pagehide", () => timer && save(form));
  offer(form, key);
}

// Gone back to a report that was sent: the page says so instead of showing an empty form.
function tellSent() {
  const sent = read(SENT + history.state?.draft);
  if (!sent) return false;
  const note = part("done");
  part("number").textContent = sent.number;
  part("ticket").href = sent.url;
  for (const other of note.parentElement.children) other.hidden = other !== note;
  note.querySelector("h1").focus({ preventScroll: true });
  history.scrollRestoration = "manual";
  scrollTo(0, 0);
  return true;
}

// Other reports that were begun: a tab takes one over only when it is told to, and none that is open in another tab.
async function offer(form, own) {
  const open = new Set((await navigator.locks?.query().catch(() => null))?.held.map(({ name }) => name));
  navigator.locks?.request(DRAFT + own, () => new Promise(() => {}));
  const others = Object.keys(store((box) => ({ ...box })) ?? {}).filter((name) => name.startsWith(DRAFT) && name !== DRAFT + own && !open.has(name));
  const list = document.querySelector("[data-drafts]");
  for (const [name, draft] of others.map((name) => [name, read(name)]).sort(([, a], [, b]) => b.at - a.at).slice(0, 3)) {
    const row = document.createElement("div");
    row.append(list.querySelector("template").content.cloneNode(true));
    if (draft.label) row.querySelector("[data-draft-label]").textContent = `“${draft.label}”`;
    row.querySelector("time").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    row.querySelector("[data-draft-continue]").addEventListener("click", () => go(form, name.slice(DRAFT.length)));
    row.querySelector("[data-draft-drop]").addEventListener("click", () => {
      if (!confirm(list.dataset.saySure)) return;
      drop(name);
      row.remove();
      list.hidden = !list.querySelector("div");
    });
    list.append(row);
    list.hidden = false;
  }
}

function go(form, key) {
  if (!form.hidden) save(form);
  store((_, tab) => (key ? tab.setItem(DRAFT, key) : tab.removeItem(DRAFT)));
  history.replaceState(null, ""); // the same address would be loaded with the old state
  location.assign(form.action);
}

export function start(root) {
  store((box) => Object.keys(box).forEach((name) => /^rembuk-(draft|sent):/.test(name) && Date.now() - read(name).at > 30 * DAY && drop(name)));
  const sent = root.querySelector("[data-draft-sent]")?.dataset;
  if (sent) {
    write(SENT + sent.draftSent, { number: sent.number, url: location.pathname });
    drop(DRAFT + sent.draftSent);
  }
  const form = root.querySelector("form[data-draft]");
  if (!form) return;
  for (const button of document.querySelectorAll("[data-draft-new]")) button.addEventListener("click", () => go(form, ""));
  addEventListener("pageshow", ({ persisted }) => persisted && tellSent());
  begin(form);
}
