"""The watch over a tab sees what it is there to see: else the tests that use it show nothing."""

from typing import Any

from jiaokan.version import VERSION

HOSTILE = "<script>window.pwn(); alert('here'); fetch('http://jiaokan.invalid/')</script>"


def test_a_page_that_runs_scripts_is_seen(tab: Any, watch: Any) -> None:
    tab.set_content(f"<p>{VERSION}</p>{HOSTILE}")
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.__pwned") == 1
    assert watch.dialogs == ["here"]
    assert watch.requests == ["http://jiaokan.invalid/"]
    assert watch.errors


def test_a_page_of_plain_text_is_quiet(tab: Any, watch: Any) -> None:
    tab.set_content("<p>渡口</p>")
    assert tab.evaluate("window.__pwned") == 0
    watch.quiet()
