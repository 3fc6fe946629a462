"""`rules learn`: rules from hand-corrected pages, and what they do to pages nobody has seen.

A paper has an engine of its own, so each seed draws a set of misreadings that come again and
again, a foreign word that leaks in, a mark that is misread, and a line of furniture that no rule
knows; rare misreadings of all kinds come on top. Every page is made twice, damaged and
undamaged, in one layout. A simulated person turns what the run makes of the damaged page into
what it makes of the undamaged one, and does nothing else. The rules that `rules learn` proposes,
those that rest on two places and more, are then put in force on pages of other articles with the
damage of the same paper.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from jiaokan.batch.plan import plan
from jiaokan.batch.run import run
from jiaokan.cleaning import clean_page, context_of, run_stages
from jiaokan.curation.learn import learn
from jiaokan.curation.learn_align import operations
from jiaokan.curation.learn_check import judged, traced, with_rules
from jiaokan.curation.learn_model import Correction, Learnt, Proposal, Reviewed
from jiaokan.curation.learn_proof import shaped
from jiaokan.curation.learn_spans import reading, widened
from jiaokan.formats.markdown import write_markdown
from jiaokan.page import Decoding, Page
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings
from jiaokan.stages.dominant_script import dominant_script
from jiaokan.trace import Trace
from rapidfuzz.distance import Levenshtein

from bench.interleave import FileSource, read_confusions, read_files
from bench.interleave.corpus import read_registers
from bench.kinds import ARTICLES
from bench.result import Cell, Options, Table, needed
from bench.rules_learn_pages import ARTICLES_EACH, LINE, Pair, engine, pairs

SEEDS = 3
PAGES = 20
"""Pages that the person corrects."""
CLEAN = 400_000
"""Characters of proofread text in which every edit is one too many."""
OVERLOOKED = 0.1
"""Share of the errors that a careless person leaves."""
_PAGE = 7_000
_MARKS = str.maketrans("", "", "“”‘’")
_SETTINGS = Settings(neural=False)


def tables(options: Options) -> list[Table]:
    """Over several seeds: what is learnt, how much of the correction it repeats, what it breaks."""
    every = read_confusions(needed(options.shared / "facts" / "confusions.tsv", "the confusions"))
    articles = read_files(ARTICLES).articles
    book = load()
    rows: list[tuple[Cell, ...]] = []
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    broken: list[str] = []
    for seed in range(options.seed, options.seed + SEEDS):
        rng = Random(f"learn:{seed}")
        mixed = rng.sample(articles, len(articles))
        cut = PAGES * ARTICLES_EACH
        made = engine(every, FileSource(tuple(articles)), rng)
        seen = list(pairs(mixed[:cut], made, seed))
        unseen = list(pairs(mixed[cut:], made, seed + 1000))
        for count, overlooked in ((5, 0.0), (PAGES, 0.0), (PAGES, OVERLOOKED)):
            learnt = _learnt(seen[:count], book, overlooked)
            tally = _applied(unseen, learnt, book)
            clean = _in_clean_text(learnt, book, options.shared / "corpus")
            rows.append((seed, count, overlooked, learnt.corrections, *_row(learnt, tally), clean))
            if count == PAGES and not overlooked:
                for kind, found in tally.kinds.items():
                    kinds[kind].update(found)
                broken += tally.broken
    return [_table(rows), _by_kind(kinds, broken)]


def _learnt(seen: Sequence[Pair], book: Rulebook, overlooked: float) -> Learnt:
    """What is learnt from a person who overlooks a share of the errors."""
    rng = Random(f"overlooked:{len(seen)}")
    with TemporaryDirectory() as folder:
        raw, clean = Path(folder) / "raw", Path(folder) / "clean"
        raw.mkdir()
        for pair in seen:
            (raw / f"{pair.stem}.txt").write_bytes(pair.damaged.encode())
        list(run(plan(raw, clean), book, _SETTINGS))
        for pair in seen:
            wanted = clean_page(_page(pair.undamaged), book, _SETTINGS)
            path = clean / f"{pair.stem}.md"
            text = write_markdown(wanted.arrangement.articles).decode()
            if overlooked:
                text = _careless(path.read_text("utf-8"), text, overlooked, rng)
            path.write_bytes(text.encode())
        return learn(raw, clean, book)


def _careless(run: str, wanted: str, overlooked: float, rng: Random) -> str:
    """What the run wrote, with most of the corrections."""
    parts, last = [], 0
    for start, end, new in operations(run, wanted):
        if rng.random() >= overlooked or "\n" in run[start:end] + new:
            parts += run[last:start], new
            last = end
    return "".join((*parts, run[last:]))


def _page(text: str) -> Page:
    return Page("page.txt", text.encode(), Decoding("utf-8", "utf-8"), text)


@dataclass
class Tally:
    """What rules do to unseen pages."""

    before: int = 0
    """Characters that are wrong without them."""
    after: int = 0
    unmarked: tuple[int, int] = (0, 0)
    """Before and after, quotation marks left out."""
    kinds: defaultdict[str, Counter[str]] = None  # type: ignore[assignment]
    broken: list[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.kinds, self.broken = defaultdict(Counter), []


def _applied(unseen: Sequence[Pair], learnt: Learnt, book: Rulebook) -> Tally:
    chosen = [one for one in learnt.proposals if not one.single]
    kind = {one.id: _kind(one) for one in chosen}
    rules = [shaped(one) for one in chosen if one.kind != "off"]
    off = [one.entry["off"] for one in chosen if one.kind == "off"]
    full = with_rules(book, [rule for rule in rules if not isinstance(rule, str)], off)
    tally = Tally()
    for one in chosen:
        tally.kinds[kind[one.id]]["rules"] += 1
    for pair in unseen:
        page = _wanted(pair, book)
        after, findings = traced(page, full)
        texts = [text.translate(_MARKS) for text in (page.text, after.text, page.wanted.text)]
        old, new = (Levenshtein.distance(text, texts[2]) for text in texts[:2])
        tally.unmarked = tally.unmarked[0] + old, tally.unmarked[1] + new
        tally.before += Levenshtein.distance(page.text, page.wanted.text)
        tally.after += Levenshtein.distance(after.text, page.wanted.text)
        for change in after.changes:
            for name in sorted({step.rule for step in change.steps} & kind.keys()):
                better = judged(page, page.trace, after, change)
                if better is not None:
                    tally.kinds[kind[name]]["right" if better else "wrong"] += 1
                    if not better:
                        raw = pair.damaged[change.start - 5 : change.end + 5].replace("\n", "⏎")
                        tally.broken.append(f"{name}: {raw} {change.old}→{change.new}")
        for finding in findings:
            if finding.rule in kind:
                spans = widened((after, page.wanted), finding.start, finding.end)
                wrong = reading(after, *spans) == reading(page.wanted, *spans)
                tally.kinds[kind[finding.rule]]["false" if wrong else "reported"] += 1
        _count_lines(tally, pair, full, kind)
    return tally


def _kind(one: Proposal) -> str:
    """The kind, literal rules told apart by what they came from."""
    told = {"more": "literal, by analogy", "mark": "literal, marks"}
    return told.get(one.id.split("-")[1], one.kind) if one.kind == "literal" else one.kind


def _in_clean_text(learnt: Learnt, book: Rulebook, corpus: Path) -> Cell:
    """Edits of the kept rules in 100,000 characters of proofread text."""
    if not corpus.is_dir():
        return "-"
    chosen = [one for one in learnt.proposals if not one.single and one.kind != "off"]
    rules = [rule for one in chosen if not isinstance(rule := shaped(one), str)]
    full, names = with_rules(book, rules), {rule.id for rule in rules}
    size = edits = 0
    for text in _clean_pages(corpus):
        trace, _ = run_stages(text, context_of(text, full, "auto"))
        size += len(text)
        edits += sum(step.rule in names for change in trace.changes for step in change.steps)
    return edits / max(size, 1) * 1e5


@cache
def _clean_pages(corpus: Path) -> tuple[str, ...]:
    """Pages of the parts of the corpus that the language model has not counted."""
    names = [path.name.split(".")[0] for path in sorted(corpus.glob("*.txt.xz"))]
    found: list[str] = []
    for register in read_registers(corpus, names, "test"):
        text = "\n".join(register.lines)[: CLEAN // len(names)]
        found += [text[at : at + _PAGE] for at in range(0, len(text), _PAGE)]
    return tuple(found)


def _count_lines(tally: Tally, pair: Pair, full: Rulebook, kind: dict[str, str]) -> None:
    known = set(pair.undamaged.split("\n"))
    for line in pair.damaged.split("\n"):
        found = full.line_role(line) if line.strip() else None
        if found and found.rule in kind:
            tally.kinds["drop"]["wrong" if line in known else "right"] += 1


def _wanted(pair: Pair, book: Rulebook) -> Reviewed:
    """The damaged page, and what its text should read like."""
    script = dominant_script(pair.undamaged)
    trace, _ = run_stages(pair.damaged, context_of(pair.damaged, book, script))
    right, _ = run_stages(pair.undamaged, context_of(pair.undamaged, book, script))
    wanted = f"{LINE}\n\n{right.text}"
    corrections = tuple(
        Correction(0, start, end, trace.text[start:end], new)
        for start, end, new in operations(trace.text, wanted)
    )
    whole = Trace(trace.raw, trace.text, trace.changes, trace.turn)
    return Reviewed(0, pair.stem, whole, script, corrections, ((0, len(trace.text)),))


def _row(learnt: Learnt, tally: Tally) -> tuple[Cell, ...]:
    kept = sum(1 for one in learnt.proposals if not one.single)
    right = sum(found["right"] for found in tally.kinds.values())
    wrong = sum(found["wrong"] for found in tally.kinds.values())
    reported = sum(found["reported"] for found in tally.kinds.values())
    repeated = (tally.before - tally.after) / max(tally.before, 1)
    unmarked = 1 - tally.unmarked[1] / max(tally.unmarked[0], 1)
    with_reports = repeated + reported / max(tally.before, 1)
    precision: Cell = right / (right + wrong) if right + wrong else "-"
    shares = repeated, with_reports, unmarked
    return len(learnt.proposals), kept, tally.before, *shares, right, wrong, precision


def _table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    columns = ("seed", "pages", "overlooked", "corrections", "proposed", "kept", "wrong characters")
    columns += ("repeated", "or reported", "without marks", "right", "wrong", "precision", "clean")
    return Table(
        "rules learnt from hand-corrected pages, on pages of other articles",
        columns,
        tuple(rows),
        (
            "kept: rests on two places and more; repeated: share of the wrong characters that the "
            "kept rules put right; or reported: with those that they report; without marks: share "
            "put right, quotation marks left out of the count",
            f"clean: edits of the kept rules in 100,000 of {CLEAN:,} characters of the corpus, "
            "from parts that the language model has not counted",
        ),
    )


def _by_kind(kinds: dict[str, Counter[str]], broken: Sequence[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind, found in sorted(kinds.items()):
        acted = found["right"] + found["wrong"]
        precision: Cell = found["right"] / acted if acted else "-"
        told = found["reported"], found["false"]
        rows.append((kind, found["rules"], found["right"], found["wrong"], precision, *told))
    columns = ("kind", "rules", "right", "wrong", "precision", "reported", "reported wrongly")
    notes = tuple(f"wrong: {one}" for one in sorted(broken)[:20])
    return Table(f"the same by kind, {PAGES} pages, all seeds", columns, tuple(rows), notes)
