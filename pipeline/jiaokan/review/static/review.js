// The review: state, keys, and what the server is asked. What is shown comes from the server's
// answers alone; after each decision the page is drawn again from them.
import * as dialogs from "./dialogs.js";
import { offsetAt, sheet } from "./page.js";
import { told as inWords } from "./told.js";
import { fill, h, speak, spoken, t, texts, visible } from "./texts.js";

const TOKEN = document.documentElement.dataset.token;
const $ = (id) => document.getElementById(id);
const state = { batch: null, page: null, current: null, cuts: new Set(), moving: null, busy: 0 };

async function server(path, wish) {
  const asked = wish === undefined ? {} : {
    method: "POST", body: JSON.stringify(wish),
    headers: { "Content-Type": "application/json", "X-Jiaokan-Token": TOKEN },
  };
  let answer;
  try {
    answer = await fetch(`/${TOKEN}/api/${path}`, asked);
  } catch {
    throw new Error(t("lost"));
  }
  const told = await answer.json().catch(() => ({ error: `${answer.status}` }));
  if (!answer.ok) throw new Error(told.error);
  return told;
}

function say(text, wrong = false) {
  $("said").textContent = text;
  $("said").className = wrong ? "wrong" : "";
}

// Do one thing after another, in the order in which they were asked for; what goes wrong is told.
let queue = Promise.resolve();
function act(what) {
  state.busy += 1;
  queue = queue.then(what).catch((error) => say(error.message, true)).finally(() => { state.busy -= 1; });
  return queue;
}

// ---- what is shown ----

function drawAll() {
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  $("undo").textContent = t("undo");
  $("help").textContent = t("help");
  $("language").textContent = t("language");
  $("language").setAttribute("aria-label", t("languageLabel"));
  drawBatch();
  drawPage();
}

function drawBatch() {
  const batch = state.batch;
  if (!batch) return;
  const bar = h("progress", { max: String(Math.max(batch.total, 1)), value: String(batch.total - batch.left) });
  const scanning = batch.scanned < batch.pages.length ? h("span", { class: "scanning" }, t("scanning", batch.scanned, batch.pages.length)) : null;
  $("progress").replaceChildren(...[bar, h("span", {}, t("progress", batch.left, batch.total)), scanning].filter(Boolean));
  const waiting = batch.waiting.length;
  $("run").textContent = waiting ? t("run", waiting) : t("runNone");
  $("run").disabled = !batch.runs || !waiting;
  $("run").title = batch.runs ? "" : t("noRaw");
  let rows = batch.pages;
  if ($("open-only").checked) rows = rows.filter((row) => row.left !== 0 || row.number === state.page?.number);
  if ($("most-first").checked) rows = [...rows].sort((a, b) => (b.left ?? -1) - (a.left ?? -1) || a.number - b.number);
  state.order = rows.map((row) => row.number);
  $("page-list").replaceChildren(...rows.map((row) => h("li", {}, h("button", {
    type: "button", class: row.error ? "error" : row.left === 0 ? "done" : "", title: row.error || row.name,
    "aria-current": row.number === state.page?.number ? "page" : undefined, data: { page: row.number },
  }, h("span", { class: "name" }, row.name), row.waits ? h("span", { class: "waits", title: t("waits"), "aria-label": t("waits") }, "↻") : null,
  h("span", { class: "left" }, row.error ? "!" : row.left ?? "…")))));
}

const ICONS = { accept: "✓", take: "✓", reject: "✗", edit: "✎", seam: "⇄" };

function current() {
  return state.page?.items.find((one) => one.id === state.current);
}

