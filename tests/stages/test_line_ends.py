"""Line ends: each kind, alone and together."""

import pytest
from jiaokan.edit import apply, ordered
from jiaokan.stages.lines import edits

CASES = [
    ("天\r\n地\r玄", "天\n地\n玄"),
    ("天\x85地\u2028玄\v黄", "天\n地\n玄\n黄"),
    ("天\f地", "天\n\n地"),
    ("天\n\f地", "天\n\n地"),
    ("天\r\n\f\r\n地", "天\n\n地"),
    ("天\f\f地", "天\n\n地"),
    ("天\u2029地", "天\n\n地"),
    ("天\n\n\f地", "天\n\n地"),
    ("天\n\n地\n", "天\n\n地\n"),
    ("\f天\f", "\n\n天\n\n"),
]


@pytest.mark.parametrize(("raw", "clean"), CASES)
def test_lines(raw: str, clean: str) -> None:
    assert apply(raw, ordered(edits(raw), raw)) == clean
    assert not list(edits(clean))
