"""What a review session does, without a browser: decisions, undo, running again, and mischief."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jiaokan.cli import main
from jiaokan.errors import JiaokanError
from jiaokan.review.app import Session
from jiaokan.review.items import Item
from jiaokan.review.jobs import Job, Jobs
from jiaokan.review.pages import Pages
from jiaokan.review.rerun import run_again
from jiaokan.review.rules import Rules
from jiaokan.review.session import Desk
from jiaokan.review.show import batch_row, page_row

PAGE = """\
春天的集市

天刚亮,集市上来了人. 卖菜的老人说这是很好的的主意。

她也说那是很好的的主意。
"""


def jiaokan(*args: str) -> int:
    """Give a command; its exit code."""
    with pytest.raises(SystemExit) as left:
        main(list(args))
    return int(left.value.code or 0)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose pages were run."""
    folder = tmp_path_factory.mktemp("ran")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(PAGE, "utf-8")
    (folder / "raw" / "b.txt").write_text(PAGE.replace("春天", "秋天"), "utf-8")
    args = [str(folder / "raw"), str(folder / "clean"), "-q", "--no-neural"]
    assert jiaokan("run", *args, "--publication", "江城日报") == 0
    return folder


@pytest.fixture
def desk(ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A session on a copy of it."""
    shutil.copytree(ran, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return opened()


def opened(raw: Path | None = Path("raw"), who: str = "Lin") -> Desk:
    """A session in the current folder."""
    found = Desk(Pages(Path("clean"), raw, 0.95), Path("decisions.yaml"), (), who)
    found.start()
    for number in range(len(found.pages.stems)):
        found.pages.summary(number)
    return found


def item(desk: Desk, rule: str, number: int = 0) -> Item:
    """An item of the first page."""
    return [one for one in desk.pages.open(0).items if one.rule == rule][number]


def again(desk: Desk, numbers: list[int] | None = None) -> list[str]:
    """Run what waits again; what failed."""
    job = Job("run", 0)
    for _ in run_again(desk, desk.waiting() if numbers is None else numbers, (), job):
        pass
    return list(job.result.get("failed", []))


def text(page: str = "a") -> str:
    """A page's paragraphs in its clean file."""
    tree = json.loads(Path("clean", f"{page}.json").read_text("utf-8"))
    return "\n".join(tree["articles"][0]["paragraphs"])


def test_decisions_are_saved_and_a_run_carries_them_out_as_the_first_one_was_asked(
    desk: Desk,
) -> None:
    doubled = item(desk, "suspects.doubled")
    desk.decide(0, {"what": "item", "item": doubled.id, "do": "take", "alternative": 0})
    desk.decide(0, {"what": "item", "item": item(desk, "punctuation.stop").id, "do": "reject"})
    assert Path("decisions.yaml").read_text("utf-8").count("do: ") == 2
    assert "的的" in text().split("\n")[0]
    assert desk.waiting() == [0]
    before = Path("clean/b.json").read_bytes()
    assert again(desk) == []
    assert "来了人. " in text()
    assert "的的" not in text().split("\n")[0]
    assert desk.waiting() == []
    assert Path("clean/b.json").read_bytes() == before
    options = json.loads(Path("clean/a.ledger.json").read_text("utf-8"))["options"]
    assert options["publication"] == "江城日报"
    assert options["neural"] == "false"


def test_all_hits_of_a_rule_in_the_batch_are_decided_and_taken_back_at_once(desk: Desk) -> None:
    left = batch_row(desk)["left"]
    wish = {"what": "rule", "item": item(desk, "suspects.doubled").id, "do": "accept"}
    desk.decide(0, {**wish, "scope": "batch"})
    assert batch_row(desk)["left"] == left - 4
    assert desk.waiting() == [0, 1]
    assert again(desk) == []
    assert "的的" not in text("a") + text("b")
    (gone,) = desk.undo()
    assert gone.do == "take"
    assert desk.waiting() == [0, 1]
    assert again(desk) == []
    assert (text("a") + text("b")).count("的的") == 4
    with pytest.raises(JiaokanError, match="nothing to take back"):
        desk.undo()


def test_a_later_session_goes_on_and_takes_back_what_an_earlier_one_decided(desk: Desk) -> None:
    doubled = item(desk, "suspects.doubled")
    desk.decide(0, {"what": "item", "item": doubled.id, "do": "edit", "new": "得"})
    desk.decide(0, {"what": "item", "item": doubled.id, "do": "edit", "new": "的"})
    other = opened()
    row = next(one for one in page_row(other, 0)["items"] if one["id"] == doubled.id)
    assert row["decided"]["new"] == "的", "of one person's decisions the latest counts"
    other.undo()
    row = next(one for one in page_row(other, 0)["items"] if one["id"] == doubled.id)
    assert row["decided"]["new"] == "得"


def test_what_another_writes_into_the_file_meanwhile_is_kept(desk: Desk) -> None:
    desk.decide(0, {"what": "item", "item": item(desk, "suspects.doubled").id, "do": "accept"})
    with Path("decisions.yaml").open("a", encoding="utf-8") as file:
        file.write("# mine\n- do: accept\n  rule: x.y\n")
    desk.decide(0, {"what": "item", "item": item(desk, "suspects.doubled", 1).id, "do": "reject"})
    said = Path("decisions.yaml").read_text("utf-8")
    assert said.index("# mine") < said.index("rule: x.y") < said.rindex("do: reject")
    Path("decisions.yaml").write_text("- do: nonsense\n", "utf-8")
    with pytest.raises(JiaokanError, match="unknown decision"):
        desk.decide(0, {"what": "item", "item": item(desk, "punctuation.stop").id, "do": "reject"})
    assert Path("decisions.yaml").read_text("utf-8") == "- do: nonsense\n"


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"what": "item"},
        {"what": "item", "item": "finding-0-0-0-0", "do": "accept"},
        {"what": "item", "item": "OWN", "do": "explode"},
        {"what": "item", "item": "OWN", "do": "take", "alternative": 99},
        {"what": "item", "item": "OWN", "do": "take", "alternative": -1},
        {"what": "item", "item": "OWN", "do": "take", "alternative": True},
        {"what": "item", "item": "OWN", "do": "edit", "new": 7},
        {"what": "item", "item": "OWN", "do": "edit", "new": "x" * 20_000},
        {"what": "item", "item": "OWN", "do": "edit", "new": "\ud800"},
        {"what": "rule", "item": "OWN", "do": "accept", "scope": "world"},
        {"what": "rule", "item": "OWN", "do": "edit", "scope": "page"},
        {"what": "move", "from": 0, "to": 0, "goal": "after", "after": 1},
        {"what": "move", "from": 0, "to": 9**9, "goal": "after", "after": 1},
        {"what": "move", "from": 0, "to": 3, "goal": "moon"},
        {"what": "move", "from": "0", "to": 3, "goal": "furniture"},
    ],
)
def test_mischief_is_refused_and_writes_nothing(desk: Desk, wish: dict[str, Any]) -> None:
    own = item(desk, "suspects.doubled").id
    with pytest.raises(JiaokanError):
        desk.decide(0, {key: own if value == "OWN" else value for key, value in wish.items()})
    assert not Path("decisions.yaml").exists()


