// The raw text in its own order: fragments in their articles' colours, edits inline.

import { hiding } from "./copy.js";
import { h, told } from "./dom.js";
import { spot } from "./store.js";
import { letter, t } from "./strings.js";

/** Colours and patterns there are; articles beyond them share, and are told apart by letter. */
export const HUES = 8;

/** With more fragments than this, as where columns were read across, labels show only when pointed at. */
export const CROWDED = 40;

/** The label of a fragment: its article's letter and its place in the article. */
export function fragmentName(fragment) {
  return `${letter(fragment.article)}${fragment.order + 1}`;
}

/** The raw text as an element. Fragments have data-fragment, all else that is listed data-item. */
export function rawText(page, items) {
  const root = h("div", { class: "raw", lang: "zh" });
  let at = 0;
  page.fragments.forEach((fragment, number) => {
    root.append(...leaves(page, items, at, fragment.at[0]));
    const element = h(
      "span",
      {
        class: `fragment hue${fragment.article % HUES}`,
        "data-fragment": number,
        tabindex: 0,
        role: "group",
        "aria-label": labelOf(page, fragment),
      },
      leaves(page, items, fragment.at[0], fragment.at[1]),
    );
    root.append(element);
    at = fragment.at[1];
  });
  root.append(...leaves(page, items, at, page.raw.length, true));
  return root;
}

function labelOf(page, fragment) {
  const count = page.articles[fragment.article]?.fragments.length ?? 1;
  const moved = fragment.moved ? t("movedShort") : "";
  const place = spot(page, fragment.at[0]);
  return t("fragmentLabel", { letter: letter(fragment.article), order: fragment.order + 1, count, ...place, moved });
}

/** raw[start, end) cut where anything starts or stops; insertions stand at the cut before them. */
function leaves(page, items, start, end, last = false) {
  const inside = items.filter(
    (item) =>
      item.kind !== "seam" &&
      (item.at[0] === item.at[1]
        ? item.at[0] >= start && (item.at[0] < end || (last && item.at[0] === end))
        : item.at[0] < end && item.at[1] > start),
  );
  const cuts = new Set([start, end]);
  for (const item of inside) {
    for (const at of item.at) if (at > start && at < end) cuts.add(at);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let number = 0; number < places.length; number += 1) {
    const at = places[number];
    found.push(...inside.filter((item) => item.at[0] === at && item.at[1] === at).map((item) => inserted(item)));
    if (number === places.length - 1) break;
    const stop = places[number + 1];
    const here = inside.filter((item) => item.at[0] <= at && item.at[1] >= stop && item.at[1] > item.at[0]);
    found.push(leaf(page.raw.slice(at, stop), here, at, stop));
  }
  return found.flat();
}

function inserted(item) {
  if (item.kind === "edit") return h("ins", { class: "edit", "data-item": item.id }, told(item.edit.new));
  return h("span", { class: `${item.kind} point`, "data-item": item.id }, "‸");
}

/** A run of text under the same items: the innermost one can be picked, all of them show. */
function leaf(text, here, at, stop) {
  if (!here.length) return [document.createTextNode(text)];
  const edit = here.find((item) => item.kind === "edit");
  const ended = edit && /[\n\r]$/.test(text) ? ["\n"] : []; // a line end that went still ends the line here
  let inner = edit ? [h("del", { class: mark(edit), "data-item": edit.id, ...hiding(text, told(text)) }, told(text))] : [document.createTextNode(text)];
  for (const item of here) {
    if (item === edit) continue;
    const dropped = item.kind === "aside" && item.aside.dropped;
    inner = [h("span", { class: dropped ? "dropped" : item.kind, "data-item": item.id }, inner)];
  }
  if (edit && stop === edit.at[1] && edit.edit.new) {
    inner.push(h("ins", { class: mark(edit), "data-item": edit.id }, told(edit.edit.new)));
  }
  return [...inner, ...ended];
}

/** Edits of blanks and line ends alone are shown small. */
function mark(item) {
  return /^\s*$/.test(item.edit.old + item.edit.new) ? "edit blank" : "edit";
}
