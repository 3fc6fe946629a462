"""The picture of docs/review.md, taken of a review of the sample pages.

    python docs/pictures_review.py

Needs Playwright and a Chromium (`JIAOKAN_CHROMIUM`, or the first on the path).
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
RAW = PICTURES.parents[1] / "raw"
JIAOKAN = [sys.executable, "-m", "jiaokan"]
SIZE = {"width": 1366, "height": 768}


def main() -> None:
    """Run the samples so that doubtful seams are left to people, and review them."""
    with TemporaryDirectory() as folder:
        shutil.copytree(RAW, Path(folder, "raw"))
        command = [*JIAOKAN, "run", "--quiet", "--no-neural", "--min-confidence", "0.97"]
        subprocess.run(command, cwd=folder, check=True)
        command = [*JIAOKAN, "review", "--no-browser", "--who", "Lin"]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        assert server.stdout
        try:
            _take(server.stdout.readline().strip())
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def _take(address: str) -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("JIAOKAN_CHROMIUM") or next(filter(None, map(shutil.which, names)))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        page.goto(address)
        page.wait_for_selector("#sheet .piece")
        page.click('#page-list button[title="seam-inside-a-line.txt"]')
        page.wait_for_selector('#sheet h2.name:text-is("seam-inside-a-line.txt")')
        page.locator("#item-list .open:has-text('stitch.')").first.click()
        page.keyboard.press("m")
        page.wait_for_selector(".zone.usable")
        _shoot(page, "review-move")
        browser.close()


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
