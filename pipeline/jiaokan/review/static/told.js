// What the run says of a finding or a seam, in the interface's language. The run writes English;
// sentences that are known are put into Chinese, others stay as they are.
import { spoken } from "./texts.js";

const CHINESE = [
  [
    /^It is not sure that this goes on from (.*) \(probability (.*)\)\.$/s,
    "不能确定此处上接$1（概率 $2）。",
  ],
  [
    /^The article stops here in mid-sentence; its continuation was not found\.$/,
    "文章至此句中中断，未找到下文。",
  ],
  [
    /^This belongs to no heading of the page; it stands as article (\d+)\.$/,
    "此段不属于本页任何标题，暂列为第 $1 篇。",
  ],
  [/^(.*) may be a misreading of (.*)$/s, "“$1”可能是“$2”之误"],
  [
    /^These lines may be columns side by side; they were left as lines\.$/,
    "这几行可能是并排的两栏，未作改动。",
  ],
  [
    /^This stood in the gutter between two columns, and was dropped\.$/,
    "此处为两栏之间的空隙，已略去。",
  ],
  [
    /^A decision does not fit the text that stands here, and was not carried out: (.*)$/s,
    "有一项决定与此处文字不符，未予执行：$1",
  ],
  [
    /^Decisions contradict each other here; none was carried out: (.*)$/s,
    "此处的决定互相矛盾，均未执行：$1",
  ],
  [
    /^(\d+) straight quotation marks whose pairing is not certain$/,
    "$1 个直引号，不能确定如何配对",
  ],
  [/^“…(.*)” goes on “(.*)…”$/s, "“…$1”接“$2…”"],
  [/^“(.*)” is read on both sides of the seam$/s, "“$1”在接缝两侧各识别了一次"],
  [/^the text before the seam stops in mid-sentence$/, "接缝之前句子未完"],
  [/^the column above it on the page stops in mid-sentence, too$/, "版面上其上一栏也在句中中断"],
  [/^likelier by (.*) bits$/, "更合语言习惯（$1 比特）"],
  [/^decided by a person(.*)$/, "由人决定$1"],
  [/^decided by (.*)$/s, "由 $1 决定"],
  [/^another page$/, "另一页"],
  [/^the heading “(.*)”$/s, "标题“$1”"],
];

export function told(text) {
  if (spoken() !== "zh") return text;
  return text.split("; ").map(sentence).join("；");
}

function sentence(text) {
  const known = CHINESE.find(([pattern]) => pattern.test(text));
  return known
    ? text.replace(known[0], (...found) =>
        known[1].replace(/\$(\d)/g, (_, number) => inner(found[Number(number)])),
      )
    : text;
}

// A place inside a sentence may be a sentence that is known itself.
function inner(text) {
  const known = CHINESE.slice(-2).find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1]) : text;
}
