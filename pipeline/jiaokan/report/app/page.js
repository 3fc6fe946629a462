// One page: its raw text with arrows, its articles, and the list of what was done.

import { articlesOf } from "./articles.js";
import { drawAround, drawGeometry, layoutSize } from "./arrows.js";
import { h, put } from "./dom.js";
import { itemsOf, noFilters, passes } from "./items.js";
import { closeRow, listPane, openAll, openRow } from "./list.js";
import { rawText } from "./map.js";
import { t } from "./strings.js";

const SIGN = 15;
const LINE = 24;
const SPACE = 28;
const HEAD = 14;
/** A character's width, a line's height, what parts two columns, room for the first line's labels; in
    pixels before scaling. */
const NARROWEST = 18;
const BROADEST = 60;
/** Characters that a column of raw text holds at least, and at most where lines are as printed. */

/** So many full-width characters that nearly all lines fit into a column, where they are broken as
    they were printed; where lines are whole paragraphs, a newspaper's column. */
function columnOf(raw) {
  const sizes = raw.split("\n").map((line) => [...line].reduce((all, sign) => all + (sign < "\u2000" ? 0.6 : 1), 0));
  const full = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  const most = full[Math.floor(full.length * 0.95)] ?? 0;
  return most <= BROADEST ? Math.max(NARROWEST, Math.ceil(most) + 1) : NARROWEST;
}

/** The view of a page. It goes on until `stop()`. */
export class PageView {
  constructor(index, page, zoom) {
    this.index = index;
    this.page = page;
    this.items = itemsOf(page);
    this.known = new Map(this.items.map((item) => [item.id, item]));
    this.filters = noFilters();
    this.shown = this.items;
    this.picked = "";
    this.lit = "-1";
    this.zoom = zoom;
    this.column = columnOf(page.raw) * SIGN + SPACE;
    this.element = h("main", { class: "page" });
    this.render();
    this.watcher = new ResizeObserver(() => this.lay());
    this.watcher.observe(this.element);
    this.printing = () => {
      openAll(this, this.element);
      this.lay();
    };
    window.addEventListener("beforeprint", this.printing);
  }

  stop() {
    this.watcher.disconnect();
    window.removeEventListener("beforeprint", this.printing);
  }

  /** Build everything anew: after a change of language or of all filters. */
  render() {
    this.raw = rawText(this.page, this.items);
    this.overlay = h("div", { class: "overlay" });
    this.underlay = h("div", { class: "underlay", "aria-hidden": "true" });
    this.sheet = h("div", { class: "sheet" }, this.underlay, this.raw, this.overlay);
    const empty = this.page.raw ? null : h("p", { class: "plain" }, t("emptyPage"));
    this.scroller = h("div", { class: "scroller", tabindex: 0, "aria-label": t("rawText") }, this.sheet, empty);
    this.articles = articlesOf(this.page, this.items);
    if (!this.page.articles.length && !this.page.furniture.length) this.articles.append(h("p", { class: "plain" }, t("noArticles")));
    this.list = listPane(this);
    put(
      this.element,
      h(
        "section",
        { class: "pane map", "aria-label": t("rawText") },
        h("div", { class: "pane-head" }, h("h2", { class: "pane-title" }, t("rawText")), this.zoomButtons()),
        this.scroller,
        this.legend(),
      ),
      h("section", { class: "pane clean", "aria-label": t("cleanText"), tabindex: 0 }, h("h2", { class: "pane-title" }, t("cleanText")), this.articles),
      this.list.pane,
    );
    for (const part of [this.raw, this.articles, this.underlay]) this.listen(part);
    this.listen(this.overlay);
    this.dim();
    this.lay();
    if (this.picked) this.pick(this.picked, true);
  }

  zoomButtons() {
    const button = (zoom) =>
      h("button", { type: "button", class: "tab", "aria-pressed": String(this.zoom === zoom), "data-zoom": zoom, click: () => this.zoomTo(zoom) }, t(zoom));
    return h("div", { class: "tabs", role: "group", "aria-label": t("zoomLabel") }, button("fit"), button("read"), this.page.boxes.length ? button("geometry") : []);
  }

