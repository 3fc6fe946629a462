"""Pages cleaned and written, by workers or here; one that fails stops no other."""

from collections.abc import Iterator

from jiaokan.batch.area import Area
from jiaokan.batch.job import SAFELY, PageJob, Way
from jiaokan.batch.outcome import Outcome
from jiaokan.batch.plan import Plan
from jiaokan.batch.pool import Died, Pool
from jiaokan.batch.process import options_of
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings

__all__ = ["Outcome", "options_of", "run"]


def run(
    plan: Plan, rules: Rulebook, settings: Settings, *, jobs: int = 0, way: Way = SAFELY
) -> Iterator[Outcome]:
    """Clean the planned pages, and write what they give; what became of each, in their order.

    By `jobs` workers; 0: here, in this process, which a page that kills it then takes along.
    Raises JiaokanError where the clean folder cannot be made at all.
    """
    try:
        plan.clean.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made: {error.strerror}"
        raise JiaokanError(what, where=str(plan.clean)) from error
    area = Area(plan.clean, plan.shard)
    job = PageJob(area, rules, settings, way)
    with area.held():
        if jobs:
            yield from _by_workers(job, plan, jobs)
        else:
            yield from map(job, plan.sources)


def _by_workers(job: PageJob, plan: Plan, jobs: int) -> Iterator[Outcome]:
    with Pool(job, jobs) as pool:
        for source, answer in pool.stream(plan.sources):
            if isinstance(answer, Died):
                what = f"{source.name}: {answer.cause}, twice, the second time with no other page"
                yield Outcome(source, what, state="failed")
            else:
                yield answer
