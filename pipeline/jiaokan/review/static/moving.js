// Moving fragments: by dragging their grips, or by keys. `state.moving` is what is being moved.
import { $, say, state } from "./core.js";
import { decide, runMoved } from "./decide.js";
import { current, drawPage } from "./draw.js";
import { t } from "./texts.js";

export function startMove(grip, short) {
  const { from, to, piece, head } = grip.dataset;
  state.moving = {
    from: Number(from),
    to: Number(short ? piece : to),
    long: Number(to),
    piece: Number(piece),
    head,
    zone: null,
  };
  drawMoving();
  const zones = usable();
  const start = $("sheet").querySelector(`.piece[data-from="${state.moving.from}"]`);
  const before = (one) =>
    start && one.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING;
  aim(zones.filter(before).length - 1);
  say(t("moving", head));
}

export function usable() {
  const { from, to } = state.moving;
  return [...$("sheet").querySelectorAll(".zone")].filter((zone) => {
    const after = Number(zone.dataset.after);
    return zone.dataset.goal === "furniture" || after <= from || after > to;
  });
}

export function drawMoving() {
  document.body.classList.toggle("moving", Boolean(state.moving));
  for (const piece of $("sheet").querySelectorAll(".piece")) {
    const inside =
      state.moving &&
      Number(piece.dataset.from) >= state.moving.from &&
      Number(piece.dataset.to) <= state.moving.to;
    piece.classList.toggle("lifted", Boolean(inside));
  }
  const open = state.moving ? new Set(usable()) : new Set();
  for (const zone of $("sheet").querySelectorAll(".zone"))
    zone.classList.toggle("usable", open.has(zone));
}

export function aim(index) {
  const zones = usable();
  if (!zones.length) return;
  const at = Math.min(Math.max(index, 0), zones.length - 1);
  state.moving.zone = at;
  zones[at].focus({ preventScroll: true });
  zones[at].scrollIntoView({ block: "nearest" });
}

export function endMove() {
  state.moving = null;
  drawMoving();
}

export async function put(zone) {
  const { from, to } = state.moving;
  endMove();
  const { goal, after, reads } = zone.dataset;
  const place = goal === "furniture" ? { goal } : { goal, after: Number(after), reads };
  await decide({ what: "move", from, to, ...place });
  await runMoved();
}

export function moveCurrent() {
  const item = current();
  const grip = item && $("sheet").querySelector(`.grip[data-from="${Number(item.from)}"]`);
  if (grip) startMove(grip, false);
}

export function cutAt(at) {
  if (at === null) return;
  state.cuts.add(at);
  drawPage();
  $("sheet").querySelector(`.grip[data-from="${at}"]`)?.focus();
}

export function shift(grip, by) {
  const from = Number(grip.dataset.from);
  const to = Number(grip.dataset.to);
  state.cuts.delete(from);
  cutAt(Math.min(Math.max(from + by, 0), to - 1));
}