def test_without_raw_files_decisions_are_made_but_nothing_is_run(desk: Desk) -> None:
    blind = opened(raw=None)
    blind.decide(0, {"what": "item", "item": item(blind, "suspects.doubled").id, "do": "accept"})
    with pytest.raises(JiaokanError, match="without their raw files"):
        again(blind)
    assert batch_row(blind)["runs"] is False


def test_what_a_person_wrote_into_a_clean_file_is_not_written_over_unasked(desk: Desk) -> None:
    desk.decide(0, {"what": "item", "item": item(desk, "suspects.doubled").id, "do": "accept"})
    mine = Path("clean/a.md").read_text("utf-8") + "mine\n"
    Path("clean/a.md").write_text(mine, "utf-8")
    job = Job("run", 1)
    assert len(list(run_again(desk, [0], (), job))) == 1
    assert job.result["edited"][0].startswith("a.txt (")
    assert Path("clean/a.md").read_text("utf-8") == mine
    assert desk.waiting() == [0]
    assert len(list(run_again(desk, [0], (), job, over=[0]))) == 1
    assert "mine" not in Path("clean/a.md").read_text("utf-8")


def test_a_raw_file_that_is_gone_or_another_is_told(desk: Desk) -> None:
    desk.decide(0, {"what": "item", "item": item(desk, "suspects.doubled").id, "do": "accept"})
    Path("raw/a.txt").rename("raw/z.txt")
    with pytest.raises(JiaokanError, match="raw file of this page is not there"):
        again(desk)
    assert page_row(opened(), 0)["items"], "the page is rebuilt from its ledger"


def test_a_page_that_cannot_be_read_is_listed_and_the_others_go_on(desk: Desk) -> None:
    Path("clean/a.ledger.json").write_text("{}", "utf-8")
    broken = opened()
    first, second = batch_row(broken)["pages"]
    assert "a.ledger.json" in first["error"]
    assert second["left"] > 0
    with pytest.raises(JiaokanError):
        page_row(broken, 0)


def test_pages_named_to_run_and_work_under_way_are_checked(desk: Desk) -> None:
    session = Session(desk, Rules(Path("rules/my-rules.yaml")), Jobs())
    for wrong in ([7], ["0"], "all", [True], [-1]):
        with pytest.raises(JiaokanError):
            session.run({"pages": wrong})
    for act in (session.page, lambda number: session.decide({"page": number})):
        with pytest.raises(JiaokanError, match="no such page"):
            act(99)
    with pytest.raises(JiaokanError, match="was not tried"):
        session.add_rule({"key": "0"})
    assert session.job() == {"state": "none"}


def test_a_clean_folder_without_ledgers_is_refused(tmp_path: Path) -> None:
    make: Callable[[Path], Desk] = lambda path: Desk(Pages(path, None, 0.9), tmp_path / "d.yaml")  # noqa: E731
    with pytest.raises(JiaokanError, match="no such file"):
        make(tmp_path / "nowhere").start()
    with pytest.raises(JiaokanError, match="holds no ledger"):
        make(tmp_path).start()
