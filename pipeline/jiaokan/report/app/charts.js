// Plots as SVG. Each says in words what it shows.

import { h, s } from "./dom.js";
import { amount } from "./strings.js";

/** Bars from left to right, a label before each, a note behind it. */
export function bars(rows, label) {
  const most = Math.max(...rows.map((row) => row.value), 1);
  return h(
    "ul",
    { class: "bars", "aria-label": label },
    rows.map((row) =>
      h(
        "li",
        { title: row.title ?? false },
        h("span", { class: "bar-label" }, row.label),
        s(
          "svg",
          { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
          s("rect", { class: "bar-back", x: 0, y: 0, width: 100, height: 10 }),
          s("rect", { class: "bar-fill", x: 0, y: 0, width: Math.max((100 * row.value) / most, 0.6), height: 10 }),
        ),
        h("span", { class: "bar-value" }, amount(row.value)),
        h("span", { class: "bar-note" }, row.note ?? ""),
      ),
    ),
  );
}

const WIDE = 420;
const HIGH = 170;
const LEFT = 40;
const LOW = 36;

function frame(label, ...inside) {
  return s(
    "svg",
    { class: "plot", viewBox: `0 0 ${WIDE} ${HIGH + LOW}`, role: "img", "aria-label": label },
    ...inside,
  );
}

/** How many fall into each of ten tenths from 0 to 1. */
export function histogram(counts, label) {
  const most = Math.max(...counts, 1);
  const step = (WIDE - LEFT) / counts.length;
  const marks = counts.map((count, tenth) => {
    const high = (count / most) * (HIGH - 24);
    const x = LEFT + tenth * step;
    return s(
      "g",
      {},
      s("rect", { class: "bar-fill", x: x + 3, y: HIGH - high, width: step - 6, height: high }),
      s("text", { class: "plot-value", x: x + step / 2, y: HIGH - high - 5 }, count ? amount(count) : ""),
      s("text", { class: "plot-tick", x, y: HIGH + 18 }, (tenth / 10).toFixed(1)),
    );
  });
  return frame(
    `${label}: ${counts.map((count, tenth) => `${(tenth / 10).toFixed(1)}–: ${count}`).join(", ")}`,
    s("line", { class: "axis", x1: LEFT, y1: HIGH, x2: WIDE, y2: HIGH }),
    ...marks,
    s("text", { class: "plot-tick", x: WIDE - 4, y: HIGH + 18 }, "1"),
  );
}

/** One dot a page. */
export function scatter(points, label, across, up, open) {
  const right = nice(Math.max(...points.map((point) => point.x), 0.001));
  const top = nice(Math.max(...points.map((point) => point.y), 0.001));
  const x = (value) => LEFT + (value / right) * (WIDE - LEFT - 12);
  const y = (value) => HIGH - (value / top) * (HIGH - 22);
  const grid = [0, 0.5, 1].flatMap((share) => [
    s("line", { class: "grid", x1: LEFT, y1: y(top * share), x2: WIDE - 12, y2: y(top * share) }),
    s("text", { class: "plot-tick end", x: LEFT - 6, y: y(top * share) + 4 }, short(top * share)),
    s("text", { class: "plot-tick", x: x(right * share), y: HIGH + 16 }, short(right * share)),
  ]);
  const dots = points.map((point) =>
    s(
      "circle",
      { class: "dot", cx: x(point.x), cy: y(point.y), r: points.length > 200 ? 3 : 5, click: () => open(point) },
      s("title", {}, point.title),
    ),
  );
  return frame(
    label,
    ...grid,
    s("text", { class: "plot-tick end strong", x: WIDE - 12, y: HIGH + LOW - 5 }, across),
    s("text", { class: "plot-tick start strong", x: LEFT + 4, y: 12 }, up),
    ...dots,
  );
}

function nice(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].map((step) => step * size).find((step) => step >= value) ?? value;
}

function short(value) {
  return value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2);
}
