"""Whose an affiliation is, where what it says or the articles' authors tell.

The search gives a line such as （作者单位：江城市委党校） to the article above it. At a page's
foot, or below a column that an engine read before it, that is another's. Two things show it:

- the line names its author (（作者：林若谷，系江城大学教授）), and another article's author is
  called so;
- the article above is a reporter's (本报记者 林若谷), or a report without an author's line: the
  paper does not say where its reporters work. Then it is the nearest article's above that has an
  author who is none, and has no such line.

Of two lines below one another the lower one goes where the upper one was taken from.

Lines below one another at a column's foot were gathered there, and the search can only guess which
is whose. What a line says is about its article: who writes of courts works at one (`_by_words`).

Left alone: a line that says of itself that it is a reporter's (（作者系本报驻外记者）), and one for
which no other article is left.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from jiaokan.lazy_regex import lazy
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.headings.wording import DATELINE
from jiaokan.stitch.search.decide import Reading

STAFF = lazy("记者|記者|评论员|評論員")
HELPED = lazy("通讯员|通訊員|撰稿|撰文")
"""Who writes beside the paper's own people, and works elsewhere."""
AUTHORS = lazy("[（(【〔][ \u3000]?(?:本文)?(?:第一)?作者")
"""How a line that tells of an author begins."""
OWN = lazy("[（(【〔](?:本文)?(?:第一)?作者(?:简介|簡介)?[：:]?")
"""What stands before the author's name in such a line."""
LEAST = 2
"""Characters of a name."""
HAN = "\u3400", "\u9fff"
USUAL = lazy(
    "作者|[单單]位|本文|分[别別]|[为為]|系|是|中共|中[国國]|人民|大[学學]|[学學][院校科]|研究(?:中心|[院所室员員生])?"
    "|教授|[讲講][师師]|博士|[硕碩]士|主任|主席|[书書][记記]|[处處局会會校]?[长長]|委[员員]会?|委員會|[党黨]校"
    "|[国國]家|社科|社[会會]科[学學]|基金|[项項]目|[课課][题題]|[规規][划劃]|[阶階]段性成果|成果|教研|副|省|市"
)
"""What such lines are made of, whatever the article is about."""
SURELY = 2
"""Words of two characters by which one way to deal out such lines must be likelier."""


def owners(text: str, reading: Reading) -> list[int]:
    """The stream of each item; of an affiliation, that of the article whose it is."""
    result = list(reading.stream)
    lines = [at for at, item in enumerate(reading.items) if item.kind == "affiliation"]
    settled: set[int] = set()
    for at in lines:
        item = reading.items[at]
        line = text[item.start : item.end]
        if not AUTHORS.match(line):
            continue
        taken = {result[other] for other in lines if other != at}
        named = [one for one in _streams(reading) if _names(text, reading.headings[one], line)]
        if named:
            settled.add(at)
            freed = result[at]
            result[at] = named[0] if len(named) == 1 else freed
            if at + 1 in lines and result[at] != freed and not _reports(text, reading, freed):
                result[at + 1] = freed  # it gave way to this one
        elif not STAFF.search(line) and _reports(text, reading, result[at]):
            free = [one for one in _streams(reading) if one not in taken]
            above = [
                one for one in free if _signed(text, reading, one) and _last(reading, one, at) >= 0
            ]
            result[at] = max(above, key=lambda one: _last(reading, one, at), default=result[at])
    for run in _runs(lines):
        if settled.isdisjoint(run):
            _by_words(text, reading, run, result)
    return result


def _runs(lines: Sequence[int]) -> Iterator[list[int]]:
    """The items that stand right below one another, two or more."""
    run: list[int] = []
    for at in [*lines, -1]:
        if run and at != run[-1] + 1:
            if len(run) > 1:
                yield run
            run = []
        run.append(at)


def _by_words(text: str, reading: Reading, run: Sequence[int], result: list[int]) -> None:
    """Deal out lines below one another anew, where they have words of other articles.

    A word counts for an article if no other one has it. Two lines change places, or one goes to an
    article that has an author and no such line, as long as that gains words enough.
    """
    used = [_pairs(_body(text, reading, one)) for one in _streams(reading)]
    said = {at: _pairs(USUAL.sub(" ", _line(text, reading, at))) for at in run}

    def fits(at: int, stream: int) -> int:
        if stream >= len(used):
            return 0
        elsewhere = set[str]().union(*used[:stream], *used[stream + 1 :])
        return len(said[at] & used[stream] - elsewhere)

    while True:
        taken = {result[at] for at, item in enumerate(reading.items) if item.kind == "affiliation"}
        free = [
            one for one in _streams(reading) if one not in taken and _signed(text, reading, one)
        ]
        moves = [
            (fits(at, one) - fits(at, result[at]), ((at, one),)) for at in run for one in free
        ] + [
            (
                fits(low, result[high])
                + fits(high, result[low])
                - fits(low, result[low])
                - fits(high, result[high]),
                ((low, result[high]), (high, result[low])),
            )
            for low, high in combinations(run, 2)
        ]
        gain, best = max(moves, default=(0, ()))
        if gain < SURELY:
            return
        for at, stream in best:
            result[at] = stream


def _line(text: str, reading: Reading, at: int) -> str:
    return text[reading.items[at].start : reading.items[at].end]


def _body(text: str, reading: Reading, stream: int) -> str:
    heading = [block.text for block in reading.headings[stream] if block.role != "byline"]
    own = zip(reading.items, reading.stream, strict=True)
    return "\n".join(
        [
            *heading,
            *(text[one.start : one.end] for one, at in own if at == stream and one.kind == "atom"),
        ]
    )


def _pairs(text: str) -> set[str]:
    """Each two Chinese characters that stand beside one another."""
    return {
        one + two
        for one, two in pairwise(text)
        if min(one, two) >= HAN[0] and max(one, two) <= HAN[1]
    }


def _streams(reading: Reading) -> range:
    return range(len(reading.headings))


def _last(reading: Reading, stream: int, before: int) -> int:
    """The last item of a stream above another item, -1 if there is none."""
    return max((at for at in range(before) if reading.stream[at] == stream), default=-1)


def _authors(heading: Sequence[Block]) -> list[Block]:
    return [block for block in heading if block.role in ("byline", "far byline")]


def _names(text: str, heading: Sequence[Block], line: str) -> bool:
    """Whether a line names one of a heading's authors as its own: right behind 作者."""
    said = OWN.sub("", "".join(line.split()), count=1)
    cells = [text[low:high] for block in _authors(heading) for low, high in [block.name or (0, 0)]]
    whole = ["".join(cell.split()) for cell in cells]
    return any(LEAST <= len(name) <= 4 and said.startswith(name) for name in whole)


def _signed(text: str, reading: Reading, stream: int) -> bool:
    """Whether an article has an author who is no reporter."""
    return bool(_authors(reading.headings[stream])) and not _reports(text, reading, stream)


def _reports(text: str, reading: Reading, stream: int) -> bool:
    """Whether an article is a reporter's, or a report that opens with its dateline."""
    if stream >= len(reading.headings):
        return False
    authors = _authors(reading.headings[stream])
    if authors:
        return all(STAFF.search(one.text) and not HELPED.search(one.text) for one in authors)
    items = zip(reading.items, reading.stream, strict=True)
    first = next((one for one, own in items if own == stream and one.kind == "atom"), None)
    return first is not None and DATELINE.match(text, first.start) is not None
