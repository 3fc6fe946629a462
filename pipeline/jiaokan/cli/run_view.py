"""What `jiaokan run` shows: progress while it runs, a line and a table when it ends, or JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.run_bar import MANY, Pace, bar, ended
from jiaokan.cli.terminal import count, table, visible

if TYPE_CHECKING:
    from jiaokan.batch.outcome import Outcome
    from jiaokan.batch.session import Session
    from jiaokan.batch.tally import Tally
    from jiaokan.records.part_status import Done

_RULES = 8
"""Rules that the table at the end names."""
_SAID = ("blocked", "edited", "gone", "pruned")
"""What is said of a page even without --explain; with --quiet only what makes the exit code 1."""


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it is shown."""

    session: "Session"
    pages: int
    as_json: bool
    quiet: bool
    explain: bool
    debug: bool

    def show(self) -> None:
        """Do the run and show it."""
        pace = Pace(self.pages)
        for name, why in self.session.plan.unread:
            _say(f"error: {name}: {why}")
        with bar(pace, as_json=self.as_json, quiet=self.quiet) as step:
            outcomes = self._told(pace, step)
            if self.as_json:
                _print_json(outcomes, self.session)
            else:
                for _ in outcomes:
                    pass
        if self.as_json:
            if not self.quiet:
                ended(pace, self.session.stopped)
        elif not self.quiet:
            self._summary(pace)

    def _told(self, pace: Pace, step: Any) -> "Iterator[Outcome]":
        """The outcomes, each said in a line where that is wanted."""
        for outcome in self.session.outcomes():
            pace.add(outcome)
            if outcome.error:
                _say(f"error: {outcome.error}")
                if self.debug and outcome.traceback:
                    _say(outcome.traceback)
            elif self.explain and not self.as_json:
                click.echo(_why(outcome))
            elif self._is_said(outcome):
                click.echo(_why(outcome), err=True)
            step()
            yield outcome

    def _is_said(self, outcome: "Outcome") -> bool:
        """Whether a line tells of a page although nobody asked why it was done or not."""
        told = outcome.state in _SAID and not self.quiet
        return (told or outcome.state == "blocked") and not self.as_json

    def _summary(self, pace: Pace) -> None:
        from jiaokan.batch.failures import path_of
        from jiaokan.batch.run import area_of

        session = self.session
        say_skipped(sorted({*session.plan.skipped} - {*session.plan.unread}))
        click.echo(_sentence(session), err=True)
        if session.stopped:
            left = count(self.pages - pace.done, "page")
            click.echo(f"stopped: {session.stopped}; {left} not looked at", err=True)
        noted = path_of(area_of(session.plan))
        where = f"in {noted.parent.name}/{noted.name}" if noted.exists() else ""
        summary(self.pages, session.tally, session.tally.failed, where, pace)


def say_skipped(skipped: Iterable[tuple[str, str]]) -> None:
    """Name what looks like a page and is left alone, and why."""
    for name, why in skipped:
        click.echo(f"skipped {visible(name)}: {why}", err=True)


def _say(text: str) -> None:
    click.echo(visible(text, keep="\n"), err=True)


def _why(outcome: "Outcome") -> str:
    asked = " (--overwrite edited writes over it)" if outcome.state == "blocked" else ""
    return visible(f"{outcome.state} {outcome.source.name}: {outcome.why}{asked}")


def _sentence(session: "Session") -> str:
    """The run in one line."""
    tally = session.tally
    states = tally.states
    if session.way.dry:
        rest = ", ".join(f"{states[name]} {name}" for name in ("kept", "edited", "blocked"))
        return f"{count(states['due'], 'page')} would be cleaned, {rest}, {tally.failed} failed"
    more = [
        f"{states[state]:,} {words}"
        for state, words in (("kept", "up to date"), ("edited", "edited"), ("blocked", "blocked"))
        if states[state]
    ]
    return (
        f"{count(states['done'], 'page')} cleaned, "
        f"{', '.join([f'{tally.failed:,} failed', *more])}: "
        f"{count(tally.characters, 'character')}, {count(tally.articles, 'article')}, "
        f"{count(tally.changes, 'change')}, {count(tally.findings, 'finding')}; "
        f"{count(tally.written, 'file')} written to {visible(str(session.plan.clean))}"
    )


def summary(
    pages: int, sums: "Tally | Done", failed: int, failures_lie: str, pace: Pace, *, see: str = ""
) -> None:
    """A table of what was found and which rules acted most, where there are many pages."""
    if pages <= MANY:
        return
    rules = dict(sums.rules)
    rows = [
        ("articles", f"{sums.articles:,}", f"{sums.seams:,} seams"),
        ("findings", f"{sums.findings:,}", f"left to people: see {see or 'jiaokan diff'}"),
        ("failures", f"{failed:,}", failures_lie if failed else ""),
        ("edits", f"{sums.changes:,}", f"by {count(len(rules), 'rule')}"),
    ]
    most = sorted(rules.items(), key=lambda item: (-item[1], item[0]))[:_RULES]
    rows += [("", f"{number:,}", rule) for rule, number in most]
    width = max(len("number"), *(len(row[1]) for row in rows))
    cells = [(name, number.rjust(width), what) for name, number, what in rows]
    for line in table(("what", "number".rjust(width), ""), cells):
        click.echo(line, err=True)
    click.echo(f"in {pace.seconds:,.1f} s: {pace.told()}", err=True)


def _print_json(outcomes: "Iterable[Outcome]", session: "Session") -> None:
    """One document, page by page, so that its length needs no memory."""
    import orjson

    begin = '{\n  "pages": ['
    for outcome in outcomes:
        page = orjson.dumps(_as_json(outcome), option=orjson.OPT_INDENT_2).decode()
        click.echo(begin + "\n    " + page.replace("\n", "\n    "), nl=False)
        begin = ","
    end = "\n  ]" if begin == "," else begin + "]"
    summary = orjson.dumps(_summary_json(session), option=orjson.OPT_INDENT_2).decode()
    click.echo(f'{end},\n  "summary": ' + summary.replace("\n", "\n  ") + "\n}")


def _as_json(outcome: "Outcome") -> dict[str, Any]:
    names = (
        "state why error encoding encoding_confidence size characters articles changes seams "
        "findings written"
    )
    return {"name": outcome.source.name} | {name: getattr(outcome, name) for name in names.split()}


def _summary_json(session: "Session") -> dict[str, Any]:
    tally = session.tally
    return {
        "pages": tally.pages,
        "states": dict(sorted(tally.states.items())),
        "bytes": tally.size,
        "characters": tally.characters,
        "articles": tally.articles,
        "changes": tally.changes,
        "seams": tally.seams,
        "findings": tally.findings,
        "written": tally.written,
        "stopped": session.stopped,
        "rules": dict(sorted(tally.rules.items())),
    }
