"""CLEAN/a/b.tei.xml: a page's articles as TEI P5, each change beside what stood there.

- an article is a `div` of type article: `head` (kicker, main, sub), `byline`, `p`;
- a change is a `choice` of `sic` and `corr`; `corr` names the rules that are responsible for it and
  how sure they are (`resp`, `cert`);
- each rule that acted, or found something, is a `respStmt` in the header;
- a finding is a `note` behind what it speaks of;
- page furniture is `fw`;
- a character that XML cannot hold is a `g`, declared in the header by its code point.

Left to the ledger, and said so in the header: what was dropped between paragraphs and at seams, and
the order of the raw page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jiaokan.article import Article
from jiaokan.cleaning import Cleaned
from jiaokan.finding import Finding
from jiaokan.formats.strict_json import rounded
from jiaokan.formats.tei_header import header
from jiaokan.formats.tei_marks import Mark, Marks, Place, marks_of
from jiaokan.formats.tei_text import Builder

_LANGUAGES = {"simplified": "zh-Hans", "traditional": "zh-Hant"}
_HEADS = (("kicker", "kicker"), ("title", "main"), ("subtitle", "sub"))


def write_tei(cleaned: Cleaned) -> bytes:
    """The file's bytes. Raises JiaokanError where lxml is not installed."""
    builder = Builder()
    page = _Page(builder, marks_of(cleaned))
    text = builder.element("text")
    text.set(builder.XML_LANG, _LANGUAGES.get(cleaned.facts.script, "zh"))
    builder.block(text, page.body(cleaned))
    if page.marks.left:
        builder.block(text, page.back(page.marks.left))
    root = builder.element("TEI")
    builder.block(root, header(builder, cleaned), text)
    return builder.written(root)


@dataclass(frozen=True)
class _Page:
    builder: Builder
    marks: Marks
    used: set[Place] = field(default_factory=set)

    def body(self, cleaned: Cleaned) -> Any:
        """Furniture, then the articles."""
        body = self.builder.element("body")
        lines = (self._string("fw", (-1, "furniture", n)) for n in range(len(cleaned.furniture)))
        articles = [self._article(n, one) for n, one in enumerate(cleaned.articles)]
        if not articles:
            empty = self.builder.element("div", type="empty")
            self.builder.block(empty, self.builder.element("p"))
            articles = [empty]
        self.builder.block(body, *lines, *articles)
        return body

    def back(self, findings: Iterable[Finding]) -> Any:
        """Findings about what stands in no article."""
        back, div = self.builder.element("back"), self.builder.element("div", type="findings")
        notes = []
        for finding in findings:
            paragraph = self.builder.element("p")
            paragraph.append(self._note(finding))
            notes.append(paragraph)
        self.builder.block(div, *notes)
        self.builder.block(back, div)
        return back

    def _article(self, number: int, article: Article) -> Any:
        div = self.builder.element("div", type="article", n=str(number + 1))
        parts = [
            self._string("head", (number, name, 0), type=kind)
            for name, kind in _HEADS
            if getattr(article, name)
        ]
        if article.author:
            parts.append(self._line("docAuthor", (number, "author", 0)))
        affiliation = (
            [self._line("affiliation", (number, "affiliation", 0))] if article.affiliation else []
        )
        paragraphs = [
            self._string("p", (number, "paragraphs", n)) for n in range(len(article.paragraphs))
        ]
        self.builder.block(div, *parts, *paragraphs, *affiliation)
        if not paragraphs:
            div.append(self.builder.element("p"))
        return div

    def _line(self, name: str, place: Place) -> Any:
        byline = self.builder.element("byline")
        byline.append(self._string(name, place))
        return byline

    def _string(self, name: str, place: Place, **attributes: str) -> Any:
        element = self.builder.element(name, **attributes)
        for mark in self.marks.strings.get(place, ()):
            self._mark(element, mark)
        return element

    def _mark(self, element: Any, mark: Mark) -> None:
        change = mark.change
        if change is None:
            self.builder.fill(element, mark.text)
        else:
            rules = " ".join(dict.fromkeys(self.builder.rule(one.rule) for one in change.steps))
            sure = min(step.confidence for step in change.steps)
            corr = self.builder.element("corr", resp=rules, cert=str(rounded(sure)))
            self.builder.fill(corr, mark.text)
            if mark.first:
                choice, sic = self.builder.element("choice"), self.builder.element("sic")
                self.builder.fill(sic, change.old)
                choice.extend((sic, corr))
                element.append(choice)
            else:
                element.append(corr)
        element.extend(self._note(finding) for finding in mark.notes)

    def _note(self, finding: Finding) -> Any:
        rule = self.builder.rule(finding.rule)
        sure = str(rounded(finding.confidence))
        note = self.builder.element("note", type="finding", resp=rule, cert=sure)
        others = "; ".join(
            f"{other.text} ({rounded(other.confidence)})" for other in finding.alternatives
        )
        told = f"“{finding.text}”: {finding.message}"
        self.builder.fill(note, f"{told} Perhaps: {others}" if others else told)
        return note
