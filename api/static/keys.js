// Keyboard: j/k move, Enter opens, r goes to the reason, Ctrl+Enter forwards.
// Keys are left alone while an input method composes Chinese, and inside fields.

const FIELDS = "input, textarea, select, [contenteditable]";

const rows = () => [...document.querySelectorAll("tr[data-row]")];

const moveRow = (step) => {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  next?.querySelector("a")?.focus();
};

const step = (direction) => {
  const link = document.querySelector(`a[rel="${direction > 0 ? "next" : "prev"}"]`);
  if (rows().length > 0) {
    moveRow(direction);
  } else {
    link?.click();
  }
};

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector('[data-key="r"]')?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey) {
    return;
  }
  if (event.ctrlKey) {
    if (event.key === "Enter") {
      document.querySelector("form[data-submit-key]")?.requestSubmit();
    }
    return;
  }
  if (event.target.closest(FIELDS) || !Object.hasOwn(ACTIONS, event.key)) {
    return;
  }
  event.preventDefault();
  ACTIONS[event.key]();
});
