"""A finished page, put together from what a run wrote, for people who look at it.

Ledger and clean file (and the raw bytes, where they are at hand) become one frozen `PageView`:
fragments, the links between them, edits with their reasons, findings, articles, and what a person
changed by hand. Diff, report and review all show this, each in its own way. Nothing here reads a
stage's mind: what is shown stands in the files. Only hand edits are found by comparing texts,
since no ledger knows of them.
"""

from jiaokan.inspect.model import (
    ArticleView,
    Aside,
    EditView,
    FieldView,
    FragmentView,
    HandEdit,
    LinkView,
    PageView,
    Place,
    RuleNote,
    StepView,
    Stretch,
)
from jiaokan.inspect.page import page_view
from jiaokan.inspect.read import read_page, rule_notes

__all__ = [
    "ArticleView",
    "Aside",
    "EditView",
    "FieldView",
    "FragmentView",
    "HandEdit",
    "LinkView",
    "PageView",
    "Place",
    "RuleNote",
    "StepView",
    "Stretch",
    "page_view",
    "read_page",
    "rule_notes",
]