  legend() {
    const entry = (mark, text) => h("span", { class: "legend-entry" }, h("span", { class: `legend-mark ${mark}`, "aria-hidden": "true" }), text);
    return h(
      "p",
      { class: "legend", "aria-label": t("legend") },
      entry("go", t("legendArrow")),
      entry("block", t("legendBlock")),
      entry("inline", t("legendInline")),
      h("span", { class: "legend-entry" }, h("del", { class: "edit" }, t("was")), h("ins", { class: "edit" }, t("now"))),
      entry("doubt", t("legendFinding")),
      entry("set", t("aside")),
    );
  }

  zoomTo(zoom) {
    this.zoom = zoom;
    for (const button of this.element.querySelectorAll("[data-zoom]")) {
      button.setAttribute("aria-pressed", String(button.dataset.zoom === zoom));
    }
    this.lay();
    if (this.picked) this.show(this.picked);
  }

  /** Lay the raw text out in columns that fit the pane, whole or to be read, and draw over it. */
  lay() {
    const width = this.scroller.clientWidth - 24;
    const height = this.scroller.clientHeight - 24 - HEAD;
    if (width <= 0) return;
    this.raw.hidden = this.zoom === "geometry" && this.page.boxes.length > 0;
    if (this.raw.hidden) return this.layGeometry(width, height);
    const columns = this.zoom === "fit" ? this.columnsFor(width / height) : Math.max(1, Math.floor(width / this.column));
    this.raw.style.width = `${this.zoom === "fit" ? columns * this.column : width}px`;
    this.raw.style.columnCount = columns;
    this.raw.style.height = "auto";
    this.raw.style.columnFill = "balance";
    this.raw.style.transform = "none";
    const [wide, high] = [this.raw.offsetWidth, this.raw.offsetHeight];
    this.raw.style.height = `${high}px`; // so that paper breaks the columns where the screen does
    this.raw.style.columnFill = "auto";
    const scale = this.zoom === "fit" ? Math.min(1, width / wide, height / high) : 1;
    this.raw.style.transform = `scale(${scale})`;
    this.sheet.style.width = `${Math.ceil(wide * scale)}px`;
    this.sheet.style.height = `${Math.ceil(high * scale)}px`;
    const gap = SPACE * scale;
    const step = (wide * scale + gap) / columns;
    const at = (box) => {
      const number = Math.max(0, Math.min(columns - 1, Math.floor((box.left + 2) / step)));
      return { number, left: number * step, right: (number + 1) * step - gap };
    };
    drawAround(this.underlay, this.overlay, this.page, this.raw, { at });
    this.dimArrows();
    this.light();
  }

  /** The page as it was printed: the boxes of its layout, and its picture where there is one. */
  layGeometry(width, height) {
    const size = layoutSize(this.page);
    const scale = Math.min(width / size.width, height / size.height);
    this.sheet.style.width = `${Math.ceil(size.width * scale)}px`;
    this.sheet.style.height = `${Math.ceil(size.height * scale)}px`;
    drawGeometry(this.underlay, this.overlay, this.page, scale);
    this.dimArrows();
    this.light();
  }

  /** So many columns that the sheet has about the pane's shape. */
  columnsFor(shape) {
    const signs = (this.column - SPACE) / SIGN;
    const lines = this.page.raw.split("\n").reduce((all, line) => all + Math.max(0.6, Math.ceil(line.length / signs)), 0);
    return Math.max(1, Math.round(Math.sqrt((shape * lines * LINE) / this.column)));
  }

