// What the interface says, in English and in Chinese. {0}, {1} … are filled in.
const TEXTS = {
  en: {
    title: "review",
    pages: "Pages",
    item: "What is to be decided",
    queue: "All of this page",
    sheet: "The page as it reads",
    openOnly: "only with open items",
    mostFirst: "most open first",
    progress: "{0} of {1} left",
    scanning: "reading pages: {0} of {1}",
    undo: "Undo",
    run: "Run again ({0})",
    runNone: "Run again",
    help: "Keys",
    language: "中文",
    languageLabel: "Switch to Chinese",
    accept: "Accept",
    reject: "Reject",
    edit: "Edit",
    all: "All of this rule…",
    rule: "Make a rule…",
    move: "Move…",
    acceptFinding: "Take 1",
    seen: "Seen: leave it",
    stays: "It stays here",
    textRight: "Text is right",
    finding: "finding",
    editKind: "edit",
    seam: "seam",
    sure: "{0} % sure",
    doubt: "{0} % likely wrong",
    line: "line {0}:{1} of the raw text",
    rulesSteps: "What was done here",
    evidence: "Evidence",
    alternatives: "Alternatives",
    notHere: "not on this page",
    nothing: "Nothing on this page is left to decide.",
    nothingAt: "This page has nothing to decide.",
    nextPage: "Next page with open items",
    decided: {
      accept: "accepted",
      reject: "rejected",
      edit: "edited: {0}",
      seam: "placed",
      take: "first alternative taken",
    },
    wide: { item: "", page: " (all of this rule on this page)", batch: " (all of this rule)" },
    by: " by {0}",
    open: "open",
    article: "Article {0}",
    furniture: "Belongs to no article",
    noTitle: "(no title)",
    seamMark: "goes on here",
    seamHere: "seam",
    grip: "Move from here to the fragment's end: “{0}”. Enter, or drag; left and right arrow shift the place.",
    zoneOn: "runs on here",
    zoneParagraph: "new paragraph here",
    zoneFurniture: "belongs to no article",
    moving:
      "Moving “{0}”: arrows choose a place, Enter puts it there, s takes this paragraph only, Escape gives up.",
    moved: "Placed. The page is run again.",
    movedLater: "Placed; seen after the next run.",
    saved: "Saved: {0}.",
    seamOnly: "A seam stays (a), goes on from another place (1 to 9), or its fragment is moved (m).",
    undone: "Taken back: {0}.",
    undoneMany: "Taken back: {0} decisions.",
    running: "Running again: {0} of {1}",
    impacting: "Looking at pages: {0} of {1}",
    stop: "Stop",
    ran: "Run again: {0} pages.",
    ranFailed: "{0} pages failed: {1}",
    ranEdited:
      "{0} edited by hand were left as they are: {1}. Open one and run it again to write over it.",
    noRaw: "Pages can be run again only with their raw files: start with --raw.",
    waits: "decided, not yet run again",
    hand: "{0} edits by hand in the clean files; running again writes over them.",
    handSure:
      "The clean files of this page were edited by hand ({0} places). Running again writes over that. Run?",
    ok: "OK",
    cancel: "Cancel",
    close: "Close",
    editTitle: "What is to stand there",
    editWas: "It reads now:",
    allTitle: "All that {0} does",
    allText: "{0} open on this page, {1} in the batch as far as it was read.",
    allPage: "on this page",
    allBatch: "in the whole batch",
    acceptAll: "Accept all",
    rejectAll: "Reject all",
    ruleTitle: "A rule from this correction",
    wrong: "Wrong",
    right: "Right",
    reason: "Reason: why is it true?",
    exampleRaw: "Example, as it was read",
    exampleClean: "Example, as it must be",
    unchanged: "Texts that come close and must stay, one a line",
    level: "Only report, change nothing",
    tryRule: "See what it would do",
    addRule: "Write it to {0}",
    ruleAdded: "Rule {0} added. Run again to see it.",
    impact: "{0} places in {1} of {2} pages; {3} would break what is right.",
    breaks: "would break what is right:",
    impactMore: "and {0} more",
    entry: "The entry",
    failed: "Could not be read:",
    keysTitle: "Keys",
    keys: [
      ["j k", "next, previous item"],
      ["n p", "next, previous page"],
      ["a Enter", "accept: take alternative 1, or keep as it is"],
      ["1 … 9", "take that alternative"],
      ["r", "reject: as it was in the raw text; of a finding: the text is right"],
      ["e", "edit: write what is to stand there"],
      ["A", "decide all that this rule does"],
      ["c", "make a rule from this correction"],
      ["m", "move the fragment that begins here"],
      ["← →", "on a fragment's grip: shift its beginning by a character (Shift: ten)"],
      [
        "Enter s",
        "on a grip: move from there to the fragment's end; then s: this paragraph only (or drag with Shift)",
      ],
      ["u", "undo"],
      ["g", "run again what was decided"],
      ["?", "this list"],
    ],
    keysMore:
      "Double click in the text to cut a fragment there. Drag a grip (⠿) to move from there to the fragment's end.",
    lost: "The review's server does not answer. Is it still running?",
    loading: "Loading…",
  },
  zh: {
    title: "审阅",
    pages: "页",
    item: "待定之处",
    queue: "本页全部",
    sheet: "本页读法",
    openOnly: "只看有待定的页",
    mostFirst: "待定多者在前",
    progress: "余 {0} / {1}",
    scanning: "正在读取：{0} / {1} 页",
    undo: "撤销",
    run: "重新整理（{0}）",
    runNone: "重新整理",
    help: "按键",
    language: "English",
    languageLabel: "切换到英文",
    accept: "接受",
    reject: "拒绝",
    edit: "改写",
    all: "此规则全部…",
    rule: "立为规则…",
    move: "移动…",
    acceptFinding: "取第 1 项",
    seen: "已看，不改",
    stays: "位置不变",
    textRight: "原文无误",
    finding: "疑点",
    editKind: "改动",
    seam: "接缝",
    sure: "把握 {0} %",
    doubt: "有误可能 {0} %",
    line: "原文第 {0} 行第 {1} 字",
    rulesSteps: "此处改动经过",
    evidence: "依据",
    alternatives: "其他可能",
    notHere: "不在本页",
    nothing: "本页已无待定之处。",
    nothingAt: "本页没有待定之处。",
    nextPage: "下一个有待定的页",
    decided: {
      accept: "已接受",
      reject: "已拒绝",
      edit: "已改写：{0}",
      seam: "已归位",
      take: "已取首项",
    },
    wide: { item: "", page: "（本页此规则全部）", batch: "（此规则全部）" },
    by: "，{0}",
    open: "待定",
    article: "第 {0} 篇",
    furniture: "不属于任何文章",
    noTitle: "（无题）",
    seamMark: "由此接续",
    seamHere: "接缝",
    grip: "移动由此至片段末尾：“{0}”。按回车或拖动；左右键移动起点。",
    zoneOn: "接在此处，同段",
    zoneParagraph: "此处另起一段",
    zoneFurniture: "不属于任何文章",
    moving: "正在移动“{0}”：方向键选位置，回车放下，s 只移本段，Esc 放弃。",
    moved: "已归位，正在重新整理本页。",
    movedLater: "已归位，重新整理后可见。",
    saved: "已保存：{0}。",
    seamOnly: "接缝可以保持不变（a）、改接别处（1 至 9），或移动片段（m）。",
    undone: "已撤销：{0}。",
    undoneMany: "已撤销 {0} 项。",
    running: "正在重新整理：{0} / {1}",
    impacting: "正在查看各页：{0} / {1}",
    stop: "停止",
    ran: "已重新整理 {0} 页。",
    ranFailed: "{0} 页失败：{1}",
    ranEdited: "{0} 页有手工改动，未动：{1}。要覆盖请打开该页再重新整理。",
    noRaw: "没有原始文件不能重新整理：启动时请加 --raw。",
    waits: "已决定，尚未重新整理",
    hand: "清样中有 {0} 处手工改动，重新整理会覆盖。",
    handSure: "本页清样有手工改动（{0} 处），重新整理会覆盖。继续吗？",
    ok: "确定",
    cancel: "取消",
    close: "关闭",
    editTitle: "此处应作",
    editWas: "现作：",
    allTitle: "{0} 的全部结果",
    allText: "本页待定 {0} 处；已读各页共 {1} 处。",
    allPage: "限于本页",
    allBatch: "整批",
    acceptAll: "全部接受",
    rejectAll: "全部拒绝",
    ruleTitle: "由此立一条规则",
    wrong: "误",
    right: "正",
    reason: "理由：为何如此？",
    exampleRaw: "例：识别所得",
    exampleClean: "例：应作",
    unchanged: "相近而不可改的文字，一行一条",
    level: "只报告，不改动",
    tryRule: "先看影响",
    addRule: "写入 {0}",
    ruleAdded: "规则 {0} 已加入，重新整理后可见。",
    impact: "{2} 页中有 {1} 页、{0} 处受影响；其中 {3} 处会改错。",
    breaks: "会改错之处：",
    impactMore: "另有 {0} 处",
    entry: "条目",
    failed: "无法读取：",
    keysTitle: "按键",
    keys: [
      ["j k", "下一处、上一处"],
      ["n p", "下一页、上一页"],
      ["a 回车", "接受：取第 1 项，或保留现状"],
      ["1 … 9", "取该项"],
      ["r", "拒绝：恢复原文；疑点则为原文无误"],
      ["e", "改写：写出此处应作何字"],
      ["A", "此规则全部一并决定"],
      ["c", "由此立一条规则"],
      ["m", "移动由此开始的片段"],
      ["← →", "在片段柄上：起点移一字（Shift：十字）"],
      ["Enter s", "在片段柄上：移动由此至片段末尾；再按 s 只移本段（拖动时按住 Shift 亦可）"],
      ["u", "撤销"],
      ["g", "重新整理"],
      ["?", "本表"],
    ],
    keysMore: "在正文中双击可在该处切开片段。拖动柄（⠿）可移动由此至片段末尾。",
    lost: "审阅服务没有应答，是否已停止？",
    loading: "正在读取…",
  },
};

let language = "en";

export function speak(name) {
  language = name === "zh" ? "zh" : "en";
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
}

export function spoken() {
  return language;
}

export function texts(key) {
  return TEXTS[language][key];
}

export function fill(text, ...values) {
  return text.replace(/\{(\d)\}/g, (_, number) => String(values[Number(number)] ?? ""));
}

export function t(key, ...values) {
  return fill(TEXTS[language][key], ...values);
}

// A text in which line ends and tabs are seen.
export const visible = (text) => text.replace(/\n/g, "⏎").replace(/\t/g, "⇥");

// An element. Everything that is shown goes through text nodes: nothing is ever parsed as HTML.
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") {
      for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    } else if (key === "data") {
      Object.assign(element.dataset, value);
    } else if (key === "class") {
      element.className = value;
    } else {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}
