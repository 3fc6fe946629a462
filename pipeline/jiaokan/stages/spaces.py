"""Spaces between Chinese characters, and at line ends.

治 理能力 → 治理能力; 治理， 能力 → 治理，能力; spaces before a line end → nothing.

Left alone, because each says something that a later stage reads:

- indentation at a line's start;
- two or more spaces, tabs, or U+3000 between Chinese: a gutter, cells of a page's furniture,
  halves of a verse, a run-in heading (第一条　为了…); OCR noise is one space;
- one space at a gutter: the line above or below has a space at about the same place; two columns
  were read as one there, and the space is all that still says so. A space that a later stage
  drops (beside a half-width mark or a leaked word) shows no gutter;
- a line of short cells: a padded name (苏 禾), several names, a byline, a dated line, a credit;
- the blanks of a padded name behind an institution's, at a line's end (县农技站 苏 小 禾);
- the space between the clauses of a headline (高温将持续一周 市民外出注意防暑), where the line
  stands as headings do and the clauses do not read on into one another;
- the space behind what a paragraph runs on from, where several on a page do (永济渠 在县城西北);
- the space behind numbers that open a line (第三章 总则, 第Ⅲ卷 第IV章, 一 绪论) or stand behind
  another language (Payment 第三条 付款), and behind the
  dateline of a report (本报讯 昨日…, 新华社北京3月5日电 记者…, 本报讯（记者 王小明） 昨日…), behind
  what a note opens with (编者按 本刊…, 又讯 昨日…), and before 供稿 at a bracket's end;
- the blanks of a table's row with figures in its last cells, and between a book, its author and
  its publisher;
- the blanks between those who reported, in brackets (李志红 陈伟 记者 边浩), and the blank before
  the next one's office in a dateline's brackets (记者王芳 通讯员李明);
- a space beside Latin letters or digits, and one beside a half-width mark (`punctuation`), where it
  is no no-break space.

Where an engine set a blank between all characters of a page none says anything, and all go
(`_spread`).

>>> from jiaokan.edit import apply, ordered
>>> def clean(text: str) -> str:
...     return apply(text, ordered(edits(text), text))
>>> clean("渡口的老 槐树下常年摆着一 张方桌， 过河的人爱坐。 \\n苏 禾\\n　　第一条 为了")
'渡口的老槐树下常年摆着一张方桌，过河的人爱坐。\\n苏 禾\\n　　第一条 为了'
"""

import re
from collections.abc import Iterator

from jiaokan.code_points import points
from jiaokan.edit import Edit
from jiaokan.lazy_regex import lazy
from jiaokan.stages._character_kinds import CHINESE, SPACE, has, kinds
from jiaokan.stages._headlines import APART, NOISY, WORD, Parted, is_headline, kept
from jiaokan.stages._spread import blanks, is_spread
from jiaokan.stages.context import Context
from jiaokan.stages.separate_lines import DAY, HOUR

_SPACE = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff〇々"
_HALF = ",;:?!"
_NEWLINE = 10
_NEVER_FIRST = "，。、；：？！）》〉」』】〕〗”’"
"""Marks that no line begins with, nor a column's: before them a blank is no gutter."""
_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕〖〗“”‘’"

_SINGLE = "[ \xa0\u1680\u2000-\u200a\u202f\u205f]"
_INSIDE = lazy(f"(?<=[{_CHINESE}{_MARKS}]){_SINGLE}(?=[{_CHINESE}{_MARKS}])")
_BESIDE_HALF = lazy(
    f"(?<=[{_CHINESE}{_MARKS}])\xa0(?=[{_HALF}])"
    f"|(?:(?<=[{_CHINESE}{_MARKS}][{_HALF}])|(?<=[{_CHINESE}{_MARKS}]\xa0[{_HALF}]))\xa0"
    f"(?=[{_CHINESE}{_MARKS}])"
)
"""A no-break space before or behind a half-width mark that a Chinese one stands before."""
_RUN = lazy(f"[{_SPACE}]+")
_LOOSE = lazy(f"(?<=[{_HALF}])[{_SPACE}]+|[{_SPACE}]+(?=[{_HALF}])")
_POINTS = lazy(r"…+|\.{3,}|。{3,}")

