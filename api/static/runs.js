// Moves the progress of runs that are under way, as the server tells it; without this module the
// page shows how far they were when it was opened.

const watch = (row) => {
  const events = new EventSource(row.dataset.run);
  events.addEventListener("progress", (event) => {
    const { scored, cases } = JSON.parse(event.data);
    row.querySelector("[data-run-scored]").textContent = `${scored}/${cases}`;
    row.querySelector(".gt-progress rect:last-child").setAttribute("width", (scored / Math.max(cases, 1)) * 100);
  });
  events.addEventListener("end", () => {
    events.close();
    row.dispatchEvent(new CustomEvent("run-ended"));
  });
};

for (const row of document.querySelectorAll("[data-run]")) {
  watch(row);
}