function drawPage() {
  const page = state.page;
  if (!page) return;
  drawItem();
  $("item-list").replaceChildren(...page.items.map((item) => h("li", {}, h("button", {
    type: "button", class: `${item.kind} ${item.decided ? "done" : "open"}`, tabindex: "-1",
    "aria-current": item.id === state.current ? "true" : undefined, data: { item: item.id },
  }, h("span", { class: "icon", "aria-label": item.decided ? told(item.decided) : t("open") }, item.decided ? ICONS[item.decided.do] : "●"),
  h("span", { class: "kind" }, t(item.kind === "edit" ? "editKind" : item.kind)), h("span", { class: "short", lang: "zh" }, short(item)), h("span", { class: "rule" }, item.rule)))));
  $("item-list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  const top = $("sheet").scrollTop;
  $("sheet").replaceChildren(h("h2", { class: "name" }, page.name), ...(page.hand ? [h("p", { class: "hand" }, t("hand", page.hand))] : []), ...sheet(page, state));
  $("sheet").scrollTop = top;
  const shown = $("sheet").querySelector(".current");
  if (shown) {
    const box = shown.getBoundingClientRect(), frame = $("sheet").getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) shown.scrollIntoView({ block: "center" });
  }
  drawMoving();
}

// Whether it is about where text goes, not about what it says.
function stitched(item) {
  return item.kind === "seam" || item.rule.startsWith("stitch.") || item.rule.startsWith("decision.");
}

function short(item) {
  if (item.kind === "seam") return `${item.tail.slice(-6)} ⟶ ${item.text.slice(0, 6)}`;
  if (item.kind === "edit") return `${visible(item.old) || "∅"} → ${visible(item.text) || "∅"}`;
  return item.text;
}

function told(decision) {
  const by = decision.who ? fill(texts("by"), decision.who) : "";
  return fill(texts("decided")[decision.do], decision.new || "∅") + texts("wide")[decision.scope] + by;
}

function drawItem() {
  const item = current(), place = $("item");
  if (!item) {
    const left = state.batch?.pages.some((row) => row.left > 0 && row.number !== state.page.number);
    place.replaceChildren(h("p", { class: "nothing" }, t(state.page.items.length ? "nothing" : "nothingAt")),
      ...(left ? [h("p", {}, h("button", { type: "button", data: { act: "nextOpen" } }, t("nextPage")))] : []));
    return;
  }
  const seam = item.kind === "seam" || item.rule === "stitch.uncertain-seam";
  const changed = item.kind === "edit";
  const line = seam
    ? h("p", { class: "line", lang: "zh" }, item.tail !== undefined ? [`…${item.tail}`, h("span", { class: "join" }, " ⟶ ")] : null, h("b", {}, item.text), `${item.kind === "seam" ? "" : item.behind}…`)
    : h("p", { class: "line", lang: "zh" }, item.before, changed ? [h("del", {}, visible(item.old)), h("ins", {}, visible(item.text))] : h("b", {}, item.text), item.behind);
  const percent = Math.round(item.confidence * 100);
  const why = spoken() === "zh" && item.chinese ? item.chinese : item.reason;
  const button = (name, text, key, strong) => h("button", { type: "button", class: strong ? "strong" : "", data: { act: name } }, text, " ", h("kbd", {}, key));
  const taking = item.kind === "finding" && item.alternatives.length > 0 && !seam;
  place.replaceChildren(...[
    h("p", { class: "about" }, h("span", { class: `badge ${item.kind}` }, t(changed ? "editKind" : item.kind)), h("code", {}, item.rule),
      h("span", { class: "sure" }, t(item.kind === "finding" ? "doubt" : "sure", percent)), h("span", { class: "where" }, t("line", item.line, item.column))),
    line,
    item.message ? h("p", { class: "message" }, inWords(item.message)) : null,
    why ? h("p", { class: "reason" }, why) : null,
    item.evidence.length ? h("ul", { class: "evidence" }, item.evidence.map((one) => h("li", {}, inWords(one)))) : null,
    item.steps?.length > 1 ? h("ol", { class: "steps" }, item.steps.map((one) => h("li", {}, h("del", {}, visible(one.old)), h("ins", {}, visible(one.new)), " ", h("code", {}, one.rule)))) : null,
    item.alternatives.length ? h("ol", { class: "alternatives", "aria-label": t("alternatives") }, item.alternatives.map((one, number) => h("li", {}, h("button", {
      type: "button", disabled: !one.found, data: { act: "take", number } }, h("kbd", {}, String(number + 1)), " ", h("span", { lang: "zh" }, seam ? inWords(one.text) : visible(one.text) || "∅"),
    h("span", { class: "sure" }, `${Math.round(one.confidence * 100)} %`), one.found ? null : h("span", { class: "why" }, t("notHere")), one.evidence ? h("span", { class: "why" }, inWords(one.evidence)) : null)))) : null,
    item.decided ? h("p", { class: "decided" }, `${ICONS[item.decided.do]} ${told(item.decided)}`) : null,
    h("div", { class: "buttons" },
      button("accept", t(taking ? "acceptFinding" : seam ? "stays" : item.kind === "finding" ? "seen" : "accept"), "a", true),
      taking || changed ? button("reject", t(changed ? "reject" : "textRight"), "r") : null,
      seam ? button("move", t("move"), "m") : null,
      stitched(item) ? null : [button("edit", t("edit"), "e"), button("all", t("all"), "A"), button("rule", t("rule"), "c")]),
  ].filter(Boolean));
}

