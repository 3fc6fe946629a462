"""A proposal as a whole entry: its examples and counter-examples, each tried with all rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_examples import examples, unchanged
from jiaokan.curation.learn_model import Correction, Proposal
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.build import built
from jiaokan.rulebook.checks import faults
from jiaokan.rulebook.example_runs import failed
from jiaokan.rulebook.rule import Example, Rule

_MOST = 3
_TRIED = 12
"""Examples that are tried at most."""


def shaped(proposal: Proposal) -> Rule | str:
    """The rule without examples, or what is wrong with its entry."""
    entry = {"id": proposal.id, **proposal.entry}
    entry.pop("lines", None)
    found = built(proposal.kind, texts(entry))
    if isinstance(found, list):
        return "; ".join(fault.what for fault in found)
    wrong = [fault.what for fault in faults(found)]
    return "; ".join(wrong) if wrong else found


def texts(value: Any) -> Any:
    """The entry as YAML gives it: every scalar is text."""
    if isinstance(value, Mapping):
        return {str(key): texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [texts(item) for item in value]
    return str(value)


def proved(
    batch: Batch,
    book: Rulebook,
    proposal: Proposal,
    rule: Rule,
    corrections: Sequence[Correction],
) -> tuple[Proposal, Rule, str]:
    """The whole entry, and why it cannot be one. `book` holds all proposals."""
    made = examples(batch, proposal, corrections)
    chosen: list[Example] = []
    for raw, clean in sorted(made.items(), key=lambda item: (len(item[0]), item))[:_TRIED]:
        one = Example(raw, clean)
        if len(chosen) < _MOST and not any(failed(_with(rule, (one,), ()), book)):
            chosen.append(one)
    if not chosen:
        return proposal, rule, "no example of it holds when all rules are in force"
    stays: list[str] = []
    for text in unchanged(batch, proposal, made)[:_TRIED]:
        if len(stays) < _MOST and not any(failed(_with(rule, (), (text,)), book)):
            stays.append(text)
    if not stays:
        return proposal, rule, "no text that comes close stays as it is"
    entry: dict[str, Any] = {"id": proposal.id, **proposal.entry}
    entry.pop("lines", None)
    entry["examples"] = {one.raw: one.clean for one in chosen}
    if proposal.kind == "protect":
        entry["examples"] = [one.raw for one in chosen]
    entry["unchanged"] = stays
    whole = replace(proposal, entry=entry)
    found = shaped(whole)
    return (whole, rule, found) if isinstance(found, str) else (whole, found, "")


def _with(rule: Rule, made: tuple[Example, ...], stays: tuple[str, ...]) -> Rule:
    return replace(rule, examples=made, unchanged=stays)
