"""Pages cleaned and written, by workers or here; one that fails stops no other."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import chain, islice

from jiaokan.batch.area import Area
from jiaokan.batch.job import SAFELY, PageJob, Way
from jiaokan.batch.outcome import Outcome
from jiaokan.batch.plan import Plan
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.errors import JiaokanError
from jiaokan.malloc import keep_freed
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings

__all__ = ["Outcome", "Way", "run", "stream"]


def run(
    plan: Plan,
    rules: Rulebook,
    settings: Settings,
    decisions: Decisions = NO_DECISIONS,
    *,
    jobs: int = 0,
    way: Way = SAFELY,
) -> Iterator[Outcome]:
    """Clean the planned pages, and write what they give; what became of each, in their order.

    By `jobs` workers; 0: here, in this process, which a page that kills it then takes along.
    Raises JiaokanError where the clean folder cannot be made, or another run writes to it.
    """
    with held(plan, way):
        yield from stream(plan, PageJob(area_of(plan), rules, settings, way, decisions), jobs)


def held(plan: Plan, way: Way = SAFELY) -> AbstractContextManager[None]:
    """The clean folder, made and held for this run; a dry run needs none."""
    if way.dry:
        return nullcontext()
    try:
        plan.clean.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made: {error.strerror}"
        hint = "name a folder that can be written to, and no link that leads nowhere"
        raise JiaokanError(what, where=str(plan.clean), hint=hint) from error
    return area_of(plan).held()


def area_of(plan: Plan) -> Area:
    """Where the run keeps its own files."""
    return Area(plan.clean, plan.shard)


def stream(plan: Plan, job: PageJob, jobs: int) -> Iterator[Outcome]:
    """As `run`, over a folder that is held already."""
    keep_freed()
    sources = iter(plan.sources)
    if not jobs:
        yield from map(job, sources)
        return
    from jiaokan.batch.pool import Died, Pool, start_method

    look = replace(job, way=replace(job.way, dry=True))
    for source in islice(sources, _ALONE):
        outcome = look(source)
        if outcome.state == "due" or outcome.error:
            sources = chain([source], sources)
            if start_method() == "fork":
                job.warm()
            break
        yield outcome
    with Pool(job, jobs) as pool:
        for source, answer in pool.stream(sources):
            if isinstance(answer, Died):
                what = f"{source.name}: {answer.cause}, twice, the second time with no other page"
                yield Outcome(source, what, state="failed")
            else:
                yield answer


_ALONE = 200
"""Pages at the start that are looked at before there are workers: if they are all up to date, none
may be needed; if one is not, what workers need is loaded once, before they are forked."""
