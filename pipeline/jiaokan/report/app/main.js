// The report: which view is shown, the bar above it, keys.

import { batchView } from "./batch.js";
import { copyText } from "./copy.js";
import { h, put } from "./dom.js";
import { helpDialog, listen } from "./keys.js";
import { PageView } from "./page.js";
import { readIndex, readPage, remember, remembered } from "./store.js";
import { amount, currentLanguage, speak, sure, t } from "./strings.js";

const index = readIndex();
const root = document.getElementById("app");
const state = {
  batch: { key: "need", down: true, search: "", order: [] },
  view: null,
  number: -1,
  zoom: "fit",
};

speak(remembered("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
state.batch.order = index.pages.map((page) => page.number);

function wanted() {
  const match = /^#\/(\d+)$/.exec(location.hash);
  const number = match ? Number(match[1]) : -1;
  if (number >= 0 && number < index.pages.length) return number;
  return index.pages.length === 1 && !index.failed.length && location.hash === "" ? 0 : -1;
}

function open(number) {
  location.hash = number < 0 ? "#/" : `#/${number}`;
}

async function show() {
  const number = wanted();
  if (state.view) {
    state.zoom = state.view.zoom;
    state.view.stop();
    state.view = null;
  }
  state.number = number;
  if (number < 0) {
    put(root, bar(), batchView(index, state.batch, open), foot());
    document.title = `${index.title} · 校勘`;
    return;
  }
  put(root, bar(), h("p", { class: "plain", role: "status" }, t("opening")));
  document.title = `${index.pages[number].name} · 校勘`;
  let page;
  try {
    page = await readPage(number);
  } catch {
    put(root, bar(), h("p", { class: "plain", role: "alert" }, t("broken")));
    return;
  }
  if (state.number !== number) return;
  state.view = new PageView(index, page, state.zoom);
  put(root, bar(), state.view.element);
  state.view.lay();
}

function bar() {
  const here = state.number >= 0 ? index.pages[state.number] : null;
  return h(
    "header",
    { class: "bar" },
    h("a", { class: "brand", href: "#/", "aria-label": t("overview") }, h("b", { lang: "zh" }, "校勘"), h("span", {}, here ? t("overview") : t("report"))),
    h("h1", {}, here ? here.name : index.title),
    here ? h("p", { class: "facts" }, facts(here)) : null,
    h(
      "nav",
      { "aria-label": t("page") },
      here && index.pages.length > 1 ? [turn(-1, "previousPage", "‹"), turn(1, "nextPage", "›")] : [],
      h("button", { type: "button", class: "button", click: () => act("help") }, t("help")),
      h("button", { type: "button", class: "button", id: "language", lang: currentLanguage() === "zh" ? "en" : "zh", "aria-label": t("languageLabel"), click: () => act("language") }, t("language")),
    ),
  );
}

function facts(page) {
  const parts = [
    [t("articles"), amount(page.articles)],
    [t("edits"), amount(page.edits)],
    [t("seams"), page.seams ? `${amount(page.seams)} (${t("seamsLowest", { low: sure(page.lowest) })})` : "0"],
    [t("findings"), amount(page.findings)],
    ...(page.hand ? [[t("hand"), amount(page.hand)]] : []),
    [t("need"), amount(page.need, 2)],
  ];
  return parts.map(([name, value]) => h("span", {}, `${name} `, h("b", {}, value)));
}

function turn(by, text, sign) {
  const next = neighbour(by);
  return h("button", { type: "button", class: "button", "aria-label": t(text), title: t(text), disabled: next < 0, click: () => open(next) }, sign);
}

/** The page before or behind this one, in the order of the overview's table. */
function neighbour(by) {
  const order = state.batch.order.includes(state.number) ? state.batch.order : index.pages.map((page) => page.number);
  return order[order.indexOf(state.number) + by] ?? -1;
}

function foot() {
  return h("footer", { class: "foot" }, t("madeBy", { version: index.version }));
}

function act(name) {
  if (name === "help") {
    const dialog = helpDialog();
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return true;
  }
  if (name === "language") {
    speak(currentLanguage() === "zh" ? "en" : "zh");
    remember("language", currentLanguage());
    if (state.view) {
      state.view.render();
      root.firstElementChild.replaceWith(bar());
    } else show();
    document.getElementById("language")?.focus();
    return true;
  }
  if (document.querySelector("dialog[open]")) return false;
  if (name === "batch") return open(-1), true;
  if (name === "filter") {
    document.querySelector("#find, [data-filter=stage]")?.focus();
    return true;
  }
  if (state.number >= 0 && (name === "nextPage" || name === "previousPage")) {
    // also while a page is still being opened: a key must not get lost
    const next = neighbour(name === "nextPage" ? 1 : -1);
    if (next >= 0) open(next);
    return true;
  }
  if (!state.view) return false;
  if (name === "next") state.view.step(1);
  else if (name === "previous") state.view.step(-1);
  else if (name === "zoom") state.view.zoomTo(state.view.nextZoom());
  else if (name === "clear") state.view.clear();
  return true;
}

window.addEventListener("hashchange", show);
listen(act);
copyText();
show();
