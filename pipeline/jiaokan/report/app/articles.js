// The clean articles as the run wrote them; where each stretch came from, and what was changed in it.

import { h, told } from "./dom.js";
import { CROWDED, HUES, fragmentName } from "./map.js";
import { letter, sure, t } from "./strings.js";

/** All articles of a page, and its furniture. */
export function articlesOf(page, items) {
  const marks = marksByString(items);
  const into = new Map(page.links.filter((link) => link[3] >= 0).map((link) => [link[2], link[3]]));
  const articles = page.articles.map((article, number) => articleOf(page, article, number, marks, into));
  return h("div", { class: "articles", lang: "zh" }, articles, furnitureOf(page, marks));
}

function articleOf(page, article, number, marks, into) {
  const count = article.fragments.length;
  const parts = count === 1 ? t("part") : t("parts", { count });
  const seen = new Set();
  return h(
    "article",
    { class: `article hue${number % HUES}`, "data-article": number, "aria-label": t("article", { letter: letter(number) }) },
    h(
      "header",
      {},
      h("span", { class: `chip hue${number % HUES}` }, letter(number)),
      h("span", { class: "hint" }, t("articleOf", { letter: letter(number), parts })),
    ),
    article.fields.map((field) =>
      h(
        tagOf(field.name),
        { class: `field ${field.name}`, "data-field": field.name },
        stretches(page, field, marks.get(key(number, field)) ?? [], seen, into),
      ),
    ),
  );
}

function furnitureOf(page, marks) {
  if (!page.furniture.length) return null;
  return h(
    "aside",
    { class: "article furniture" },
    h("header", {}, h("span", { class: "hint" }, t("furniture"))),
    page.furniture.map((field) => h("p", {}, stretches(page, field, marks.get(key(-1, field)) ?? [], new Set(), new Map()))),
  );
}

function tagOf(name) {
  return name === "title" ? "h3" : name === "subtitle" ? "h4" : "p";
}

function key(article, field) {
  return `${article} ${field.name} ${field.index}`;
}

/** Edits and hand edits by the string that they stand in: [start, end, item]. */
function marksByString(items) {
  const found = new Map();
  for (const item of items) {
    const places = item.edit?.places ?? item.hand?.places ?? [];
    for (const [article, name, index, start, end] of places) {
      const string = `${article} ${name} ${index}`;
      if (!found.has(string)) found.set(string, []);
      found.get(string).push([start, end, item]);
    }
  }
  return found;
}

/** A string, cut by where its stretches come from; each fragment's first stretch has its label. */
function stretches(page, field, marks, seen, into) {
  const found = [];
  let at = 0;
  let last = null;
  for (const [length, , , fragment] of field.parts) {
    const inner = marked(field.text, at, at + length, marks, at + length === field.text.length);
    if (last && last.fragment === fragment) last.element.append(...inner);
    else {
      const label = fragment >= 0 && !seen.has(fragment) ? [origin(page, fragment, into)] : [];
      seen.add(fragment);
      const element = h("span", { class: "stretch", "data-fragment": fragment }, inner);
      last = { fragment, element };
      found.push(...label, element);
    }
    at += length;
  }
  return found;
}

/** A small label: which fragment starts here, and how sure its seam is. */
function origin(page, number, into) {
  const fragment = page.fragments[number];
  const seam = into.get(number);
  const name = fragmentName(fragment);
  if (page.articles[fragment.article].fragments.length === 1) return null;
  const hue = `hue${fragment.article % HUES}`;
  if (seam === undefined && page.fragments.length > CROWDED) return null;
  if (seam === undefined) return h("span", { class: `origin ${hue}`, "aria-hidden": "true" }, name);
  const label = `${t("seam")} ${name}, ${t("confidence")} ${sure(page.seams[seam].confidence)}`;
  return h(
    "button",
    { type: "button", class: `origin joint ${hue}`, "data-item": `s${seam}`, "aria-label": label, title: label },
    name,
  );
}

/** text[start, end) with the marks in it; a mark without length stands before what follows. */
function marked(text, start, end, marks, last) {
  const inside = marks.filter(([from, to]) =>
    from === to ? from >= start && (from < end || (last && from === end)) : from < end && to > start,
  );
  const cuts = new Set([start, end]);
  for (const [from, to] of inside) {
    if (from > start && from < end) cuts.add(from);
    if (to > start && to < end) cuts.add(to);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const found = [];
  places.forEach((at, number) => {
    for (const [from, to, item] of inside) if (from === to && from === at) found.push(...gap(item));
    if (number === places.length - 1) return;
    const stop = places[number + 1];
    const here = inside.filter(([from, to]) => from <= at && to >= stop && to > from);
    const hand = here.find(([, , item]) => item.kind === "hand");
    const edit = here.find(([, , item]) => item.kind === "edit");
    let node = document.createTextNode(text.slice(at, stop));
    if (edit) node = h("mark", { class: "edit", "data-item": edit[2].id }, node);
    if (hand) node = h("del", { class: "hand", "data-item": hand[2].id }, node);
    found.push(node);
    if (hand && hand[1] === stop) found.push(...putIn(hand[2]));
  });
  return found;
}

function gap(item) {
  if (item.kind === "hand") return putIn(item);
  const blank = /^\s*$/.test(item.edit.old) ? " blank" : ""; // text there would let the line break
  return [h("span", { class: `edit gone${blank}`, "data-item": item.id }, blank ? "" : "‸")];
}

function putIn(item) {
  return item.hand.new ? [h("ins", { class: "hand", "data-item": item.id }, told(item.hand.new))] : [];
}
