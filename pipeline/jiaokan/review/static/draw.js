// Draws header, pages, the item that is to be decided, the list of items, and the sheet.
import { $, state } from "./core.js";
import { drawMoving } from "./moving.js";
import { sheet } from "./page.js";
import { fill, h, spoken, t, texts, visible } from "./texts.js";
import { told as inWords } from "./told.js";

export function drawAll() {
  for (const element of document.querySelectorAll("[data-t]"))
    element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", t(element.dataset.label));
  $("undo").textContent = t("undo");
  $("help").textContent = t("help");
  $("language").textContent = t("language");
  $("language").setAttribute("aria-label", t("languageLabel"));
  drawBatch();
  drawPage();
}

export function drawBatch() {
  const batch = state.batch;
  if (!batch) return;
  const bar = h("progress", {
    max: String(Math.max(batch.total, 1)),
    value: String(batch.total - batch.left),
  });
  const scanning =
    batch.scanned < batch.pages.length
      ? h("span", { class: "scanning" }, t("scanning", batch.scanned, batch.pages.length))
      : null;
  $("progress").replaceChildren(
    ...[bar, h("span", {}, t("progress", batch.left, batch.total)), scanning].filter(Boolean),
  );
  const waiting = batch.waiting.length;
  $("run").textContent = waiting ? t("run", waiting) : t("runNone");
  $("run").disabled = !batch.runs || !waiting;
  $("run").title = batch.runs ? "" : t("noRaw");
  let rows = batch.pages;
  if ($("open-only").checked)
    rows = rows.filter((row) => row.left !== 0 || row.number === state.page?.number);
  if ($("most-first").checked)
    rows = [...rows].sort((a, b) => (b.left ?? -1) - (a.left ?? -1) || a.number - b.number);
  state.order = rows.map((row) => row.number);
  $("page-list").replaceChildren(
    ...rows.map((row) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: row.error ? "error" : row.left === 0 ? "done" : "",
            title: row.error || row.name,
            "aria-current": row.number === state.page?.number ? "page" : undefined,
            data: { page: row.number },
          },
          h("span", { class: "name" }, row.name),
          row.waits
            ? h("span", { class: "waits", title: t("waits"), "aria-label": t("waits") }, "↻")
            : null,
          h("span", { class: "left" }, row.error ? "!" : (row.left ?? "…")),
        ),
      ),
    ),
  );
}

const ICONS = { accept: "✓", take: "✓", reject: "✗", edit: "✎", seam: "⇄" };

export function current() {
  return state.page?.items.find((one) => one.id === state.current);
}

export function drawPage() {
  const page = state.page;
  if (!page) return;
  drawItem();
  $("item-list").replaceChildren(
    ...page.items.map((item) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: `${item.kind} ${item.decided ? "done" : "open"}`,
            tabindex: "-1",
            "aria-current": item.id === state.current ? "true" : undefined,
            data: { item: item.id },
          },
          h(
            "span",
            { class: "icon", "aria-label": item.decided ? told(item.decided) : t("open") },
            item.decided ? ICONS[item.decided.do] : "●",
          ),
          h("span", { class: "kind" }, t(item.kind === "edit" ? "editKind" : item.kind)),
          h("span", { class: "short", lang: "zh" }, short(item)),
          h("span", { class: "rule" }, item.rule),
        ),
      ),
    ),
  );
  $("item-list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  const top = $("sheet").scrollTop;
  $("sheet").replaceChildren(
    h("h2", { class: "name" }, page.name),
    ...(page.hand ? [h("p", { class: "hand" }, t("hand", page.hand))] : []),
    ...sheet(page, state),
  );
  $("sheet").scrollTop = top;
  const shown = $("sheet").querySelector(".current");
  if (shown) {
    const box = shown.getBoundingClientRect(),
      frame = $("sheet").getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40)
      shown.scrollIntoView({ block: "center" });
  }
  drawMoving();
}

// Whether it is about where text goes, not about what it says.
export function stitched(item) {
  return (
    item.kind === "seam" || item.rule.startsWith("stitch.") || item.rule.startsWith("decision.")
  );
}

function short(item) {
  if (item.kind === "seam") return `${item.tail.slice(-6)} ⟶ ${item.text.slice(0, 6)}`;
  if (item.kind === "edit") return `${visible(item.old) || "∅"} → ${visible(item.text) || "∅"}`;
  return item.text;
}

export function told(decision) {
  const by = decision.who ? fill(texts("by"), decision.who) : "";
  return (
    fill(texts("decided")[decision.do], decision.new || "∅") + texts("wide")[decision.scope] + by
  );
}

