"""The report in a real browser: map, filters, keyboard, languages, hostile text, many pages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import reports


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the committed clean files."""
    path = tmp_path_factory.mktemp("samples") / "report.html"
    reports.jiaokan("report", reports.TOP / "clean", "-o", path)
    return path.as_uri()


@pytest.fixture(scope="session")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> str:
    return reports.doubtful(tmp_path_factory.mktemp("doubtful")).as_uri()


def open_page(tab: Any, report: str, name: str) -> None:
    tab.goto(report)
    tab.get_by_role("link", name=name).click()
    tab.wait_for_selector(".arrows")


def texts(tab: Any, selector: str) -> list[str]:
    return [text.strip() for text in tab.locator(selector).all_text_contents()]


def test_the_batch_says_which_page_needs_a_person_first(tab: Any, watch: Any, samples: str) -> None:
    tab.goto(samples)
    needs = [float(t.strip("▲ ")) for t in texts(tab, ".pages tbody td:nth-child(2)")]
    assert len(needs) == 12
    assert needs == sorted(needs, reverse=True)
    assert needs[0] > 0
    tab.get_by_role("button", name="Raw characters").click()
    sizes = [int(text.replace(",", "")) for text in texts(tab, ".pages tbody td:last-child")]
    assert sizes == sorted(sizes, reverse=True)
    tab.locator("#find").fill("SEAM")
    assert texts(tab, ".pages tbody a") == ["seam-inside-a-line.txt"]
    tab.locator("#find").fill("no such page")
    assert tab.get_by_text("No page has that name.").is_visible()
    tab.locator("summary").click()
    tab.wait_for_selector(".never li")
    assert tab.locator(".never li").count() > 100
    assert tab.locator(".plots svg").count() > 20
    watch.quiet()


def test_the_map_shows_each_fragment_and_where_it_goes_on(
    tab: Any, watch: Any, samples: str, shot: Any
) -> None:
    open_page(tab, samples, "seam-inside-a-line.txt")
    fragments = tab.locator(".raw .fragment")
    assert fragments.count() == 8
    assert texts(tab, ".labels .chip") == ["A1", "B1", "A2↷", "B2", "C1↷", "A3↷", "B3", "C2"]
    assert tab.locator(".arrow").count() == 5
    seams = tab.locator("g.seam")
    assert seams.count() == 5
    clean = json.loads((reports.TOP / "clean" / "seam-inside-a-line.json").read_bytes())
    told = [f"{seam['confidence']:.2f}" for seam in clean["seams"]]
    assert sorted(texts(tab, ".badge-text")) == sorted(told)
    label = seams.first.get_attribute("aria-label")
    assert label.startswith("Seam: A1 goes on in A2, between blocks, Confidence 0.")
    assert fragments.nth(3).get_attribute("aria-label") == "Article B, part 2 of 3, raw 27:89"
    # an arrow ends where its fragment starts
    for number in range(5):
        arrow = tab.locator(".arrow").nth(number)
        end = re.findall(r"-?[\d.]+", arrow.get_attribute("d"))[-2:]
        chip = tab.locator(f'[data-chip="{arrow.get_attribute("data-to")}"]')
        left, top = (
            float(chip.evaluate(f"e => parseFloat(e.style.{side})")) for side in ("left", "top")
        )
        assert abs(float(end[0]) - left) < 20
        assert 0 < float(end[1]) - top < 40
    shot("map")
    watch.quiet()


def test_labels_and_numbers_of_many_seams_do_not_cover_each_other(tab: Any, tmp_path: Path) -> None:
    tab.goto(reports.many_seams(tmp_path).as_uri())
    tab.wait_for_selector(".arrows")
    covered = """() => {
      const boxes = [...document.querySelectorAll('.labels .chip, .badge')]
        .map((one) => one.getBoundingClientRect());
      const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
      return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => over(a, b))).length;
    }"""
    assert tab.locator(".badge").count() >= 9
    assert tab.evaluate(covered) == 0
    pane = tab.locator(".scroller").bounding_box()
    for one in tab.locator(".badge, .chip").all():
        box = one.bounding_box()
        if box and box["x"] < pane["width"]:
            assert box["x"] >= pane["x"]
            assert box["x"] + box["width"] <= pane["x"] + pane["width"]


