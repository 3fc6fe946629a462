"""What rules cost by their number: 10 + 10 + 10, 100 + 50 + 50, 1,000 + 200 + 200, the built-in.

Literals, patterns and phrases are drawn from the articles of the project, with one character made
another, so that they look like what people write. Three patterns in ten are called up by right
text, too, and turned away by what stands beside it, and one phrase in ten stands in the articles:
words of every seventeenth pattern stand on a page, of the built-in rules' of every fifteenth. No
rule changes what is right: a larger set would make more edits, and what is asked is what its rules
cost. Then the same on pages on which all sets mend the same places. Then what the start costs:
reading, compiling. CPU time of the process, best of ROUNDS, all in turns; what takes milliseconds
is timed AGAIN times a round, for the best of a few is a matter of luck.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from jiaokan.cleaning import run_stages
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.rule import LiteralRule, PatternRule, PhraseRule, Rule
from jiaokan.stages.context import Context

from bench.result import Options, Table
from bench.sample_pages import long_articles, sample_pages

ROUNDS = 5
AGAIN = 5
SIZES = ((10, 10, 10), (100, 50, 50), (1_000, 200, 200))
"""Literal, pattern and phrase rules of a set."""
MISREAD = 6
"""Places of a page that are mended in the second table."""
MOST = 2.0
"""How much more than the smallest set the largest one may take."""


def tables(options: Options) -> list[Table]:
    """Time by the number of rules, and what the start costs."""
    pages = _pages(options)
    misread = _misread(pages, options.seed)
    return [
        _by_number("Rules of kinds literal, pattern and phrase", pages, options.seed),
        _by_number(f"The same where {MISREAD} places a page are mended", misread, options.seed),
        _start(),
    ]


def _pages(options: Options) -> list[str]:
    pages: list[str] = []
    size = 0
    for page in sample_pages(options.seed):
        pages.append(page)
        size += len(page.encode())
        if size >= options.megabytes * 1e6:
            break
    return pages


def _misread(pages: Sequence[str], seed: int) -> list[str]:
    """The pages with what the smallest set mends, so that each set mends the same places: half
    of them by literals, half by patterns."""
    rules = rule_set(*SIZES[0], seed).rules
    words = [wrong for rule in rules if isinstance(rule, LiteralRule) for wrong in rule.pairs]
    words += [_match_of(rule.pattern) for rule in rules if isinstance(rule, PatternRule)]
    random = Random(f"misread {seed}")
    return [_with(page, words, random) for page in pages]


def _with(page: str, words: Sequence[str], random: Random) -> str:
    lines = page.split("\n")
    half = len(words) // 2
    chosen = random.sample(words[:half], MISREAD // 2) + random.sample(words[half:], MISREAD // 2)
    for word in chosen:
        lines.insert(random.randrange(1, len(lines)), word)
    return "\n".join(lines)


def _match_of(pattern: str) -> str:
    """A text that one of these patterns matches and changes."""
    after = pattern.partition("])[")[2].partition("]")[2]
    return f"{_WRONG}{after[0]}{after[0]}{after[-2]}"


def _by_number(title: str, pages: Sequence[str], seed: int) -> Table:
    megabytes = sum(len(page.encode()) for page in pages) / 1e6
    books = [(_name(size), rule_set(*size, seed)) for size in SIZES]
    books.append(("built in", load()))
    alone: dict[str, float] = {}
    staged: dict[str, float] = {}
    edits: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, book in books * AGAIN:
            seconds, edits[name] = _timed(lambda book=book: _edits(book, pages))  # type: ignore[misc]
            alone[name] = min(alone.get(name, seconds), seconds)
        for name, book in books:
            seconds, _ = _timed(lambda book=book: _stages(book, pages))  # type: ignore[misc]
            staged[name] = min(staged.get(name, seconds), seconds)
    least = books[0][0]
    rows = tuple(
        (
            name,
            round(1e3 * alone[name] / megabytes, 2),
            round(alone[name] / alone[least], 2),
            round(1e3 * staged[name] / megabytes, 1),
            round(staged[name] / staged[least], 2),
            edits[name],
        )
        for name, _ in books
    )
    return Table(
        title,
        ("rules", "ms a MB", "times the least", "all stages, ms a MB", "times the least", "edits"),
        rows,
        (f"{megabytes:.1f} MB of generated pages; at most {MOST} times the least is asked for",),
    )


def _stages(book: Rulebook, pages: Sequence[str]) -> int:
    return sum(len(run_stages(page, Context("simplified", book))[0].changes) for page in pages)


def _name(size: tuple[int, int, int]) -> str:
    return " + ".join(f"{number:,}" for number in size)


def _edits(book: Rulebook, pages: Sequence[str]) -> int:
    return sum(1 for page in pages for _ in book.edits(page))


def _timed(task: Callable[[], int]) -> tuple[float, int]:
    start = time.process_time()
    result = task()
    return time.process_time() - start, result


def rule_set(literals: int, patterns: int, phrases: int, seed: int) -> Rulebook:
    """Rules in these numbers; a larger set holds the smaller one."""
    rules: list[Rule] = [
        *_some(_literal, literals, Random(f"literal {seed}")),
        *_some(_pattern, patterns, Random(f"pattern {seed}")),
        *_some(_phrase, phrases, Random(f"phrase {seed}")),
    ]
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.id)), "")


def _some(make: Callable[[str, str], Rule], number: int, random: Random) -> Iterator[Rule]:
    """So many rules made of clauses of the articles, no clause twice."""
    seen: set[str] = set()
    text = _text()
    clauses = _clauses(text)
    while len(seen) < number:
        clause = random.choice(clauses)
        start = random.randrange(max(1, len(clause) - 9))
        words = clause[start : start + 9]
        if len(words) == 9 and words not in seen:
            rule = make(f"{make.__name__.strip('_')}-{len(seen) + 1:04}", words)
            if not any(Rulebook((rule,), "").edits(text)):
                seen.add(words)
                yield rule


def _text() -> str:
    return "，".join(paragraph for one in long_articles().articles for paragraph in one.paragraphs)


def _clauses(text: str) -> list[str]:
    for mark in "。！？；：、“”（）《》":
        text = text.replace(mark, "，")
    return sorted({clause for clause in text.split("，") if clause.isalpha() and len(clause) >= 9})


def _literal(id: str, words: str) -> Rule:
    wrong = words[2:4] + _WRONG
    return LiteralRule(id=id, reason="bench", pairs={wrong: words[2:5]})


def _pattern(id: str, words: str) -> Rule:
    """A look-around, a class and a bounded repeat, as in the built-in rules.

    What calls up a built-in pattern in right text is nearly always turned away by what stands
    beside it, so is it here. One in ten reads what is right, too, as [己已]经 does.
    """
    called = id.endswith(("0", "4", "8"))
    read = words[3] + _WRONG if called or id.endswith("2") else _WRONG + "冂"
    beside, right = (words[2], words[3] + _WRONG) if called else (words[0], words[3])
    pattern = rf"(?<![\d{beside}])[{read}]{words[4]}(?=\p{{Han}}{{1,3}}{words[7]})"
    return PatternRule(id=id, reason="bench", pattern=pattern, replace=right + words[4])


def _phrase(id: str, words: str) -> Rule:
    if not id.endswith("0"):
        words = words[::2] + words[1::2]
    return PhraseRule(id=id, reason="bench", phrase=words, distance=1)


_WRONG = "囗"
"""A character that no article holds, nor 冂."""


def _read_anew() -> int:
    from jiaokan.rulebook.packs import book_of

    book_of.cache_clear()
    return len(load().rules)


def _start() -> Table:
    rows: list[tuple[str, float]] = []
    seconds = min(_timed(_read_anew)[0] for _ in range(ROUNDS))
    rows.append(("read the built-in packs", round(1e3 * seconds, 1)))
    for name, book in (("built in", load()), (_name(SIZES[-1]), rule_set(*SIZES[-1], 7))):
        from jiaokan.rulebook import regexes

        regexes.KNOWN.clear()
        regexes._engine.cache_clear()
        seconds, _ = _timed(lambda book=book: len(list(book.edits("甲"))))  # type: ignore[misc]
        rows.append((f"compile what changes text: {name}", round(1e3 * seconds, 1)))
        seconds, _ = _timed(lambda book=book: bool(book.line_role("甲")))  # type: ignore[misc]
        rows.append((f"compile what knows lines: {name}", round(1e3 * seconds, 1)))
    return Table("What the start costs", ("step", "CPU ms"), tuple(rows))
