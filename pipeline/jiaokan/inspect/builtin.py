"""Reasons of what is built into stages and stitching, in English and in Chinese.

Rules of YAML files carry their reasons themselves. `tests/inspect` holds this list against the ids
that the stages write.
"""

from jiaokan.inspect.model import RuleNote

_REASONS: tuple[tuple[str, str, str], ...] = (
    ("lines.crlf", "A line ends in a newline alone.", "行末统一为换行符。"),
    ("lines.cr", "A line ends in a newline alone.", "行末统一为换行符。"),
    ("lines.next-line", "This control character ends a line.", "此控制字符表示换行。"),
    ("lines.line-separator", "This character ends a line.", "此字符表示换行。"),
    ("lines.vertical-tab", "A vertical tab ends a line.", "纵向制表符表示换行。"),
    ("lines.form-feed", "A form feed parts paragraphs.", "换页符分隔段落。"),
    ("lines.paragraph-separator", "This character parts paragraphs.", "此字符分隔段落。"),
    ("characters.control", "A control character is no part of a text.", "控制字符不属于正文。"),
    ("characters.null", "A null character is no part of a text.", "空字符不属于正文。"),
    ("characters.escape", "A command to a terminal is no text.", "终端控制序列不是正文。"),
    ("characters.zero-width", "This character shows nothing.", "零宽字符不显示任何内容。"),
    (
        "characters.direction-mark",
        "A mark of writing direction shows nothing in Chinese.",
        "书写方向标记在中文里不显示。",
    ),
    (
        "characters.byte-order-mark",
        "A byte-order mark has no meaning inside a text.",
        "字节序标记在文中没有意义。",
    ),
    ("characters.soft-hyphen", "A soft hyphen shows nothing in a line.", "软连字符在行内不显示。"),
    (
        "characters.variation-selector",
        "A variation selector shows nothing by itself.",
        "异体选择符本身不显示。",
    ),
    (
        "characters.radical",
        "This is a radical of a dictionary; the character that looks like it is meant.",
        "这是部首符号，应为字形相同的汉字。",
    ),
    (
        "characters.compatibility-ideograph",
        "This is a compatibility double of the unified character.",
        "这是兼容汉字，应为统一汉字。",
    ),
    (
        "characters.full-width",
        "Letters and digits are half-width in Chinese print.",
        "字母和数字用半角。",
    ),
    (
        "characters.vertical-form",
        "A mark for vertical lines; this is its common form.",
        "竖排标点改为通用形式。",
    ),
    ("characters.small-form", "A small form; this is the common one.", "小型标点改为通用形式。"),
    ("characters.ligature", "A ligature is written as its letters.", "连字写作单个字母。"),
    ("characters.private-use", "No font tells what this character is.", "私用区字符，无从辨认。"),
    ("characters.replacement", "The engine could not read this.", "识别引擎未能读出此字。"),
    ("characters.surrogate", "Half of a character.", "只有半个字符。"),
    ("characters.noncharacter", "This is no character.", "这不是字符。"),
    (
        "spaces.between-chinese",
        "Chinese has no space between characters.",
        "汉字之间没有空格。",
    ),
    ("spaces.beside-mark", "No space stands beside a Chinese mark.", "中文标点旁没有空格。"),
    ("spaces.line-end", "Spaces at a line's end show nothing.", "行末空格不显示。"),
    (
        "script.to-simplified",
        "The page is in simplified characters; this one is not.",
        "全页为简体，此字为繁体。",
    ),
    (
        "script.to-traditional",
        "The page is in traditional characters; this one is not.",
        "全页为繁体，此字为简体。",
    ),
    (
        "script.by-word",
        "The character has several counterparts; the word decides.",
        "一字对应多字，由词语决定。",
    ),
    ("script.particle", "著 is a particle here.", "“著”在此为助词。"),
    (
        "script.ambiguous",
        "The character has several counterparts, and no word decides.",
        "一字对应多字，词语不能决定。",
    ),
    (
        "script.mentioned",
        "The character is spoken of, not used.",
        "此字是被提及的，不是正文用字。",
    ),
    ("punctuation.comma", "Beside Chinese a comma is full-width.", "中文里逗号用全角。"),
    ("punctuation.colon", "Beside Chinese a colon is full-width.", "中文里冒号用全角。"),
    ("punctuation.semicolon", "Beside Chinese a semicolon is full-width.", "中文里分号用全角。"),
    (
        "punctuation.question",
        "Beside Chinese a question mark is full-width.",
        "中文里问号用全角。",
    ),
    (
        "punctuation.exclamation",
        "Beside Chinese an exclamation mark is full-width.",
        "中文里叹号用全角。",
    ),
    ("punctuation.stop", "A Chinese sentence ends in 。", "中文句子以句号“。”结尾。"),
    ("punctuation.bracket", "Around Chinese, brackets are full-width.", "中文里括号用全角。"),
    ("punctuation.ellipsis", "A Chinese ellipsis is ……", "中文省略号写作“……”。"),
    ("punctuation.dash", "A Chinese dash is ——", "中文破折号写作“——”。"),
    (
        "punctuation.quote",
        "Chinese quotation marks are curly, and come in pairs.",
        "中文引号用弯引号，成对出现。",
    ),
    (
        "layout.unwrap",
        "The line runs on: the engine broke it where the column was full.",
        "此处为栏宽折行，句子未断。",
    ),
    ("layout.bylines", "Two author lines under one title.", "同一标题下的两行署名。"),
    (
        "layout.affiliation",
        "An affiliation that was broken into lines.",
        "作者单位被折成数行。",
    ),
    ("layout.blank", "Blank space between the parts of the page.", "各部分之间的空白。"),
    ("layout.gutter", "This stood between two columns.", "此处为两栏之间的空隙。"),
    ("layout.kicker", "The line above a title.", "标题上方的眉题或栏目。"),
    ("layout.title", "A title, by place and wording.", "由位置和措辞判断为标题。"),
    ("layout.subtitle", "A subtitle, by place and wording.", "由位置和措辞判断为副题。"),
    ("layout.byline", "The author's line.", "署名行。"),
    ("layout.subhead", "A heading inside the body.", "正文中的小标题。"),
    ("layout.body", "Body text.", "正文。"),
    ("stitch.body", "Body text, put where it reads on.", "正文，接在语义相连之处。"),
    ("stitch.doubled", "Read twice at a seam.", "在接缝处被识别了两次。"),
    (
        "stitch.uncertain-seam",
        "It is not sure where this goes on from.",
        "不能确定此处上接何处。",
    ),
    (
        "stitch.mixed-columns",
        "Columns stand side by side here and could not be parted.",
        "此处几栏并排，未能分开，各行照原样保留。",
    ),
    (
        "stitch.stray-fragment",
        "This belongs to no heading of the page.",
        "此段不属于本页任何标题。",
    ),
    (
        "stitch.large-page",
        "The file is larger than a page; nothing was moved across this place.",
        "文件大于一页，未跨此处移动文字。",
    ),
    ("stitch.open-end", "The article stops in mid-sentence.", "文章在句中中断。"),
    ("decision", "A person decided so.", "由人决定。"),
    (
        "decision.stale",
        "A decision does not fit what stands here.",
        "所作决定与此处文字不符。",
    ),
    ("suspects.doubled", "A character may have been read twice.", "此字可能被识别了两次。"),
    ("suspects.doubled-word", "A word may have been read twice.", "此词可能被识别了两次。"),
    ("suspects.unread", "The engine could not read this.", "识别引擎未能读出此字。"),
    ("encoding", "The encoding that was found out is not sure.", "推断出的编码不能确定。"),
)

BUILT_IN = {name: RuleNote("stage", english, chinese) for name, english, chinese in _REASONS}
"""Rule id → what is said of it."""
