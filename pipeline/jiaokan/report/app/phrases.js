// What the stages and the stitcher say in findings, evidence and alternatives, in Chinese.
// A test holds the English against the sources. What is not here is shown as it was written.

import { currentLanguage } from "./strings.js";

const PHRASES = [
  [/^could not be read$/, "未能读出"],
  [/^(.+) may be a misreading of (.+)$/s, "$1 可能是 $2 的误识"],
  [/^likelier by ([\d.]+) bits$/, "可能性高 $1 比特"],
  [/^likelier by ([\d.]+) bits, (-?[\d.]+) of them by the page's other points$/, "可能性高 $1 比特，其中 $2 比特来自本页其他的点"],
  [/^(\d+) straight quotation marks whose pairing is not certain$/, "$1 个直引号，配对不能确定"],
  [/^a bracket without a partner$/, "括号不成对"],
  [/^a closing quotation mark stands where one opens$/, "应为前引号处用了后引号"],
  [/^a point between Chinese: a stop, another mark, or the dot of a name$/, "汉字之间的点：句号、其他标点或人名间隔号"],
  [/^by its looks this line may be (.+)$/, "从形式看，此行可能是 $1"],
  [/^a character of the other script stands alone between quotation marks: it may be meant$/, "引号中单独一个另一种字体的字：可能是有意写的"],
  [/^(.+) may stand for (.+); no word around it decides$/s, "$1 可对应 $2，前后词语不能决定"],
  [/^'(.+)' between Chinese: a leaked word, and not certain which it stands for$/, "汉字之间的“$1”：混入的英文词，不能确定对应哪个词"],
  [/^A private-use character: its meaning is a font's own$/, "私用区字符，含义只有原字体知道"],
  [/^U\+FFFD: a character was lost before this page was read$/, "U+FFFD：读入本页之前已丢失一个字"],
  [/^Half of a surrogate pair: no character$/, "半个代理对，不是字符"],
  [/^A code point that is no character$/, "此码位不是字符"],
  [/^A radical that no ideograph looks like$/, "没有形似汉字的部首符号"],
  [/^The article stops here in mid-sentence; its continuation was not found\.$/, "文章在此句中中断，未找到下文。"],
  [/^This belongs to no heading of the page; it stands as article (\d+)\.$/, "此段不属于本页任何标题，单列为第 $1 篇。"],
  [/^These lines may be columns side by side; they were left as lines\.$/, "这几行可能是并排的分栏，按原行保留。"],
  [/^This stood in the gutter between two columns, and was dropped\.$/, "位于两栏之间的空隙，已删去。"],
  [/^It is not sure that this goes on from (.+) \(probability ([\d.]+)\)\.$/s, "不能确定此处上接 $1（概率 $2）。"],
  [/^another page$/, "另一页"],
  [/^the heading “(.*)”$/s, "标题“$1”"],
  [/^“…(.*)” goes on “(.*)…”$/s, "“…$1”下接“$2…”"],
  [/^“(.*)” is read on both sides of the seam$/, "“$1”在接缝两侧都出现"],
  [/^the text before the seam stops in mid-sentence$/, "接缝之前句子未完"],
  [/^the column above it on the page stops in mid-sentence, too$/, "版面上其上方的一栏也是句子未完"],
];

/** A sentence of the pipeline in the interface's language, where it is known there. */
export function inWords(sentence) {
  if (currentLanguage() !== "zh") return sentence;
  return sentence
    .split("; ")
    .every((part) => PHRASES.some(([english]) => english.test(part)))
    ? sentence.split("; ").map(translated).join("；")
    : translated(sentence);
}

function translated(sentence) {
  const known = PHRASES.find(([english]) => english.test(sentence));
  if (!known) return sentence;
  const [english, chinese] = known;
  const groups = english.exec(sentence).slice(1).map((group) => (group === "another page" ? "另一页" : group));
  return chinese.replace(/\$(\d)/g, (_, number) => groups[Number(number) - 1]);
}
