"""A whole run as the command does it: pages, then pages that are gone, then what is noted down."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field

from jiaokan.batch import failures, manifest
from jiaokan.batch.area import Area
from jiaokan.batch.gone import Gone, gone, prune
from jiaokan.batch.job import SAFELY, PageJob, Way
from jiaokan.batch.outcome import Outcome
from jiaokan.batch.plan import Plan
from jiaokan.batch.run import area_of, held, stream
from jiaokan.batch.source import Source
from jiaokan.batch.tally import Tally
from jiaokan.decisions.book import NO_DECISIONS, Decisions
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings


@dataclass(slots=True)
class Session:
    """A run and its sums. `outcomes` does it; afterwards `tally` and `stopped` tell how it went."""

    plan: Plan
    rules: Rulebook
    settings: Settings
    jobs: int = 0
    way: Way = SAFELY
    decisions: Decisions = NO_DECISIONS
    stop: bool = False
    """Stop at the first page that fails."""
    prune: bool = False
    """Take away the clean files of pages that are gone."""
    tally: Tally = field(default_factory=Tally)
    stopped: str = ""
    """Why it did not come to all pages; empty where it did."""
    _failed: list[tuple[str, str]] = field(default_factory=list)
    _reached: str = ""

    def outcomes(self) -> Iterator[Outcome]:
        """Do the run: what became of each page, then of each that is gone.

        Raises JiaokanError where something cannot be done at all.
        """
        if self.prune and self.plan.names is None:
            unread = "; ".join(f"{path}: {why}" for path, why in self.plan.unread)
            raise JiaokanError(
                "it is not known which pages are gone",
                hint=unread or "--prune needs whole folders, not single files or lists",
            )
        area = area_of(self.plan)
        with held(self.plan, self.way):
            ended = False
            try:
                yield from self._pages()
                if not self.stopped:
                    yield from self._gone()
                ended = not self.stopped
            finally:
                if not self.way.dry:
                    with nullcontext() if ended else suppress(JiaokanError):
                        self._note(area, ended)

    def _pages(self) -> Iterator[Outcome]:
        job = PageJob(area_of(self.plan), self.rules, self.settings, self.way, self.decisions)
        for outcome in stream(self.plan, job, self.jobs):
            self.tally.add(outcome)
            self._reached = outcome.source.name
            if outcome.state == "failed":
                self._failed.append((outcome.source.name, outcome.error))
                if outcome.hopeless:
                    self.stopped = "nothing more can be written"
                elif self.stop:
                    self.stopped = "a page failed (--on-error stop)"
            yield outcome
            if self.stopped:
                return

    def _gone(self) -> Iterator[Outcome]:
        for one in gone(self.plan):
            outcome = self._of_gone(one)
            self.tally.add(outcome)
            yield outcome

    def _of_gone(self, one: Gone) -> Outcome:
        source = Source(one.stem, one.name)
        if not self.prune or self.way.dry:
            why = "its raw file is gone, its clean files stay (--prune takes them away)"
            return Outcome(source, state="gone", why=why)
        try:
            stay = prune(self.plan.clean, one)
        except OSError as error:
            why = f"its clean files cannot be taken away: {error.strerror}"
            return Outcome(source, state="gone", why=why)
        if stay:
            return Outcome(source, state="gone", why=f"{', '.join(stay)} was edited, and stays")
        return Outcome(source, state="pruned", why="its raw file is gone")

    def _note(self, area: Area, ended: bool) -> None:
        """Write what the run says about itself."""
        failures.write(area, self._failed, None if ended else self._reached)
        if ended:
            made = manifest.made_with(self.rules, self.settings, self.decisions)
            manifest.write(area, manifest.manifest_of(self.tally, made))
