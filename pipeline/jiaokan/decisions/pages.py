"""A page's articles as lists of paragraphs, each a list of parts of its text; parts move."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jiaokan.article import Arrangement, Article, Field, Piece, Target
from jiaokan.decisions.model import RULE, Decision

DOUBLED = "stitch.doubled"


class Part(NamedTuple):
    """A stretch of the text that stands in a paragraph, or among the furniture."""

    start: int
    end: int
    rule: str


Paragraph = list[Part]


@dataclass
class Body:
    """The paragraphs of every article and the lines of furniture; heads stay as they are."""

    text: str
    arrangement: Arrangement
    articles: list[list[Paragraph]]
    furniture: list[Paragraph]
    doubled: dict[int, Piece] = field(default_factory=dict)
    """Characters read twice at a seam, by their ends."""
    restored: set[Piece] = field(default_factory=set)
    """Those that a person says were not read twice."""

    @property
    def titles(self) -> list[str]:
        """The title of each article."""
        return [article.title for article in self.arrangement.articles]

    def kept(self) -> list[list[Paragraph]]:
        """The paragraphs of the articles that are left, none of them empty."""
        bodies = [[part for part in article if part] for article in self.articles]
        heads = self.arrangement.articles
        return [body for body, head in zip(bodies, heads, strict=True) if body or has_head(head)]

    def restore(self, decisions: Sequence[Decision]) -> None:
        """Put characters back that were taken as read twice, where a person says they were not."""
        for end, piece in self.doubled.items():
            place = self._starting(end)
            if place and any(one.covers(piece.start, piece.end) for one in decisions):
                paragraph, index = place
                paragraph.insert(index, Part(piece.start, end, RULE))
                self.restored.add(piece)

    def move(self, start: int, end: int, after: int, joined: bool) -> str:
        """Put text[start:end] behind text[:after]; why not, where that cannot be."""
        goal = self._goal(after)
        if goal is None:
            return "nothing that stands in an article stands before that place"
        if start <= goal.at < end:
            return "the fragment would go on behind itself"
        if self._stands_there(start, end, goal, joined):
            return ""
        taken = self._take(start, end)
        if not taken:
            return "no text of an article stands there"
        self._put(taken, goal, joined)
        return ""

    def append(self, start: int, end: int, article: int, joined: bool) -> str:
        """Put text[start:end] behind what the article has before it on the page."""
        parts = [part for paragraph in self.articles[article] for part in paragraph]
        before = [part for part in parts if part.end <= start]
        taken = self._take(start, end)
        if not taken:
            return "no text of an article stands there"
        place = self._goal(before[-1].end) if before else None
        goal = place or Goal(self.articles[article], -1)
        self._put(taken, goal, joined)
        return ""

    def set_aside(self, start: int, end: int) -> str:
        """Put text[start:end] among the furniture."""
        taken = self._take(start, end, furniture=False)
        if not taken:
            return "no text of an article stands there"
        self.furniture += [[part._replace(rule=RULE) for part in one] for one in taken]
        self.furniture.sort(key=lambda one: one[0].start if one else -1)
        return ""

    def reads(self, start: int, end: int, how: str) -> str:
        """Let the fragment start a paragraph, or run on from what stands before it."""
        self._cut(start)
        for article in self.articles:
            for number, paragraph in enumerate(article):
                for index, part in enumerate(paragraph):
                    if not start <= part.start < end:
                        continue
                    if how == "paragraph" and index:
                        article[number : number + 1] = [paragraph[:index], paragraph[index:]]
                    if how == "on" and not index:
                        if not number:
                            return "nothing of its article stands before it"
                        article[number - 1 : number + 1] = [article[number - 1] + paragraph]
                    return ""
        return "no text of an article stands there"

    def follows(self, left: Part, right: Part) -> bool:
        """Whether one part stands behind another on the page, too, with nothing between them."""
        between = (piece for piece in self._between(left.end, right.start) if piece.target)
        return left.end <= right.start and all(
            piece.target is not None and piece.target.article < 0 for piece in between
        )

    def inside_line(self, at: int) -> bool:
        """Whether an offset lies inside a line."""
        before = self.text[:at].rsplit("\n", 1)[-1]
        behind = self.text[at:].split("\n", 1)[0]
        return bool(before.strip()) and bool(behind.strip())

    def _between(self, start: int, end: int) -> list[Piece]:
        pieces = self.arrangement.pieces
        starts = [piece.start for piece in pieces]
        first = max(bisect_right(starts, start) - 1, 0)
        return [one for one in pieces[first:] if one.start < end and one.end > start]

    def _lists(self) -> list[list[Paragraph]]:
        return [*self.articles, self.furniture]

    def _starting(self, at: int) -> tuple[Paragraph, int] | None:
        for article in self._lists():
            for paragraph in article:
                for index, part in enumerate(paragraph):
                    if part.start == at:
                        return paragraph, index
        return None

    def _cut(self, at: int) -> None:
        """Let a part end here that goes on over this place."""
        for article in self._lists():
            for paragraph in article:
                for index, part in enumerate(paragraph):
                    if part.start < at < part.end:
                        halves = [part._replace(end=at), part._replace(start=at)]
                        paragraph[index : index + 1] = halves
                        return

    def _goal(self, after: int) -> "Goal | None":
        """The place behind the last part that begins before an offset; it is cut there."""
        self._cut(after)
        pieces = [one for one in self.arrangement.pieces if one.start < after and one.target]
        for piece in reversed(pieces):
            target = piece.target
            if target is None:
                continue
            at = min(piece.end, after) - 1
            for article in self.articles:
                for paragraph in article:
                    if any(part.start <= at < part.end for part in paragraph):
                        return Goal(article, at)
            if target.article >= 0 and target.field != "paragraphs":
                return Goal(self.articles[target.article], -1)
        return None

    def _stands_there(self, start: int, end: int, goal: "Goal", joined: bool) -> bool:
        """Whether the fragment already goes on behind that place."""
        self._cut(start)
        self._cut(end)
        order = [(number, part) for number, one in enumerate(goal.article) for part in one]
        inside = [
            part for one in self.articles for p in one for part in p if start <= part.start < end
        ]
        for index, (number, part) in enumerate(order):
            if part.start <= goal.at < part.end:
                behind = order[index + 1 : index + 1 + len(inside)]
                same = bool(behind) and [part for _, part in behind] == sorted(inside)
                return same and (behind[0][0] == number) == joined
        return False

    def _take(self, start: int, end: int, furniture: bool = True) -> list[Paragraph]:
        """Take text[start:end] out, as paragraphs; furniture where there is nothing else."""
        self._cut(start)
        self._cut(end)
        taken = self._taken(self.articles, start, end)
        if not taken and furniture:
            taken = self._taken([self.furniture], start, end)
        return taken

    def _taken(self, lists: Sequence[list[Paragraph]], start: int, end: int) -> list[Paragraph]:
        found: list[tuple[int, int, int, Part]] = []
        for number, article in enumerate(lists):
            for index, paragraph in enumerate(article):
                inside = [part for part in paragraph if start <= part.start < end]
                found += [(part.start, number, index, part) for part in inside]
                paragraph[:] = [part for part in paragraph if part not in inside]
        paragraphs: list[Paragraph] = []
        last: tuple[int, int] | None = None
        for _, number, index, part in sorted(found, key=lambda row: row[0]):
            if (number, index) != last:
                paragraphs.append([])
            paragraphs[-1].append(part._replace(rule=RULE))
            last = number, index
        return paragraphs

    def _put(self, taken: list[Paragraph], goal: "Goal", joined: bool) -> None:
        article = goal.article
        if goal.at < 0:
            article[:0] = taken
            return
        for number, paragraph in enumerate(article):
            for index, part in enumerate(paragraph):
                if not part.start <= goal.at < part.end:
                    continue
                head, rest = paragraph[: index + 1], paragraph[index + 1 :]
                if joined:
                    made = [head + taken[0], *taken[1:]]
                    made[-1] = made[-1] + rest
                else:
                    made = [head, *taken, rest]
                article[number : number + 1] = made
                return


class Goal(NamedTuple):
    """A place in an article's body."""

    article: list[Paragraph]
    at: int
    """The character behind which it lies; -1: in front of the body."""