// ---- going about ----

function choose(id) {
  state.current = id;
  drawPage();
}

function firstOpen(page) {
  return page.items.find((one) => !one.decided)?.id ?? null;
}

function step(by) {
  const items = state.page?.items ?? [];
  if (!items.length) return;
  const at = items.findIndex((one) => one.id === state.current);
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
  if (next >= 0 && next < items.length) choose(items[next].id);
}

function nextItem() {
  const items = state.page.items;
  const at = items.findIndex((one) => one.id === state.current);
  const open = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))].find((one) => !one.decided);
  state.current = open ? open.id : items[at]?.decided && !items.some((one) => !one.decided) ? null : state.current;
}

async function openPage(number, keep) {
  const page = await server(`page/${number}`);
  const same = state.page?.number === number;
  state.page = page;
  if (!same || !keep) state.cuts = new Set();
  state.moving = null;
  const there = keep && page.items.some((one) => one.id === state.current);
  if (!there) state.current = firstOpen(page);
  history.replaceState(null, "", `#${number}`);
  drawBatch();
  drawPage();
  if (!same) $("sheet").scrollTop = 0;
}

async function stepPage(by, open) {
  const order = state.order ?? [];
  const rows = new Map(state.batch.pages.map((row) => [row.number, row]));
  let at = order.indexOf(state.page?.number);
  for (let tried = 0; tried < order.length; tried += 1) {
    at += by;
    if (open) at = (at + order.length) % order.length;
    if (at < 0 || at >= order.length) return;
    const row = rows.get(order[at]);
    if (!row.error && (!open || row.left > 0)) {
      await openPage(row.number);
      return;
    }
  }
}

// ---- deciding ----

async function decide(wish, then) {
  const answer = await server("decide", { page: state.page.number, ...wish });
  state.batch = answer.batch;
  state.page = answer.page;
  then?.();
  drawBatch();
  drawPage();
}

async function decideItem(wish) {
  const item = current();
  if (!item) return;
  const seam = item.kind === "seam" || item.rule === "stitch.uncertain-seam";
  await decide({ what: "item", item: item.id, ...wish }, () => {
    const now = state.page.items.find((one) => one.id === item.id);
    if (now?.decided) say(t("saved", told(now.decided)));
    nextItem();
  });
  if (seam && wish.do === "take") await runMoved();
}

async function runMoved() {
  if (!state.batch.runs) return say(t("movedLater"));
  say(t("moved"));
  await run([state.page.number]);
}

async function edit() {
  const item = current();
  if (!item || stitched(item)) return;
  const now = item.decided?.do === "edit" ? item.decided.new : item.text;
  const said = await dialogs.write(item.text, now);
  if (said !== null) await decideItem({ do: "edit", new: said });
}

