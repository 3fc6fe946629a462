"""Stage punctuation: the half-width marks of an engine → the marks of Chinese print.

- `, ; : ? !` beside Chinese: 2025年,GDP增长5%,高于预期 → 2025年，GDP增长5%，高于预期
- a point that ends a Chinese sentence: 圆满结束. → 圆满结束。 Inside a paragraph it takes the
  statistics, and the page's habit: how many of its stops are surely written so
- `( )` in pairs: 决定(以下简称《决定》) → 决定（以下简称《决定》）; 体系(EMI)在 → 体系（EMI）在
- `...` `。。。` `…` → `……`; `--` → `——`, and 一一 where a dash is far likelier
- straight quotation marks → curly ones, where the pairing of a whole paragraph is certain
- a bar that a column's rule left glued to text: 消失。| 有人 → 消失。有人
- the single blank beside a mark goes with it: 首先, 要 → 首先，要

Left alone:

- numbers, times and ratios (1,000 3.5 12:30 2:1), addresses, file names;
- code: f(x, y), print("…"), [1, 2], `a, b`;
- what stands between English: Smith, J.; Python, Java, Rust; an English sentence or citation;
- a bracket without a partner, straight marks that do not pair up: reported;
- a point between two Han characters, where the statistics do not tell a stop from a comma or the
  dot of a name: reported;
- a single —, which joins as often as it breaks (北京—上海); 一一 that may be a dash: reported;
- the direction of curly marks, 「」 and 『』, 〈 that may be a bracket (reported beside a ）);
- two and more blanks: they may be a gutter between columns.

>>> from jiaokan.edit import Edit, apply, ordered
>>> from jiaokan.rulebook import Rulebook
>>> def fixed(text):
...     items = run(text, Context("simplified", Rulebook((), "")))
...     return apply(text, ordered([item for item in items if isinstance(item, Edit)], text))
>>> fixed('他说:"比分2:1, 赢了!"(掌声)')
'他说：“比分2:1，赢了！”（掌声）'
>>> fixed("在Python, Java, Rust中"), fixed("增长1,000人"), fixed("见Smith, J.的书")
('在Python, Java, Rust中', '增长1,000人', '见Smith, J.的书')
"""

from collections.abc import Iterable, Iterator

from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.lazy_regex import lazy
from jiaokan.proposals import Proposals
from jiaokan.stages._bars import bars
from jiaokan.stages._brackets import brackets
from jiaokan.stages._dash_ones import ones
from jiaokan.stages._marks import dashes, dots, marks, split
from jiaokan.stages._quotes import quotes
from jiaokan.stages._stops import stops
from jiaokan.stages._surroundings import CHINESE, Surroundings
from jiaokan.stages.context import Context

_CHINESE = lazy(f"[{CHINESE}]")
_HALF = ",;:?!()[]{}.\"'-—…`"
"""Marks that are judged by the blank beside them."""
_OUTSIDE = {"“": -1, "‘": -1, "”": 1, "’": 1}
"""Quotation marks, and on which side of them the outside lies."""


def run(text: str, context: Context) -> Iterable[Edit | Finding]:
    """Full-width marks for half-width ones in Chinese, and what is doubtful about others."""
    around = Surroundings(text)
    between, sure, rest = split(around)
    return Proposals(between, list(_others(around, sure, rest)))


def _others(around: Surroundings, sure: list[int], rest: list[int]) -> Iterator[Edit | Finding]:
    """All but the marks that need no second look, beside which no blank stands."""
    text = around.text
    corners = text.count("「") > text.count("“")
    edits: list[Edit] = []
    for items in (
        marks(around, sure, rest),
        stops(around),
        dots(around),
        dashes(around),
        ones(text),
        bars(text),
        brackets(around),
        quotes(around, corners=corners),
    ):
        for item in items:
            if isinstance(item, Edit):
                edits.append(item)
            else:
                yield item
    yield from _with_blanks(text, edits)


def _with_blanks(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Each edit together with the single blank beside its mark, which a full-width mark has not."""
    inorder = sorted(edits, key=lambda edit: edit.start)
    if " " not in text:
        yield from inorder
        return
    changed = {at for edit in inorder for at in range(edit.start, edit.end)}
    last = 0
    for edit in inorder:
        start, end = edit.start, edit.end
        if text[end : end + 1] != " " != text[start - 1 : start]:
            last = end
            yield edit
            continue
        for side in (-1, 1):
            at = start - 1 if side < 0 else end
            beyond = at + side
            if at < last or not _is_inside(text, at, beyond):
                continue
            if beyond in changed or _is_spare(text[beyond], edit.new, side):
                start, end = (at, end) if side < 0 else (start, at + 1)
        last = end
        grown = end - start > edit.end - edit.start
        yield edit._replace(start=start, end=end) if grown else edit


def _is_inside(text: str, at: int, beyond: int) -> bool:
    """Whether a single blank stands there, inside its line and in no gutter."""
    return text[at : at + 1] == " " and 0 <= beyond < len(text) and not text[beyond].isspace()


def _is_spare(beyond: str, mark: str, side: int) -> bool:
    """Whether the blank between a mark and what stands beyond has no use.

    Outside quotation marks it has one beside Latin: that of Go “热循环” stays.
    """
    if beyond in _HALF:
        return False
    return _OUTSIDE.get(mark) != side or bool(_CHINESE.match(beyond))
