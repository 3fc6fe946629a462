// Going from item to item and page to page, deciding, running again, making rules.
import { $, say, server, state } from "./core.js";
import * as dialogs from "./dialogs.js";
import { current, drawBatch, drawPage, stitched, told } from "./draw.js";
import { fill, h, t, texts } from "./texts.js";

export function choose(id) {
  state.current = id;
  drawPage();
}

function firstOpen(page) {
  return page.items.find((one) => !one.decided)?.id ?? null;
}

export function step(by) {
  const items = state.page?.items ?? [];
  if (!items.length) return;
  const at = items.findIndex((one) => one.id === state.current);
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
  if (next >= 0 && next < items.length) choose(items[next].id);
}

function nextItem() {
  const items = state.page.items;
  const at = items.findIndex((one) => one.id === state.current);
  const open = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))].find(
    (one) => !one.decided,
  );
  state.current = open
    ? open.id
    : items[at]?.decided && !items.some((one) => !one.decided)
      ? null
      : state.current;
}

export async function openPage(number, keep) {
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

// The batch and the page as they are now; where the person is stays.
export async function refresh() {
  state.batch = await server("batch");
  const page = await server(`page/${state.page.number}`);
  if (JSON.stringify(page) === JSON.stringify(state.page)) return drawBatch();
  state.page = page;
  if (!page.items.some((one) => one.id === state.current)) state.current = firstOpen(page);
  drawBatch();
  drawPage();
}

export async function stepPage(by, open) {
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

// Deciding.

export async function decide(wish, then) {
  const answer = await server("decide", { page: state.page.number, ...wish });
  state.batch = answer.batch;
  state.page = answer.page;
  then?.();
  drawBatch();
  drawPage();
}

export async function decideItem(wish) {
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

export async function runMoved() {
  if (!state.batch.runs) return say(t("movedLater"));
  say(t("moved"));
  await run([state.page.number]);
}

// The item picked, if it is about its text; a seam says what is done with seams instead.
export function ownText() {
  const item = current();
  if (item && stitched(item)) say(t("seamOnly"));
  return item && !stitched(item) ? item : null;
}

export async function edit() {
  const item = ownText();
  if (!item) return;
  const now = item.decided?.do === "edit" ? item.decided.new : item.text;
  const said = await dialogs.write(item.text, now);
  if (said !== null) await decideItem({ do: "edit", new: said });
}

export async function all() {
  const item = ownText();
  if (!item) return;
  const here = state.page.items.filter((one) => one.rule === item.rule && !one.decided).length;
  const { rules } = await server("rules");
  const said = await dialogs.all(
    item,
    here,
    rules.find((one) => one.rule === item.rule)?.items ?? 0,
  );
  if (!said) return;
  await decide({ what: "rule", item: item.id, ...said }, () => {
    const now = state.page.items.find((one) => one.id === item.id);
    if (now?.decided) say(t("saved", told(now.decided)));
    nextItem();
  });
}

export async function undo() {
  const answer = await server("undo", {});
  state.batch = answer.batch;
  say(
    answer.count > 1
      ? t("undoneMany", answer.count)
      : t("undone", fill(texts("decided")[answer.do], "")),
  );
  const number = answer.at ?? state.page?.number;
  if (number !== undefined && number !== null) await openPage(number, true);
  if (answer.do === "seam" && state.batch.runs && state.page.waits) await run([state.page.number]);
}

// Running again, and rules.

async function work(job, text) {
  $("work").hidden = false;
  try {
    while (job.state === "working") {
      $("work").replaceChildren(
        t(text, job.done, job.total),
        " ",
        h("button", { type: "button", data: { act: "stop" } }, t("stop")),
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      job = await server("job");
    }
  } finally {
    $("work").hidden = true;
  }
  if (job.state === "failed") throw new Error(job.error);
  return job;
}

export async function run(pages) {
  if (!state.batch.runs) return say(t("noRaw"), true);
  const own = pages ?? state.batch.waiting;
  const wish = pages ? { pages } : {};
  if (
    state.page?.hand &&
    own.includes(state.page.number) &&
    (await dialogs.sure(t("handSure", state.page.hand)))
  )
    wish.over = [state.page.number];
  const job = await work(await server("run", wish), "running");
  state.batch = await server("batch");
  if (state.page) await openPage(state.page.number, true);
  const { failed = [], edited = [] } = job.result;
  const told = [
    failed.length ? t("ranFailed", failed.length, failed[0]) : "",
    edited.length ? t("ranEdited", edited.length, edited.slice(0, 3).join(", ")) : "",
  ].filter(Boolean);
  say([t("ran", job.done), ...told].join(" "), told.length > 0);
}

export async function makeRule() {
  const item = ownText();
  if (!item) return;
  const edited =
    item.decided?.do === "edit" ? item.decided.new : (item.alternatives[0]?.text ?? item.text);
  const wrong = item.kind === "edit" ? item.old : item.text;
  const around = (text) => `${item.before.slice(-4)}${text}${item.behind.slice(0, 4)}`;
  let start = {
    wrong,
    right: edited,
    reason: "",
    raw: around(wrong),
    clean: around(edited),
    unchanged: "",
    level: "",
  };
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
