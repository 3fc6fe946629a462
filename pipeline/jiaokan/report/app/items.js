// What was done to a page, as one list: edits, seams, findings, text set aside, a person's edits.

const KINDS = ["edit", "seam", "finding", "aside", "hand"];

/** The kinds in the order in which they are offered. */
export function kinds() {
  return KINDS;
}

/** All items of a page, by their place in the raw text. */
export function itemsOf(page) {
  const targets = new Map(page.links.filter((link) => link[3] >= 0).map((link) => [link[3], link]));
  const items = [
    ...page.edits.map((edit, number) => ({
      id: `e${number}`, kind: "edit", at: edit.at, confidence: edit.confidence, edit,
      rules: edit.steps.map((step) => step[1]), stages: edit.steps.map((step) => step[0]),
    })),
    ...page.seams.map((seam, number) => ({
      id: `s${number}`, kind: "seam", at: seam.at, confidence: seam.confidence, seam,
      link: targets.get(number) ?? null, rules: [], stages: ["stitch"],
    })),
    ...page.findings.map((finding, number) => ({
      id: `f${number}`, kind: "finding", at: finding.at, confidence: finding.confidence, finding,
      rules: [finding.rule], stages: [stageOf(finding.rule)],
    })),
    ...page.asides.map((aside, number) => ({
      id: `a${number}`, kind: "aside", at: aside.at, confidence: 1, aside,
      rules: [aside.rule], stages: [stageOf(aside.rule)],
    })),
    ...page.hand.map((hand, number) => ({
      id: `h${number}`, kind: "hand", at: hand.at, confidence: 1, hand, rules: [], stages: [],
    })),
  ];
  return items.sort((one, other) => one.at[0] - other.at[0] || KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}

/** The stage that a rule's id names; rules of files belong to the stage of rules. */
function stageOf(rule) {
  return rule.includes(".") ? rule.split(".")[0] : "rules";
}

/** Filters that let everything through. */
export function noFilters() {
  return { kind: "", stage: "", rule: "", from: 0, to: 1 };
}

/** Whether an item passes the filters. */
export function passes(item, filters) {
  return (
    (!filters.kind || item.kind === filters.kind) &&
    (!filters.stage || item.stages.includes(filters.stage)) &&
    (!filters.rule || item.rules.includes(filters.rule)) &&
    item.confidence >= filters.from &&
    item.confidence <= filters.to
  );
}
