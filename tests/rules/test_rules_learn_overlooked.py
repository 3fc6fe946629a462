"""`rules learn` where a person did not see every error."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jiaokan.cli import main

Command = Callable[..., Result]

QUOTES = "他说：‘‘走吧。’’人们都叫他‘‘老船工’’，他答应了。‘‘上船’’的喊声传来。"
LANTERNS = (
    "孩子们提看灯笼跑过石桥。老人坐看藤椅，望看远处的江面。",
    "风吹看帆，船顺看水走。他带看两个徒弟去集上看戏。",
    "她抱看一捆稻草，沿看田埂走回家，先看了看天色。",
    "门开看，灯亮看，屋里没有人。他想看书，又放下了。",
)


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args, **more: CliRunner().invoke(main, [str(arg) for arg in args], **more)


def pages(*bodies: str) -> None:
    """Raw pages with these bodies, run."""
    Path("raw").mkdir()
    for number, body in enumerate(bodies):
        text = f"江边的一天\n\n{body}\n\n对岸的人家升起炊烟，孩子们往学校走。\n"
        Path(f"raw/p{number}.txt").write_text(text, "utf-8")
    assert CliRunner().invoke(main, ["run", "--quiet"]).exit_code == 0


def edit(*changes: tuple[str, str], page: int) -> None:
    """Replace texts in a clean file, as a person does."""
    path = Path(f"clean/p{page}.md")
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def learnt(jiaokan: Command) -> dict[str, Any]:
    result = jiaokan("rules", "learn", "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def marked(tree: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [one for one in tree["proposals"] if mark in one["entry"].get("pairs", ())]


def quotes_but_one() -> None:
    pages(QUOTES, QUOTES, QUOTES)
    for page in range(3):
        edit(("‘‘", "“"), ("’’", "”"), page=page)
    edit(("“老船工", "‘‘老船工"), page=2)


def test_a_mark_that_was_overlooked_is_mended_and_shown(jiaokan: Command) -> None:
    quotes_but_one()
    tree = learnt(jiaokan)
    (one,) = marked(tree, "‘‘")
    assert "level" not in one["entry"]  # it mends
    assert (one["support"], one["counter_examples"]) == (8, 0)
    assert one["overlooked"] == tree["overlooked"]
    (place,) = tree["overlooked"]
    assert place.startswith("p2.txt:3:16 ")
    assert "[-‘‘-]{+“+}老船工" in place


def test_people_are_told_of_it(jiaokan: Command) -> None:
    quotes_but_one()
    result = jiaokan("rules", "learn")
    assert "perhaps overlooked: p2.txt:3:16 " in result.stderr
    assert "would also change 1 place that you left, and perhaps overlooked:" in result.stdout
    assert jiaokan("rules", "learn", "-o", "new.yaml").exit_code == 0
    assert "perhaps overlooked" in Path("new.yaml").read_text("utf-8")


def test_the_adopted_rule_mends_it(jiaokan: Command) -> None:
    quotes_but_one()
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    assert "“老船工”" in Path("clean/p2.md").read_text("utf-8")


def test_a_mark_that_is_paired_was_not_overlooked(jiaokan: Command) -> None:
    body = "他说：“走吧。’人们都叫他“老船工’，他答应了。“上船’的喊声传来。"
    nested = "他说：“人们叫我‘老船工’，我答应了。”说完他解开了缆绳。"
    pages(body, body, body, nested)
    for page in range(3):
        edit(("’", "”"), page=page)
    edit(("解开了", "解下了"), page=3)
    tree = learnt(jiaokan)
    assert tree["overlooked"] == []
    assert all(one["entry"].get("level") == "suggest" for one in marked(tree, "’"))


def test_an_apostrophe_was_not_overlooked(jiaokan: Command) -> None:
    body = "他说：“走吧。’人们都叫他“老船工’，他答应了。“上船’的喊声传来。"
    pages(body, body, body, "墙上写着 it’s late 几个字，他解开了缆绳。")
    for page in range(3):
        edit(("’", "”"), page=page)
    edit(("解开了", "解下了"), page=3)
    assert learnt(jiaokan)["overlooked"] == []


def test_a_character_that_is_right_where_it_was_left_still_speaks_against(
    jiaokan: Command,
) -> None:
    pages(*LANTERNS)
    edit(("提看", "提着"), ("坐看", "坐着"), ("望看", "望着"), page=0)
    edit(("吹看", "吹着"), ("顺看", "顺着"), ("带看", "带着"), page=1)
    edit(("抱看", "抱着"), page=2)  # 沿看 was overlooked; 看了看天色 is right
    edit(("开看", "开着"), ("亮看", "亮着"), page=3)
    tree = learnt(jiaokan)
    (place,) = tree["overlooked"]
    assert "沿[-看-]{+着+}田埂" in place
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    text = "".join(Path(f"clean/p{page}.md").read_text("utf-8") for page in range(4))
    assert all(word in text for word in ("集上看戏", "先看了看天色", "想看书"))


def test_what_was_left_too_often_was_not_overlooked(jiaokan: Command) -> None:
    pages(QUOTES, QUOTES, QUOTES)
    edit(("‘‘", "“"), ("’’", "”"), page=0)
    edit(("炊烟", "晚烟"), page=1)  # both pages were read
    edit(("炊烟", "晚烟"), page=2)
    tree = learnt(jiaokan)
    assert tree["overlooked"] == []
    assert marked(tree, "‘‘") == []


def test_pages_that_nobody_edited_hold_nothing_overlooked(jiaokan: Command) -> None:
    pages(QUOTES, QUOTES, QUOTES, QUOTES)
    for page in range(3):
        edit(("‘‘", "“"), ("’’", "”"), page=page)
    tree = learnt(jiaokan)
    assert tree["overlooked"] == []
    assert marked(tree, "‘‘")[0]["more"] == 3


def test_two_times_the_same(jiaokan: Command) -> None:
    quotes_but_one()
    first, second = (jiaokan("rules", "learn", "--json").stdout for _ in "12")
    assert first == second


def test_a_name_that_was_corrected_twice_is_only_reported(jiaokan: Command) -> None:
    pages("街坊们说，鲍大桑来了，茶也凉了。", "听见鲍大桑在门外喊，大家都笑了。")
    edit(("鲍大桑", "鲍大嗓"), page=0)
    edit(("鲍大桑", "鲍大嗓"), page=1)
    (one,) = learnt(jiaokan)["proposals"]
    assert one["entry"]["level"] == "suggest"
    assert list(one["entry"]["pairs"].values()) == ["鲍大嗓"]
    assert any("it only reports" in text for text in one["evidence"])


def test_a_name_that_was_corrected_more_often_is_mended(jiaokan: Command) -> None:
    pages(
        "街坊们说，鲍大桑来了，茶也凉了。",
        "听见鲍大桑在门外喊，大家都笑了。",
        "他把缆绳递给鲍大桑，自己上了岸。",
    )
    for page in range(3):
        edit(("鲍大桑", "鲍大嗓"), page=page)
    (one,) = learnt(jiaokan)["proposals"]
    assert "level" not in one["entry"]
