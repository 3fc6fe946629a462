"""CLEAN/a/b.txt: a page's articles as plain text, for people and for tools that want text alone.

Kicker, title, subtitle, author, paragraphs, affiliation, each on a line of its own; two blank lines
between articles. Nothing is escaped and nothing is marked up: what stands there is the text.
"""

from collections.abc import Iterable, Iterator

from jiaokan.article import Article


def write_text(articles: Iterable[Article]) -> bytes:
    """The file's bytes.

    >>> write_text([Article(title="题", paragraphs=("一。", "二。")), Article()]).decode()
    '题\\n一。\\n二。\\n'
    """
    texts = ("".join(f"{line}\n" for line in _lines(article)) for article in articles)
    return "\n\n".join(text for text in texts if text).encode()


def _lines(article: Article) -> Iterator[str]:
    heads = article.kicker, article.title, article.subtitle, article.author
    yield from (text for text in (*heads, *article.paragraphs, article.affiliation) if text)
