// The chosen photo as a preview from the browser's own memory, and faces that can be clicked.
// Everything that is judged is judged on the server.

let preview = null;

document.addEventListener("change", (event) => {
  const [file] = event.target.matches?.("input[name=photos]") ? event.target.files : [];
  if (file) {
    URL.revokeObjectURL(preview);
    preview = URL.createObjectURL(file);
    for (const image of document.querySelectorAll("img[data-preview]")) {
      image.src = preview;
      image.hidden = false;
    }
  }
});

document.addEventListener("htmx:afterSwap", () => {
  for (const image of document.querySelectorAll("svg image[data-preview]")) {
    image.setAttribute("href", preview);
  }
  for (const image of document.querySelectorAll("img[data-preview]")) {
    image.hidden ||= document.querySelector("svg image[data-preview]") !== null;
  }
});

const showPicked = () => {
  const picked = document.querySelector("input[name=face]:checked")?.value;
  for (const face of document.querySelectorAll("[data-pick]")) {
    face.classList.toggle("gt-picked", face.dataset.pick === picked);
  }
};

document.addEventListener("click", (event) => {
  const face = event.target.closest("[data-pick]");
  const choice = face && document.querySelector(`input[name=face][value="${face.dataset.pick}"]`);
  if (choice) {
    choice.checked = true;
  }
  showPicked();
});
document.addEventListener("change", showPicked);