_NARROW = lazy(r"[^\W_\u2000-\U0010ffff]")
"""Letters and digits of half the width."""

_UNIT = r"第[一二三四五六七八九十百千零〇两\dIVXLCⅠ-Ⅻ]+[编章节条款项部篇回集讲课届期卷册]"
_NUMBER = lazy(
    f"[{_SPACE}]*"
    rf"(?:(?:{_UNIT}{_SINGLE}?){{1,3}}(?<!{_SINGLE})|[（(]?[一二三四五六七八九十]{{1,3}}[）)]?"
    r"|附[件录表图则]?[一二三四五六七八九十\d]*|[图表注][一二三四五六七八九十\d]*)"
    r"(?:之[一二三四五六七八九十]+)?$"
)
_AFTER_LATIN = lazy(rf"[A-Za-z\d.,:;)] {_UNIT}\Z")
"""A number behind the same in another language: Section 3. Payment 第三条 付款."""
_CREDIT = lazy(
    "记者|記者|通讯员|通訊員|特约|特約|编辑|編輯|责编|责任|校对|美编|主编|作者|编译|译者|摄影|摄|制图|供稿|供图|星期|版面|"
    r"第(?:[A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})版|[总總]第\d{2,6}[期号號]|[统統]一刊[号號]|今日\d{1,3}版|[译譯]$|电话|邮编|邮箱|文[/／]|图[/／]|撰文|口述|整理|执笔"
    "|世[孙孫]|[谨謹敬拜][识識序誌志撰题題]|[顿頓]首"
)
_WHOLE_DATE = lazy(
    "(?:(?:中[华華])?民[国國])?[\\d〇○零元百一二三四五六七八九十]{1,5}年"
    "[\\d正冬腊臘一二三四五六七八九十]{1,3}月[\\d初廿一二三四五六七八九十]{1,3}日?"
)
_DATE = lazy(r"\d[年月日号时分]\Z")
_SIGNED = lazy(
    "(?:[记記]者|通[讯訊][员員]|[实實][习習]生|编辑|編輯|责编|責編|校对|校對|美编|美編|主编|主編|作者|[摄攝]影)"
    f"(?:{_SINGLE}[{_CHINESE}]{{2,4}})?\\Z"
)
_FIGURES = lazy(
    rf"[^{_SPACE}\n，。；：！？]{{1,14}}(?:[{_SPACE}][^{_SPACE}\n，。；！？]{{1,10}}){{0,2}}"
    rf"(?:[{_SPACE}]{{1,4}}[-+－＋]?\d[\d.,%％]{{0,12}}){{2,10}}"
)
"""A row of a table: what is counted, its unit, and figures."""
_BOOK = lazy(
    rf"《[^》\n]{{1,30}}》{_SINGLE}[{_CHINESE}· ]{{2,16}}{_SINGLE}(?:[编編]?著|[编編译譯绘繪])"
    rf"(?:{_SINGLE}\S{{2,16}}){{1,3}}"
)
"""A book, who wrote it, who printed it: 《江边旧事》 商陆 著 江城人民出版社 26.00元."""
_REPORTER = lazy(
    "[（(][^（()）\n]{0,20}(?:[记記]者|通[讯訊][员員]|[实實][习習]生)"
    f"{_SINGLE}?[{_CHINESE}、]{{2,9}}\\Z"
)
_OFFICES = "(?:本[报報])?(?:特[约約])?(?:[记記]者|通[讯訊][员員]|[实實][习習]生)"
_WHO = f"(?:{_OFFICES}(?!的)[{_CHINESE}、]{{0,9}}|[{_CHINESE}]{{2,4}})"
_REPORTERS = lazy(
    f"[（(](?=[^（()）\n]{{0,40}}{_OFFICES}{_SINGLE}?(?!的)[{_CHINESE}]{{2,4}})"
    f"{_WHO}(?:{_SINGLE}{_WHO}){{1,8}}[）)]"
)
"""All who reported, in brackets: （李志红 陈伟 记者 边浩）."""
_NEXT_REPORTER = lazy("(?:本[报報][记記]者|[记記]者|通[讯訊][员員]|[实實][习習]生|[摄攝]影)")
"""One who reported, and the word for the next one: 记者简宁 通讯员吴越."""
_TITLED = lazy(f"(?:[长席任记理官员授士师]|[）)\\d]班)(?:{_SINGLE}[{_CHINESE}])?\\Z")
"""A title before a name, or a pupil's class: 三年级（2）班 余果果."""
_READER = lazy(
    f"[{_CHINESE}]{{0,10}}(?:读者|讀者|市民|村民|居民|网友|網友|学生|學生|家长|家長|职工|職工|教师|教師|农民|農民)\\Z"
)
"""Who wrote a letter, before the name: 柳河镇读者 费长根."""
_EMPLOYED = lazy(
    f"(?:法院|检察院|大学|学院|党校|医院|中学|小学|图书馆|博物馆|研究所|研究院|委员会|事务所)"
    f"(?:{_SINGLE}[{_CHINESE}])?\\Z"
)
"""Where someone works, in brackets with the name: （江城市法院 冷 静）."""
_NAME = lazy(f"[{_CHINESE}](?:{_SINGLE}?[{_CHINESE}]){{0,3}}[）)]?(?:\n|\\Z)")
_TITLE_AND_NAME = lazy(f"[{_CHINESE}]{{1,12}}[长席任记理官员授士师]{_SINGLE}{_NAME.pattern}")
_REPORT = lazy(
    f"[{_SPACE}]*(?:本[报報刊台网]|新[华華]社|中新社|中央社|人民网|[{_CHINESE}]{{2,6}}(?:社|网|[日晚][报報]))"
    f"[{_CHINESE}\\d]{{0,16}}(?:[讯訊电電]|消息|[报報]道|報導)"
    f"[{_SPACE}]?(?:[（(][^（()）\n]{{2,30}}[）)])?\\Z"
)
"""A dateline: who reports, from where, and when."""
_PADDED = lazy(
    f"[（(](?:[{_CHINESE}]{{2,12}}{_SINGLE})?(?:[{_CHINESE}]{_SINGLE}){{1,2}}[{_CHINESE}][）)]"
)
"""A name whose characters are set apart, in brackets, an office before it: （读者 小 辛）."""
_PADDED_END = lazy(
    f"(?:(?<=[站局院校会會馆館心司厂廠学學班队隊社所部室处處科系])(?:{_SINGLE}[{_CHINESE}]){{2}}"
    f"|(?:{_SINGLE}[{_CHINESE}]){{3}})(?=\n|\\Z)"
)
"""A name whose characters are set apart at a line's end: three of them, or two behind what an
institution's name ends with."""
_LONGEST_PADDED = 22
_LABEL = lazy(
    f"[{_SPACE}]*[【（(]?(?:编者按|編者按|编后|編後|编余|编者的话|編者的話|又讯|又訊|另讯|另訊|附记|附記"
    "|[影快简簡短][讯訊]|推论|推論|定理|引理|命题|命題|[证證]明|[证證解]"
    "|核心提示|内容提要|內容提要|新闻背景|新聞背景|相关链接|温馨提示|溫馨提示|小贴士)[】）)]?\\Z"
)
"""What a note or a second report opens with: 编者按 本刊自今年起…"""
_RUN_IN = lazy(
    rf"[{_SPACE}]*(?:【[{_CHINESE}]{{1,8}}】|[（(]\d{{1,3}}[）)]|\d{{1,3}}[.．、])?[{_CHINESE}]{{2,8}}"
)
"""What a paragraph runs on from, where several on a page do: 永济渠 在县城西北，引乾溪水."""
_RUNS_ON = 8
"""Characters that such a paragraph has behind it, at least."""
_SPEAKER = lazy(f"——[{_CHINESE}]{{2,12}}\\Z")
"""Who said it, before the name: ——初二学生 方圆."""
_CALLED = lazy(r"@[^\s@，。：；！？、]{1,20}\Z")
"""One who is called upon, whose name a blank ends: @不吃香菜 来到直播间."""
_DOSE = lazy("[0-9一二三四五六七八九十百半]+[两兩钱錢分斤升枚克片枝合斗尺匙勺]")
"""How much of something: cells of a line of a recipe (桂枝三两（去皮） 芍药三两 甘草二两)."""
_SUPPLIED = lazy("(?:供稿|供图|供圖|整理|综合整理|提供|报道|報道|報導)[）)]")
"""What was done by whom stands before it in brackets: （市疾控中心 供稿）."""
_HANGS = lazy("的(?![黎里士卢確确])[^ ]")
"""What no cell begins with: 的意见 goes on from what stands before it (的黎波里 is a town)."""
_OFFICE = lazy("国务院|全国人|最高人")
_ENDS_CLAUSE = lazy(f"[，。；！？,;!?]|\\.(?=[{_SPACE}{_CHINESE}]|\\Z)")
_LONGEST_WRAPPED = 100
_SAME = 5
_LONGEST_LINE = 40
_LONGEST_CELL = 12


