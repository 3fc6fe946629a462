"""The stage: fixes are edits, suggestions are findings."""

import pytest
from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import LiteralRule
from jiaokan.stages.context import Context
from jiaokan.stages.rules import run

PAIRS = {"气侯": "气候"}


@pytest.mark.parametrize(
    "text",
    [
        "（1）“气侯”应改为“气候”。",
        "改正下面句子中的错别字：今年的气侯很好。",
        "下列词语中没有错别字的一项是（ ）\nA. 气侯 安排\nB. 气侯 部署",
        "“气侯”误“气候”",
    ],
)
def test_mistakes_of_which_a_text_speaks_are_reported(text: str) -> None:
    rules = Rulebook((LiteralRule(id="a", reason="why", pairs=PAIRS),), "")
    findings = list(run(text, Context("simplified", rules)))
    assert findings
    assert all(isinstance(one, Finding) and one.text == "侯" for one in findings)


def test_mistakes_further_down_are_mended() -> None:
    rules = Rulebook((LiteralRule(id="a", reason="why", pairs=PAIRS),), "")
    text = "改正错别字：\n一\n二\n三\n今年的气侯很好。"
    assert [type(one) for one in run(text, Context("simplified", rules))] == [Edit]


def test_fix_is_an_edit_and_suggest_a_finding() -> None:
    fix = LiteralRule(id="a", reason="why", pairs=PAIRS)
    suggest = LiteralRule(id="a", reason="why", pairs=PAIRS, level="suggest")
    (edit,) = run("气侯", Context("simplified", Rulebook((fix,), "")))
    (finding,) = run("气侯", Context("simplified", Rulebook((suggest,), "")))
    assert edit == Edit(1, 2, "候", "a")
    assert isinstance(finding, Finding)
    assert (finding.start, finding.end, finding.text, finding.message) == (1, 2, "侯", "why")
    assert finding.alternatives[0].text == "候"
