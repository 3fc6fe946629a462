"""Over-correction: what the character stages change in text that is clean already.

    python -m bench.clean_text --corpus ../shared/corpus --chars 10000000

Cuts the corpus into pages, an equal share from each register, runs the stages and prints edits
and findings per 100,000 characters by stage and rule, with examples. Every kind that remains has
to be explained: a true slip in the corpus, or a slip of ours.
"""

import argparse
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from jiaokan.edit import Edit
from jiaokan.rulebook import Rulebook, load
from jiaokan.stages import STAGES, Stage
from jiaokan.stages.context import Context
from jiaokan.stages.dominant_script import dominant_script
from jiaokan.trace import Trace, advance

from bench.result import Options, Table, needed

_PAGE = 7_000
_AROUND = 8

Key = tuple[str, str, str]
"""Register, stage, rule ("? " before it: a finding)."""


class Tally:
    """Counts and examples by register, stage and rule."""

    def __init__(self) -> None:
        self.counts: Counter[Key] = Counter()
        self.examples: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.characters: Counter[str] = Counter()

    def take(self, other: "Tally") -> None:
        """Add what another tally has counted."""
        self.counts.update(other.counts)
        self.characters.update(other.characters)
        for key, found in other.examples.items():
            self.examples[key].update(found)

    def add(self, key: Key, text: str, start: int, end: int, new: str) -> None:
        """Note one edit or finding."""
        self.counts[key] += 1
        around = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        shown = f"{around[0]}[{text[start:end]}→{new}]{around[1]}"
        self.examples[key][shown.replace("\n", "¶")] += 1


def pages(path: Path, characters: int) -> Iterator[str]:
    """Pages of whole paragraphs, spread evenly over a register."""
    with lzma.open(path, "rt", encoding="utf-8") as source:
        found = list(_cut(source.read()))
    wanted = max(1, characters // _PAGE)
    step = max(1.0, len(found) / wanted)
    for number in range(min(wanted, len(found))):
        yield found[int(number * step)]


def _cut(text: str) -> Iterator[str]:
    page: list[str] = []
    size = 0
    for line in text.split("\n"):
        page.append(line)
        size += len(line) + 1
        if size >= _PAGE:
            yield "\n".join(page)
            page, size = [], 0


def measure(
    text: str, register: str, stages: Sequence[Stage], rules: Rulebook, tally: Tally
) -> Trace:
    """Run the stages over one page, as `jiaokan.cleaning.run_stages` does, and count."""
    context = Context(dominant_script(text), rules)
    trace = Trace(text, text)
    tally.characters[register] += len(text)
    for stage in stages:
        edits: list[Edit] = []
        protected = context.rules.protected(trace.text)
        for item in stage.run(trace.text, context):
            if protected.touches(item.start, item.end):
                continue
            if isinstance(item, Edit):
                edits.append(item)
                rule, new = item.rule, item.new
                if new == trace.text[item.start : item.end]:
                    continue  # it only claims its place
            else:
                rule, new = f"? {item.rule}", "?"
            tally.add((register, stage.name, rule), trace.text, item.start, item.end, new)
        trace = advance(trace, stage.name, edits)
    return trace


def tally_register(path: Path, characters: int) -> Tally:
    """Edits and findings of all stages and built-in rules on one register of the corpus."""
    tally, rules = Tally(), load()
    for page in pages(path, characters):
        measure(page, path.name.split(".")[0], STAGES, rules, tally)
    return tally


def tables(options: Options) -> list[Table]:
    """For `python -m bench`: edits and findings per 100,000 characters, with an example each."""
    corpus = needed(options.shared / "corpus", "the corpus")
    files = sorted(corpus.glob("*.txt.xz"))
    tally = Tally()
    with ProcessPoolExecutor(options.processes) as pool:
        shares = [options.characters // len(files)] * len(files)
        for found in pool.map(tally_register, files, shares):
            tally.take(found)
    return [_table(tally, is_finding) for is_finding in (False, True)]


def _table(tally: Tally, is_finding: bool) -> Table:
    registers = sorted(tally.characters)
    total = tally.characters.total()
    keys = sorted({key[1:] for key in tally.counts if key[2].startswith("? ") == is_finding})
    rows = []
    for name, rules in [("all", keys), *(("", [key]) for key in keys)]:
        counts = [sum(tally.counts[g, *rule] for rule in rules) for g in registers]
        examples: Counter[str] = Counter()
        for register in registers if not name else ():
            examples.update(tally.examples[register, *rules[0]])
        example = max(examples, key=lambda shown: (examples[shown], shown), default="")
        stage, rule = rules[0] if not name else (name, "")
        each = (n / tally.characters[g] * 1e5 for g, n in zip(registers, counts, strict=True))
        rows.append((stage, rule.removeprefix("? "), sum(counts) / total * 1e5, *each, example))
    what = "findings" if is_finding else "edits"
    columns = ("stage", "rule", "all", *registers, "example")
    title = f"{what} per 100,000 characters of clean text; {total:,} characters"
    return Table(title, columns, tuple(rows))


def report(tally: Tally, examples: int) -> None:
    """Print the table."""
    registers = sorted(tally.characters)
    total = sum(tally.characters.values())
    print(f"{total:,} characters; per 100,000: all, then " + ", ".join(registers))
    keys = sorted({key[1:] for key in tally.counts})
    for is_finding in (False, True):
        chosen = [key for key in keys if key[1].startswith("? ") == is_finding]
        print("\nfindings" if is_finding else "\nedits")
        for name, rules in [("all", chosen), *((f"{s:12} {r}", [(s, r)]) for s, r in chosen)]:
            counts = [sum(tally.counts[g, *rule] for rule in rules) for g in registers]
            shares = [
                f"{n / tally.characters[g] * 1e5:9.2f}"
                for g, n in zip(registers, counts, strict=True)
            ]
            print(f"{name:48} {sum(counts) / total * 1e5:8.3f} |{''.join(shares)}")
            if len(rules) == 1 and name != "all":
                found: Counter[str] = Counter()
                for g in registers:
                    found.update(tally.examples[g, *rules[0]])
                for shown, count in found.most_common(examples):
                    print(f"      {count:5} {shown}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--chars", type=int, default=10_000_000)
    parser.add_argument("--stages", default="", help="names, divided by commas; all by default")
    parser.add_argument("--bare", action="store_true", help="without any rules")
    parser.add_argument("--register", default="", help="one register only")
    parser.add_argument("--examples", type=int, default=0)
    options = parser.parse_args()
    names = [name for name in options.stages.split(",") if name]
    stages = [stage for stage in STAGES if not names or stage.name in names]
    files = sorted(options.corpus.glob(f"{options.register}*.txt.xz"))
    rules = Rulebook((), "") if options.bare else load()
    tally = Tally()
    for path in files:
        register = path.name.split(".")[0]
        for page in pages(path, options.chars // len(files)):
            measure(page, register, stages, rules, tally)
    report(tally, options.examples)


if __name__ == "__main__":
    main()
