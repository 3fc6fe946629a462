// The page as it reads: articles, paragraphs, pieces of fragments, and places to move them to.
import { h, t, visible } from "./texts.js";

const COLOURS = 8;
const GONE = "‸"; // stands where text went, and is not copied

// The page's pieces, cut where the person has cut them.
function cutUp(pieces, cuts) {
  const found = [];
  for (const piece of pieces) {
    const characters = Array.from(piece.text);
    const inside = [...cuts].filter((at) => at > piece.from && at < piece.to).sort((a, b) => a - b);
    let start = piece.from;
    for (const end of [...inside, piece.to]) {
      const text = characters.slice(start - piece.from, end - piece.from).join("");
      found.push({ ...piece, from: start, to: end, text, cut: start > piece.from });
      start = end;
    }
  }
  return found;
}

// Text of a piece with its edits and items marked.
function marked(piece, page, current) {
  const touching = (one) => one.from < piece.to && one.to > piece.from;
  const empty = (one) => one.from === one.to && one.from > piece.from && one.from <= piece.to;
  const edits = page.edits.filter((one) => touching(one) || (empty(one) && one.old.trim()));
  const items = page.items.filter((one) => one.kind !== "seam" && (touching(one) || empty(one)));
  const ends = new Set([piece.from, piece.to]);
  for (const one of [...edits, ...items]) {
    ends.add(Math.max(one.from, piece.from));
    ends.add(Math.min(one.to, piece.to));
  }
  const places = [...ends].sort((a, b) => a - b);
  const characters = Array.from(piece.text);
  const nodes = [];
  places.forEach((start, index) => {
    const end = places[index + 1] ?? start;
    const here = (one) => one.from === one.to && one.from === start;
    if ([...edits, ...items].some(here))
      nodes.push(mark(GONE, edits.filter(here), items.filter(here), current));
    if (end === start) return;
    const text = characters.slice(start - piece.from, end - piece.from).join("");
    const inside = (one) => one.from <= start && one.to >= end && one.from < one.to;
    nodes.push(mark(text, edits.filter(inside), items.filter(inside), current));
  });
  return nodes;
}

function mark(text, edits, items, current) {
  if (!edits.length && !items.length) return text;
  const item =
    items.find((one) => one.id === current) ?? items.find((one) => !one.decided) ?? items[0];
  const names = text === GONE ? ["mark", "gone"] : ["mark"];
  if (edits.length) names.push("edited");
  if (item) names.push("asked", item.decided ? "done" : "open");
  if (item && item.id === current) names.push("current");
  const told = edits.map((one) => `“${visible(one.old)}” → ${one.rule}`).join("; ");
  return h(
    item ? "mark" : "span",
    { class: names.join(" "), title: told || undefined, data: item ? { item: item.id } : {} },
    text,
  );
}

function grip(piece, cuts) {
  const head = Array.from(piece.text).slice(0, 12).join("");
  return h(
    "button",
    {
      type: "button",
      class: "grip",
      draggable: "true",
      "aria-label": t("grip", head),
      title: t("grip", head),
      data: {
        from: piece.from,
        to: Math.min(piece.end, ...[...cuts].filter((at) => at > piece.from)),
        piece: piece.to,
        head,
      },
    },
    "⠿",
  );
}

function zone(goal, text, data) {
  return h(
    "button",
    {
      type: "button",
      class: `zone ${goal}`,
      tabindex: "-1",
      data: { goal: goal === "furniture" ? "furniture" : "after", ...data },
    },
    text,
  );
}

function paragraph(field, page, state, seams) {
  const pieces = cutUp(field.pieces, state.cuts);
  const nodes = [];
  pieces.forEach((piece, index) => {
    const seam = seams.get(piece.from);
    const names = ["piece"];
    if (piece.moved) names.push("moved");
    if (piece.rule === "decision") names.push("placed");
    const flag = seam
      ? h(
          "button",
          {
            type: "button",
            class: `flag ${seam.decided ? "done" : "open"} ${seam.id === state.current ? "current" : ""}`,
            data: { item: seam.id },
            title: t("seamHere"),
            "aria-label": t("seamHere"),
          },
          "⚑",
        )
      : null;
    nodes.push(
      h(
        "span",
        { class: names.join(" "), data: { from: piece.from, to: piece.to } },
        grip(piece, state.cuts),
        flag,
        marked(piece, page, state.current),
      ),
    );
    nodes.push(zone("on", t("zoneOn"), { after: piece.to, reads: "on" }));
    if (index === pieces.length - 1)
      nodes.push(zone("paragraph", t("zoneParagraph"), { after: piece.to, reads: "paragraph" }));
  });
  return h("p", {}, nodes);
}

function line(field, page, state) {
  return h(
    "p",
    { class: `head ${field.field}` },
    field.pieces.map((piece) => marked(piece, page, state.current)),
  );
}

export function sheet(page, state) {
  const seams = new Map(
    page.items
      .filter((one) => one.kind === "seam" || one.rule === "stitch.uncertain-seam")
      .map((one) => [one.from, one]),
  );
  for (const [at] of seams) state.cuts.add(at);
  const nodes = page.articles.map((article) => {
    const head = article.head.filter((field) => field.field !== "affiliation");
    const foot = article.head.filter((field) => field.field === "affiliation");
    const title = head.filter((field) => field.field === "title");
    const last = head.flatMap((field) => field.pieces).at(-1);
    const front = last
      ? zone("paragraph", t("zoneParagraph"), { after: last.to, reads: "paragraph" })
      : null;
    return h(
      "article",
      { class: `colour-${article.number % COLOURS}` },
      h(
        "h2",
        {},
        t("article", article.number + 1),
        " ",
        h(
          "span",
          { class: "title", lang: "zh" },
          title.length
            ? title.flatMap((field) =>
                field.pieces.map((piece) => marked(piece, page, state.current)),
              )
            : t("noTitle"),
        ),
      ),
      head.filter((field) => field.field !== "title").map((field) => line(field, page, state)),
      front,
      article.paragraphs.map((field) => paragraph(field, page, state, seams)),
      foot.map((field) => line(field, page, state)),
    );
  });
  const lines = page.furniture.map((field) =>
    h(
      "p",
      {},
      cutUp(field.pieces, state.cuts).map((piece) =>
        h(
          "span",
          { class: "piece", data: { from: piece.from, to: piece.to } },
          grip(piece, state.cuts),
          marked(piece, page, state.current),
        ),
      ),
    ),
  );
  nodes.push(
    h(
      "article",
      { class: "furniture" },
      h("h2", {}, t("furniture")),
      lines,
      zone("furniture", t("zoneFurniture"), {}),
    ),
  );
  return nodes;
}

// The offset of a character under the pointer, counted in the cleaned text; null outside of text.
export function offsetAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const node = caret?.offsetNode ?? range?.startContainer;
  const at = caret?.offset ?? range?.startOffset;
  const piece = node?.parentElement?.closest(".piece");
  if (!piece || node.nodeType !== Node.TEXT_NODE || node.parentElement.closest("button"))
    return null;
  let before = 0;
  const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text && text !== node; text = walk.nextNode()) {
    if (!text.parentElement.closest("button") && text.data !== "‸")
      before += Array.from(text.data).length;
  }
  return Number(piece.dataset.from) + before + Array.from(node.data.slice(0, at)).length;
}
