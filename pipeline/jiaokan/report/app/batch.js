// The first view: the batch in numbers, and its pages, those in need of a person first.

import { bars, histogram, scatter } from "./charts.js";
import { h, put } from "./dom.js";
import { amount, currentLanguage, sure, t } from "./strings.js";

const COLUMNS = [
  { key: "name", text: "name", show: (page) => page.name },
  { key: "need", text: "need", show: (page) => amount(page.need, 2) },
  { key: "findings", text: "findings", show: (page) => amount(page.findings) },
  { key: "lowest", text: "lowest", show: (page) => (page.seams ? sure(page.lowest) : "–") },
  { key: "seams", text: "seams", show: (page) => amount(page.seams) },
  { key: "moved", text: "moved", show: (page) => amount(page.moved) },
  { key: "rate", text: "rate", show: (page) => amount(page.rate, 1) },
  { key: "edits", text: "edits", show: (page) => amount(page.edits) },
  { key: "hand", text: "hand", show: (page) => amount(page.hand) },
  { key: "articles", text: "articles", show: (page) => amount(page.articles) },
  { key: "characters", text: "characters", show: (page) => amount(page.characters) },
];
const TOP = 12;

/** Pages in an order: by a column, down or up, those alike by name. */
export function sorted(pages, { key, down }) {
  const way = down ? -1 : 1;
  return [...pages].sort((one, other) => {
    const a = one[key];
    const b = other[key];
    if (a !== b) return (a < b ? -1 : 1) * way;
    return one.name < other.name ? -1 : 1;
  });
}

/** The view. `state` holds the order and the search; `open` opens a page. */
export function batchView(index, state, open) {
  return h(
    "main",
    { class: "batch" },
    index.failed.length ? failures(index.failed) : null,
    tiles(index),
    pagesTable(index, state, open),
    h("section", { class: "plots" }, ...plots(index, open)),
    rulesTable(index),
    neverActed(index),
  );
}

function failures(failed) {
  return h(
    "section",
    { class: "card alert", role: "alert" },
    h("h2", {}, `${t("failed")} (${amount(failed.length)})`),
    h("ul", {}, failed.map(([file, what]) => h("li", {}, h("b", {}, file), ` — ${what}`))),
  );
}

function tiles(index) {
  const sum = (key) => index.pages.reduce((all, page) => all + page[key], 0);
  const characters = sum("characters");
  const lowest = Math.min(1, ...index.pages.map((page) => page.lowest));
  const rate = amount((1000 * sum("edits")) / Math.max(characters, 1), 1);
  const rows = [
    ["pages", amount(index.pages.length), index.failed.length ? `${t("failed")}: ${index.failed.length}` : ""],
    ["characters", amount(characters), ""],
    ["articles", amount(sum("articles")), ""],
    ["edits", amount(sum("edits")), t("editsRate", { rate })],
    ["seams", amount(sum("seams")), sum("seams") ? t("seamsLowest", { low: sure(lowest) }) : ""],
    ["findings", amount(sum("findings")), ""],
    ["hand", amount(sum("hand")), ""],
    ["need", amount(sum("need"), 1), ""],
  ];
  return h(
    "dl",
    { class: "tiles" },
    rows.map(([key, value, note]) =>
      h("div", { class: "tile" }, h("dt", {}, t(key)), h("dd", {}, value, note ? h("small", {}, note) : null)),
    ),
  );
}

function plots(index, open) {
  const characters = index.pages.reduce((all, page) => all + page.characters, 0);
  const per = (value) => amount((1000 * value) / Math.max(characters, 1), 2);
  const stages = index.stages.map(([label, value]) => ({ label, value, note: `${per(value)} ‰` }));
  const rules = index.rules
    .filter((rule) => rule.edits)
    .slice(0, TOP)
    .map((rule) => ({
      label: rule.name,
      value: rule.edits,
      note: `${per(rule.edits)} ‰ · ${sure(rule.mean)}`,
      title: reasonOf(index, rule.name),
    }));
  const points = index.pages.map((page) => ({ x: page.rate, y: page.need, title: page.name, page }));
  const plot = (key, ...inside) => h("figure", { class: `card plot-${key}` }, h("figcaption", {}, t(key)), ...inside);
  return [
    plot("byStage", bars(stages, t("byStage"))),
    plot("byRule", bars(rules, t("byRule"))),
    plot("byPage", scatter(points, t("byPage"), t("byPageX"), t("byPageY"), (point) => open(point.page.number))),
    plot("bySeam", histogram(index.seams, t("bySeam"))),
  ];
}

