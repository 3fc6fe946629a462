// The batch's numbers, and pages unpacked when they are asked for.

const PAGE = [
  "name", "characters", "articles", "fragments", "moved", "seams", "lowest", "changes", "edits",
  "findings", "hand", "need",
];
const RULE = ["name", "stages", "edits", "pages", "mean", "findings", "lines"];

/** The batch: what the first view needs. */
export function readIndex() {
  const index = JSON.parse(document.getElementById("index").textContent);
  index.pages = index.pages.map((row, number) => ({ number, ...named(PAGE, row) }));
  index.rules = index.rules.map((row) => named(RULE, row));
  for (const page of index.pages) page.rate = (1000 * page.edits) / Math.max(page.characters, 1);
  index.notes = new Map(Object.entries(index.notes));
  return index;
}

function named(names, row) {
  return Object.fromEntries(names.map((name, at) => [name, row[at]]));
}

let kept = { number: -1, page: null };

/** A page, unpacked. The last one is kept. */
export async function readPage(number) {
  if (kept.number === number) return kept.page;
  const packed = atob(document.getElementById(`page-${number}`).textContent);
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const page = await new Response(stream).json();
  page.starts = [0];
  for (const end of page.raw.matchAll(/\r\n|\r|\n/g)) page.starts.push(end.index + end[0].length);
  kept = { number, page };
  return page;
}

/** Line and column of a place in the raw text, from 1, columns in characters. */
export function spot(page, at) {
  let low = 0;
  let high = page.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (page.starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: [...page.raw.slice(page.starts[low], at)].length + 1 };
}

/** What is kept between visits, where the browser lets a file keep anything. */
export function remember(key, value) {
  try {
    localStorage.setItem(`jiaokan-${key}`, value);
  } catch {
    // a file from the disk may have no storage; the choice lasts until it is closed
  }
}

/** What was kept. */
export function remembered(key) {
  try {
    return localStorage.getItem(`jiaokan-${key}`);
  } catch {
    return null;
  }
}
