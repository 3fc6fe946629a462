r"""CLEAN/a/b.md: a page's articles, for people.

Kicker, `# title`, `## subtitle`, author, paragraphs, affiliation, each a
paragraph of its own; `---` between articles. What Markdown would take as
markup stands behind a backslash, so that a reader sees the text as it is.

Left out: page furniture and findings, which stand in the JSON file.
"""

import re
from collections.abc import Iterable, Iterator

from jiaokan.article import Article

_INLINE = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=#?\w+;))")
_OPENS = re.compile(r"(?m)^([ \t]*)([-+](?=\s|$)|[-=](?=[-=]*[ \t]*$)|\d{1,9}(?=[.)](?:\s|$)))")
_INDENT = re.compile(r"(?m)^[ \t]")


def write_markdown(articles: Iterable[Article]) -> bytes:
    r"""The file's bytes.

    >>> print(write_markdown([Article(title="*新*", paragraphs=("一", "1. 二"))]).decode(), end="")
    # \*新\*
    <BLANKLINE>
    一
    <BLANKLINE>
    1\. 二
    """
    return "\n---\n\n".join(_article(article) for article in articles).encode()


def _article(article: Article) -> str:
    return "\n".join(f"{block}\n" for block in _blocks(article))


def _blocks(article: Article) -> Iterator[str]:
    for mark, text in (
        ("", article.kicker),
        ("# ", article.title),
        ("## ", article.subtitle),
        ("", article.author),
        *(("", paragraph) for paragraph in article.paragraphs),
        ("", article.affiliation),
    ):
        if text:
            yield mark + _escape(text)


def _escape(text: str) -> str:
    """Text that Markdown shows as it is.

    >>> _escape("- 甲\\n  2) 乙 <b> R&D &amp;")
    '\\\\- 甲\\n&#32; 2\\\\) 乙 \\\\<b\\\\> R&D \\\\&amp;'
    """
    text = _INLINE.sub(r"\\\1", text)
    text = _OPENS.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] in "-+=" else f"{m[2]}\\"), text)
    return _INDENT.sub(lambda m: "&#9;" if m[0] == "\t" else "&#32;", text)
