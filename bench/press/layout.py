"""A newspaper page as HTML: articles in columns, as sub-editors set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from bench.interleave.model import Article

FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei")
LETTERING = ("Noto Serif CJK SC", "Noto Sans CJK SC")
"""Fonts of titles."""
LINE = (13, 19)
"""Characters of a printed line, least and most."""
COLUMNS = (4, 6)
"""Columns of a page, least and most."""
BODY = 15
"""Pixels of a body character, before the page is enlarged."""
SMALL = 2
"""Columns of an article that another one is set around."""
LEFT = 120
"""Characters at least that are left of the other one below it."""
SECTIONS = ("理论", "要闻", "副刊", "综合", "民生", "读书", "视点", "教育周刊")
CAPTIONS = (
    "图为活动现场。",
    "工作人员正在清点物资。",
    "孩子们在老师指导下做实验。",
    "初冬的湖面。",
)


@dataclass(frozen=True, slots=True)
class Box:
    """An article's place on the page."""

    article: Article
    columns: int


def page_html(articles: Sequence[Article], rng: Random) -> str:
    """The page, on some a folio, pictures and captions; one for each state of the generator."""
    total = rng.randint(*COLUMNS)
    line, gap = rng.randint(*LINE), rng.choice((0.9, 1.2, 1.5, 2.0))
    width = total * line * BODY + (total - 1) * gap * BODY
    rule = rng.choice(("none", "none", "1px solid #333", "1px dotted #555"))
    body, title = rng.choice(FONTS), rng.choice(LETTERING)
    rows = "".join(_row(row, total, gap, rng) for row in _rows(articles, total, rng))
    style = f"""
      body {{ margin: 40px; width: {width:.0f}px; background: #fff; color: #111;
        font: {BODY}px/{rng.choice((1.35, 1.45, 1.6))} '{body}'; }}
      .row {{ display: flex; gap: {1.3 * gap:.2f}em; margin: 0 0 1.4em; align-items: flex-start; }}
      .text {{ column-gap: {gap}em; column-rule: {rule}; text-align: justify; line-break: strict; }}
      p {{ margin: 0; text-indent: 2em; }}
      p.cut {{ text-align-last: justify; }}
      p.rest {{ text-indent: 0; }}
      h1 {{ font: 700 {rng.choice((1.7, 2.0, 2.4))}em/1.3 '{title}'; margin: .15em 0 .3em;
        text-align: {rng.choice(("center", "left"))}; }}
      .kicker {{ font-family: '{title}'; text-align: inherit; margin: .2em 0 0; }}
      .by {{ text-align: {rng.choice(("center", "left", "right"))}; margin: 0 0 .4em; }}
      .unit {{ text-align: right; text-indent: 0; }}
      .box {{ border: {rng.choice(("0", "0", "1px solid #222"))}; padding: .2em; }}
      .picture {{ background: #bbb; height: {rng.randint(5, 11)}em; break-inside: avoid; }}
      .caption {{ font-size: .85em; text-indent: 0; }}
      .head {{ border-bottom: 2px solid #111; margin-bottom: 1em; }}
    """
    return f"<meta charset=utf-8><style>{style}</style>{_folio(rng)}{rows}"


def _folio(rng: Random) -> str:
    if rng.random() < 0.4:
        return ""
    day = f"2023年{rng.randint(1, 12)}月{rng.randint(1, 28)}日 星期{rng.choice('一二三四五六')}"
    return f"<div class=head>{rng.randint(1, 16)}版 {rng.choice(SECTIONS)} {day}</div>"


def _rows(articles: Sequence[Article], total: int, rng: Random) -> list[list[Box]]:
    """Articles beside one another and below one another; each row fills the page's width."""
    rows: list[list[Box]] = []
    left = list(articles)
    while left:
        many = min(rng.choice((1, 1, 2, 2, 3)), len(left), total // 2)
        sizes = [2] * many
        for _ in range(total - 2 * many):
            sizes[rng.randrange(many)] += 1
        rows.append([Box(left.pop(0), columns) for columns in sizes])
    return rows


def _row(boxes: Sequence[Box], total: int, gap: float, rng: Random) -> str:
    if len(boxes) == 2 and total > 3 and rng.random() < 0.6:
        outer, inner = sorted(boxes, key=lambda box: -_size(box.article))
        if _beside(inner.article, total) < _size(outer.article) - LEFT:
            return _around(outer.article, inner.article, total, rng)
    cells = "".join(
        f"<div class=box style='flex: {box.columns}'>"
        f"{_article(box.article, box.columns, rng)}</div>"
        for box in boxes
    )
    return f"<div class=row>{cells}</div>"


def _size(article: Article) -> int:
    return sum(map(len, article.paragraphs))


def _beside(inner: Article, total: int) -> int:
    """Characters that stand beside an article in the rest of the columns."""
    return round(_size(inner) / SMALL * (total - SMALL))


def _around(outer: Article, inner: Article, total: int, rng: Random) -> str:
    """One article around another one: beside it first, then below both, across the page."""
    first, rest = _cut(outer.paragraphs, _beside(inner, total))
    return (
        "<div class=row>"
        f"<div style='flex: {total - SMALL}'>{_heading(outer)}"
        f"{_columns(first, total - SMALL)}</div>"
        f"<div class=box style='flex: {SMALL}'>{_article(inner, SMALL, rng)}</div></div>"
        f"<div class=row><div style='flex: 1'>{_columns(rest + _unit(outer), total)}</div></div>"
    )


def _cut(paragraphs: Sequence[str], at: int) -> tuple[str, str]:
    """The paragraphs as HTML, cut in two at a character."""
    first, rest = "", ""
    for text in paragraphs:
        size = len(text)
        if at >= size:
            first += f"<p>{escape(text)}</p>"
        elif at > 0:
            first += f"<p class=cut>{escape(text[:at])}</p>"
            rest += f"<p class=rest>{escape(text[at:])}</p>"
        else:
            rest += f"<p>{escape(text)}</p>"
        at -= size
    return first, rest


def _article(article: Article, columns: int, rng: Random) -> str:
    text = "".join(f"<p>{escape(one)}</p>" for one in article.paragraphs) + _unit(article)
    if rng.random() < 0.2:
        caption = f"<p class=caption>{rng.choice(CAPTIONS)}</p>" if rng.random() < 0.5 else ""
        at = rng.choice([0, text.find("<p>", len(text) // 2)])
        text = f"{text[:at]}<div class=picture></div>{caption}{text[at:]}"
    return _heading(article) + _columns(text, columns)


def _columns(text: str, columns: int) -> str:
    return f"<div class=text style='column-count: {columns}'>{text}</div>"


def _heading(article: Article) -> str:
    kicker = f"<div class=kicker>{escape(article.kicker)}</div>" if article.kicker else ""
    author = f"<div class=by>{escape(article.author)}</div>" if article.author else ""
    return f"{kicker}<h1>{escape(article.title)}</h1>{author}"


def _unit(article: Article) -> str:
    return f"<p class=unit>{escape(article.affiliation)}</p>" if article.affiliation else ""