function drawItem() {
  const item = current(),
    place = $("item");
  if (!item) {
    const left = state.batch?.pages.some((row) => row.left > 0 && row.number !== state.page.number);
    place.replaceChildren(
      h("p", { class: "nothing" }, t(state.page.items.length ? "nothing" : "nothingAt")),
      ...(left
        ? [h("p", {}, h("button", { type: "button", data: { act: "nextOpen" } }, t("nextPage")))]
        : []),
    );
    return;
  }
  const seam = item.kind === "seam" || item.rule === "stitch.uncertain-seam";
  const changed = item.kind === "edit";
  const line = seam
    ? h(
        "p",
        { class: "line", lang: "zh" },
        item.tail !== undefined ? [`…${item.tail}`, h("span", { class: "join" }, " ⟶ ")] : null,
        h("b", {}, item.text),
        `${item.kind === "seam" ? "" : item.behind}…`,
      )
    : h(
        "p",
        { class: "line", lang: "zh" },
        item.before,
        changed
          ? [h("del", {}, visible(item.old)), h("ins", {}, visible(item.text))]
          : h("b", {}, item.text),
        item.behind,
      );
  const percent = Math.round(item.confidence * 100);
  const why = spoken() === "zh" && item.chinese ? item.chinese : item.reason;
  const button = (name, text, key, strong) =>
    h(
      "button",
      { type: "button", class: strong ? "strong" : "", data: { act: name } },
      text,
      " ",
      h("kbd", {}, key),
    );
  const taking = item.kind === "finding" && item.alternatives.length > 0 && !seam;
  place.replaceChildren(
    ...[
      h(
        "p",
        { class: "about" },
        h("span", { class: `badge ${item.kind}` }, t(changed ? "editKind" : item.kind)),
        h("code", {}, item.rule),
        item.rule === "decision.stale"
          ? null // a decision that does not fit is sure; how wrong the text is, nobody said
          : h("span", { class: "sure" }, t(item.kind === "finding" ? "doubt" : "sure", percent)),
        h("span", { class: "where" }, t("line", item.line, item.column)),
      ),
      line,
      item.message ? h("p", { class: "message" }, inWords(item.message)) : null,
      why && !(item.message && inWords(item.message).startsWith(why.replace(/[.。]$/, "")))
        ? h("p", { class: "reason" }, why)
        : null, // a message that begins with it says it already
      item.evidence.length
        ? h(
            "ul",
            { class: "evidence" },
            item.evidence.map((one) => h("li", {}, inWords(one))),
          )
        : null,
      item.steps?.length > 1
        ? h(
            "ol",
            { class: "steps" },
            item.steps.map((one) =>
              h(
                "li",
                {},
                h("del", {}, visible(one.old)),
                h("ins", {}, visible(one.new)),
                " ",
                h("code", {}, one.rule),
              ),
            ),
          )
        : null,
      item.alternatives.length
        ? h(
            "ol",
            { class: "alternatives", "aria-label": t("alternatives") },
            item.alternatives.map((one, number) =>
              h(
                "li",
                {},
                h(
                  "button",
                  {
                    type: "button",
                    disabled: !one.found,
                    data: { act: "take", number },
                  },
                  h("kbd", {}, String(number + 1)),
                  " ",
                  h("span", { lang: "zh" }, seam ? inWords(one.text) : visible(one.text) || "∅"),
                  h("span", { class: "sure" }, `${Math.round(one.confidence * 100)} %`),
                  one.found ? null : h("span", { class: "why" }, t("notHere")),
                  one.evidence ? h("span", { class: "why" }, inWords(one.evidence)) : null,
                ),
              ),
            ),
          )
        : null,
      item.decided
        ? h("p", { class: "decided" }, `${ICONS[item.decided.do]} ${told(item.decided)}`)
        : null,
      h(
        "div",
        { class: "buttons" },
        button(
          "accept",
          t(
            taking ? "acceptFinding" : seam ? "stays" : item.kind === "finding" ? "seen" : "accept",
          ),
          "a",
          true,
        ),
        taking || changed ? button("reject", t(changed ? "reject" : "textRight"), "r") : null,
        seam ? button("move", t("move"), "m") : null,
        stitched(item)
          ? null
          : [
              button("edit", t("edit"), "e"),
              button("all", t("all"), "A"),
              button("rule", t("rule"), "c"),
            ],
      ),
    ].filter(Boolean),
  );
}
