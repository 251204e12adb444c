// Obeys the keyboard sheet that every page carries (api/pages/keymap.toml): no key is known here.
// Keys are left alone inside fields, and while an input method composes Chinese.

const FIELDS = "input, textarea, select, [contenteditable]";
const COMPOSING = 229; // what browsers report while an input method has the key
const SECOND_KEY_WITHIN = 1200; // milliseconds

const sheet = () => document.getElementById("keys");

const bindings = () =>
  [...document.querySelectorAll("#keys [data-keys]")].map((row) => ({ keys: row.dataset.keys, ...row.dataset }));

const visible = (element) => element.getClientRects().length > 0 || element instanceof HTMLInputElement;

const press = (selector) => {
  const target = [...document.querySelectorAll(selector)].find(visible);
  if (!target) {
    return false;
  }
  target.click();
  if (target.tagName === "SUMMARY" && target.parentElement.open) {
    target.parentElement.querySelector("select, input:not([type=hidden]), textarea")?.focus();
  }
  return true;
};

const rows = () => [...document.querySelectorAll("[data-row]")];

const moveRow = (step) => {
  const all = rows();
  if (all.length === 0) {
    return false;
  }
  const here = all.findIndex((row) => row.contains(document.activeElement));
  all[Math.min(Math.max(here + step, 0), all.length - 1)].querySelector("a")?.focus();
  return true;
};

const obey = (binding) => {
  if (binding.press) {
    return press(binding.press);
  }
  if (binding.go) {
    location.assign(binding.go);
    return true;
  }
  return moveRow(Number(binding.rowStep));
};

let first = { key: "", at: 0 };

const named = (event) => (event.ctrlKey ? `Ctrl+${event.key}` : event.key);

const onKey = (event) => {
  const isOurs = !event.isComposing && event.keyCode !== COMPOSING && !event.altKey && !event.metaKey;
  if (!isOurs || event.target.closest(FIELDS) || sheet()?.open) {
    return;
  }
  const key = named(event);
  const both = event.timeStamp - first.at < SECOND_KEY_WITHIN ? `${first.key} ${key}` : key;
  first = { key, at: event.timeStamp };
  if (bindings().some((each) => (each.keys === both || each.keys === key) && obey(each))) {
    event.preventDefault();
  }
};

document.addEventListener("keydown", onKey);

const closePops = (except) => {
  for (const open of document.querySelectorAll("details.gt-pop[open], details.gt-look[open]")) {
    if (open !== except) {
      open.open = false;
    }
  }
};

// Escape leaves a field or puts a sheet away; only one sheet is open at a time.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) {
    closePops(null);
    document.activeElement?.blur();
  }
});

document.addEventListener("click", (event) => {
  closePops(event.target.closest("details"));
  if (event.target.closest("[data-open-keys]")) {
    sheet()?.showModal();
  }
});

for (const element of document.querySelectorAll("header .gt-script-only")) {
  element.hidden = false;
}

// Coming back to a list, its place is where one left it. The browser jumps to the row by itself
// after the page has loaded, and would take the focus away again.
window.addEventListener("load", () =>
  setTimeout(() => {
    const row = document.getElementById(location.hash.slice(1));
    row?.matches("[data-row]") && row.querySelector("a")?.focus();
  }),
);
