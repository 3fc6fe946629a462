// Around the raw text: each fragment's ground and label, and an arrow to the fragment that its
// article goes on in.

import { h, put, s } from "./dom.js";
import { CROWDED, HUES, fragmentName } from "./map.js";
import { Places } from "./places.js";
import { sure, t } from "./strings.js";

/** With more seams than this, numbers show only where a seam is doubtful, pointed at or picked. */
const MANY = 40;
/** How far an arrow may bend over the sheet's edge, in pixels. */
const EDGE = 14;
/** Where on its way a seam's number may stand, the best place first. */
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/** How far it may stand aside from it, in pixels, where the way itself is full. */
const ASIDE = [0, 20, -20, 40];

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
  const ways = page.links.map((link) => curve(link, boxes, size.width));
  const many = page.links.filter((link) => link[3] >= 0).length > MANY;
  const picture = s(
    "svg",
    { class: many ? "arrows many" : "arrows", viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height },
    s("defs", {}, Array.from({ length: HUES }, (_, hue) => head(hue))),
    page.links.map((link, number) => arrow(page, link, number, ways[number])),
  );
  const places = new Places();
  put(overlay, picture, labels(page, boxes, places));
  const seams = page.links.map((link, number) => [link, ways[number]]).filter(([link, way]) => link[3] >= 0 && way);
  for (const [, way] of seams) places.take({ left: way.x1 - 6, right: way.x1 + 6, top: way.y1 - 6, bottom: way.y1 + 6 });
  picture.append(...seams.map(([link, way]) => badge(page, link, way, places, size.width)));
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

/** From where the text stops to where it goes on: out to the right, in from the left, and not
    much over the sheet's edges. */
function curve(link, boxes, width) {
  const from = boxes[link[1]].at(-1);
  const to = boxes[link[2]][0];
  if (!from || !to) return null;
  const [x1, y1] = [from.right + 3, (from.top + from.bottom) / 2];
  const [x2, y2] = [to.left - 2, (to.top + to.bottom) / 2];
  const bend = Math.min(120, Math.max(24, Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 4));
  return { x1, y1, x2, y2, a: Math.min(x1 + bend, Math.max(x1, width) + EDGE), b: Math.max(x2 - bend, Math.min(x2, 0) - EDGE) };
}

/** The place at a share of a curve's way. */
function along({ x1, y1, x2, y2, a, b }, share) {
  const rest = 1 - share;
  const [one, two, three, four] = [rest ** 3, 3 * rest * rest * share, 3 * rest * share * share, share ** 3];
  return { x: one * x1 + two * a + three * b + four * x2, y: (one + two) * y1 + (three + four) * y2 };
}

function arrow(page, link, number, way) {
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

/** A seam: its mark where the text stops, its confidence along the way, where nothing else stands. */
function badge(page, link, way, places, width) {
  const seam = page.seams[link[3]];
  const around = ({ x, y }) => ({ left: x - 17, right: x + 17, top: y - 10, bottom: y + 10 });
  const spots = ASIDE.flatMap((aside) => SHARES.map((share) => along(way, share)).map((at) => ({ x: Math.max(6, Math.min(at.x + aside, width - 6)), y: at.y })));
  const { x, y } = places.first(spots, around);
  const hue = link[0] % HUES;
  const [from, to] = [fragmentName(page.fragments[link[1]]), fragmentName(page.fragments[link[2]])];
  const kind = t(seam.kind === "inline" ? "seamInline" : "seamBlock");
  const label = `${t("seam")}: ${t("goesOn", { from, to })}, ${kind}, ${t("confidence")} ${sure(seam.confidence)}`;
  return s(
    "g",
    { class: `seam hue${hue}${seam.confidence < 0.5 ? " doubtful" : ""}`, "data-item": `s${link[3]}`, "data-from": link[1], "data-to": link[2], tabindex: 0, role: "button", "aria-label": label },
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

function labels(page, boxes, places) {
  const crowded = page.fragments.length > CROWDED;
  return h(
    "div",
    { class: crowded ? "labels crowded" : "labels", "aria-hidden": "true" },
    page.fragments.map((fragment, number) => {
      const box = boxes[number][0];
      if (!box) return null;
      const name = fragmentName(fragment) + (fragment.moved ? "↷" : "");
      const chip = h("span", { class: `chip hue${fragment.article % HUES}`, "data-chip": number }, name);
      const left = Math.max(0, box.left - 4);
      const wide = 12 + 9 * [...name].length;
      const around = (x) => ({ left: x, right: x + wide, top: box.top - 13, bottom: box.top + 2 });
      const x = crowded ? left : places.first([0, 1, 2, 3].map((turn) => left + turn * (wide + 2)), around);
      chip.style.left = `${x}px`;
      chip.style.top = `${box.top - 13}px`;
      return chip;
    }),
  );
}
