// The list of what was done, its filters, and what is known of the item that is picked.

import { reasonOf } from "./batch.js";
import { h, put, shortened, told } from "./dom.js";
import { kinds, noFilters, passes } from "./items.js";
import { fragmentName } from "./map.js";
import { inWords } from "./phrases.js";
import { spot } from "./store.js";
import { amount, letter, sure, t } from "./strings.js";

/** The pane. `view` is the page's view: items, filters, pick(id). */
export function listPane(view) {
  const rows = h("ol", { class: "items" });
  const status = h("p", { class: "hint", role: "status" });
  const pane = h(
    "section",
    { class: "pane list", "aria-label": t("items") },
    h("h2", { class: "pane-title" }, t("items")),
    filterForm(view),
    h("div", { class: "list-status" }, status, resetButton(view)),
    rows,
  );
  const refresh = () => {
    const shown = view.items.filter((item) => passes(item, view.filters));
    view.shown = shown;
    status.textContent = t("shown", { count: amount(shown.length), all: amount(view.items.length) });
    const empty = view.items.length ? t("nothing") : t("nothingDone");
    put(rows, shown.length ? shown.map((item) => itemRow(view, item)) : [h("li", { class: "hint" }, empty)]);
  };
  refresh();
  return { pane, refresh };
}

function filterForm(view) {
  const set = (name, value) => {
    view.filters = { ...view.filters, [name]: value };
    view.refilter();
  };
  const counts = new Map(kinds().map((kind) => [kind, view.items.filter((item) => item.kind === kind).length]));
  const tabs = ["", ...kinds().filter((kind) => counts.get(kind))].map((kind) =>
    h(
      "button",
      { type: "button", class: "tab", "aria-pressed": String(view.filters.kind === kind), click: () => { set("kind", kind); view.refocus(`[data-kind="${kind}"]`); }, "data-kind": kind },
      `${kind ? t(kind) : t("all")} `,
      h("small", {}, amount(kind ? counts.get(kind) : view.items.length)),
    ),
  );
  return h(
    "form",
    { class: "filters", submit: (event) => event.preventDefault() },
    h("div", { class: "tabs", role: "group", "aria-label": t("kind") }, tabs),
    h(
      "div",
      { class: "selects" },
      choice("stage", t("stage"), t("anyStage"), view, set),
      choice("rule", t("rule"), t("anyRule"), view, set),
    ),
    h("div", { class: "range" }, bound("from", t("sureFrom"), view, set), bound("to", t("sureTo"), view, set)),
  );
}

function choice(name, label, any, view, set) {
  const key = `${name}s`;
  const values = [...new Set(view.items.flatMap((item) => item[key]))].sort();
  const options = values.map((value) => {
    const count = view.items.filter((item) => item[key].includes(value)).length;
    return h("option", { value, selected: view.filters[name] === value }, `${value} (${count})`);
  });
  return h(
    "label",
    {},
    h("span", { class: "label" }, label),
    h("select", { "data-filter": name, change: (event) => set(name, event.target.value) }, h("option", { value: "" }, any), options),
  );
}

function bound(name, label, view, set) {
  const change = (event) => {
    const value = Number(event.target.value);
    if (event.target.value !== "" && value >= 0 && value <= 1) set(name, value);
  };
  return h(
    "label",
    {},
    h("span", { class: "label" }, label),
    h("input", { type: "number", min: 0, max: 1, step: 0.05, value: view.filters[name], "data-filter": name, change }),
  );
}

function resetButton(view) {
  const clear = () => {
    view.filters = noFilters();
    view.render();
  };
  return h("button", { type: "button", class: "quiet", click: clear }, t("reset"));
}

