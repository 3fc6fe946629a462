"""The review in a real browser: from a finding to a changed clean file."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Watch
from reviewing import COLUMNS, PAGES, Server, ended, jiaokan, started

Start = Callable[..., Server]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw pages, and the clean ones that a run made of them."""
    folder = tmp_path_factory.mktemp("ran")
    shutil.copytree(PAGES, folder / "raw")
    done = jiaokan(folder, "run", "-q", "--no-neural")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def workspace(ran: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(ran, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def review(workspace: Path, tab: Any) -> Iterator[Start]:
    """Start a review in the workspace and open it; it is ended when the test is."""
    servers: list[Server] = []

    def start(*args: str, page: str = "") -> Server:
        server = started(workspace, *args)
        servers.append(server)
        tab.goto(server.address)
        tab.wait_for_selector("#sheet .piece")
        if page:
            tab.click(f'#page-list button[title="{page}"]')
            tab.wait_for_selector(f'#sheet h2.name:text-is("{page}")')
        return server

    yield start
    for server in servers:
        ended(server)


def clean(workspace: Path, page: str) -> Any:
    """A page's clean file."""
    return json.loads((workspace / "clean" / f"{page}.json").read_text("utf-8"))


def said(tab: Any, words: str) -> None:
    """Wait until the review says these words."""
    from playwright.sync_api import expect

    expect(tab.locator("#said")).to_contain_text(words, timeout=30_000)


def until(true: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def decisions(workspace: Path) -> str:
    """The decision file's text."""
    return (workspace / "decisions.yaml").read_text("utf-8")


def test_from_a_finding_to_a_changed_clean_file_by_keys_alone(
    workspace: Path, review: Start, tab: Any, watch: Watch, shot: Any
) -> None:
    server = review()
    assert tab.text_content("#progress").endswith("3 of 3 left")
    tab.keyboard.press("a")  # takes the first alternative of the first finding
    said(tab, "Saved: edited: 的 by Lin.")
    assert "do: edit" in decisions(workspace), "saved at once"
    before = (workspace / "clean" / "market.json").read_bytes()
    tab.keyboard.press("r")  # the second one is right as it stands
    said(tab, "Saved: rejected")
    assert tab.text_content("#progress").endswith("1 of 3 left")
    assert (workspace / "clean" / "market.json").read_bytes() == before
    shot("decided")
    tab.keyboard.press("g")
    said(tab, "Run again: 1 pages.")
    first, second = clean(workspace, "market")["articles"][0]["paragraphs"]
    assert "这是很好的主意" in first
    assert "那是很好的的主意" in second
    assert clean(workspace, "market")["findings"] == []
    assert tab.is_disabled("#run")
    assert jiaokan(workspace, "verify", "clean", "--raw", "raw").returncode == 0
    # what the review wrote, an ordinary run writes, too
    assert jiaokan(workspace, "run", "-q", "--no-neural").returncode == 0
    assert "这是很好的主意" in clean(workspace, "market")["articles"][0]["paragraphs"][0]
    assert ended(server) == 0
    watch.quiet()


def test_an_edit_that_is_not_sure_is_rejected_and_taken_back(
    workspace: Path, review: Start, tab: Any, watch: Watch
) -> None:
    review("--below", "1", page="odd.txt")
    assert tab.text_content("#item code") == "punctuation.stop"
    assert tab.text_content("#item .line del") == ". "

    def paragraph() -> str:
        return str(clean(workspace, "odd")["articles"][0]["paragraphs"][0])

    assert "收成很好。工人" in paragraph()
    tab.keyboard.press("r")
    said(tab, "Saved: rejected")
    tab.click("#run")
    until(lambda: "收成很好." in paragraph())
    assert paragraph().endswith("下山。"), "the other one is left as it was"
    tab.keyboard.press("u")
    until(lambda: "do:" not in decisions(workspace))
    tab.keyboard.press("g")
    until(lambda: "收成很好。工人" in paragraph())
    watch.quiet()


def test_another_text_is_written_and_all_of_a_rules_findings_are_taken(
    workspace: Path, review: Start, tab: Any, watch: Watch
) -> None:
    review(page="market.txt")
    tab.keyboard.press("e")
    tab.fill("#new-text", "得很，")
    tab.keyboard.press("Enter")
    said(tab, "Saved: edited: 得很，")
    tab.keyboard.press("u")
    said(tab, "Taken back")
    tab.keyboard.press("Shift+A")
    tab.click("dialog button[value=accept]")
    said(tab, "first alternative taken (all of this rule on this page)")
    assert "market.txt" in decisions(workspace)
    tab.keyboard.press("g")
    said(tab, "Run again: 1 pages.")
    assert "的的" not in "".join(clean(workspace, "market")["articles"][0]["paragraphs"])
    watch.quiet()


FERRY_ON = "驶向对岸的柳叶洲。船上的人都走到甲板上看灯。"


def test_a_fragment_is_dragged_to_its_place_and_back_by_undo(
    workspace: Path, review: Start, tab: Any, watch: Watch, shot: Any
) -> None:
    review(page="two.txt")
    assert len(clean(workspace, "two")["articles"][0]["paragraphs"]) == 1
    grip = tab.locator(f'.grip[data-head="{FERRY_ON[:12]}"]')
    box = grip.bounding_box()
    tab.mouse.move(box["x"] + 4, box["y"] + 6)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 40, box["y"] + 6, steps=4)
    goal = tab.locator("article.colour-0 .zone.on.usable").last
    goal.wait_for()
    shot("dragging")
    target = goal.bounding_box()
    tab.mouse.move(target["x"] + 10, target["y"] + 8, steps=6)
    tab.mouse.up()
    first = lambda: clean(workspace, "two")["articles"][0]["paragraphs"]  # noqa: E731
    until(lambda: FERRY_ON in first()[0])
    assert len(first()) == 2, "what follows in the fragment came along"
    shot("dragged")
    tab.keyboard.press("u")
    until(lambda: len(first()) == 1)
    watch.quiet()


def test_a_fragment_is_moved_by_keys(
    workspace: Path, review: Start, tab: Any, watch: Watch
) -> None:
    review(page="two.txt")
    grip = f'.grip[data-head="{FERRY_ON[:12]}"]'
    tab.focus(grip)
    tab.keyboard.press("Enter")
    said(tab, "Moving")
    tab.keyboard.press("Escape")
    assert not (workspace / "decisions.yaml").exists()
    tab.focus(grip)
    tab.keyboard.press("Enter")
    tab.keyboard.press("s")  # this paragraph only
    for _ in range(20):
        if tab.evaluate("document.activeElement.matches('.colour-0 p .zone.paragraph')"):
            break
        tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    until(lambda: clean(workspace, "two")["articles"][0]["paragraphs"][1:] == [FERRY_ON])
    watch.quiet()


def test_a_seam_is_set_right_by_picking_an_alternative(
    workspace: Path, review: Start, tab: Any, watch: Watch, shot: Any
) -> None:
    (workspace / "raw" / "columns.txt").write_bytes(COLUMNS.read_bytes())
    done = jiaokan(workspace, "run", "-q", "--no-neural", "--min-confidence", "1")
    assert done.returncode == 0
    wrong = clean(workspace, "columns")["articles"]
    assert not any("很快发现" in text for one in wrong for text in one["paragraphs"])
    review(page="columns.txt")
    tab.click("#item-list button:has-text('发现，没有夜')")
    shot("alternatives")
    tab.keyboard.press("1")
    said(tab, "Run again: 1 pages.")
    right = clean(workspace, "columns")["articles"]
    assert any("很快发现，没有夜船" in text for text in right[0]["paragraphs"])
    assert "do: seam" in decisions(workspace)
    assert jiaokan(workspace, "verify", "clean", "--raw", "raw").returncode == 0
    watch.quiet()


def test_a_correction_becomes_a_rule_after_its_impact_was_seen(
    workspace: Path, review: Start, tab: Any, watch: Watch, shot: Any
) -> None:
    review(page="market.txt")
    tab.keyboard.press("c")
    tab.fill("#wrong", "很好的的主意")
    tab.fill("#right", "很好的主意")
    tab.fill("#raw", "这是很好的的主意")
    tab.fill("#clean", "这是很好的主意")
    tab.click("dialog button[value=try]")
    tab.wait_for_selector("dialog .error")  # no reason was given
    assert "--reason" in tab.text_content("dialog .error")
    tab.fill("#reason", "read twice")
    tab.fill("#unchanged", "很好的目的")
    shot("rule")
    tab.click("dialog button[value=try]")
    tab.wait_for_selector("dialog button[value=add]")
    assert "2 places in 1 of 3 pages" in tab.text_content("dialog")
    assert not (workspace / "rules" / "my-rules.yaml").exists(), "nothing counts before"
    shot("impact")
    tab.click("dialog button[value=add]")
    said(tab, "Run again to see it")
    tab.keyboard.press("g")
    said(tab, "Run again: 1 pages.")
    assert "的的" not in "".join(clean(workspace, "market")["articles"][0]["paragraphs"])
    assert clean(workspace, "market")["findings"] == []
    watch.errors = [error for error in watch.errors if "409" not in error]  # the missing reason
    watch.quiet()


def test_two_tabs_see_what_the_other_decided(
    workspace: Path, review: Start, tab: Any, watch: Watch
) -> None:
    server = review(page="market.txt")
    other = tab.context.new_page()
    other.goto(server.address)
    other.wait_for_selector("#sheet .piece")
    tab.keyboard.press("a")
    said(tab, "Saved: edited: 的 by Lin.")
    other.keyboard.press("j")  # it has not heard of that, and decides about the next one
    other.keyboard.press("r")
    said(other, "Saved: rejected")
    text = decisions(workspace)
    assert "do: edit" in text
    assert "do: reject" in text
    tab.evaluate("window.dispatchEvent(new Event('focus'))")
    until(lambda: tab.text_content("#progress").endswith("1 of 3 left"))
    assert tab.locator("#item-list .done").count() == 2
    tab.keyboard.press("u")
    said(tab, "Taken back")
    tab.keyboard.press("u")
    until(lambda: "do:" not in decisions(workspace))
    watch.quiet()


def test_a_server_that_is_killed_leaves_every_decision_that_it_told_of(
    workspace: Path, review: Start, tab: Any
) -> None:
    from jiaokan.decisions import load

    server = review(page="market.txt")
    for turn in range(6):
        tab.keyboard.press("e")
        tab.fill("#new-text", f"第{turn}次")
        tab.keyboard.press("Enter")
        said(tab, f"第{turn}次")
        tab.locator("#item-list button").first.click()
    tab.keyboard.press("r")
    server.process.kill()
    server.process.wait()
    found = load((workspace / "decisions.yaml",)).known
    assert [one.decision.new for one in found][:6] == [f"第{turn}次" for turn in range(6)]
    assert [path.name for path in workspace.glob("*.yaml*")] == ["decisions.yaml"]
    review()
    assert tab.text_content("#progress").endswith("2 of 3 left")


def test_a_seam_tells_which_keys_are_for_it(
    workspace: Path, review: Start, tab: Any, watch: Watch
) -> None:
    (workspace / "raw" / "columns.txt").write_bytes(COLUMNS.read_bytes())
    assert jiaokan(workspace, "run", "-q", "--no-neural").returncode == 0
    review("--below", "1", page="columns.txt")
    tab.locator("#item-list button:has-text('seam')").first.click()
    for key in ("r", "e", "Shift+A", "c"):
        tab.evaluate("document.getElementById('said').textContent = ''")
        tab.keyboard.press(key)
        said(tab, "A seam stays (a)")
        assert tab.locator("dialog[open]").count() == 0
    watch.quiet()


HOSTILE = "<img src=x onerror=pwn()><script>pwn()</script>'\"{{7*7}}"


def test_hostile_text_in_every_field_runs_no_script(
    workspace: Path, review: Start, tab: Any, watch: Watch, shot: Any
) -> None:
    name = "<img src=x onerror=pwn()>'.txt"
    text = f"{HOSTILE}的\n\n文/{HOSTILE}\n\n他说这是很好的的主意{HOSTILE}。\n\n{HOSTILE}\n"
    (workspace / "raw" / name).write_text(text, "utf-8")
    assert jiaokan(workspace, "run", "-q", "--no-neural").returncode == 0
    tree = clean(workspace, name.removesuffix(".txt"))
    finding = {"start": 0, "end": 4, "text": HOSTILE, "confidence": 0.9, "message": HOSTILE}
    other = {"text": HOSTILE, "confidence": 0.5, "evidence": HOSTILE}
    tree["findings"] = [finding | {"rule": HOSTILE, "alternatives": [other]}, *tree["findings"]]
    path = workspace / "clean" / f"{name.removesuffix('.txt')}.json"
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    entry = f"- do: accept\n  rule: '{HOSTILE.replace(chr(39), chr(39) * 2)}'\n"
    (workspace / "decisions.yaml").write_text(f"{entry}  who: <script>pwn()</script>\n", "utf-8")
    review("--who", HOSTILE, "--below", "1", page=name)
    assert HOSTILE[:20] in tab.text_content("#sheet")
    for item in range(tab.locator("#item-list button").count()):
        tab.locator("#item-list button").nth(item).click()
    tab.click("#item-list button:has-text('suspects.doubled')")
    tab.keyboard.press("e")
    tab.fill("#new-text", HOSTILE)
    tab.keyboard.press("Enter")
    said(tab, "Saved: edited: <img")
    tab.keyboard.press("Shift+A")
    tab.wait_for_selector("dialog[open]")
    tab.keyboard.press("Escape")
    tab.click("#language")
    shot("hostile")
    assert tab.evaluate("window.__pwned") == 0
    assert tab.locator("#columns img, #columns script").count() == 0
    watch.quiet()


def test_it_speaks_chinese_and_shows_its_keys(review: Start, tab: Any, watch: Watch) -> None:
    review()
    tab.keyboard.press("?")
    assert "undo" in tab.text_content("dialog")
    tab.keyboard.press("Escape")
    tab.click("#language")
    assert tab.text_content("#undo") == "撤销"
    assert tab.get_attribute("html", "lang") == "zh-Hans"
    assert tab.text_content("#item .message") == "“的的”可能是“的”之误"
    watch.quiet()
