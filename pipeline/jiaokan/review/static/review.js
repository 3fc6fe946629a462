// The review: keys, clicks and dragging. What is shown comes from the server's answers alone; after
// each decision the page is drawn again from them.
import { $, act, say, server, state } from "./core.js";
import {
  all,
  choose,
  decideItem,
  edit,
  makeRule,
  openPage,
  ownText,
  refresh,
  run,
  step,
  stepPage,
  undo,
} from "./decide.js";
import * as dialogs from "./dialogs.js";
import { current, drawAll, drawBatch } from "./draw.js";
import {
  aim,
  cutAt,
  drawMoving,
  endMove,
  moveCurrent,
  put,
  shift,
  startMove,
  usable,
} from "./moving.js";
import { offsetAt } from "./page.js";
import { speak, spoken, t } from "./texts.js";

const ACTS = {
  accept: () => decideItem({ do: "accept" }),
  reject: async () => {
    if (ownText()) await decideItem({ do: "reject" });
  },
  take: (data) => decideItem({ do: "take", alternative: Number(data.number) }),
  edit,
  all,
  rule: makeRule,
  undo,
  run: () => run(),
  move: async () => moveCurrent(),
  nextOpen: () => stepPage(1, true),
  help: () => dialogs.keys(),
  language: async () => {
    speak(spoken() === "zh" ? "en" : "zh");
    drawAll();
  },
};
const KEYS = {
  a: "accept",
  r: "reject",
  e: "edit",
  A: "all",
  c: "rule",
  m: "move",
  u: "undo",
  g: "run",
  "?": "help",
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialogs.isOpen())
    return;
  if (["INPUT", "TEXTAREA"].includes(event.target.tagName) && event.target.type !== "checkbox")
    return;
  const key = event.key;
  const grip = event.target.closest?.(".grip");
  let done = true;
  if (state.moving) {
    if (key === "Escape") {
      endMove();
      say("");
    } else if (key === "s") {
      state.moving.to =
        state.moving.to === state.moving.long ? state.moving.piece : state.moving.long;
      drawMoving();
    } else if (key === "ArrowDown" || key === "ArrowRight" || key === "j")
      aim(state.moving.zone + 1);
    else if (key === "ArrowUp" || key === "ArrowLeft" || key === "k") aim(state.moving.zone - 1);
    else if (key === "Enter") {
      const zone = usable()[state.moving.zone];
      if (zone) act(() => put(zone));
    } else if (key !== "Tab") done = true;
    else done = false;
  } else if (grip && (key === "ArrowLeft" || key === "ArrowRight")) {
    shift(grip, (key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? 10 : 1));
  } else if (grip && key === "Enter") startMove(grip, event.shiftKey);
  else if (key === "Enter" && event.target.closest("button, summary")) done = false;
  else if (key === "Enter") act(ACTS.accept);
  else if (key === "j" || key === "ArrowDown") step(1);
  else if (key === "k" || key === "ArrowUp") step(-1);
  else if (key === "n") act(() => stepPage(1));
  else if (key === "p") act(() => stepPage(-1));
  else if (/^[1-9]$/.test(key)) {
    const one = current()?.alternatives[Number(key) - 1];
    if (one?.found) act(() => ACTS.take({ number: Number(key) - 1 }));
  } else if (KEYS[key]) act(() => ACTS[KEYS[key]]({}));
  else done = false;
  if (done) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, mark");
  if (!button || button.closest("dialog")) return;
  if (button.dataset.act === "stop") server("stop", {}).catch((error) => say(error.message, true));
  else if (state.moving && button.classList.contains("zone")) act(() => put(button));
  else if (button.classList.contains("grip")) startMove(button, event.shiftKey);
  else if (button.dataset.item) choose(button.dataset.item);
  else if (button.dataset.page) act(() => openPage(Number(button.dataset.page)));
  else if (ACTS[button.dataset.act ?? button.id])
    act(() => ACTS[button.dataset.act ?? button.id](button.dataset));
});

// Another tab, or a run in a terminal, may have changed things meanwhile.
window.addEventListener("focus", () => {
  if (state.page && !state.moving && !state.busy && !dialogs.isOpen()) act(refresh);
});

for (const id of ["open-only", "most-first"]) $(id).addEventListener("change", drawBatch);

$("sheet").addEventListener("dblclick", (event) => {
  if (event.target.closest("button")) return;
  getSelection()?.removeAllRanges();
  cutAt(offsetAt(event.clientX, event.clientY));
});
$("sheet").addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip) return event.preventDefault();
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", grip.dataset.head);
  const short = event.shiftKey;
  // the page must not change under the pointer before the browser has begun to drag
  setTimeout(() => startMove(grip, short), 0);
});
$("sheet").addEventListener("dragover", (event) => {
  const zone = event.target.closest?.(".zone.usable");
  for (const one of $("sheet").querySelectorAll(".zone.over"))
    one.classList.toggle("over", one === zone);
  if (!state.moving || !zone) return;
  zone.classList.add("over");
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});
$("sheet").addEventListener("drop", (event) => {
  const zone = event.target.closest?.(".zone.usable");
  if (!state.moving || !zone) return;
  event.preventDefault();
  act(() => put(zone));
});
$("sheet").addEventListener("dragend", () => {
  if (state.moving && !state.busy) endMove();
});

// ---- start ----

async function watchScan() {
  while (state.batch.scanned < state.batch.pages.length) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    if (state.busy) continue;
    state.batch = await server("batch");
    drawBatch();
  }
}

speak(navigator.language.startsWith("zh") ? "zh" : "en");
$("item").textContent = t("loading");
drawAll();
act(async () => {
  state.batch = await server("batch");
  drawBatch();
  const asked = Number(location.hash.slice(1));
  const readable = state.batch.pages.filter((row) => !row.error);
  const first =
    readable.find((row) => location.hash && row.number === asked) ??
    readable.find((row) => row.left !== 0) ??
    readable[0];
  if (first) await openPage(first.number);
})
  .then(watchScan)
  .catch((error) => say(error.message, true));
