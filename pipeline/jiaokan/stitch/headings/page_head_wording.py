"""How the lines of a page's head are worded: names of papers and sections, days, numbers of issues
and pages. What is made of such lines stands in `jiaokan.stitch.headings.page_head`.
"""

from jiaokan.lazy_regex import lazy

NAME = lazy(
    r"(?!.{0,6}(?:(?:[海喜捷情汇简预举警申月战墙黑板壁]|(?<!邮)电|(?<!青)年)[报報]|的))[\u3400-\u9fff]{1,7}"
    r"(?:[报報刊]|[周週专專][刊报報版]|副刊|新闻|新聞|生活|时空|時空|天地|园地|園地|之窗|之声|之聲|周末|週末|视野|視野)"
)
"""What a paper, a supplement or a section is called."""
PAPERS = "报報刊"
"""What the name of a paper or a journal ends with; a section's may be a title as well."""
LONGEST = 10
"""Characters of such a name."""
SECTION = lazy(
    "[\u3400-\u9fff]{2,3}|[\u3400-\u9fff]{2}[与和·•][\u3400-\u9fff]{2}|[\u3400-\u9fff]{4}"
)
"""What a section may be called, whatever its words: 体育, 民主与法制. A headline is longer."""
PAGES = lazy(
    "[\u3400-\u9fff]{2,4}(?:副刊|[周专]刊|[週專]刊|专版|專版)|(?:图片新闻|圖片新聞|党建|黨建|地方|要闻|综合新闻|综合|时政|时事|本地|国内|国际|理论|评论|副刊|文化|文娱|文艺|体育|财经|经济|教育|科技|科教"
    "|健康|法治|法制|社会|民生|广告|特刊|专刊|专版|要聞|綜合新聞|綜合|時政|時事|國內|國際|理論|評論|文娛|文藝|體育"
    "|財經|經濟|社會|廣告|特刊|專刊|專版)(?:新闻|周刊|专刊|专版|版|新聞|週刊|專刊|專版)?"
)
"""What many papers call their pages. Over a line of the page's own it names the page, over a title
it may be the column."""
BRACKETS = "〔〕【】[]［］"
"""What may stand around a page's name."""
DAY = lazy(
    r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3}|(?:中[华華])?民[國国][\d元一二三四五六七八九十百]{1,4})"
    r"[年./-](?:\d{1,2}|[一二三四五六七八九十]{1,3})[月./-](?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日?"
)
"""A whole date and nothing else."""
CELLS = lazy(r"[ \u3000|｜/／]{2,}|[\u3000|｜]| (?=·)|(?<=·) ")
"""What parts the cells of a head's line."""
_NUMBER = r"[\d一二三四五六七八九十百〇○零]{1,6}"
_TOTAL = r"[（(]?[总總]第[ ]?\d{1,5}[ ]?[期號号][)）]?"
ISSUE = lazy(rf"(?:(?:19|20)\d{{2}}年)?第?[ ]?{_NUMBER}[ ]?[期號号](?:{_TOTAL})?|{_TOTAL}")
ISSUE_ALONE = lazy(rf"(?:{ISSUE.pattern})(?:[ \u3000]{{1,4}}(?:19|20)\d{{2}}年?)?")
"""The number of an issue on a line of its own."""
_WEEKDAY = "[（(]?(?:星期|[周週])[一二三四五六日天][）)]?"
_EDITS = "(?:主|美|[责責]|本版主)[编編]|(?:本版|[责責]任)?[编編][辑輯]|版式|校[对對]"
HEADS = lazy(
    rf"(?:{DAY.pattern})(?:[ ]?{_WEEKDAY})?|{_WEEKDAY}|{ISSUE.pattern}"
    rf"|(?:第?[ ]?[A-Z]?{_NUMBER}[ ]?[版页頁]|[A-Z]\d{{1,2}})(?:[ ]?[\u3400-\u9fff]{{2,6}})?"
    rf"|(?:{_EDITS})[：:／/ ]?[\u3400-\u9fff ]{{2,8}}"
    r"|·[ ]?[\u3400-\u9fff]{2,8}[ ]?·"
)
"""A day, an issue, a page, who edits, a column between dots."""
PUBLISHED = lazy(
    r"(?=主[管办辦]|[编編]印)"
    r"(?:(?:(?:主[管办辦]|承[办辦]|[协協][办辦]|[编編]印)(?:[单單]位)?|主[编編]|[责責]任[编編][辑輯]|[顾顧][问問]"
    r"|指[导導][老教][师師])[ \u3000]?[：:][ \u3000]?[\u3400-\u9fff、]{2,30}"
    r"(?:[ \u3000；;|｜]{1,6}|$)){1,5}"
)
"""Who publishes a school's or a firm's paper, below its name."""
NAMED = lazy(r"(?!.*的|[大中小阵陣]?[雨雪]|多云|多雲)[\u3400-\u9fff]{2,8}")
"""What else one cell of such a line may hold: the name of a paper or a page."""
RULES = (
    "head-",
    "furniture-date",
    "furniture-page",
    "furniture-number",
    "furniture-serial",
    "imprint-issue",
)
"""Rules that know the line with the page's date or number."""
WIDEST, TWO = 60, 2
"""Characters of a head's line; cells that make it one."""
LINES = 3
"""Lines of the page's head that are looked at."""


def names_paper(text: str) -> bool:
    """Whether a line may be the name of a paper or a section.

    >>> names_paper("江声邮电报"), names_paper("健康周刊"), names_paper("江声青年报")
    (True, True, True)
    >>> names_paper("车间办起黑板报"), names_paper("一封电报")
    (False, False)
    """
    return len(text) <= LONGEST and NAME.fullmatch(text) is not None


def heads_page(text: str) -> bool:
    """Whether a line is a paper's or a section's name, or a date: the head's other lines may stand
    below it."""
    return names_paper(text) or DAY.fullmatch(text) is not None


def heads_line(text: str) -> bool:
    """Whether a line is the page's head: a day or an issue and one other such cell, and at most a
    name beside them.

    >>> heads_line("春芽　2009年4月28日　第142期"), heads_line("化工安全　2008年第5期　·论坛·")
    (True, True)
    >>> heads_line("2009年4月28日　晴"), heads_line("春芽　2009年4月28日")
    (False, False)
    """
    if len(text) > WIDEST:
        return False
    cells = [cell for cell in CELLS.split(text) if cell]
    known = [HEADS.fullmatch(cell) is not None for cell in cells]
    told = any(DAY.match(cell) or ISSUE.fullmatch(cell) for cell in cells)
    others = [cell for cell, one in zip(cells, known, strict=True) if not one]
    named = len(others) <= 1 and all(map(NAMED.fullmatch, others))
    return told and sum(known) >= TWO and named


def names_section(text: str) -> bool:
    """Whether a line is as short as a section's name.

    >>> names_section("体育"), names_section("民主与法制"), names_section("老街早市重新开张")
    (True, True, False)
    """
    return SECTION.fullmatch(text) is not None
