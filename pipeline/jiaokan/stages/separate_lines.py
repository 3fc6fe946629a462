"""Lines that never run on into one another, whatever their widths and the language model say."""

from jiaokan.lazy_regex import lazy

_ROW = lazy(r"\S{1,12}(?:(?:[ \u3000]{2,8}|\t)[-—–－+.,，．%％0-9]{1,16}){2,8}")
"""A row of a table: a name, and two figures or more in columns of their own."""
_CELLS = lazy("[ \u3000\t]{1,8}")
_WIDE = lazy("[ \u3000]{0,8}(?:\u3000|  |\t)[ \u3000]{0,8}")
"""What surely parts cells: a full-width blank, or two half-width ones."""
_LEAST = 3
"""Cells of a row that such blanks part."""
_CELL = 12
"""Characters of the longest cell."""
_MARKS = "，。；：！？、"
"""What no cell of such a row ends with."""
_FIGURE = lazy("[0-9]")
_SIGNED_FIGURE = lazy("[-+－＋−]?[0-9]")
_FORMULA = lazy("[=＝→←⇌↑↓×÷]")
"""What makes a formula of a line without Chinese."""
_HAN = lazy("[\u3400-\u9fff]")
_ORNAMENTS = "★☆◆◇■□●○▲△▼▽※"
"""What ends a line that does not run on."""
_YEAR = "(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年"
_DATE = lazy(
    _YEAR
    + "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
)
"""A date and nothing else, as below a notice."""
LABEL = lazy("[\u3400-\u9fff]{2,8}(?:[（(][^（()）]{1,12}[）)])?[：:]")
"""What opens a line of a notice or an advertisement: 电话：, 地址："""
REPORT = lazy(
    r"(?:本报|本報|本刊|本台|新华社|新華社|中新社|中央社)[^。，]{0,14}?(?:讯|訊|电|電)[（( \u3000]"
    r"|[【〔［\[][^】〕］\]]{1,16}(?:讯|訊|电|電|消息|报道|報道|報導)[】〕］\]]"
)
"""What a report's first line begins with; no heading does."""
DAY = lazy(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
    r"(?:[（(](?:星期|周|週)?[一二三四五六日天][)）]|[ \u3000]{1,4}|(?=[上下]午|[：:]))"
    r"(?![\u3400-\u9fff]{0,6}[，,])"
)
"""The day that a row of a programme opens with: 5月20日（三）上午9时至12时 广场."""
_TIMED = lazy(
    "[\u3400-\u9fff]{2,8}(?:[ \u3000]{1,8}|\t)[0-2]?[0-9][:：][0-5][0-9]"
    "[-—–~～至]{1,2}[0-2]?[0-9][:：][0-5][0-9]"
)
"""A row with the hours of something: 早餐 6:30—8:00."""
_BULLETS = "★☆●◆◇■▲△▼※•"
"""Marks that items of a list open with."""
_SCORE = lazy(
    "[\u3400-\u9fffA-Za-z]{2,10}[ \u3000]{1,8}[0-9]{1,3}[:：比-][0-9]{1,3}"
    "[ \u3000]{1,8}[\u3400-\u9fffA-Za-z]{2,10}"
)
"""A row with the score of a match: 江城队 3:1 海州队."""
_TIGHT_SCORE = lazy("[\u3400-\u9fff]{2,8}[0-9]{1,3}[:：比][0-9]{1,3}[\u3400-\u9fff]{2,8}")
"""The same without blanks: 江城队3:1海州队."""
HOUR = lazy(r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9][ \u3000]{1,4}(?=[\u3400-\u9fff《“])")
"""The hour that a row of a day's programme opens with."""
_PROGRAMME = lazy(HOUR.pattern + "[^。；，]{1,40}")
"""A row of a day's programme: 19:40 电视剧：黑土地."""
_NAME_OF_COLUMN = 4
"""Characters of a column's name above scores."""
_SHORT = 20
"""Characters of a row that has figures in one cell."""
_PAIR = lazy(
    "[\u3400-\u9fffA-Za-z·（）()]{2,12}(?:[ \u3000]{1,8}|\t)"
    r"(?:[-+－＋]?[0-9][0-9.,，．]{0,11}(?:[%％]|[\u3400-\u9fff]{1,3}(?:/[\u3400-\u9fff]{1,2})?)?"
    r"|(?:1[0-9]|20)[0-9]{2}年?[-—–~～至](?:(?:1[0-9]|20)[0-9]{2}年?|至?今)"
    r"|[0-2]?[0-9][:：][0-5][0-9](?:[-—–~～至]{1,2}[0-2]?[0-9][:：][0-5][0-9])?)"
)
"""A row of two cells: a name, and a figure with or without its unit, years, or a time of day."""
_VERSES = lazy(
    r"[\u3400-\u9fff]{5}[ \u3000]{1,4}[\u3400-\u9fff]{5}"
    r"|[\u3400-\u9fff]{7}[ \u3000]{1,4}[\u3400-\u9fff]{7}"
)
"""Two lines of a poem side by side."""
_BARS = lazy(r"\|[^\n]*\|")
"""A row of a table of Markdown."""
_GREETING = lazy(
    r"(?:此致|[顺順敬谨謹]?致以?"
    r"|(?:[专專耑特][此肃肅])?[即顺順敬並并謹谨專专恭特耑][颂頌祝请請叩候]|[祝颂頌])[：:]?"
)
"""What a letter closes with, above or before the wish: 此致, 敬请, 即颂."""
_WISH = lazy(
    "(?:(?:革命|崇高|[诚誠][挚摯]|衷心)的?)?敬[礼禮意]"
    "|[大金福钧鈞崇道学學文撰编編著教讲講旅财財冬春夏秋暑暖时時日午晚近台臺勋勳戎俪儷潭阖闔痊节節年新]"
    "[安祺绥綏祉禧佳][！!。]?"
    "|(?:商|艺|藝|筹|籌)祺[！!。]?"
)
"""The wish below it: 敬礼, 大安, 商祺."""
_LONGEST = 200
"""Characters of a line that is looked at."""


