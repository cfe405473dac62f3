// The queue with the keyboard: j/k and the arrows walk, Enter opens (it is a link). Never while a field is filled in.
const rows = [...document.querySelectorAll("[data-row]")];
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || !rows.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key.startsWith("Arrow") && !event.target.closest("[data-queue]")) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  event.preventDefault();
});
