"""Script repair: pages with words of the other script mixed in, both ways.

    python -m bench.mixed_script --corpus ../shared/corpus --chars 3000000

Takes clean pages (for traditional ones: the corpus as OpenCC writes it), puts 3 % of the text
into the other script in stretches of two to four characters, and counts how many of the changed
characters come back (recall) and how many of the edits are right (precision). A page left clean
should see no edit at all.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.stages import script
from jiaokan.stages.context import Context, Script
from jiaokan.stages.dominant_script import dominant_script
from jiaokan.stages.variants import full

from bench.clean_text import pages
from bench.result import Options, Table, needed

_STRETCH = re.compile("[\u4e00-\u9fff]{2,4}")
_RULES = Rulebook((), "")
TARGETS = ("simplified", "traditional")
SHARE = 0.03
"""of the text that is put into the other script"""


def mix(clean: str, other: str, share: float, dice: random.Random) -> str:
    """The clean page with stretches of the other script in it."""
    parts: list[str] = []
    last = 0
    for match in _STRETCH.finditer(clean):
        if dice.random() < share:
            start, end = match.span()
            parts += clean[last:start], other[start:end]
            last = end
    return "".join([*parts, clean[last:]])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--chars", type=int, default=3_000_000)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--examples", type=int, default=10)
    options = parser.parse_args()
    files = sorted(options.corpus.glob("*.txt.xz"))
    for target in TARGETS:
        counts, seen = measure(target, files, options.chars, options.share)
        _report(target, counts, seen, options.examples)


def measure(
    target: str, files: Sequence[Path], characters: int, share: float
) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Counts, and what was wrong or missed, on pages of the target's script."""
    counts: Counter[str] = Counter()
    seen: dict[str, Counter[str]] = {"wrong": Counter(), "missed": Counter()}
    for path in files:
        dice = random.Random(1)
        for page in pages(path, characters // len(files)):
            traditional = full("s2tw", page)
            if len(traditional) != len(page):
                continue
            clean, other = page, traditional
            if target == "traditional":
                clean, other = traditional, page
            _score(target, clean, other, share, dice, counts, seen)
    return counts, seen


def tables(options: Options) -> list[Table]:
    """For `python -m bench`, on three tenths of what clean-text reads."""
    corpus = needed(options.shared / "corpus", "the corpus")
    files = sorted(corpus.glob("*.txt.xz"))
    characters = options.characters * 3 // 10
    rows = []
    with ProcessPoolExecutor(options.processes) as pool:
        given = repeat(files), repeat(characters), repeat(SHARE)
        for target, (counts, seen) in zip(TARGETS, pool.map(measure, TARGETS, *given), strict=True):
            wrong, missed = (found.most_common(1) for found in seen.values())
            rows.append(
                (
                    target,
                    counts["changed"],
                    counts["right"] / max(1, counts["edits"]),
                    counts["right"] / max(1, counts["changed"]),
                    counts["missed, but reported"],
                    counts["clean edits"] / max(1, counts["characters"]) * 1e5,
                    counts["dominant right"] / max(1, counts["pages"]),
                    wrong[0][0] if wrong else "",
                    missed[0][0] if missed else "",
                )
            )
    columns = ("to", "foreign characters", "precision", "recall", "missed but reported")
    columns += ("edits per 100,000 clean", "script known", "often wrong", "often missed")
    title = f"script repair: {SHARE:.0%} of the text in the other script; {characters:,} characters"
    return [Table(title, columns, tuple(rows))]


def _score(
    target: str,
    clean: str,
    other: str,
    share: float,
    dice: random.Random,
    counts: Counter[str],
    seen: dict[str, Counter[str]],
) -> None:
    raw = mix(clean, other, share, dice)
    counts["characters"] += len(raw)
    counts["dominant right"] += dominant_script(raw) == target
    counts["pages"] += 1
    mended, findings = _run(raw, target)
    counts["findings"] += len(findings)
    counts["clean edits"] += sum(a != b for a, b in zip(clean, _run(clean, target)[0], strict=True))
    reported = {finding.start for finding in findings}
    for at, (was, now, true) in enumerate(zip(raw, mended, clean, strict=True)):
        if was == now == true:
            continue
        counts["changed"] += was != true
        counts["edits"] += was != now
        counts["right"] += was != now == true
        counts["missed, but reported"] += was == now and at in reported
        if now != true or was == true:
            around = raw[max(0, at - 4) : at + 5].replace("\n", "¶")
            seen["missed" if was == now else "wrong"][f"{was}→{now} ({true}) {around}"] += 1


def _run(text: str, target: str) -> tuple[str, list[Finding]]:
    script_name: Script = "simplified" if target == "simplified" else "traditional"
    items = list(script.run(text, Context(script_name, _RULES)))
    edits = [item for item in items if isinstance(item, Edit)]
    return apply(text, ordered(edits, text)), [i for i in items if isinstance(i, Finding)]


def _report(
    target: str, counts: Counter[str], seen: dict[str, Counter[str]], examples: int
) -> None:
    print(f"\nto {target}: {dict(counts)}")
    print(f"precision {counts['right'] / max(1, counts['edits']):.4f}", end="  ")
    print(f"recall {counts['right'] / max(1, counts['changed']):.4f}", end="  ")
    print(f"edits on clean, per 100k {counts['clean edits'] / counts['characters'] * 1e5:.3f}")
    for kind, found in seen.items():
        pairs: Counter[str] = Counter()
        for shown, count in found.items():
            pairs[shown.split(" ")[0] + shown.split(" ")[1]] += count
        print(kind, dict(pairs.most_common(40)))
        for shown, count in found.most_common(examples):
            print(f"  {count:4} {shown}")


if __name__ == "__main__":
    main()