def apart(text: str, start: int, end: int, below: int, below_end: int) -> bool:
    """Whether the line text[start:end] and the one below it are no prose that runs on.

    That is so of rows of figures or between bars, two rows of as many cells with figures in
    several or with wide blanks between them, a letter's greeting and its wish, formulas, a line
    that ends in an ornament or stands above a report's first line, a date that is set in under what
    it signs, and lines that both open with a label (地址：, 电话：), a programme's day
    (5月20日（三）) or a list's mark (●).

    >>> table = "面粉  1.80  2,500\\n合计  ——  3,500"
    >>> apart(table, 0, 15, 16, len(table))
    True
    >>> prose = "渡口的老槐树下摆着一张方\\n桌"
    >>> apart(prose, 0, 12, 13, 14)
    False
    """
    if text[end - 1] in _ORNAMENTS or REPORT.match(text, below, below_end):
        return True
    if any(
        row.match(text, start, end) and row.match(text, below, below_end) for row in (LABEL, DAY)
    ):
        return True
    if _TIMED.fullmatch(text, start, end) or _SCORE.fullmatch(text, start, end):
        return True
    if text[below] in _BULLETS and text[start] == text[below]:
        return True
    if text[end - 1] in "};" and _HAN.search(text, start, end) is None:
        return True  # a line of code
    if _BARS.fullmatch(text, start, end) or _BARS.fullmatch(text, below, below_end):
        return True
    lines = text[start:end], text[below:below_end]
    if closes_letter(*lines):
        return True
    if rows(*lines) or heads_rows(*lines) or any(map(_figures_apart, lines)):
        return True
    if below and text[below - 1] in " \u3000\t" and _DATE.fullmatch(text, below, below_end):
        return True
    return any(
        to - at <= _LONGEST
        and (
            _ROW.fullmatch(text, at, to) is not None
            or (_HAN.search(text, at, to) is None and _FORMULA.search(text, at, to) is not None)
        )
        for at, to in ((start, end), (below, below_end))
    )


def closes_letter(above: str, below: str) -> bool:
    """Whether a letter closes with these lines: its greeting, alone or behind the last sentence,
    and the wish.

    >>> closes_letter("此致", "敬礼"), closes_letter("纸短情长，言不尽意。敬请", "福安")
    (True, True)
    >>> closes_letter("祝福", "大安"), closes_letter("他们从江城来到", "大安")
    (False, False)
    """
    if _WISH.fullmatch(below) is None:
        return False
    said = max(map(above.rfind, "。！？…，；"))
    return _GREETING.fullmatch(above, said + 1) is not None