def run(text: str, context: Context) -> Iterator[Edit]:
    """Drop the spaces that no one set."""
    return edits(text)


def edits(text: str) -> Iterator[Edit]:
    """The same; nothing of the context is needed."""
    spread = has(text, SPACE) and is_spread(text)
    if spread:
        yield from blanks(text)
    elif "\xa0" in text:
        for match in _BESIDE_HALF.finditer(text):
            yield Edit(match.start(), match.end(), "", "spaces.beside-mark")
    start, end, cells, headline = 0, -1, False, False
    clauses: list[Parted] = []
    short: list[Parted] = []
    heads: list[Parted] = []
    noisy = False
    for at, stop in _telling(text):
        if text[stop : stop + 1] in ("", "\n"):
            yield Edit(at, stop, "", "spaces.line-end")
            continue
        if spread or not _INSIDE.match(text, at):
            continue
        if at > end:
            start = text.rfind("\n", max(0, end), at) + 1 or start
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[start:end]
            cells = end - start <= _LONGEST_WRAPPED and _are_doses(line)
            cells = cells or any(row.fullmatch(line) for row in (_FIGURES, _BOOK))
            cells = cells or (end - start <= _LONGEST_LINE and is_cells(line))
            headline = is_headline(text, start, end)
        if cells and headline and not _CREDIT.search(text, start, end):
            short.append(Parted(start, at, end))
        elif cells or _leads(text, start, at) or _at_gutter(text, start, end, at):
            continue
        elif headline:
            clauses.append(Parted(start, at, end))
        elif end - at > _RUNS_ON and _RUN_IN.fullmatch(text, start, at):
            heads.append(Parted(start, at, end))
        else:
            noisy = True
            yield Edit(at, stop, "", _rule(text, at))
    if len(heads) == 1 or noisy:
        noisy = noisy or bool(heads)
        yield from (Edit(one.at, one.at + 1, "", _rule(text, one.at)) for one in heads)
    stay = kept(text, clauses, NOISY if noisy else APART)
    if not noisy:  # of three clauses the printer parts all
        whole = {blank.start for blank in clauses if blank.at in stay}
        stay |= {blank.at for blank in clauses if blank.start in whole}
    stay |= kept(text, short, WORD) if noisy else {blank.at for blank in short}
    for blank in sorted((*clauses, *short)):
        if blank.at not in stay:
            yield Edit(blank.at, blank.at + 1, "", _rule(text, blank.at))


