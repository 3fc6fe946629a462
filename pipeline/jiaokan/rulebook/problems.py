"""What is wrong with rule files, gathered so that one error tells all of it.

rules/own.yaml:3:5: unknown key 'patern'; did you mean 'pattern'?
  3 |     patern: 己经
"""

from collections.abc import Iterable
from typing import NamedTuple

from jiaokan.errors import RuleError

MOST = 50
"""Problems that one error tells."""
ENOUGH = 1_000
"""Problems of a file after which the rest of it is not looked at."""
_WIDTH = 120
_LONGEST = 300


class Problem(NamedTuple):
    """One thing that is wrong, ready to print."""

    where: str
    """file:line:column."""
    what: str
    quote: str
    """The line it stands in."""
    hint: str = ""
    spot: tuple[int, int] = (0, 0)
    """Line and column from 0; a file's problems are told in this order."""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}", self.quote, self.hint and f"  {self.hint}"]
        return "\n".join(line for line in lines if line)


class RuleFileError(RuleError):
    """A rule error that keeps its problems apart."""

    problems: tuple[Problem, ...] = ()


class Problems:
    """The problems of one file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines = text.split("\n")
        self._found: list[Problem] = []

    @property
    def found(self) -> list[Problem]:
        """The problems in the file's order."""
        return sorted(self._found, key=lambda problem: problem.spot)

    @property
    def many(self) -> bool:
        """Whether so much is wrong that going on is of no use."""
        return len(self._found) >= ENOUGH

    def add(self, spot: tuple[int, int], what: str, *, hint: str = "") -> None:
        """Note a problem at a place, both numbers from 0."""
        line, column = spot
        what = what if len(what) <= _LONGEST else f"{what[:_LONGEST]}…"
        quoted = self._lines[line].strip("\r\ufeff") if line < len(self._lines) else ""
        quote = f"  {line + 1} | {quoted[:_WIDTH]}" if quoted.strip() else ""
        self._found.append(Problem(f"{self.name}:{line + 1}:{column + 1}", what, quote, hint, spot))

    def error(self) -> "RuleFileError":
        """All of them in one error."""
        return gathered(self.found)

    def raise_any(self) -> None:
        """Raise the error if there is anything to tell."""
        if self.found:
            raise self.error()

    @staticmethod
    def single(name: str, what: str, hint: str = "") -> "RuleFileError":
        """An error about a file as a whole."""
        return gathered([Problem(name, what, "", hint)])


def gathered(found: Iterable[Problem]) -> RuleFileError:
    """One error that lists every problem.

    `where` names the first one's place; the other problems follow in the text.
    """
    problems = list(found)
    first, rest = problems[0], problems[1:]
    tail = [str(problem) for problem in rest[: MOST - 1]]
    if len(rest) >= MOST:
        tail.append(f"and {len(rest) - MOST + 1} more")
    below = [first.quote, first.hint and f"  {first.hint}", *tail]
    hint = "\n".join(line for line in below if line).removeprefix("  ")
    error = RuleFileError(first.what, where=first.where, hint=hint)
    error.problems = tuple(problems)
    return error


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'pattern'?` where a known word comes close, else nothing."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    choices = sorted(known)
    best = process.extractOne(
        word[:100], choices, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.5
    )
    return f"; did you mean {best[0]!r}?" if best else ""