def rows(above: str, below: str) -> bool:
    """Whether two lines are rows of one table: wide blanks part the cells of both, or single ones
    do, and figures stand in two cells and more, or in the same ones of two short lines. So are two
    lines with verses side by side.

    >>> rows("1 江城 22胜2负 68分", "2 苏城 20胜4负 60分")
    True
    >>> rows("第一小学 312", "江岸小学 298分")
    True
    >>> rows("早餐 6:30—8:00", "午餐 11:30—13:00"), rows("早餐 6:30—8:00", "江城")
    (True, False)
    >>> rows("07:00 早间新闻", "08:15 电视剧：大河人家"), rows("江城队2:1海州队", "红旗队1:0电机队")
    (True, True)
    >>> rows("江城 晴 6～16℃", "安福 多云 5～14℃"), rows("江城 3月5日 晴", "6日 晴 安福")
    (True, False)
    >>> rows("姓名\u3000职务\u3000单位", "李大川\u3000站长\u3000农技站")
    True
    """
    if _BARS.fullmatch(above) and _BARS.fullmatch(below):
        return True
    if _wide_cells(above) and _wide_cells(below):
        return True
    if any(row.fullmatch(above) and row.fullmatch(below) for row in (_TIGHT_SCORE, _PROGRAMME)):
        return True
    if len(above) == len(below) and _VERSES.fullmatch(above) and _VERSES.fullmatch(below):
        return True
    if not (_FIGURE.search(above) and _FIGURE.search(below)):
        return False
    if _PAIR.fullmatch(above) and _PAIR.fullmatch(below):
        return True
    figures = _figures(above, below)
    if min(map(len, figures), default=0) >= 2:
        return True
    short = len(above) <= _SHORT and len(below) <= _SHORT
    return short and len(figures) == 2 and bool(figures[0]) and figures[0] == figures[1]


def heads_rows(above: str, below: str) -> bool:
    """Whether a line of names of columns stands above a table's first row.

    >>> heads_rows("品种 规格 今日价 昨日价", "大白菜 一级 0.85 0.90")
    True
    >>> heads_rows("主队 比分 客队", "江源队 3:1 海州队")
    True
    """
    figures = _figures(above, below)
    if len(figures) != 2:
        return False
    if len(figures[1]) >= 2:
        return True
    names = not figures[0] and max(map(len, _CELLS.split(above))) <= _NAME_OF_COLUMN
    return names and _SCORE.fullmatch(below) is not None


def _figures(above: str, below: str) -> tuple[tuple[int, ...], ...]:
    """Which cells of each of two lines hold figures; nothing where they are no rows of as many
    cells."""
    if len(above) > _LONGEST or not (_CELLS.search(above) and _CELLS.search(below)):
        return ()
    cells = _CELLS.split(above), _CELLS.split(below)
    if len(cells[0]) != len(cells[1]) or len(cells[0]) < 3:
        return ()
    if max(map(len, cells[0] + cells[1])) > _CELL:
        return ()
    return tuple(tuple(at for at, one in enumerate(row) if _FIGURE.search(one)) for row in cells)


def _figures_apart(line: str) -> bool:
    """Whether a line is a row by itself: wide blanks part its cells, and two or more are figures.

    >>> _figures_apart("白沙\u3000阴\u300020℃\u300013℃"), _figures_apart("昨日\u3000江城\u3000通车")
    (True, False)
    """
    return sum(_SIGNED_FIGURE.match(cell) is not None for cell in _wide_cells(line)) > 1


def _wide_cells(line: str) -> list[str]:
    """The cells of a line between wide blanks; nothing where they are no row's."""
    if len(line) > _LONGEST or _WIDE.search(line) is None:
        return []
    cells = _WIDE.split(line)
    short = all(0 < len(one) <= _CELL and one[-1] not in _MARKS for one in cells)
    spread = max(map(len, cells)) < 2  # a headline, one character a cell
    return cells if short and not spread and len(cells) >= _LEAST else []
