"""The options of `jiaokan run`, in groups, and what they come to."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jiaokan.settings import Settings

if TYPE_CHECKING:
    from jiaokan.batch.area import Area
    from jiaokan.batch.inputs import Inputs
    from jiaokan.batch.job import Way
    from jiaokan.batch.shard import Shard

F = TypeVar("F", bound=Callable[..., Any])


class _Share(click.FloatRange):
    """A number from 0 to 1; nan is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that the text names."""
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value!r} is not in the range {self._describe_range()}.", param, ctx)
        return number


PAGES = (
    click.option(
        "--files-from",
        metavar="FILE",
        multiple=True,
        help="A list of pages and folders, one a line or one behind each NUL; - is stdin.",
    ),
    click.option(
        "--base",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder under which the pages' names begin.  [default: RAW; of lists, this folder]",
    ),
    click.option("--shard", metavar="I/N", help="Only the pages of part I of N."),
)
"""Which pages."""

TEXT = (
    click.option("--encoding", metavar="NAME", help="Encoding of the raw files; else found out."),
    click.option(
        "--script",
        type=click.Choice(["auto", "simplified", "traditional", "keep"]),
        default="auto",
        show_default=True,
        help="Script to bring each page to; auto: the one it is mostly in.",
    ),
    click.option(
        "--rules",
        type=click.Path(path_type=Path, exists=True),
        multiple=True,
        help="More rules: a YAML file or a folder of them. May be repeated; later ones win.",
    ),
    click.option(
        "--decisions",
        type=click.Path(path_type=Path, exists=True),
        multiple=True,
        help="What people decided: a file or a folder.  [default: decisions.yaml, decisions/]",
    ),
    click.option(
        "--publication", metavar="NAME", help="What the pages are from, for rules that ask."
    ),
    click.option(
        "--date", metavar="DATE", help="When the pages date from: 1956-03-12, 1956-03, 1956."
    ),
    click.option(
        "--min-confidence",
        type=_Share(0, 1),
        default=0.5,
        show_default=True,
        help="Seams below it are reported as findings.",
    ),
    click.option(
        "--neural/--no-neural",
        default=True,
        show_default=True,
        help="Whether the network may read pages that are not in order; slower, and better.",
    ),
)
"""What is done to a page."""

BATCH = (
    click.option("--jobs", "-j", type=click.IntRange(0), help="Workers.  [default: cores]"),
    click.option("--force", is_flag=True, help="Do pages that are up to date, too."),
    click.option(
        "--overwrite",
        type=click.Choice(["edited"]),
        help="Write over clean files that a person edited; else they stay.",
    ),
    click.option(
        "--on-error",
        type=click.Choice(["skip", "stop"]),
        default="skip",
        show_default=True,
        help="What a page that fails does to the others.",
    ),
    click.option("--retry-failed", is_flag=True, help="Only what failed or was never done."),
    click.option("--prune", is_flag=True, help="Take away the clean files of gone pages."),
    click.option("--dry-run", "-n", is_flag=True, help="Say what would be done; do nothing."),
)
"""How the pages are gone about."""

TOLD = (
    click.option("--explain", is_flag=True, help="Say of each page why it was or was not done."),
    click.option("--max-findings", type=click.IntRange(0), help="Exit 1 where there are more."),
    click.option("--json", "as_json", is_flag=True, help="Print what became of each page as JSON."),
    click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
)
"""What is said of it."""


def options(*groups: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """A decorator that gives a command the groups' options, in their order."""

    def decorated(function: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return decorated


def paths_of(paths: tuple[str, ...], given: Mapping[str, Any]) -> "tuple[Inputs, Path]":
    """What to read, and the folder to write to."""
    from jiaokan.batch.inputs import Inputs

    lists: tuple[str, ...] = given["files_from"]
    if len(paths) > 1:
        *raws, clean = paths
    elif lists:
        raws, clean = [], paths[0] if paths else "clean"
    else:
        raws, clean = list(paths or ("raw",)), "clean"
    if [*raws, *lists].count("-") > 1:
        raise click.UsageError("stdin (-) can be read once only")
    if clean == "-":
        raise click.UsageError("the last path is the folder to write to, and - is none")
    return Inputs(tuple(raws), lists, given["base"]), Path(clean)


def settings_of(given: Mapping[str, Any]) -> Settings:
    """What is done to a page."""
    from jiaokan.cli.workspace import rule_paths
    from jiaokan.formats.decode import known_encoding
    from jiaokan.rulebook.facts import normal_name

    return Settings(
        given["encoding"] and known_encoding(given["encoding"]),
        given["script"],
        rule_paths(given["rules"]),
        given["min_confidence"],
        given["neural"],
        normal_name(given["publication"] or ""),
        day_of(given["date"]),
    )


def way_of(given: Mapping[str, Any], area: "Area") -> "Way":
    """How the pages are gone about."""
    from jiaokan.batch import failures
    from jiaokan.batch.job import Way

    only = None
    if given["retry_failed"]:
        if given["force"]:
            raise click.UsageError("--retry-failed and --force do not go together")
        only = frozenset(name for name, _ in failures.read(area))
    return Way(given["force"], given["overwrite"] == "edited", only, given["dry_run"])


def shard_of(text: str | None) -> "Shard | None":
    """The part of the pages that is asked for."""
    from jiaokan.batch import shard

    try:
        return shard.shard_of(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--shard'") from None


def jobs_of(jobs: int | None, pages: int) -> int:
    """How many workers are worth it; 0: none."""
    return 0 if pages < 2 else min(_cores() if jobs is None else jobs, pages)


def _cores() -> int:
    """Cores that this process may use."""
    import os

    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def day_of(date: str | None) -> str:
    """The day, month or year that --date names; empty where it was not given."""
    from jiaokan.rulebook.facts import normal_date

    try:
        return normal_date(date) if date else ""
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--date'") from None
