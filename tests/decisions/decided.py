"""A page, what is decided about it, and what a run makes of both."""

from functools import cache
from hashlib import sha256
from typing import Any

from jiaokan.cleaning import Cleaned, clean_page
from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.file import shown_text
from jiaokan.decisions.model import Decision
from jiaokan.formats.decode import decode
from jiaokan.formats.ledger_json import write_ledger
from jiaokan.ledger import account
from jiaokan.page import Page
from jiaokan.restore import restore
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

TWO = """\
渡口恢复夜航

郁 青

昨晚六点,汽笛响了,渡船慢慢离开石桥湾的码头,

山里的书屋

苏 禾

书屋开在山脚下,门前有一棵老槐树,夏天的时候,

驶向对岸的柳叶洲。船上的人都走到甲板上看灯。

孩子们喜欢坐在树下看书。书是城里人寄来的。
"""
"""Two articles, each in two columns, the columns by turns."""


@cache
def rules() -> Rulebook:
    """The built-in rules."""
    return load()


def at(text: str, words: str, do: Any = "reject", page: str | None = None, **more: Any) -> Decision:
    """A decision about the words where they first stand in the text."""
    start = text.index(words)
    own = sha256(text.encode()).hexdigest() if page is None else page
    end = start + len(words)
    return Decision(do, own, start, end, shown_text(text, start, end), **more)


def cleaned(text: str, *decisions: Decision) -> Cleaned:
    """What a run makes of the page; that the raw bytes come back is checked, too."""
    data = text.encode()
    known = tuple(Known(one, "decisions.yaml", number) for number, one in enumerate(decisions))
    page = Page("page.txt", data, *decode(data))
    found = clean_page(page, rules(), Settings(neural=False), decisions=Decisions(known))
    assert restored(found) == data
    return found


def restored(found: Cleaned) -> bytes:
    """The raw bytes, rebuilt from articles and ledger alone."""
    from jiaokan.formats.clean_json import clean_of
    from jiaokan.formats.ledger_json import read_ledger

    return restore(read_ledger(write_ledger(account(found)), "ledger"), clean_of(found))


def paragraphs(found: Cleaned) -> list[tuple[str, ...]]:
    """The paragraphs of each article."""
    return [article.paragraphs for article in found.arrangement.articles]
