// Ticks the due times that the server worked out. Without this module the first value stays.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON = 6 * HOUR;

const inWords = (seconds) => {
  if (seconds <= 0) {
    return `已超 ${span(-seconds)}`;
  }
  if (seconds < 2 * DAY) {
    const two = (number) => String(number).padStart(2, "0");
    return `剩 ${two(Math.floor(seconds / HOUR))}:${two(Math.floor((seconds % HOUR) / MINUTE))}`;
  }
  return `剩 ${Math.floor(seconds / DAY)} 天`;
};

const span = (late) => {
  if (late < HOUR) {
    return `${Math.floor(late / MINUTE)} 分钟`;
  }
  return late < 2 * DAY ? `${Math.floor(late / HOUR)} 小时` : `${Math.floor(late / DAY)} 天`;
};

const urgency = (seconds) => {
  if (seconds <= 0) {
    return "over";
  }
  return seconds <= SOON ? "soon" : "calm";
};

// Rows that arrive later carry their own server time, so each remembers when it was first seen.
const firstSeen = new WeakMap();

const tick = () => {
  for (const time of document.querySelectorAll("time[data-seconds]")) {
    if (!firstSeen.has(time)) {
      firstSeen.set(time, performance.now());
    }
    const passed = (performance.now() - firstSeen.get(time)) / 1000;
    const left = Number(time.dataset.seconds) - passed;
    time.textContent = inWords(left);
    time.parentElement.className = `gt-due gt-due-${urgency(left)}`;
  }
};

tick();
setInterval(tick, 10_000);