async function all() {
  const item = current();
  if (!item || stitched(item)) return;
  const here = state.page.items.filter((one) => one.rule === item.rule && !one.decided).length;
  const { rules } = await server("rules");
  const said = await dialogs.all(item, here, rules.find((one) => one.rule === item.rule)?.items ?? 0);
  if (!said) return;
  await decide({ what: "rule", item: item.id, ...said }, () => {
    const now = state.page.items.find((one) => one.id === item.id);
    if (now?.decided) say(t("saved", told(now.decided)));
    nextItem();
  });
}

async function undo() {
  const answer = await server("undo", {});
  state.batch = answer.batch;
  say(answer.count > 1 ? t("undoneMany", answer.count) : t("undone", fill(texts("decided")[answer.do], "")));
  const number = answer.at ?? state.page?.number;
  if (number !== undefined && number !== null) await openPage(number, true);
  if (answer.do === "seam" && state.batch.runs && state.page.waits) await run([state.page.number]);
}

// ---- running again, and rules ----

async function work(job, text) {
  $("work").hidden = false;
  try {
    while (job.state === "working") {
      $("work").replaceChildren(t(text, job.done, job.total), " ", h("button", { type: "button", data: { act: "stop" } }, t("stop")));
      await new Promise((resolve) => setTimeout(resolve, 150));
      job = await server("job");
    }
  } finally {
    $("work").hidden = true;
  }
  if (job.state === "failed") throw new Error(job.error);
  return job;
}

async function run(pages) {
  if (!state.batch.runs) return say(t("noRaw"), true);
  const own = pages ?? state.batch.waiting;
  const wish = pages ? { pages } : {};
  if (state.page?.hand && own.includes(state.page.number) && await dialogs.sure(t("handSure", state.page.hand))) wish.over = [state.page.number];
  const job = await work(await server("run", wish), "running");
  state.batch = await server("batch");
  if (state.page) await openPage(state.page.number, true);
  const { failed = [], edited = [] } = job.result;
  const told = [failed.length ? t("ranFailed", failed.length, failed[0]) : "", edited.length ? t("ranEdited", edited.length, edited.slice(0, 3).join(", ")) : ""].filter(Boolean);
  say([t("ran", job.done), ...told].join(" "), told.length > 0);
}

async function makeRule() {
  const item = current();
  if (!item || stitched(item)) return;
  const edited = item.decided?.do === "edit" ? item.decided.new : item.alternatives[0]?.text ?? item.text;
  const wrong = item.kind === "edit" ? item.old : item.text;
  const around = (text) => `${item.before.slice(-4)}${text}${item.behind.slice(0, 4)}`;
  let start = { wrong, right: edited, reason: "", raw: around(wrong), clean: around(edited), unchanged: "", level: "" };
  for (;;) {
    const said = await dialogs.rule(start);
    if (!said) return;
    try {
      const job = await work(await server("rule/try", said), "impacting");
      if (job.state !== "done") return;
      if (!(await dialogs.impact(job.result))) return;
      const answer = await server("rule/add", { key: job.result.key });
      state.batch = answer.batch;
      drawBatch();
      say(t("ruleAdded", answer.id));
      return;
    } catch (error) {
      start = { ...said, error: error.message };
    }
  }
}

// ---- moving fragments ----

function startMove(grip, short) {
  const { from, to, piece, head } = grip.dataset;
  state.moving = { from: Number(from), to: Number(short ? piece : to), long: Number(to), piece: Number(piece), head, zone: null };
  drawMoving();
  const zones = usable();
  const start = $("sheet").querySelector(`.piece[data-from="${state.moving.from}"]`);
  const before = (one) => start && one.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING;
  aim(zones.filter(before).length - 1);
  say(t("moving", head));
}

function usable() {
  const { from, to } = state.moving;
  return [...$("sheet").querySelectorAll(".zone")].filter((zone) => {
    const after = Number(zone.dataset.after);
    return zone.dataset.goal === "furniture" || after <= from || after > to;
  });
}