  listen(part) {
    const fragment = (event) => event.target.closest("[data-fragment]") ?? this.groundAt(event, part);
    part.addEventListener("mousemove", (event) => this.light(fragment(event)));
    part.addEventListener("mouseleave", () => this.light());
    part.addEventListener("focusin", (event) => this.light(fragment(event)));
    part.addEventListener("focusout", () => this.light());
    part.addEventListener("click", (event) => {
      const item = event.target.closest("[data-item]");
      if (item) this.pick(item.dataset.item);
      else if (fragment(event)) this.go(fragment(event), part);
    });
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.target.matches("button")) return;
      const item = event.target.closest("[data-item]");
      if (item) this.pick(item.dataset.item);
      else if (fragment(event)) this.go(fragment(event), part);
      else return;
      event.preventDefault();
    });
  }

  /** The fragment on whose ground a pointer is, between its lines. */
  groundAt(event, part) {
    if (part !== this.raw || event.clientX === undefined) return null;
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const found = under.find((one) => one.dataset?.ground !== undefined);
    return found ? this.raw.querySelector(`[data-fragment="${found.dataset.ground}"]`) : null;
  }

  /** Light up a fragment here and there, with the arrows that lead to it and from it. */
  light(element = null) {
    const number = element ? element.dataset.fragment : "-1";
    if (number === this.lit && this.element.querySelector(".on")) return;
    this.lit = number;
    this.element.classList.toggle("lit", Number(number) >= 0);
    for (const one of this.element.querySelectorAll(".on")) one.classList.remove("on");
    if (Number(number) < 0) return;
    const where = `[data-fragment="${number}"], [data-chip="${number}"], [data-from="${number}"], [data-to="${number}"], [data-ground="${number}"]`;
    for (const one of this.element.querySelectorAll(where)) one.classList.add("on");
  }

  /** Bring the other side of a fragment into sight. */
  go(element, part) {
    const map = this.raw.hidden ? this.underlay : this.raw;
    const other = part === this.articles ? map : this.articles;
    other.querySelector(`[data-fragment="${element.dataset.fragment}"]`)?.scrollIntoView({ block: "center", inline: "center" });
    this.light(element);
  }

  refilter() {
    this.list.refresh();
    this.dim();
    this.lay();
    for (const button of this.element.querySelectorAll("[data-kind]")) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === this.filters.kind));
    }
    if (this.picked && !this.shown.some((item) => item.id === this.picked)) this.clear();
  }

  refocus(selector) {
    this.element.querySelector(selector)?.focus();
  }

  /** What does not pass the filters is not marked in the texts. */
  dim() {
    const off = new Set(this.items.filter((item) => !passes(item, this.filters)).map((item) => item.id));
    for (const one of this.element.querySelectorAll(".raw [data-item], .articles [data-item]")) {
      one.classList.toggle("off", off.has(one.dataset.item));
    }
  }

  /** The same for the seams, which are drawn anew with every layout; the one picked stands out. */
  dimArrows() {
    for (const one of this.overlay.querySelectorAll("[data-item]")) {
      one.classList.toggle("off", !passes(this.known.get(one.dataset.item), this.filters));
      one.classList.toggle("here", one.dataset.item === this.picked);
    }
  }

  /** Pick an item: it is shown in the list, in the raw text and in the articles. */
  pick(id, again = false) {
    const item = this.known.get(id);
    if (!item) return;
    const same = this.picked === id && !again;
    this.clear();
    if (same) return;
    if (!passes(item, this.filters)) {
      this.filters = noFilters();
      this.picked = id;
      this.render();
      return;
    }
    this.picked = id;
    const row = this.element.querySelector(`[data-row="${id}"]`);
    openRow(this, row, item);
    this.show(id);
  }

  show(id) {
    for (const one of this.element.querySelectorAll(".here")) one.classList.remove("here");
    const marks = [...this.element.querySelectorAll(`[data-item="${id}"]`)];
    for (const one of marks) one.classList.add("here");
    this.element.querySelector(`[data-row="${id}"]`)?.scrollIntoView({ block: "nearest" });
    for (const part of [this.overlay, this.raw, this.articles]) {
      marks.find((one) => part.contains(one))?.scrollIntoView({ block: "center", inline: "center" });
    }
  }

  clear() {
    for (const one of this.element.querySelectorAll(".here")) one.classList.remove("here");
    const row = this.element.querySelector(".item.picked");
    if (row) closeRow(row);
    this.picked = "";
  }

  /** The next item that the filters let through, or the one before. */
  step(by) {
    if (!this.shown.length) return;
    const now = this.shown.findIndex((item) => item.id === this.picked);
    const next = now < 0 ? (by > 0 ? 0 : this.shown.length - 1) : now + by;
    if (next < 0 || next >= this.shown.length) return;
    this.pick(this.shown[next].id);
    this.element.querySelector(`[data-row="${this.picked}"] .item-head`)?.focus({ preventScroll: true });
  }
}