def test_an_empty_page_says_so(tab: Any, watch: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    reports.jiaokan("run", tmp_path / "raw", tmp_path / "clean", "-q")
    reports.jiaokan("report", tmp_path / "clean", "-o", tmp_path / "report.html")
    tab.goto((tmp_path / "report.html").as_uri())
    assert tab.get_by_text("The raw file is empty.").is_visible()
    assert tab.get_by_text("No article stands on this page.").is_visible()
    assert tab.get_by_text("Nothing was done to this page.").is_visible()
    watch.quiet()


def test_the_grounds_lie_under_their_text(tab: Any, samples: str) -> None:
    open_page(tab, samples, "seam-inside-a-line.txt")
    misplaced = """() => [...document.querySelectorAll('.raw .fragment')].flatMap((one) => {
      const grounds = [...document.querySelectorAll(`[data-ground="${one.dataset.fragment}"]`)];
      const under = (box, g) => g.left <= box.left + 1 && g.right >= box.right - 1 &&
        g.top <= box.top + 1 && g.bottom >= box.bottom - 1;
      return [...one.getClientRects()].filter((box) => box.width > 1 &&
        !grounds.some((ground) => under(box, ground.getBoundingClientRect())))
        .map(() => one.dataset.fragment);
    })"""
    assert tab.evaluate(misplaced) == []
    tab.keyboard.press("z")
    assert tab.evaluate(misplaced) == []
    tab.locator('[data-kind="seam"]').click()
    assert tab.evaluate(misplaced) == []
    tab.set_viewport_size({"width": 1920, "height": 1080})
    tab.wait_for_timeout(200)
    assert tab.evaluate(misplaced) == []


def test_pointing_at_a_part_lights_up_where_it_came_from(tab: Any, samples: str) -> None:
    open_page(tab, samples, "seam-inside-a-line.txt")
    tab.locator('.articles [data-fragment="5"]').first.hover()
    assert tab.locator(".raw .fragment.on").get_attribute("data-fragment") == "5"
    assert tab.locator(".arrow.on").count() == 1
    tab.locator('.raw [data-fragment="3"]').focus()
    on = tab.locator(".articles .stretch.on")
    assert on.count() >= 2
    assert on.first.inner_text().startswith("所，见效快")
    assert "lit" in tab.locator("main.page").get_attribute("class")


def test_clicking_a_part_brings_the_other_side_into_sight(tab: Any, samples: str) -> None:
    open_page(tab, samples, "seam-inside-a-line.txt")
    there = tab.locator('.articles [data-fragment="7"]').first
    assert not there.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    tab.locator('.raw [data-fragment="7"]').press("Enter")
    assert there.evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_a_page_with_a_layout_is_drawn_in_its_geometry(
    tab: Any, watch: Any, tmp_path: Path
) -> None:
    tab.goto(reports.with_boxes(tmp_path).as_uri())
    tab.wait_for_selector(".arrows")
    tab.locator('[data-zoom="geometry"]').click()
    assert not tab.locator(".raw").is_visible()
    assert "".join(texts(tab, '.box[data-fragment="7"]')).startswith("发蔫,再摘去伤叶")
    assert tab.locator(".arrow").count() == 5
    there = tab.locator('.articles [data-fragment="7"]').first
    assert not there.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    tab.locator('.box[data-fragment="7"]').first.click()
    assert there.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    assert "on" in there.get_attribute("class")
    tab.locator('[data-zoom="fit"]').click()
    assert tab.locator(".raw").is_visible()
    watch.quiet()


def test_an_edit_is_shown_with_its_rule_reason_and_confidence(
    tab: Any, watch: Any, doubtful: str
) -> None:
    tab.goto(doubtful)
    tab.wait_for_selector(".arrows")
    assert texts(tab, ".raw del.edit")[0] == ","
    assert texts(tab, ".raw ins.edit")[0] == "，"
    tab.locator(".raw ins.edit").first.click()
    body = tab.locator(".item.picked .item-body")
    said = body.inner_text()
    for word in ("punctuation.comma", "Beside Chinese a comma is full-width.", "1.00", "raw 5:18"):
        assert word in said
    assert tab.locator(".articles mark.edit.here").inner_text() == "，"
    watch.quiet()


def test_findings_have_their_alternatives(tab: Any, doubtful: str) -> None:
    tab.goto(doubtful)
    tab.locator('[data-kind="finding"]').click()
    rows = tab.locator(".item")
    assert rows.count() == len(texts(tab, ".item .tag.finding")) > 1
    tab.get_by_role("button", name="suspects.doubled").first.click()
    assert tab.locator(".item.picked .alternatives li").count() >= 1
    assert tab.locator(".raw .finding.here").count() >= 1


def test_a_person_s_edits_are_shown_as_such(tab: Any, doubtful: str) -> None:
    tab.goto(doubtful)
    tab.locator('[data-kind="hand"]').click()
    assert tab.locator(".item").count() == 2
    tab.keyboard.press("j")
    assert "by hand, in doubt.json" in tab.locator(".item-body").first.inner_text()
    assert texts(tab, ".articles ins.hand") == ["航", "天"]


def test_filters_by_kind_stage_rule_and_confidence(tab: Any, samples: str) -> None:
    open_page(tab, samples, "hard-wrapped.txt")
    everything = tab.locator(".item").count()
    tab.locator('[data-filter="rule"]').select_option("layout.unwrap")
    assert tab.locator(".item").count() == 48
    assert f"48 of {everything} shown" in tab.locator(".list-status").inner_text()
    assert tab.locator(".raw .edit:not(.off)").count() >= 48
    tab.locator('[data-filter="to"]').fill("0.5")
    tab.locator('[data-filter="to"]').press("Enter")
    assert tab.locator(".item").count() == 0
    assert "Nothing fits the filters." in tab.locator(".items").inner_text()
    tab.get_by_role("button", name="Clear filters").click()
    assert tab.locator(".item").count() == everything
    tab.locator('[data-filter="stage"]').select_option("stitch")
    assert set(texts(tab, ".item .tag")) == {"Seam"}
    tab.locator('[data-filter="from"]').fill("0.9")
    tab.locator('[data-filter="from"]').press("Enter")
    assert tab.locator(".item").count() == 4


def test_the_keyboard_alone_does_it_all(tab: Any, watch: Any, samples: str) -> None:
    from playwright.sync_api import expect

    tab.goto(samples)
    tab.keyboard.press("/")
    tab.keyboard.type("columns")
    for _ in range(30):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.tagName") == "A":
            break
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".arrows")
    first = tab.locator(".item.picked .item-spot")
    tab.keyboard.press("j")
    start = first.inner_text()
    tab.keyboard.press("n")
    assert first.inner_text() != start
    tab.keyboard.press("k")
    assert first.inner_text() == start
    tab.keyboard.press("Escape")
    assert tab.locator(".item.picked").count() == 0
    tab.keyboard.press("z")
    assert tab.locator('[data-zoom="read"]').get_attribute("aria-pressed") == "true"
    tab.locator("g.seam").first.focus()
    tab.keyboard.press("Enter")
    assert "Seam" in tab.locator(".item.picked .tag").inner_text()
    tab.keyboard.press("?")
    assert tab.get_by_role("dialog").is_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("b")
    tab.wait_for_selector(".tiles")
    tab.locator("#find").fill("")
    tab.keyboard.press("Tab")
    tab.get_by_role("link", name="clean-page.txt").press("Enter")
    tab.wait_for_selector(".arrows")
    name = tab.locator("h1").inner_text()
    tab.keyboard.press("]")
    expect(tab.locator("h1")).not_to_have_text(name, timeout=30_000)
    tab.keyboard.press("[")
    expect(tab.locator("h1")).to_have_text(name, timeout=30_000)
    watch.quiet()


