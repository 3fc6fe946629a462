// Around the raw text: each fragment's ground and label, and an arrow to the fragment that its
// article goes on in.

import { h, put, s } from "./dom.js";
import { CROWDED, HUES, fragmentName } from "./map.js";
import { sure, t } from "./strings.js";

/** Draw grounds, labels and arrows for the raw text as it is laid out now. */
export function drawAround(underlay, overlay, page, raw, columns) {
  const origin = overlay.getBoundingClientRect();
  const boxes = page.fragments.map((_, number) => boxesOf(raw, number, origin));
  put(underlay, page.fragments.map((_, number) => ground(page, number, boxes[number], columns)));
  drawArrows(overlay, page, boxes);
}

/** Draw the boxes of a page's layout, its picture under them, and the same labels and arrows. */
export function drawGeometry(underlay, overlay, page, scale) {
  const own = page.fragments.map(() => []);
  const others = [];
  for (const [start, end, left, top, right, bottom] of page.boxes) {
    const box = { left: left * scale, top: top * scale, right: right * scale, bottom: bottom * scale };
    const number = page.fragments.findIndex((fragment) => start < fragment.at[1] && end > fragment.at[0]);
    (own[number] ?? others).push({ ...box, text: page.raw.slice(start, end) });
  }
  const drawn = (box, number, hue) => {
    const size = Math.min((box.bottom - box.top) * 0.8, (box.right - box.left) / Math.max(box.text.length, 1));
    const block = h("div", { class: `box ${hue}`, "data-ground": number, "data-fragment": number }, page.image ? "" : box.text);
    place(block, box);
    block.style.fontSize = `${Math.max(size, 1)}px`;
    return block;
  };
  put(
    underlay,
    page.image ? h("img", { class: "picture", src: page.image, alt: "" }) : null,
    own.map((boxes, number) => boxes.map((box) => drawn(box, number, `hue${page.fragments[number].article % HUES}`))),
    others.map((box) => drawn(box, -1, "")),
  );
  drawArrows(overlay, page, own);
}

/** The size of a page's layout: as far as its boxes reach. */
export function layoutSize(page) {
  const reach = (at) => Math.max(1, ...page.boxes.map((box) => box[at]));
  return { width: reach(4), height: reach(5) };
}

function place(block, box) {
  block.style.left = `${box.left}px`;
  block.style.top = `${box.top}px`;
  block.style.width = `${box.right - box.left}px`;
  block.style.height = `${box.bottom - box.top}px`;
}

function drawArrows(overlay, page, boxes) {
  const size = { width: overlay.clientWidth, height: overlay.clientHeight };
  const picture = s(
    "svg",
    { class: "arrows", viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height },
    s("defs", {}, Array.from({ length: HUES }, (_, hue) => head(hue))),
    page.links.map((link, number) => arrow(page, link, number, boxes)),
  );
  put(overlay, picture, labels(page, boxes));
  picture.append(...page.links.filter((link) => link[3] >= 0).map((link) => badge(page, link, boxes)));
}