function drawMoving() {
  document.body.classList.toggle("moving", Boolean(state.moving));
  for (const piece of $("sheet").querySelectorAll(".piece")) {
    const inside = state.moving && Number(piece.dataset.from) >= state.moving.from && Number(piece.dataset.to) <= state.moving.to;
    piece.classList.toggle("lifted", Boolean(inside));
  }
  const open = state.moving ? new Set(usable()) : new Set();
  for (const zone of $("sheet").querySelectorAll(".zone")) zone.classList.toggle("usable", open.has(zone));
}

function aim(index) {
  const zones = usable();
  if (!zones.length) return;
  const at = Math.min(Math.max(index, 0), zones.length - 1);
  state.moving.zone = at;
  zones[at].focus({ preventScroll: true });
  zones[at].scrollIntoView({ block: "nearest" });
}

function endMove() {
  state.moving = null;
  drawMoving();
}

async function put(zone) {
  const { from, to } = state.moving;
  endMove();
  const { goal, after, reads } = zone.dataset;
  const place = goal === "furniture" ? { goal } : { goal, after: Number(after), reads };
  await decide({ what: "move", from, to, ...place });
  await runMoved();
}

function moveCurrent() {
  const item = current();
  const grip = item && $("sheet").querySelector(`.grip[data-from="${Number(item.from)}"]`);
  if (grip) startMove(grip, false);
}

function cutAt(at) {
  if (at === null) return;
  state.cuts.add(at);
  drawPage();
  $("sheet").querySelector(`.grip[data-from="${at}"]`)?.focus();
}

function shift(grip, by) {
  const from = Number(grip.dataset.from);
  const to = Number(grip.dataset.to);
  state.cuts.delete(from);
  cutAt(Math.min(Math.max(from + by, 0), to - 1));
}

// ---- keys and clicks ----

const ACTS = {
  accept: () => decideItem({ do: "accept" }),
  reject: async () => { if (current() && !stitched(current())) await decideItem({ do: "reject" }); },
  take: (data) => decideItem({ do: "take", alternative: Number(data.number) }),
  edit, all, rule: makeRule, undo, run: () => run(), move: async () => moveCurrent(),
  nextOpen: () => stepPage(1, true), help: () => dialogs.keys(),
  language: async () => { speak(spoken() === "zh" ? "en" : "zh"); drawAll(); },
};
const KEYS = { a: "accept", r: "reject", e: "edit", A: "all", c: "rule", m: "move", u: "undo", g: "run", "?": "help" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialogs.isOpen()) return;
  if (["INPUT", "TEXTAREA"].includes(event.target.tagName) && event.target.type !== "checkbox") return;
  const key = event.key;
  const grip = event.target.closest?.(".grip");
  let done = true;
  if (state.moving) {
    if (key === "Escape") { endMove(); say(""); }
    else if (key === "s") { state.moving.to = state.moving.to === state.moving.long ? state.moving.piece : state.moving.long; drawMoving(); }
    else if (key === "ArrowDown" || key === "ArrowRight" || key === "j") aim(state.moving.zone + 1);
    else if (key === "ArrowUp" || key === "ArrowLeft" || key === "k") aim(state.moving.zone - 1);
    else if (key === "Enter") { const zone = usable()[state.moving.zone]; if (zone) act(() => put(zone)); }
    else if (key !== "Tab") done = true;
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
  else if (/^[1-9]$/.test(key)) { const one = current()?.alternatives[Number(key) - 1]; if (one?.found) act(() => ACTS.take({ number: Number(key) - 1 })); }
  else if (KEYS[key]) act(() => ACTS[KEYS[key]]({}));
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
  else if (ACTS[button.dataset.act ?? button.id]) act(() => ACTS[button.dataset.act ?? button.id](button.dataset));
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
  for (const one of $("sheet").querySelectorAll(".zone.over")) one.classList.toggle("over", one === zone);
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
$("sheet").addEventListener("dragend", () => { if (state.moving && !state.busy) endMove(); });

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
  const first = readable.find((row) => location.hash && row.number === asked) ?? readable.find((row) => row.left !== 0) ?? readable[0];
  if (first) await openPage(first.number);
}).then(watchScan).catch((error) => say(error.message, true));
