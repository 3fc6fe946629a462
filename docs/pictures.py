"""Makes docs/pictures/ anew from the sample pages: `python docs/pictures.py`.

Needs a Chromium on the path and Playwright (it is among the development requirements).
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from click.testing import CliRunner
from jiaokan.cli import main as jiaokan
from playwright.sync_api import sync_playwright

TOP = Path(__file__).parents[1]
PICTURES = TOP / "docs" / "pictures"
PAGE = "seam-inside-a-line.txt"


def whole_page(tab: Any) -> None:
    """The map of a page beside its articles."""


def seam(tab: Any) -> None:
    """A seam inside a line, with what speaks for it."""
    tab.locator('[data-kind="seam"]').click()
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("j")


def one_part(tab: Any) -> None:
    """A part of an article, lit up where it came from and where it went."""
    tab.locator('.raw [data-fragment="3"]').press("Enter")


SHOTS: tuple[tuple[str, str, str, Callable[[Any], None]], ...] = (
    ("report-page", "en-GB", PAGE, whole_page),
    ("report-page-zh", "zh-CN", PAGE, whole_page),
    ("report-seam", "en-GB", PAGE, seam),
    ("report-part", "en-GB", PAGE, one_part),
    ("report-batch", "en-GB", "", whole_page),
)
"""Picture, language, page (empty: the overview), what is done before the picture is taken."""


def main() -> None:
    """Take every picture."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("there is no Chromium on the path")
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        report = Path(folder) / "report.html"
        done = CliRunner().invoke(jiaokan, ["report", str(TOP / "clean"), "-o", str(report)])
        if done.exit_code:
            sys.exit(done.output)
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, locale, page, act in SHOTS:
            window = {"width": 1366, "height": 768}
            tab = browser.new_context(viewport=window, locale=locale).new_page()
            tab.goto(report.as_uri())
            if page:
                tab.get_by_role("link", name=page).click()
                tab.wait_for_selector(".arrows")
            act(tab)
            tab.wait_for_timeout(400)
            tab.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
