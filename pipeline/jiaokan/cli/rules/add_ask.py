"""What is still missing of a new rule, asked for at the terminal."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import visible

if TYPE_CHECKING:
    from jiaokan.curation.add_entry import Asked
    from jiaokan.curation.add_when import Need


def completed(asked: "Asked") -> "Asked":
    """What was said, with what was missing asked for, where someone is there to answer."""
    from jiaokan.curation.add_entry import needs

    said = asked
    while sys.stdin.isatty():
        need = next(iter(needs(asked)), None)
        if need is None:
            break
        if need.name == "examples" and asked is not said:
            asked = _conditioned(asked)
        asked = replace(asked, **{need.name: _answer(need, asked)})
    return asked


def _conditioned(asked: "Asked") -> "Asked":
    """What was said, with the conditions that someone wants; not asked where some were said."""
    from jiaokan.curation.add_entry import kind_of
    from jiaokan.curation.add_when import condition, conditions

    names = conditions(kind_of(asked))
    if any(getattr(asked, name) for name in names):
        return asked
    question = f"Any conditions ({', '.join(names)}; an empty line: none)"
    for name in _words(question, dict.fromkeys(names, ""), none=True):
        asked = replace(asked, **{name: _answer(condition(name), asked)})
    return asked


def _chosen(need: "Need") -> tuple[str, ...]:
    """One of what may be answered, or the beginning of one; several where many may be."""
    for name, what in need.choices.items():
        click.echo(f"  {name:<11} {what}".rstrip(), err=True)
    several = "; several with blanks between" if need.many else ""
    while True:
        words = _words(f"{need.question} ({need.option}{several})", need.choices)
        if need.many or len(words) == 1:
            return words
        click.echo("  only one of them", err=True)


def _words(question: str, known: Mapping[str, str], *, none: bool = False) -> tuple[str, ...]:
    """Known words that were answered, or their beginnings; asked again until all are known."""
    while True:
        text = click.prompt(question, default="", show_default=False, err=True).strip().lower()
        words = text.replace(",", " ").split()
        if none and (not words or words in (["n"], ["no"], ["none"])):
            return ()
        chosen: list[str] = []
        for word in words:
            found = [word] if word in known else [one for one in known if one.startswith(word)]
            if len(found) != 1:
                click.echo(f"  one of {', '.join(found or known)}", err=True)
                break
            chosen += found
        else:
            if chosen:
                return tuple(dict.fromkeys(chosen))
            click.echo(f"  one of {', '.join(known)}", err=True)


def _answer(need: "Need", asked: "Asked") -> Any:
    from jiaokan.curation.add_entry import kind_of, split
    from jiaokan.errors import RuleError

    if need.choices:
        return _chosen(need) if need.many else _chosen(need)[0]
    answers: list[Any] = []
    paired = need.name == "pairs" or (need.name == "examples" and kind_of(asked) != "protect")
    while True:
        more = f" ({need.option}{'; an empty line ends' if answers else ''})"
        text = click.prompt(
            need.question + more, default="", show_default=False, err=True, prompt_suffix=": "
        )
        if not text and (answers or need.name == "replace"):
            break
        if not text:
            continue
        if not need.many:
            if need.name == "date" and not _is_date(text):
                continue
            return text
        try:
            answers.append(split(text, need.option) if paired else text)
        except RuleError as error:
            click.echo(visible(f"  {error}", keep="\n"), err=True)
            continue
        if need.name == "examples" and not paired:
            answers[-1] = (text, text)
    return tuple(answers) if need.many else ""


def _is_date(text: str) -> bool:
    from jiaokan.curation.add_when import dates
    from jiaokan.errors import RuleError

    try:
        return bool(dates(text))
    except RuleError as error:
        click.echo(visible(f"  {error}", keep="\n"), err=True)
        return False
