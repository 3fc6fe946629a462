// What the interface says, in English and in Chinese. Texts of pages and rules are not translated.

const STRINGS = {
  report: ["Report", "校勘报告"],
  batch: ["Batch", "全部"],
  overview: ["Overview", "总览"],
  language: ["中文", "English"],
  languageLabel: ["切换到中文", "Switch to English"],
  help: ["Keys", "快捷键"],
  close: ["Close", "关闭"],
  pages: ["Pages", "页"],
  page: ["page", "页"],
  characters: ["Raw characters", "原文字数"],
  articles: ["Articles", "文章"],
  edits: ["Edits", "改动"],
  editsRate: ["{rate} per 1,000 characters", "每千字 {rate} 处"],
  seams: ["Seams", "接缝"],
  seamsLowest: ["least sure {low}", "最低把握 {low}"],
  findings: ["Findings", "存疑"],
  hand: ["By hand", "人工修改"],
  handLong: ["Places that a person edited after the run", "清理之后由人修改之处"],
  failed: ["Could not be read", "无法读取"],
  moved: ["Moved parts", "移动片段"],
  rate: ["Edits per 1,000", "每千字改动"],
  lowest: ["Least sure seam", "最低接缝把握"],
  need: ["Expected mistakes", "预计差错"],
  needLong: [
    "Pages most in need of a person first. Expected mistakes: the doubt that findings, seams and edits leave, added up.",
    "最需要人工复核的页排在最前。预计差错：存疑、接缝、改动各自留下的疑问之和。",
  ],
  name: ["Page", "页面"],
  find: ["Find a page", "查找页面"],
  findIn: ["Part of its name", "页面名称的一部分"],
  noPages: ["No page has that name.", "没有这样的页面。"],
  byStage: ["Edits by stage", "各阶段改动"],
  byRule: ["Edits by rule", "各规则改动"],
  bySeam: ["Seams by confidence", "接缝把握分布"],
  byPage: ["Pages: edits and expected mistakes", "各页：改动与预计差错"],
  byPageX: ["edits per 1,000 characters", "每千字改动"],
  byPageY: ["expected mistakes", "预计差错"],
  ruleTable: ["What each rule did", "各规则的作用"],
  rule: ["Rule", "规则"],
  stage: ["Stage", "阶段"],
  kind: ["Kind", "类型"],
  reason: ["Reason", "理由"],
  meanSure: ["Mean confidence", "平均把握"],
  lines: ["Set aside", "移出"],
  never: ["Rules that never acted", "从未起作用的规则"],
  neverNone: ["Every rule in force acted.", "所有规则都起过作用。"],
  neverLong: [
    "In force, and without a trace in any page of this batch.",
    "规则有效，但在本批各页中没有留下痕迹。",
  ],
  more: ["and {count} more rules", "另有 {count} 条规则"],
  previousPage: ["Previous page", "上一页"],
  nextPage: ["Next page", "下一页"],
  rawText: ["Raw text, in its own order", "原文（按原有顺序）"],
  cleanText: ["Clean articles", "整理后的文章"],
  emptyPage: ["The raw file is empty.", "原文件没有内容。"],
  noArticles: ["No article stands on this page.", "本页没有文章。"],
  items: ["What was done", "处理记录"],
  fit: ["Whole page", "整页"],
  read: ["Read", "细读"],
  geometry: ["Geometry", "版面"],
  zoomLabel: ["Size of the raw text", "原文显示大小"],
  article: ["Article {letter}", "文章{letter}"],
  articleOf: ["Article {letter} · {parts}", "文章{letter} · {parts}"],
  parts: ["{count} parts", "{count} 个片段"],
  part: ["1 part", "1 个片段"],
  fragmentLabel: [
    "Article {letter}, part {order} of {count}, raw {line}:{column}{moved}",
    "文章{letter}，第 {order} 个片段，共 {count} 个，原文 {line}:{column}{moved}",
  ],
  movedShort: [", moved", "，已移动"],
  kicker: ["kicker", "眉题"],
  title: ["title", "标题"],
  subtitle: ["subtitle", "副题"],
  author: ["author", "作者"],
  affiliation: ["affiliation", "单位"],
  paragraph: ["paragraph {index}", "第 {index} 段"],
  furniture: ["Furniture", "版面信息"],
  noTitle: ["without a title", "无标题"],
  all: ["All", "全部"],
  edit: ["Edit", "改动"],
  seam: ["Seam", "接缝"],
  finding: ["Finding", "存疑"],
  aside: ["Set aside", "移出"],
  anyStage: ["Any stage", "全部阶段"],
  anyRule: ["Any rule", "全部规则"],
  sureFrom: ["Confidence from", "把握不低于"],
  sureTo: ["to", "不高于"],
  shown: ["{count} of {all} shown", "显示 {count} / {all}"],
  reset: ["Clear filters", "清除筛选"],
  nothing: ["Nothing fits the filters.", "没有符合筛选条件的记录。"],
  nothingDone: ["Nothing was done to this page.", "本页未作任何处理。"],
  next: ["Next", "下一处"],
  previous: ["Previous", "上一处"],
  confidence: ["Confidence", "把握"],
  evidence: ["Evidence", "依据"],
  alternatives: ["It might also be", "其他可能"],
  steps: ["Steps", "步骤"],
  was: ["was", "原作"],
  now: ["now", "今作"],
  nothingThere: ["nothing", "无"],
  at: ["raw {line}:{column}", "原文 {line}:{column}"],
  stands: ["stands in", "位于"],
  goesOn: ["{from} goes on in {to}", "{from} 接 {to}"],
  seamBlock: ["between blocks", "段落之间"],
  seamInline: ["inside a line", "行内"],
  joined: ["the sentence runs on", "句子相连"],
  parted: ["a new paragraph starts", "另起一段"],
  doubled: ["“{text}” read twice, dropped once", "“{text}”重复识别，删去一次"],
  dropped: ["Dropped", "删去"],
  asFurniture: ["page furniture", "版面信息"],
  handIn: ["by hand, in {file}", "人工修改于 {file}"],
  noReason: ["No reason is known: the rule is not in force here.", "理由不详：此规则现未启用。"],
  legend: ["Legend", "图例"],
  legendArrow: ["the article goes on", "文章接续"],
  legendBlock: ["seam between blocks", "段间接缝"],
  legendInline: ["seam inside a line", "行内接缝"],
  legendFinding: ["left in doubt", "存疑未改"],
  opening: ["Opening the page …", "正在打开页面……"],
  broken: [
    "This page could not be unpacked: the browser is too old (2023 or newer is needed), or the file is damaged.",
    "无法展开此页：浏览器过旧（需 2023 年以后的版本），或文件已损坏。",
  ],
  madeBy: ["made by jiaokan {version}", "由 jiaokan {version} 生成"],
  keysNext: ["next, previous place", "下一处、上一处"],
  keysPage: ["next, previous page", "下一页、上一页"],
  keysZoom: ["whole page or read", "整页或细读"],
  keysLanguage: ["language", "切换语言"],
  keysBatch: ["overview of the batch", "返回总览"],
  keysFilter: ["to the filters", "转到筛选"],
  keysClear: ["let go", "取消选择"],
  keysHelp: ["this list", "显示本表"],
  moveThrough: ["Tab walks through parts and seams; Enter picks one.", "用 Tab 键在片段与接缝间移动，回车选定。"],
  dataEncoding: ["encoding {encoding}", "编码 {encoding}"],
};

let language = 0;

/** The interface's language: "en" or "zh". */
export function currentLanguage() {
  return language ? "zh" : "en";
}

/** Speak this language from now on. */
export function speak(name) {
  language = name === "zh" ? 1 : 0;
  document.documentElement.lang = language ? "zh-CN" : "en";
}

/** What the interface says for a key, with {names} filled in. */
export function t(key, values = {}) {
  return STRINGS[key][language].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A number as people write it. */
export function amount(number, digits = 0) {
  return number.toLocaleString(language ? "zh-CN" : "en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A confidence, two digits behind the point; what is not quite sure is never shown as 1.00. */
export function sure(confidence) {
  return confidence < 1 && confidence > 0.995 ? "0.99" : confidence.toFixed(2);
}

/** An article's letter: A, B … Z, AA; in Chinese 甲, 乙 … 癸, then numbers. */
export function letter(article) {
  if (language) return "甲乙丙丁戊己庚辛壬癸"[article] ?? String(article + 1);
  const last = String.fromCharCode(65 + (article % 26));
  return article < 26 ? last : letter(Math.floor(article / 26) - 1) + last;
}
