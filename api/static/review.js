// Comparing two faces: one view and one zoom drive both frames. The server has drawn everything
// already; without this module the views are links.

const FRAME = { width: 100, height: 125 };
const STEP = 1.25;
const MOST = 6;
const TOAST_SECONDS = 10;

let zoom = 1;
let middle = { x: 0.5, y: 0.5 };

const frames = () => document.querySelectorAll("svg[data-face]");

const showZoom = () => {
  const width = FRAME.width / zoom;
  const height = FRAME.height / zoom;
  const half = 0.5 / zoom;
  middle = {
    x: Math.min(Math.max(middle.x, half), 1 - half),
    y: Math.min(Math.max(middle.y, half), 1 - half),
  };
  const left = middle.x * FRAME.width - width / 2;
  const top = middle.y * FRAME.height - height / 2;
  for (const frame of frames()) {
    frame.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  }
  for (const output of document.querySelectorAll(".gt-zoom output")) {
    output.textContent = `${Math.round(zoom * 100)}%`;
  }
};

const zoomBy = (direction) => {
  zoom = Math.min(Math.max(zoom * STEP ** direction, 1), MOST);
  showZoom();
};

const show = (view) => {
  for (const image of document.querySelectorAll("svg[data-face] image")) {
    const isUnmirrored = image.closest("[data-unmirrored]") && view === "mirror";
    image.setAttribute("transform", image.dataset[isUnmirrored ? "aligned" : view]);
  }
  for (const over of document.querySelectorAll("[data-over]")) {
    over.setAttribute("visibility", view === "overlay" ? "visible" : "hidden");
  }
  for (const link of document.querySelectorAll("[data-view]")) {
    link.toggleAttribute("aria-current", link.dataset.view === view);
  }
};

const togglePinyin = (button) => {
  const isShown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(isShown));
  for (const reading of document.querySelectorAll(".gt-pinyin")) {
    reading.hidden = !isShown;
  }
};

document.addEventListener("click", (event) => {
  const view = event.target.closest("[data-view]");
  const step = event.target.closest("[data-zoom-step]");
  const pinyin = event.target.closest("[data-toggle-pinyin]");
  if (view) {
    event.preventDefault();
    show(view.dataset.view);
  } else if (step) {
    zoomBy(Number(step.dataset.zoomStep));
  } else if (pinyin) {
    togglePinyin(pinyin);
  }
});

// The wheel zooms where the pointer is; a drag moves both faces.
document.addEventListener(
  "wheel",
  (event) => {
    const frame = event.target.closest("svg[data-face]");
    if (frame && (event.ctrlKey || zoom > 1)) {
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1 : -1);
    }
  },
  { passive: false },
);

let drag = null;

document.addEventListener("pointerdown", (event) => {
  const frame = event.target.closest("svg[data-face]");
  drag = frame && zoom > 1 ? { frame, x: event.clientX, y: event.clientY, moved: false } : null;
});

document.addEventListener("pointermove", (event) => {
  if (!drag) {
    return;
  }
  const box = drag.frame.getBoundingClientRect();
  middle.x -= (event.clientX - drag.x) / box.width / zoom;
  middle.y -= (event.clientY - drag.y) / box.height / zoom;
  drag = { ...drag, x: event.clientX, y: event.clientY, moved: true };
  showZoom();
});

// The frame is a link to the photo: at the end of a drag it is not followed.
document.addEventListener(
  "click",
  (event) => {
    if (drag?.moved && event.target.closest("svg[data-face]")) {
      event.preventDefault();
    }
  },
  true,
);
document.addEventListener("pointerup", () =>
  setTimeout(() => {
    drag = null;
  }),
);
document.addEventListener("dragstart", (event) => {
  if (event.target.closest(".gt-face")) {
    event.preventDefault();
  }
});

const begin = () => {
  zoom = 1;
  middle = { x: 0.5, y: 0.5 };
  for (const element of document.querySelectorAll("main .gt-script-only, .gt-zoom")) {
    element.hidden = false;
  }
  const toast = document.querySelector("[data-toast]");
  setTimeout(() => toast?.remove(), TOAST_SECONDS * 1000);
};

begin();
document.addEventListener("htmx:afterSettle", begin);
