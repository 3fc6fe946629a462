"""The stage: fixes are edits, suggestions are findings."""

from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import LiteralRule
from jiaokan.stages.context import Context
from jiaokan.stages.rules import run

PAIRS = {"气侯": "气候"}


def test_fix_is_an_edit_and_suggest_a_finding() -> None:
    fix = LiteralRule(id="a", reason="why", pairs=PAIRS)
    suggest = LiteralRule(id="a", reason="why", pairs=PAIRS, level="suggest")
    (edit,) = run("气侯", Context("simplified", Rulebook((fix,), "")))
    (finding,) = run("气侯", Context("simplified", Rulebook((suggest,), "")))
    assert edit == Edit(1, 2, "候", "a")
    assert isinstance(finding, Finding)
    assert (finding.start, finding.end, finding.text, finding.message) == (1, 2, "侯", "why")
    assert finding.alternatives[0].text == "候"
