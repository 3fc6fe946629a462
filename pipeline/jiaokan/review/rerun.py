"""Pages cleaned again through the ordinary run, each as its ledger says it was run."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jiaokan.batch.plan import Plan, Source, plan
from jiaokan.errors import JiaokanError
from jiaokan.review.jobs import Job
from jiaokan.review.session import Desk
from jiaokan.settings import Settings

_SCRIPTS = ("auto", "simplified", "traditional", "keep")


def run_again(
    desk: Desk,
    numbers: Sequence[int],
    rules: tuple[Path, ...],
    job: Job,
    over: Collection[int] = (),
) -> Iterator[None]:
    """Run these pages; yields after each. Raises JiaokanError where there are no raw files.

    Pages whose clean files were edited by hand are left as they are, but for those in `over`.
    """
    from jiaokan.batch.run import Way, run
    from jiaokan.rulebook import load

    raw = desk.pages.raw
    if raw is None:
        raise JiaokanError(
            "pages cannot be run again without their raw files",
            hint="start the review with --raw RAW",
        )
    sources = _sources(raw, desk.pages.folder)
    todo = [((_settings(desk, number, rules), number in over), number) for number in numbers]
    todo.sort(key=lambda pair: (repr(pair[0]), pair[1]))
    book = load(rules)
    failed: list[str] = []
    edited: list[str] = []
    job.result = {"failed": failed, "edited": edited}
    for (settings, overwrite), group in groupby(todo, key=lambda pair: pair[0]):
        own = {_source(desk, number, sources): number for _, number in group}
        planned = Plan(desk.pages.folder, tuple(own), ())
        way = Way(overwrite_edited=overwrite)
        for outcome in run(planned, book, settings, desk.decisions(), way=way):
            if outcome.error:
                failed.append(outcome.error)
            if outcome.state in ("blocked", "edited"):
                edited.append(f"{outcome.source.name} ({outcome.why})")
            desk.ran([own[outcome.source]])
            yield


def _sources(raw: Path, clean: Path) -> dict[str, Source]:
    return {source.name: source for source in plan(raw, clean).sources}


def _source(desk: Desk, number: int, sources: dict[str, Source]) -> Source:
    name = desk.pages.summary(number).name
    source = sources.get(name)
    if source is None:
        raise JiaokanError(
            "the raw file of this page is not there",
            where=name,
            hint=f"it is looked for in {desk.pages.raw}: give the folder that was cleaned",
        )
    stem = desk.pages.folder / source.outputs[0].removesuffix(".json")
    if stem.resolve() != desk.pages.stems[number].resolve():
        raise JiaokanError(
            f"a run would write {stem}, and not the page that is shown",
            where=name,
            hint="give RAW and CLEAN as they were given to the run",
        )
    return source


def _settings(desk: Desk, number: int, rules: tuple[Path, ...]) -> Settings:
    """What the page's last run was asked for, from its ledger."""
    options = dict(desk.pages.open(number).record.ledger.options)
    script: Any = options.get("script", "auto")
    try:
        return Settings(
            options.get("encoding") or None,
            script if script in _SCRIPTS else "auto",
            rules,
            float(options.get("min_confidence", "0.5")),
            options.get("neural", "true") == "true",
            options.get("publication", ""),
            options.get("date", ""),
        )
    except ValueError as error:
        name = desk.pages.name(number)
        raise JiaokanError("the ledger's options cannot be read", where=name) from error