def _telling(text: str) -> Iterator[tuple[int, int]]:
    """Runs of blanks, as (start, end), that end a line or are one blank between Chinese."""
    if not has(text, SPACE):
        return
    import numpy as np

    found = kinds(text)
    blank = np.zeros(found.size + 2, np.bool_)
    np.not_equal(found & SPACE, 0, out=blank[1:-1])
    edges = (blank[1:] != blank[:-1]).nonzero()[0]
    starts, stops = edges[::2], edges[1::2]
    last = stops == found.size
    behind = np.minimum(stops, found.size - 1)
    between = (stops - starts == 1) & (starts > 0)
    between &= (found[starts - 1] & found[behind] & CHINESE) != 0
    chosen = between | last | (points(text)[behind] == _NEWLINE)
    yield from zip(starts[chosen].tolist(), stops[chosen].tolist(), strict=True)


def _at_gutter(text: str, start: int, end: int, at: int) -> bool:
    """Whether the line above or below text[start:end] has a space at about the same place."""
    if end - start > _LONGEST_WRAPPED or text[at + 1] in _NEVER_FIRST:
        return False
    reach = max(0, start - 2 - _LONGEST_WRAPPED)
    above = text[reach : max(0, start - 1)].split("\n")[-1]
    below = text[end + 1 : end + 2 + _LONGEST_WRAPPED].split("\n")[0]
    gaps = [*_gaps(above), *_gaps(below)]
    column = _width(text[start:at]) if gaps else 0
    return any(abs(column - gap) <= _SAME for gap in gaps)