def has_head(article: Article) -> bool:
    """Whether an article has anything but paragraphs."""
    head = article.kicker, article.title, article.subtitle, article.author, article.affiliation
    return any(head)


def bodies(text: str, arrangement: Arrangement) -> Body:
    """The arrangement's paragraphs and furniture as parts."""
    strings: dict[tuple[int, str, int], list[tuple[int, Part]]] = defaultdict(list)
    dropped: dict[int, Piece] = {}
    for piece in arrangement.pieces:
        target = piece.target
        if target is None:
            if piece.rule == DOUBLED:
                dropped[piece.end] = piece
        elif target.field in ("paragraphs", "furniture"):
            part = Part(piece.start, piece.end, piece.rule)
            strings[target.article, target.field, target.index].append((target.offset, part))

    def string(article: int, name: str, index: int) -> Paragraph:
        return [part for _, part in sorted(strings[article, name, index])]

    articles = [
        [string(number, "paragraphs", index) for index in range(len(article.paragraphs))]
        for number, article in enumerate(arrangement.articles)
    ]
    lines = [string(-1, "furniture", index) for index in range(len(arrangement.furniture))]
    return Body(text, arrangement, articles, lines, dropped)


def rebuilt(text: str, arrangement: Arrangement, body: Body) -> Arrangement:
    """The arrangement with the paragraphs and furniture as they stand now."""
    numbers: dict[int, int] = {}
    articles: list[Article] = []
    pieces: list[Piece] = []
    for number, paragraphs in enumerate(body.articles):
        left = [paragraph for paragraph in paragraphs if paragraph]
        head = arrangement.articles[number]
        if not left and not has_head(head):
            continue
        numbers[number] = len(articles)
        pieces += _placed(left, len(articles), "paragraphs")
        strings = tuple("".join(text[p.start : p.end] for p in one) for one in left)
        articles.append(replace(head, paragraphs=strings))
    lines = [line for line in body.furniture if line]
    pieces += _placed(lines, -1, "furniture")
    furniture = tuple("".join(text[part.start : part.end] for part in line) for line in lines)
    for piece in arrangement.pieces:
        target = piece.target
        if piece in body.restored or (target and target.field in ("paragraphs", "furniture")):
            continue
        if target is not None:
            target = replace(target, article=numbers[target.article])
        pieces.append(replace(piece, target=target))
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    return Arrangement(tuple(articles), furniture, tuple(pieces), arrangement.seams)


def _placed(paragraphs: Sequence[Paragraph], article: int, name: Field) -> list[Piece]:
    pieces: list[Piece] = []
    for index, paragraph in enumerate(paragraphs):
        offset = 0
        for part in paragraph:
            target = Target(article, name, index, offset)
            pieces.append(Piece(part.start, part.end, part.rule, target))
            offset += part.end - part.start
    return pieces
