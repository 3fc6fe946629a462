// Windows in front of the page. Each gives a promise: what was said, or null.
import { h, t, texts } from "./texts.js";

const dialog = document.getElementById("dialog");

function ask(title, content, buttons, focus) {
  return new Promise((resolve) => {
    let answer = null;
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", {}, title),
      content,
      h(
        "div",
        { class: "buttons" },
        buttons.map(([name, text]) =>
          h(
            "button",
            { value: name, class: name === "cancel" ? "" : "strong", type: "submit" },
            text,
          ),
        ),
      ),
    );
    form.addEventListener("submit", (event) => {
      answer = event.submitter?.value ?? buttons[0][0];
    });
    dialog.replaceChildren(form);
    dialog.onclose = () => resolve(answer === "cancel" ? null : answer);
    dialog.showModal();
    (focus ?? form.querySelector("[data-first]") ?? form.querySelector("button.strong"))?.focus();
  });
}

export function isOpen() {
  return dialog.open;
}

export async function sure(text) {
  return (
    (await ask(t("runNone"), h("p", {}, text), [
      ["yes", t("ok")],
      ["cancel", t("cancel")],
    ])) === "yes"
  );
}

export async function write(old, now) {
  const field = h("textarea", {
    rows: "3",
    id: "new-text",
    "aria-label": t("editTitle"),
    lang: "zh",
  });
  field.value = now;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit(field.form.querySelector("button.strong"));
    }
  });
  const content = [h("p", { class: "was" }, t("editWas"), " ", h("b", { lang: "zh" }, old)), field];
  const answer = await ask(
    t("editTitle"),
    content,
    [
      ["save", t("ok")],
      ["cancel", t("cancel")],
    ],
    field,
  );
  return answer ? field.value : null;
}

export async function all(item, here, batch) {
  const scope = (name, text, on) =>
    h(
      "label",
      {},
      h("input", { type: "radio", name: "scope", value: name, checked: on }),
      " ",
      text,
    );
  const content = [
    h("p", {}, t("allText", here, batch)),
    h("p", {}, scope("page", t("allPage"), true), " ", scope("batch", t("allBatch"), false)),
  ];
  const answer = await ask(t("allTitle", item.rule), content, [
    ["accept", t("acceptAll")],
    ["reject", t("rejectAll")],
    ["cancel", t("cancel")],
  ]);
  if (!answer) return null;
  return { do: answer, scope: dialog.querySelector("input:checked").value };
}

export function keys() {
  const rows = texts("keys").map(([key, what]) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        key
          .split(" ")
          .map((one) => [h("kbd", {}, one), " "])
          .flat(),
      ),
      h("td", {}, what),
    ),
  );
  return ask(
    t("keysTitle"),
    [h("table", {}, rows), h("p", {}, t("keysMore"))],
    [["close", t("close")]],
  );
}

const field = (id, label, value, rows) => {
  const data = id === "reason" ? { first: "" } : {}; // what a person has to write first
  const input = rows
    ? h("textarea", { id, rows: String(rows) })
    : h("input", { id, type: "text", autocomplete: "off", data });
  input.value = value;
  return h("p", { class: "field" }, h("label", { for: id }, label), input);
};
const value = (id) => document.getElementById(id).value;

// A rule from a correction: what is asked for, or null.
export async function rule(start) {
  const content = [
    h(
      "div",
      { class: "pair" },
      field("wrong", t("wrong"), start.wrong),
      field("right", t("right"), start.right),
    ),
    field("reason", t("reason"), start.reason),
    h(
      "div",
      { class: "pair" },
      field("raw", t("exampleRaw"), start.raw),
      field("clean", t("exampleClean"), start.clean),
    ),
    field("unchanged", t("unchanged"), start.unchanged, 2),
    h(
      "p",
      {},
      h(
        "label",
        {},
        h("input", { type: "checkbox", id: "level", checked: start.level === "suggest" }),
        " ",
        t("level"),
      ),
    ),
    start.error ? h("p", { class: "error", role: "alert" }, start.error) : null,
  ];
  const answer = await ask(
    t("ruleTitle"),
    content,
    [
      ["try", t("tryRule")],
      ["cancel", t("cancel")],
    ],
    null,
  );
  if (!answer) return null;
  const said = Object.fromEntries(
    ["wrong", "right", "reason", "raw", "clean", "unchanged"].map((id) => [id, value(id)]),
  );
  return { ...said, level: document.getElementById("level").checked ? "suggest" : "" };
}

// What the rule would do; whether it is to be written.
export async function impact(result) {
  const place = (one) =>
    h(
      "li",
      { class: one.breaks ? "breaks" : "" },
      h("code", {}, `${one.file}:${one.line}`),
      " ",
      one.text ? one.text : [one.left, h("del", {}, one.old), h("ins", {}, one.new), one.right],
      one.against.map((why) => h("div", { class: "why" }, why)),
    );
  const bad = result.shown.filter((one) => one.breaks);
  const good = result.shown.filter((one) => !one.breaks);
  const more = result.places - result.shown.length;
  const content = [
    h(
      "p",
      { class: bad.length ? "error" : "" },
      t("impact", result.places, result.files, result.pages, result.breaks),
    ),
    bad.length ? [h("h3", {}, t("breaks")), h("ul", { class: "places" }, bad.map(place))] : null,
    good.length ? h("ul", { class: "places" }, good.map(place)) : null,
    more > 0 ? h("p", {}, t("impactMore", more)) : null,
    result.failed.length
      ? [
          h("h3", {}, t("failed")),
          h(
            "ul",
            {},
            result.failed.map((one) => h("li", {}, one)),
          ),
        ]
      : null,
    h("details", {}, h("summary", {}, t("entry")), h("pre", {}, result.entry)),
  ].flat();
  return (
    (await ask(t("ruleTitle"), content, [
      ["add", t("addRule", result.file)],
      ["cancel", t("cancel")],
    ])) === "add"
  );
}