def _gaps(line: str) -> Iterator[int]:
    """Columns at which a hard-wrapped line has spaces inside, no space counted."""
    if len(line) > _LONGEST_WRAPPED:
        return
    for gap in _RUN.finditer(line):
        before, after = line[: gap.start()], line[gap.end() :]
        if before.strip() and after.strip() and not _may_go(before[-1], gap[0], after[0]):
            yield _width(before)


def _may_go(before: str, gap: str, after: str) -> bool:
    """Whether a later stage may drop a space: with a mark that it widens, or a leaked word."""
    if after in _NEVER_FIRST or any(side.isascii() and side.isalpha() for side in (before, after)):
        return True
    return len(gap) == 1 and any(side.isascii() and not side.isalnum() for side in (before, after))


def _width(text: str) -> int:
    """How far a text reaches, in half-widths, as it will stand when later stages are through.

    Spaces are left out, and marks count as full-width ones: dropping or widening one changes
    nothing.
    """
    solid = _POINTS.sub("……", _RUN.sub("", text))
    return 2 * len(solid) - len(_NARROW.findall(solid))


def _leads(text: str, start: int, at: int) -> bool:
    """Whether what stands before a space asks for one.

    A number at the line's start, a date, a byline's 记者, an office before another one, a title
    before the name that ends the line, a report's dateline.
    """
    if at - start <= 60 and _REPORT.match(text[start:at]):
        return True
    if at - start <= 16 and _NUMBER.match(text[start:at]):
        return True
    if _AFTER_LATIN.search(text, max(start, at - 12), at):
        return True
    if at - start <= _LONGEST_LINE and (DAY.match(text, start) or HOUR.match(text, start)):
        return not _ENDS_CLAUSE.search(text, start, at)  # a programme's row
    if at - start <= 8 and _LABEL.match(text, start, at):
        return True
    if _CALLED.search(text, max(start, at - 22), at):
        return True
    if _in_brackets(_PADDED, text, start, at, _LONGEST_PADDED):
        return True
    if _in_brackets(_REPORTERS, text, start, at, _LONGEST_LINE):
        return True
    if _supplied(text, start, at) or _signs_padded(text, start, at):
        return True
    if text[at - 1] in "院厅委会部" and _OFFICE.match(text, at + 1):
        return True
    if _TITLE_AND_NAME.match(text, at + 1):
        return True
    before = text[max(start, at - 10) : at]
    if _DATE.search(before) or _SIGNED.search(before):
        return True
    named = _NAME.match(text, at + 1)
    if named and _SPEAKER.search(text, max(start, at - 14), at):
        return True
    if named and at - start <= _LONGEST_CELL and _READER.match(text, start, at):
        return True
    if named and named[0].rstrip("\n")[-1] in "）)" and _EMPLOYED.search(before):
        return True
    if _NEXT_REPORTER.match(text, at + 1) and _REPORTER.search(text, max(start, at - 36), at):
        return True
    return bool(named and _TITLED.search(before))


