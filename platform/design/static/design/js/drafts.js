// Drafts: what is typed into <form data-draft-key="name"> stays on this phone until it was sent.
// The page that follows a successful send carries data-draft-clear="name".
// Never kept: passwords, codes, hidden fields, files, and fields marked data-no-draft.
const PREFIX = "rembuk-draft:";
const DAYS_KEPT = 30;
const TAB = "rembuk-tab";
const FIELDS = 'textarea, select, input:not([type]), input[type="text"], input[type="search"], input[type="email"], input[type="tel"], input[type="number"], input[type="date"], input[type="radio"], input[type="checkbox"]';

function store(work) {
  try {
    return work(window.localStorage);
  } catch {
    return null; // storage is full or forbidden: the form works as it did
  }
}

// Each tab has its own draft, so that sending one report does not take away the text in another tab.
function tab() {
  try {
    let id = sessionStorage.getItem(TAB);
    if (!id) sessionStorage.setItem(TAB, (id = Math.random().toString(36).slice(2)));
    return id;
  } catch {
    return "";
  }
}

const keyOf = (name) => `${PREFIX}${name}@${tab()}`;
const parse = (box, key) => JSON.parse(box.getItem(key));

// A tab without a draft takes over the newest one that another left behind.
function adopt(box, name) {
  const others = Object.keys(box).filter((key) => key === PREFIX + name || key.startsWith(`${PREFIX}${name}@`));
  const newest = others.sort((a, b) => parse(box, b).at - parse(box, a).at)[0];
  if (!newest) return null;
  const draft = box.getItem(newest);
  box.removeItem(newest);
  box.setItem(keyOf(name), draft);
  return JSON.parse(draft);
}

const kept = (form) => [...form.querySelectorAll(FIELDS)].filter((one) => one.name && !one.closest("[data-no-draft]") && one.autocomplete !== "one-time-code");
const isMark = (one) => one.type === "radio" || one.type === "checkbox";

function save(form) {
  const values = {};
  for (const one of kept(form)) {
    if (isMark(one)) (values[one.name] ??= []).push(...(one.checked ? [one.value] : []));
    else values[one.name] = one.value;
  }
  store((box) => box.setItem(keyOf(form.dataset.draftKey), JSON.stringify({ at: Date.now(), values })));
}

function load(form) {
  const name = form.dataset.draftKey;
  const draft = store((box) => parse(box, keyOf(name)) ?? adopt(box, name));
  return draft && Date.now() - draft.at < DAYS_KEPT * 86400000 ? draft.values : null;
}

function restore(form) {
  const values = load(form);
  let changed = false;
  if (!values) return changed;
  for (const one of kept(form)) {
    const value = values[one.name];
    if (value === undefined) continue;
    if (isMark(one)) {
      const untouched = ![...form.elements].some((other) => other.name === one.name && other.checked);
      if (untouched && value.includes(one.value)) changed = one.checked = true;
    } else if (!one.value && value) {
      one.value = value;
      changed = one.type !== "search";
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  return changed;
}

function keep(form) {
  if (form.dataset.draftOn) return false;
  form.dataset.draftOn = "1";
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 400);
  });
  form.addEventListener("submit", () => save(form));
  return restore(form);
}

export function start(root, words, toast) {
  for (const mark of root.querySelectorAll("[data-draft-clear]")) {
    store((box) => box.removeItem(keyOf(mark.dataset.draftClear)));
  }
  const restored = [...root.querySelectorAll("form[data-draft-key]")].map(keep).some(Boolean);
  if (restored && words.restored) toast(words.restored);
}