def test_the_interface_speaks_chinese(tab: Any, watch: Any, doubtful: str) -> None:
    tab.goto(doubtful)
    tab.locator(".item-head").nth(1).click()
    tab.keyboard.press("l")
    assert tab.evaluate("document.documentElement.lang") == "zh-CN"
    assert "整理后的文章" in texts(tab, ".pane-title")
    assert tab.locator(".labels .chip").first.inner_text() == "甲1"
    assert tab.locator(".item.picked").count() == 1
    said = tab.locator("body").inner_text()
    tab.locator('[data-kind="finding"]').click()
    tab.locator(".item-head", has_text="suspects.doubled").click()
    assert "级级 可能是 级 的误识" in tab.locator(".item.picked").inner_text()
    tab.keyboard.press("Escape")
    tab.keyboard.press("l")
    assert "Clean articles" in texts(tab, ".pane-title")
    assert "Clean articles" not in said
    watch.quiet()


def test_every_text_of_the_interface_is_there_in_both_languages() -> None:
    from jiaokan.report.bundle import asset, script

    pairs = re.findall(r"^  (\w+): \[\s*\"(.*?)\",\s*\"(.*?)\",?\s*\],$", asset("strings.js"), re.M)
    keys = {key for key, _, _ in pairs}
    assert len(pairs) == len(keys) == len(re.findall(r"^  \w+: \[", asset("strings.js"), re.M))
    for key, english, chinese in pairs:
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese)), key
    used = set(re.findall(r"\bt\(\"(\w+)\"", script()))
    assert used <= keys