def _in_brackets(what: re.Pattern[str], text: str, start: int, at: int, longest: int) -> bool:
    """Whether a blank stands in brackets that hold this, and nothing else."""
    low = max(start, at - longest)
    opened = max(text.rfind("（", low, at), text.rfind("(", low, at))
    match = what.match(text, opened) if opened >= 0 else None
    return match is not None and at < match.end()


def _signs_padded(text: str, start: int, at: int) -> bool:
    """Whether a blank is one of a padded name's at the end of a short line that is no sentence."""
    begins = [low for low in range(at, at - 6, -2) if low > start and _PADDED_END.match(text, low)]
    if not begins or at - start > _LONGEST_LINE:
        return False
    return not any(mark in _MARKS and mark not in "（）" for mark in text[start:at])


def _supplied(text: str, start: int, at: int) -> bool:
    """Whether a blank stands between who supplied a piece and the word for it, in brackets."""
    if not _SUPPLIED.match(text, at + 1):
        return False
    who = text[max(start, at - _LONGEST_PADDED) : at]
    opened = max(who.rfind("（"), who.rfind("("))
    return opened >= 0 and not any(mark in _MARKS for mark in who[opened + 1 :])


def _rule(text: str, at: int) -> str:
    beside_mark = text[at - 1] in _MARKS or text[at + 1] in _MARKS
    return "spaces.beside-mark" if beside_mark else "spaces.between-chinese"


def _size(cell: str) -> int:
    """Its Chinese characters; a date may be long, and so may an address on the net."""
    return 0 if _WHOLE_DATE.fullmatch(cell) else sum(not char.isascii() for char in cell)


def _are_doses(line: str) -> bool:
    """Whether a line names several things and how much of each.

    >>> _are_doses("桂枝三两（去皮） 芍药三两 大枣十二枚"), _are_doses("老人有三两 银子")
    (True, False)
    """
    cells = _RUN.split(line.strip())
    doses = sum(_DOSE.search(cell) is not None for cell in cells)
    return len(cells) > 2 and 2 * doses > len(cells) and max(map(len, cells)) <= _LONGEST_CELL


def is_cells(line: str) -> bool:
    """Whether a short line is made of cells: names, a byline, a credit, a dated line.

    >>> is_cells("苏 禾"), is_cells("本报记者 李明 通讯员 王芳"), is_cells("国务院总理 周恩来")
    (True, True, True)
    >>> is_cells("城市更新的 重要意义和主要途径"), is_cells("关于 加强校园 食品安全 的意见")
    (False, False)
    """
    cells = _RUN.split(_LOOSE.sub("", line.strip()))
    if max(map(_size, cells)) > _LONGEST_CELL or any(map(_HANGS.match, cells)):
        return False
    if _CREDIT.search(line):
        return True
    if _ENDS_CLAUSE.search(line):
        return False
    if len(cells) == 2 and len(cells[0]) == len(cells[1]) >= 4:
        return True
    return max(map(len, cells)) <= 5
