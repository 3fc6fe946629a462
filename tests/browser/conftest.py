"""A page in a real browser: the system's Chromium, driven by Playwright.

Without a Chromium these tests skip, except in CI, where that is a failure. `JIAOKAN_CHROMIUM`
names another browser than the first of NAMES on the path.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LAPTOP = {"width": 1366, "height": 768}
"""Size of the window, in pixels."""


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    """Addresses asked for outside the machine."""
    errors: list[str] = field(default_factory=list)
    """Errors of scripts, and what the content-security policy refused."""

    def quiet(self) -> None:
        """Nothing of that was seen."""
        assert (self.dialogs, self.requests, self.errors) == ([], [], [])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    path = os.environ.get("JIAOKAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = f"there is no Chromium on the path ({', '.join(NAMES)})"
        if os.environ.get("CI"):
            pytest.fail(f"{missing}, and CI must have one")
        pytest.skip(missing)
    sync_api = pytest.importorskip("playwright.sync_api")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else []
        )
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Watch:
    """What the tab of this test did."""
    return Watch()


@pytest.fixture
def tab(chromium: Any, watch: Watch) -> Iterator[Any]:
    """A fresh tab of a laptop's size, in English, with `window.__pwned` at 0, watched."""
    context = chromium.new_context(viewport=LAPTOP, locale="en-GB")
    context.add_init_script("window.__pwned = 0; window.pwn = () => { window.__pwned += 1; };")
    page = context.new_page()
    page.set_default_timeout(10_000)

    def dialog(one: Any) -> None:
        watch.dialogs.append(one.message)
        one.dismiss()

    def request(one: Any) -> None:
        local = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:", "http://localhost:")
        if not one.url.startswith(local):
            watch.requests.append(one.url)

    page.on("dialog", dialog)
    page.on("request", request)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    page.on(
        "console",
        lambda message: watch.errors.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()


@pytest.fixture
def shot(tab: Any, request: pytest.FixtureRequest) -> Any:
    """Take a picture for people into $JIAOKAN_SHOTS, if that is set: `shot("name")`."""

    def take(name: str) -> None:
        if folder := os.environ.get("JIAOKAN_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=Path(folder) / f"{request.node.name}-{name}.png")

    return take
