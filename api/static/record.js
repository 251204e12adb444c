// Records a talk where the form stands. The recording becomes the form's own file, so that it is
// sent, checked and kept like a file that was chosen; without a microphone the button stays hidden.

const LONGEST_SECONDS = 3600;
const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
];

const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

const part = (box, name) => box.querySelector(`[data-record${name}]`);

const clock = (seconds) =>
  [seconds / 60, seconds % 60].map((each) => String(Math.floor(each)).padStart(2, "0")).join(":");

const show = (box, isRecording) => {
  part(box, "").hidden = isRecording;
  part(box, "-stop").hidden = !isRecording;
};

const keep = (box, chunks, [kind, ending]) => {
  const file = new File(chunks, `talk.${ending}`, { type: kind.split(";")[0] });
  const files = new DataTransfer();
  files.items.add(file);
  box.querySelector("input[type=file]").files = files.files;
  const preview = part(box, "-preview");
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(file);
  preview.hidden = false;
};

const record = async (box) => {
  const told = part(box, "-time");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    told.textContent = "没有拿到麦克风，请在浏览器里允许使用，或直接选录音文件。";
    return;
  }
  const kind = KINDS.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? ["", "webm"];
  const recorder = new MediaRecorder(stream, kind[0] ? { mimeType: kind[0] } : {});
  const chunks = [];
  const begun = performance.now();
  const ticking = setInterval(() => {
    const seconds = (performance.now() - begun) / 1000;
    told.textContent = `正在录音 ${clock(seconds)}`;
    if (seconds >= LONGEST_SECONDS) {
      recorder.stop();
    }
  }, 500);
  recorder.addEventListener("dataavailable", (event) => chunks.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(ticking);
    stream.getTracks().forEach((track) => track.stop());
    keep(box, chunks, kind);
    told.textContent = `已录 ${clock((performance.now() - begun) / 1000)}，随表单一起保存`;
    show(box, false);
  });
  part(box, "-stop").onclick = () => recorder.stop();
  recorder.start(1000);
  show(box, true);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-record]");
  if (button) {
    record(button.closest("[data-recorder]"));
  }
});

const begin = () => {
  for (const controls of document.querySelectorAll(".gt-audio-do")) {
    controls.hidden = !canRecord();
  }
};

begin();
document.addEventListener("htmx:afterSettle", begin);