function itemRow(view, item) {
  const picked = view.picked === item.id;
  const place = spot(view.page, item.at[0]);
  return h(
    "li",
    { class: `item ${item.kind}${picked ? " picked" : ""}`, "data-row": item.id },
    h(
      "button",
      { type: "button", class: "item-head", "aria-expanded": String(picked), click: () => view.pick(item.id) },
      h("span", { class: "item-spot" }, `${place.line}:${place.column}`),
      h("span", { class: "item-what" }, what(view.page, item)),
      h("span", { class: `sure ${level(item)}` }, item.kind === "hand" || item.kind === "aside" ? "" : sure(item.confidence)),
    ),
    h("div", { class: "item-body", hidden: !picked }, picked ? body(view, item) : []),
  );
}

/** Fill in what is known of an item whose row is opened. */
export function openRow(view, element, item) {
  element.classList.add("picked");
  element.querySelector(".item-head").setAttribute("aria-expanded", "true");
  const inside = element.querySelector(".item-body");
  put(inside, body(view, item));
  inside.hidden = false;
}

/** Close a row. */
export function closeRow(element) {
  element.classList.remove("picked");
  element.querySelector(".item-head").setAttribute("aria-expanded", "false");
  const inside = element.querySelector(".item-body");
  inside.hidden = true;
  put(inside);
}

/** Fill in every row that says more than its line does, to be printed: not those of sure edits. */
export function openAll(view, root) {
  const known = new Map(view.items.map((item) => [item.id, item]));
  for (const element of root.querySelectorAll("[data-row]")) {
    const item = known.get(element.dataset.row);
    const plain = item.kind === "aside" || (item.kind === "edit" && item.confidence > 0.995);
    if (!plain) openRow(view, element, item);
  }
}

function level(item) {
  const doubt = item.kind === "finding" ? item.confidence : 1 - item.confidence;
  return doubt >= 0.5 ? "high" : doubt > 0.1 ? "some" : "low";
}

function change(old, next, kind) {
  return [
    h("del", { class: kind }, old ? shortened(told(old), 16) : ""),
    old && next ? " → " : "",
    h("ins", { class: kind }, next ? shortened(told(next), 16) : ""),
  ];
}

function what(page, item) {
  const tag = (text) => h("span", { class: `tag ${item.kind}` }, text);
  if (item.kind === "edit") return [...change(item.edit.old, item.edit.new, "edit"), " ", h("code", {}, [...new Set(item.rules)].join(" + "))];
  if (item.kind === "hand") return [tag(t("hand")), " ", ...change(item.hand.old, item.hand.new, "hand")];
  if (item.kind === "seam") return [tag(t("seam")), " ", between(page, item)];
  if (item.kind === "finding") return [tag(t("finding")), " ", h("q", { lang: "zh" }, shortened(item.finding.text, 12)), " ", h("code", {}, item.finding.rule)];
  return [tag(item.aside.dropped ? t("dropped") : t("furniture")), " ", h("q", { lang: "zh" }, shortened(item.aside.text, 14))];
}

function between(page, item) {
  if (!item.link) return t("article", { letter: letter(item.seam.article) });
  const [from, to] = [item.link[1], item.link[2]].map((number) => fragmentName(page.fragments[number]));
  return t("goesOn", { from, to });
}

function body(view, item) {
  return { edit: editBody, seam: seamBody, finding: findingBody, aside: asideBody, hand: handBody }[item.kind](view, item);
}

function meter(confidence) {
  const bar = h("span", { class: "meter" }, h("span", { class: "meter-fill" }));
  bar.firstChild.style.width = `${Math.round(confidence * 100)}%`;
  return h("p", { class: "line" }, h("b", {}, `${t("confidence")} `), bar, ` ${sure(confidence)}`);
}

function rawPlace(view, at) {
  const place = spot(view.page, at);
  return h("p", { class: "line hint" }, t("at", place));
}

function because(view, rule) {
  const reason = reasonOf(view.index, rule);
  return h("p", { class: "line reason" }, reason || t("noReason"));
}