/** A rule's reason, in the interface's language where there is one. */
export function reasonOf(index, rule) {
  const note = index.notes.get(rule);
  if (!note) return "";
  return (currentLanguage() === "zh" && note[2]) || note[1];
}

function pagesTable(index, state, open) {
  const body = h("tbody");
  const empty = h("p", { class: "hint", hidden: true }, t("noPages"));
  const head = h("tr");
  const fill = () => {
    const wanted = state.search.trim().toLowerCase();
    const pages = sorted(index.pages, state).filter((page) => page.name.toLowerCase().includes(wanted));
    state.order = pages.map((page) => page.number);
    put(body, pages.map((page) => pageRow(page, open)));
    empty.hidden = pages.length > 0;
    put(head, COLUMNS.map((column) => headCell(column, state, fill)));
  };
  fill();
  const search = h("input", {
    type: "search",
    id: "find",
    value: state.search,
    placeholder: t("findIn"),
    input: (event) => {
      state.search = event.target.value;
      fill();
    },
  });
  return h(
    "section",
    { class: "card pages" },
    h(
      "div",
      { class: "card-head" },
      h("div", {}, h("h2", {}, t("pages")), h("p", { class: "hint" }, t("needLong"))),
      h("label", { class: "search" }, h("span", {}, t("find")), search),
    ),
    h("div", { class: "scroll" }, h("table", {}, h("thead", {}, head), body)),
    empty,
  );
}

function headCell(column, state, fill) {
  const here = state.key === column.key;
  const sort = () => {
    state.down = here ? !state.down : column.key !== "name" && column.key !== "lowest";
    state.key = column.key;
    fill();
    document.querySelector(`th[data-key="${column.key}"] button`).focus();
  };
  return h(
    "th",
    { scope: "col", "data-key": column.key, "aria-sort": here ? (state.down ? "descending" : "ascending") : "none" },
    h("button", { type: "button", click: sort }, t(column.text), here ? (state.down ? " ▾" : " ▴") : ""),
  );
}

function pageRow(page, open) {
  const go = (event) => {
    event.preventDefault();
    open(page.number);
  };
  const cells = COLUMNS.map((column) =>
    column.key === "name"
      ? h("th", { scope: "row" }, h("a", { href: `#/${page.number}`, click: go }, page.name))
      : h("td", { class: column.key === "need" ? doubt(page.need) : "" }, column.show(page)),
  );
  return h("tr", {}, cells);
}

function doubt(need) {
  if (need >= 1) return "doubt high";
  return need >= 0.1 ? "doubt some" : "doubt";
}

function rulesTable(index) {
  const acted = index.rules.filter((rule) => rule.edits || rule.findings || rule.lines);
  const heads = ["rule", "stage", "kind", "edits", "pages", "meanSure", "findings", "lines", "reason"];
  const rows = acted.map((rule) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("code", {}, rule.name)),
      h("td", { class: "words" }, rule.stages.join(", ")),
      h("td", { class: "words" }, index.notes.get(rule.name)?.[0] ?? ""),
      h("td", {}, amount(rule.edits)),
      h("td", {}, amount(rule.pages)),
      h("td", {}, rule.edits ? sure(rule.mean) : "–"),
      h("td", {}, amount(rule.findings)),
      h("td", {}, amount(rule.lines)),
      h("td", { class: "words reason" }, reasonOf(index, rule.name)),
    ),
  );
  return h(
    "section",
    { class: "card rules" },
    h("h2", {}, t("ruleTable")),
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, t(key))))),
        h("tbody", {}, rows),
      ),
    ),
  );
}

function neverActed(index) {
  const names = index.never;
  const list = h("ul", { class: "never" });
  const details = h(
    "details",
    { class: "card" },
    h("summary", {}, h("h2", {}, `${t("never")} (${amount(names.length)})`)),
    h("p", { class: "hint" }, names.length ? t("neverLong") : t("neverNone")),
    list,
  );
  details.addEventListener("toggle", () => {
    if (details.open && !list.childElementCount) {
      put(list, names.map((name) => h("li", { title: reasonOf(index, name) }, h("code", {}, name))));
    }
  });
  return details;
}