function boxesOf(raw, number, origin) {
  const element = raw.querySelector(`[data-fragment="${number}"]`);
  const found = [...element.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
  return found.map((box) => ({
    left: box.left - origin.left,
    right: box.right - origin.left,
    top: box.top - origin.top,
    bottom: box.bottom - origin.top,
  }));
}

/** The ground of a fragment: whole columns, but for a first and a last line that it shares. */
function ground(page, number, boxes, columns) {
  const fragment = page.fragments[number];
  const share = (one, other) => one && other && !/[\n\r]/.test(page.raw.slice(one.at[1], other.at[0]));
  const starts = share(page.fragments[number - 1], fragment);
  const ends = share(fragment, page.fragments[number + 1]);
  const parts = [];
  boxes.forEach((box, at) => {
    const column = columns.at(box);
    const left = starts && at === 0 ? box.left : column.left;
    const right = ends && at === boxes.length - 1 ? box.right : column.right;
    const last = parts.at(-1);
    if (last && last.column === column.number && last.left <= left + 1 && last.right === right) {
      last.bottom = Math.max(last.bottom, box.bottom);
    } else parts.push({ column: column.number, left, right, top: box.top, bottom: box.bottom });
  });
  return parts.map((part) => {
    const block = h("div", { class: `ground hue${fragment.article % HUES}`, "data-ground": number });
    place(block, { ...part, left: part.left - 3, right: part.right + 3 });
    return block;
  });
}

function head(hue) {
  return s(
    "marker",
    { id: `head${hue}`, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
    s("path", { class: `head hue${hue}`, d: "M0 0L10 5L0 10z" }),
  );
}

/** From where the text stops to where it goes on: out to the right, in from the left. */
function curve(link, boxes) {
  const from = boxes[link[1]].at(-1);
  const to = boxes[link[2]][0];
  if (!from || !to) return null;
  const [x1, y1] = [from.right + 3, (from.top + from.bottom) / 2];
  const [x2, y2] = [to.left - 2, (to.top + to.bottom) / 2];
  const bend = Math.min(120, Math.max(24, Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 4));
  return { x1, y1, x2, y2, a: x1 + bend, b: x2 - bend };
}

function arrow(page, link, number, boxes) {
  const way = curve(link, boxes);
  if (!way) return null;
  const hue = link[0] % HUES;
  const seam = link[3] >= 0 ? page.seams[link[3]] : null;
  const doubtful = seam && seam.confidence < 0.5 ? " doubtful" : "";
  const faint = !seam && page.fragments.length > CROWDED ? " faint" : "";
  return s("path", {
    class: `arrow hue${hue}${seam ? "" : " natural"}${doubtful}${faint}`,
    "data-link": number,
    "data-from": link[1],
    "data-to": link[2],
    "marker-end": `url(#head${hue})`,
    d: `M${way.x1} ${way.y1}C${way.a} ${way.y1} ${way.b} ${way.y2} ${way.x2} ${way.y2}`,
  });
}

/** A seam: its mark where the text stops, its confidence halfway along. */
function badge(page, link, boxes) {
  const way = curve(link, boxes);
  if (!way) return null;
  const seam = page.seams[link[3]];
  const x = (way.x1 + 3 * way.a + 3 * way.b + way.x2) / 8;
  const y = (way.y1 + way.y2) / 2;
  const hue = link[0] % HUES;
  const [from, to] = [fragmentName(page.fragments[link[1]]), fragmentName(page.fragments[link[2]])];
  const kind = t(seam.kind === "inline" ? "seamInline" : "seamBlock");
  const label = `${t("seam")}: ${t("goesOn", { from, to })}, ${kind}, ${t("confidence")} ${sure(seam.confidence)}`;
  return s(
    "g",
    { class: `seam hue${hue}`, "data-item": `s${link[3]}`, "data-from": link[1], "data-to": link[2], tabindex: 0, role: "button", "aria-label": label },
    s("title", {}, label),
    stop(seam, way.x1, way.y1),
    s("rect", { class: "badge", x: x - 16, y: y - 9, width: 32, height: 18, rx: 9 }),
    s("text", { class: "badge-text", x, y: y + 4 }, sure(seam.confidence)),
  );
}

function stop(seam, x, y) {
  if (seam.kind === "inline") return s("path", { class: "stop", d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z` });
  return s("circle", { class: "stop", cx: x, cy: y, r: 5 });
}

function labels(page, boxes) {
  return h(
    "div",
    { class: page.fragments.length > CROWDED ? "labels crowded" : "labels", "aria-hidden": "true" },
    page.fragments.map((fragment, number) => {
      const box = boxes[number][0];
      if (!box) return null;
      const name = fragmentName(fragment) + (fragment.moved ? "↷" : "");
      const chip = h("span", { class: `chip hue${fragment.article % HUES}`, "data-chip": number }, name);
      chip.style.left = `${Math.max(0, box.left - 4)}px`;
      chip.style.top = `${box.top - 13}px`;
      return chip;
    }),
  );
}
