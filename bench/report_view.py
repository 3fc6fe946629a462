"""A report of many pages of 20 KB: how long it takes to write, how large it is, how fast it opens.

Writing is CPU time. Opening is measured in Chromium: CPU time of its main thread up to the first
view, and wall time, which other work on the machine makes longer.
"""

import shutil
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jiaokan.batch.plan import plan
from jiaokan.batch.run import run
from jiaokan.cli.records import records_in
from jiaokan.inspect import read_page, rule_notes
from jiaokan.report.build import Report, html
from jiaokan.rulebook import load
from jiaokan.settings import Settings

from bench.result import Options, Skipped, Table
from bench.sample_pages import sample_pages

PAGES = 1000
KINDS = 8
"""Different pages, taken again and again under other names."""
VISITS = 3
"""The best of them counts."""
DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))"


def tables(options: Options) -> list[Table]:
    """One table."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise Skipped("there is no Chromium on the path")
    with TemporaryDirectory() as name:
        folder = Path(name)
        per_page, rest, size = _write(folder, options.seed)
        first, wall, opened = _visit(browser, folder / "report.html")
    rows = (
        ("write a page's part, CPU ms", round(1000 * per_page, 1)),
        ("write the file around them, CPU s", round(rest, 2)),
        ("size, MB", round(size / 1e6, 1)),
        ("first view, CPU s of the main thread", round(first, 2)),
        ("first view, wall s", round(wall, 2)),
        ("open a page, wall s", round(opened, 2)),
    )
    note = f"best of {VISITS} visits, a window of 1366 by 768"
    return [Table(f"a report of {PAGES:,} pages of about 20 KB", ("what", "figure"), rows, (note,))]


def _write(folder: Path, seed: int) -> tuple[float, float, int]:
    (folder / "raw").mkdir()
    for number, text in enumerate(islice(sample_pages(seed), KINDS)):
        (folder / "raw" / f"{number}.txt").write_text(text, "utf-8")
    rules = load()
    list(run(plan(folder / "raw", folder / "clean"), rules, Settings()))
    records = list(records_in(folder / "clean"))
    report = Report("bench", rule_notes(rules))
    start = time.process_time()
    for number in range(PAGES):
        record = type(records[0])(records[number % KINDS].stem)  # nothing read before
        report.add(replace(read_page(record, None, report.notes), name=f"{number:04}.txt"))
    middle = time.process_time()
    data = html(report, [(rule.id, str(rule.kind)) for rule in rules.rules])
    end = time.process_time()
    (folder / "report.html").write_bytes(data)
    return (middle - start) / PAGES, end - middle, len(data)


def _visit(browser: str, file: Path) -> tuple[float, float, float]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Skipped("Playwright is not installed") from error
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        visits = [_once(chromium, file.as_uri()) for _ in range(VISITS)]
        chromium.close()
    first, wall, opened = (min(figures) for figures in zip(*visits, strict=True))
    return first, wall, opened


def _once(chromium: Any, address: str) -> tuple[float, float, float]:
    tab = chromium.new_page(viewport={"width": 1366, "height": 768})
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    tab.goto(address)
    tab.wait_for_selector(".pages tbody tr")
    tab.evaluate(DRAWN)
    shown = time.perf_counter()
    metrics = session.send("Performance.getMetrics")["metrics"]
    first = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
    tab.evaluate(f"location.hash = '#/{PAGES // 2}'")
    tab.wait_for_selector(".arrows")
    tab.evaluate(DRAWN)
    opened = time.perf_counter()
    tab.close()
    return first, shown - start, opened - shown