RAW_ALONE = """() => {
  const raw = document.querySelector(".raw").cloneNode(true);
  raw.querySelectorAll("ins").forEach((one) => one.remove());
  return raw.textContent;
}"""
"""The raw text as the page shows it, without what was put in its place."""


def test_hostile_text_runs_no_script(tab: Any, watch: Any, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    tab.goto(reports.hostile(tmp_path).as_uri())
    count = len(reports.PAYLOADS)
    assert tab.locator(".pages tbody tr").count() == count
    tab.locator("summary").click()
    for number in range(count):
        tab.evaluate(f"location.hash = '#/{number}'")
        expect(tab).to_have_title(re.compile(f"^{_start(tab, number)}"), timeout=30_000)
        tab.wait_for_selector(".arrows")
        for row in range(tab.locator(".item-head").count()):
            tab.evaluate(f"document.querySelectorAll('.item-head')[{row}].click()")
        tab.keyboard.press("l")
        tab.evaluate("for (const one of document.querySelectorAll('[data-fragment]')) one.focus()")
        tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        payload = reports.PAYLOADS[_order(tab, number)]
        if payload.isprintable():
            assert payload in tab.evaluate(RAW_ALONE)
            assert payload in tab.locator(".list").text_content()
            assert payload in tab.locator(".articles").text_content()
    assert tab.evaluate("window.__pwned") == 0
    foreign = (
        "iframe, base, link, object, embed, form[action], [src], main script, [onerror], [onload]"
    )
    assert tab.locator(foreign).count() == 0
    hrefs = tab.evaluate(
        "[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"
    )
    assert all(href.startswith("#/") for href in hrefs)
    watch.quiet()


def _order(tab: Any, number: int) -> int:
    """Which payload a page holds: its name starts with the payload's number."""
    name = tab.evaluate(
        f"JSON.parse(document.getElementById('index').textContent).pages[{number}][0]"
    )
    return int(re.match(r"\d+", name)[0])


def _start(tab: Any, number: int) -> str:
    return str(_order(tab, number))


def test_the_policy_lets_nothing_in(tab: Any, samples: str) -> None:
    tab.goto(samples)
    blocked = tab.evaluate("""async () => {
      const refused = [];
      const note = (event) => refused.push(event.effectiveDirective);
      document.addEventListener('securitypolicyviolation', note);
      const script = document.createElement('script');
      script.textContent = 'pwn()';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'http://jiaokan.invalid/x.png';
      document.body.append(image);
      const style = document.createElement('style');
      style.textContent = 'body { background: red }';
      document.body.append(style);
      await fetch('http://jiaokan.invalid/').catch(() => null);
      await new Promise((done) => setTimeout(done, 100));
      return refused.sort();
    }""")
    assert blocked == ["connect-src", "img-src", "script-src-elem", "style-src-elem"]
    assert tab.evaluate("window.__pwned") == 0


def test_text_has_contrast(tab: Any, doubtful: str, samples: str) -> None:
    """At least 4.5 between text and what it stands on, for every text that is shown."""
    measure = (Path(__file__).parent / "contrast.js").read_text("utf-8")
    for address, page in ((samples, False), (samples, True), (doubtful, True)):
        tab.goto(address)
        if page and address == samples:
            tab.get_by_role("link", name="columns-at-block-ends.txt").click()
        tab.wait_for_selector(".arrows" if page else ".tiles")
        if page:
            tab.keyboard.press("j")
        assert tab.evaluate(measure) == []


def test_a_report_of_a_thousand_pages_opens(tab: Any, watch: Any, tmp_path: Path) -> None:
    tab.goto(reports.thousand(tmp_path).as_uri())
    assert tab.locator(".pages tbody tr").count() == 1000
    tab.locator("#find").fill("0997")
    tab.locator(".pages tbody a").click()
    tab.wait_for_selector(".arrows")
    assert tab.locator("h1").inner_text().startswith("0997-")
    watch.quiet()


def copied(tab: Any, start: str, end: str) -> str:
    """What is copied of a selection from one element's start to another's end."""
    text: str = tab.evaluate(
        """([start, end]) => {
          const range = document.createRange();
          range.setStartBefore(document.querySelector(start));
          range.setEndAfter(document.querySelector(end));
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
          const data = new DataTransfer();
          const how = { clipboardData: data, bubbles: true, cancelable: true };
          const event = new ClipboardEvent("copy", how);
          document.querySelector(start).dispatchEvent(event);
          return event.defaultPrevented ? data.getData("text/plain") : "not ours";
        }""",
        [start, end],
    )
    return text


@pytest.mark.parametrize("name", ["seam-inside-a-line", "hard-wrapped", "odd-characters"])
def test_what_is_copied_is_the_text(tab: Any, watch: Any, samples: str, name: str) -> None:
    open_page(tab, samples, f"{name}.txt")
    clean = json.loads((reports.TOP / "clean" / f"{name}.json").read_text("utf-8"))
    fields = ("kicker", "title", "subtitle", "author", "affiliation")
    want = [
        line
        for one in clean["articles"]
        for line in [
            *(one.get(field, "") for field in fields[:4]),
            *one["paragraphs"],
            one["affiliation"],
        ]
        if line
    ]
    whole = copied(tab, ".articles > :first-child", ".articles > :last-child").split("\n\n")
    assert whole[: len(want)] == want
    raw = (reports.TOP / "raw" / f"{name}.txt").read_bytes().decode("utf-8-sig")
    shown = copied(tab, ".raw > :first-child", ".raw > :last-child")
    assert shown.strip() == raw.replace("\r\n", "\n").strip()
    tab.evaluate("getSelection().removeAllRanges()")
    watch.quiet()


@pytest.mark.parametrize("width", [360, 640, 1366])
def test_nothing_runs_over_its_place(tab: Any, watch: Any, samples: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(samples)
    tab.wait_for_selector(".tile")
    over = tab.evaluate(
        """() => [...document.querySelectorAll(".tile, .search, .card-head")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""
    )
    assert over == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("#find").bounding_box()["width"] >= 90
    watch.quiet()