function editBody(view, item) {
  const steps = item.edit.steps.map(([stage, rule, old, next, confidence, evidence]) =>
    h(
      "div",
      { class: "step" },
      h(
        "p",
        { class: "line big", lang: "zh" },
        h("del", { class: "edit" }, old ? told(old) : t("nothingThere")),
        " → ",
        h("ins", { class: "edit" }, next ? told(next) : t("nothingThere")),
      ),
      h("p", { class: "line" }, h("code", {}, rule), h("span", { class: "hint" }, ` ${stage}${kindOf(view, rule)}`)),
      because(view, rule),
      evidence ? h("p", { class: "line" }, h("b", {}, `${t("evidence")} `), inWords(evidence)) : null,
      meter(confidence),
    ),
  );
  return [...steps, rawPlace(view, item.at[0]), ...standing(item.edit.places)];
}

function kindOf(view, rule) {
  const kind = view.index.notes.get(rule)?.[0] ?? "";
  return kind && kind !== "stage" ? ` · ${kind}` : "";
}

function standing(places) {
  if (!places.length) return [];
  const [article, name, index] = places[0];
  const field = name === "paragraphs" ? t("paragraph", { index: index + 1 }) : t(name);
  const text = article < 0 ? t("furniture") : `${t("article", { letter: letter(article) })}, ${field}`;
  return [h("p", { class: "line hint" }, `${t("stands")} ${text}`)];
}

function seamBody(view, item) {
  const { seam } = item;
  const said = [
    t(seam.kind === "inline" ? "seamInline" : "seamBlock"),
    t(seam.joined ? "joined" : "parted"),
    ...(seam.doubled ? [t("doubled", { text: seam.doubled })] : []),
  ];
  const { raw } = view.page;
  const [left, right] = seam.at;
  return [
    h("p", { class: "line big", lang: "zh" }, `…${shown(raw.slice(Math.max(0, left - 12), left))}`, h("b", { class: "cut" }, "‖"), `${shown(raw.slice(right, right + 12))}…`),
    h("p", { class: "line" }, said.join(" · ")),
    meter(seam.confidence),
    evidenceList(seam.evidence),
    rawPlace(view, left),
  ];
}

function shown(text) {
  return text.replace(/\s+/g, "");
}

function evidenceList(lines) {
  if (!lines.length) return null;
  return h("div", {}, h("b", {}, t("evidence")), h("ul", { class: "evidence" }, lines.map((line) => h("li", {}, inWords(line)))));
}

function findingBody(view, item) {
  const { finding } = item;
  const others = finding.alternatives.map(([text, confidence, evidence]) =>
    h("li", {}, h("span", { class: "big", lang: "zh" }, inWords(text)), h("span", { class: "sure" }, sure(confidence)), evidence ? h("p", { class: "line hint" }, inWords(evidence)) : null),
  );
  return [
    h("p", { class: "line big", lang: "zh" }, h("q", {}, told(finding.text))),
    h("p", { class: "line" }, inWords(finding.message)),
    h("p", { class: "line" }, h("code", {}, finding.rule)),
    meter(finding.confidence),
    others.length ? h("div", {}, h("b", {}, t("alternatives")), h("ol", { class: "alternatives" }, others)) : null,
    rawPlace(view, item.at[0]),
  ];
}

function asideBody(view, item) {
  return [
    h("p", { class: "line big", lang: "zh" }, h("q", {}, told(item.aside.text))),
    h("p", { class: "line" }, item.aside.dropped ? t("dropped") : t("asFurniture"), " · ", h("code", {}, item.aside.rule)),
    because(view, item.aside.rule),
    rawPlace(view, item.at[0]),
  ];
}

function handBody(view, item) {
  return [
    h("p", { class: "line" }, t("handIn", { file: item.hand.file })),
    h("p", { class: "line big", lang: "zh" }, h("del", { class: "hand" }, told(item.hand.old) || t("nothingThere")), " → ", h("ins", { class: "hand" }, told(item.hand.new) || t("nothingThere"))),
    rawPlace(view, item.at[0]),
    ...standing(item.hand.places),
  ];
}
