// One key each. Nothing happens while a person types into a field.

import { h } from "./dom.js";
import { t } from "./strings.js";

const KEYS = [
  [["j", "n"], "next", "keysNext"],
  [["k", "p"], "previous", "keysNext"],
  [["]"], "nextPage", "keysPage"],
  [["["], "previousPage", "keysPage"],
  [["z"], "zoom", "keysZoom"],
  [["/"], "filter", "keysFilter"],
  [["Escape"], "clear", "keysClear"],
  [["b"], "batch", "keysBatch"],
  [["l"], "language", "keysLanguage"],
  [["?"], "help", "keysHelp"],
];

/** Listen for keys; `act(name)` does what a key stands for and says whether there was anything. */
export function listen(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key !== "Escape") return;
    const found = KEYS.find(([keys]) => keys.includes(event.key));
    if (found && act(found[1])) event.preventDefault();
  });
}

/** The list of keys, as a dialog. */
export function helpDialog() {
  const told = new Map();
  for (const [keys, , text] of KEYS) told.set(text, [...(told.get(text) ?? []), ...keys]);
  const dialog = h(
    "dialog",
    { class: "help", "aria-label": t("help") },
    h("h2", {}, t("help")),
    h(
      "dl",
      {},
      [...told].map(([text, keys]) =>
        h("div", {}, h("dt", {}, keys.flatMap((key) => [h("kbd", {}, key === "Escape" ? "Esc" : key), " "])), h("dd", {}, t(text))),
      ),
    ),
    h("p", { class: "hint" }, t("moveThrough")),
    h("button", { type: "button", class: "button", click: () => dialog.close() }, t("close")),
  );
  return dialog;
}
