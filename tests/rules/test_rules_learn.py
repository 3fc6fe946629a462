"""`rules learn`: what a person does to clean files, and the rules that come of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jiaokan.cli import main
from jiaokan.rulebook import load

Command = Callable[..., Result]

_END = """
对岸的人家升起炊烟，孩子们背着书包沿着江堤往学校走。

老人说，从前这里只有一条小路，如今修成了大道，来往方便多了。
"""
FERRY = (
    "天刚亮,渡凵已经站满了人。老船工把缆绳解开,招呼大家上船。",
    "河水涨得很快,渡凵的石阶只露出三级。",
    "每逢集日,渡凵两边摆满了摊子,卖鱼的卖菜的都有。",
    "他把渡凵的灯点亮,等最后一班船回来。",
)
TITLES = ("春天的渡船", "水位又涨了", "集日见闻", "夜里的灯")


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args, **more: CliRunner().invoke(main, [str(arg) for arg in args], **more)


def pages(*bodies: str, above: str = "") -> None:
    """Raw pages with these bodies, run."""
    Path("raw").mkdir(exist_ok=True)
    for number, body in enumerate(bodies):
        title = TITLES[number % len(TITLES)]
        text = f"{above}{title}\n\n{body}\n{_END}"
        Path(f"raw/p{number}.txt").write_text(text, "utf-8")
    assert CliRunner().invoke(main, ["run", "--quiet"]).exit_code == 0


def edit(old: str, new: str, *numbers: int, ending: str = "md") -> None:
    """Replace a text in clean files, as a person does."""
    for number in numbers:
        path = Path(f"clean/p{number}.{ending}")
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def learnt(jiaokan: Command, *more: str) -> dict[str, Any]:
    result = jiaokan("rules", "learn", "--json", *more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def by_kind(tree: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in tree["proposals"] if one["kind"] == kind]


def test_a_corrected_word_becomes_the_shortest_rule(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1, 2)
    (one,) = by_kind(learnt(jiaokan), "literal")
    assert one["entry"]["pairs"] == {"渡凵": "渡口"}
    assert (one["support"], one["pages"], one["counter_examples"]) == (3, 3, 0)
    assert one["more"] == 1  # the page that nobody edited
    assert one["entry"]["examples"]
    assert one["entry"]["unchanged"]
    assert "p0.txt:3:6" in one["places"][0]


def test_the_json_file_may_be_edited_as_well(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1, ending="json")
    (one,) = by_kind(learnt(jiaokan), "literal")
    assert one["entry"]["pairs"] == {"渡凵": "渡口"}


def test_adopted_rules_make_the_corrections_and_are_not_proposed_again(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1)
    result = jiaokan("rules", "learn", "--accept", "all")
    assert result.exit_code == 0
    assert "1 rule written to rules/my-rules.yaml" in result.stderr
    assert learnt(jiaokan)["proposals"] == []  # before the next run, too
    assert "are made by the rules in force already" in jiaokan("rules", "learn").stderr
    wanted = Path("clean/p0.md").read_bytes()
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    assert Path("clean/p0.md").read_bytes() == wanted
    assert "渡凵" not in Path("clean/p3.md").read_text("utf-8")
    assert learnt(jiaokan)["edited"] == []


def test_adopting_leaves_the_rest_of_the_file_alone(jiaokan: Command) -> None:
    jiaokan("init")
    mine = Path("rules/my-rules.yaml")
    before = mine.read_text("utf-8")
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1)
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    after = mine.read_text("utf-8")
    assert after != before
    for line in before.splitlines():
        assert line in after
    assert "learnt-51f5-53e3" in {rule.id for rule in load([Path("rules")]).rules}


def test_nothing_is_learnt_where_nobody_edited(jiaokan: Command) -> None:
    pages(*FERRY)
    result = jiaokan("rules", "learn")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 edited pages of 4" in result.stderr


def test_two_times_the_same(jiaokan: Command) -> None:
    pages(*FERRY, above="江心洲小报副刊园地\n\n")
    edit("渡凵", "渡口", 0, 1, 2)
    edit("江心洲小报副刊园地\n\n", "", 0, 1, 2)
    first, second = (jiaokan("rules", "learn", "--json").stdout for _ in "12")
    assert first == second
    assert len(json.loads(first)["proposals"]) == 2


def test_one_place_alone_is_marked_and_not_adopted(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0)
    (one,) = learnt(jiaokan)["proposals"]
    assert one["single"]
    assert "rests on one place alone" in jiaokan("rules", "learn").stdout
    result = jiaokan("rules", "learn", "--accept", "all")
    assert "1 proposal left out" in result.stderr
    assert not Path("rules").exists()
    assert jiaokan("rules", "learn", "--accept", "all", "--min-support", 1).exit_code == 0
    assert Path("rules/my-rules.yaml").exists()


def test_a_place_that_was_left_narrows_the_rule(jiaokan: Command) -> None:
    pages(
        "他走进船仓里坐下。造船仓库在河的对岸。",
        "大家在船仓里等着，船仓外下着雨。造船仓库的门关了。",
    )
    edit("进船仓里", "进船舱里", 0)
    edit("在船仓里", "在船舱里", 1)
    edit("，船仓外", "，船舱外", 1)
    (one,) = by_kind(learnt(jiaokan), "literal")
    assert not any(wrong in "造船仓库在河的对岸" for wrong in one["entry"]["pairs"])
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    text = Path("clean/p1.md").read_text("utf-8")
    assert "造船仓库的门" in text
    assert "在船舱里" in text


def test_what_was_left_everywhere_else_is_no_rule(jiaokan: Command) -> None:
    pages("他说得很好。他说得对。", "他说得很好。我说得也对。")
    edit("他说得很好", "她说得很好", 0)
    tree = learnt(jiaokan)
    assert tree["proposals"] == []
    assert "他" in tree["not_learnt"][0]["what"]


def test_a_line_that_was_taken_out_is_dropped(jiaokan: Command) -> None:
    pages(*FERRY, above="江心洲小报副刊园地\n\n")
    edit("江心洲小报副刊园地\n\n", "", 0, 1, 2)
    (one,) = by_kind(learnt(jiaokan), "drop")
    assert one["entry"]["pattern"] == "江心洲小报副刊园地"
    assert one["entry"]["examples"] == {"江心洲小报副刊园地": ""}


def test_a_line_that_was_left_once_is_not(jiaokan: Command) -> None:
    pages(*FERRY, above="江心洲小报副刊园地\n\n")
    edit("江心洲小报副刊园地\n\n", "", 0, 1)
    edit("渡凵", "渡口", 2)
    assert by_kind(learnt(jiaokan), "drop") == []


def test_a_moved_paragraph_is_no_correction(jiaokan: Command) -> None:
    pages(*FERRY)
    path = Path("clean/p0.md")
    *rest, last = path.read_text("utf-8").rstrip().split("\n\n")
    path.write_text("\n\n".join([rest[0], last, *rest[1:]]) + "\n", "utf-8")
    tree = learnt(jiaokan)
    assert (tree["corrections"], tree["proposals"]) == (0, [])
    assert any("moved" in note for note in tree["notes"])


def test_paragraphs_that_were_joined_are_no_correction(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("走。\n\n老人", "走。老人", 0)
    edit("渡凵", "渡口", 0, 1)
    tree = learnt(jiaokan)
    assert tree["corrections"] == 2
    assert any("joined or parted" in note for note in tree["notes"])


def test_a_rule_that_was_taken_back_everywhere_is_switched_off(jiaokan: Command) -> None:
    body = "己经下雪了，街道上没有人。"
    pages(body, body + "风也停了。", "他说，" + body)
    for number in range(3):
        edit("已经下雪", "己经下雪", number)
    (one,) = by_kind(learnt(jiaokan), "off")
    assert one["support"] == 3
    result = jiaokan("rules", "learn", "--accept", "all")
    assert "rules/learnt-off.yaml" in result.stderr
    assert one["entry"]["off"] not in {rule.id for rule in load([Path("rules")]).rules}
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    assert "己经下雪" in Path("clean/p2.md").read_text("utf-8")


def test_a_mark_that_was_put_back_is_protected(jiaokan: Command) -> None:
    pages("题目说：A,乙两地之间有一条路,汽车走了两个小时。", "课本上写着A,乙两地相距八十里。")
    edit("A，乙", "A,乙", 0, 1)
    (one,) = by_kind(learnt(jiaokan), "protect")
    assert one["entry"]["words"] == ["A,乙"]
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    text = Path("clean/p0.md").read_text("utf-8")
    assert "A,乙" in text
    assert "一条路，汽车" in text


def test_a_conversion_that_was_put_back_is_an_exception(jiaokan: Command) -> None:
    pages("從前的青島路很窄，如今拓宽了一倍。", "青島路的老屋还在，门前种着两棵石榴。")
    edit("青岛路", "青島路", 0, 1)
    (one,) = by_kind(learnt(jiaokan), "script")
    assert one["entry"]["to"] == "simplified"
    assert list(one["entry"]["pairs"]) == list(one["entry"]["pairs"].values())
    assert jiaokan("rules", "learn", "--accept", "all").exit_code == 0
    assert jiaokan("run", "--overwrite", "edited").exit_code == 0
    assert "从前的青島路" in Path("clean/p0.md").read_text("utf-8")


def test_a_foreign_word_becomes_a_leak(jiaokan: Command) -> None:
    pages("老师傅 too 来了，大家很高兴。", "母亲 too 去过那里。", "他 too 没有说什么。")
    edit("老师傅 too 来了", "老师傅也来了", 0)
    edit("母亲 too 去过", "母亲也去过", 1)
    (one,) = by_kind(learnt(jiaokan), "leak")
    assert (one["entry"]["word"], one["entry"]["candidates"]) == ("too", ["也"])


def test_a_mark_that_was_corrected_wherever_it_stood(jiaokan: Command) -> None:
    body = "他说：‘‘走吧。’’人们都叫他‘‘老船工’’，他答应了。‘‘上船’’的喊声传来。"
    pages(body, body, body)
    for number in range(3):
        edit("‘‘", "“", number)
        edit("’’", "”", number)
    pairs = [one["entry"]["pairs"] for one in by_kind(learnt(jiaokan), "literal")]
    assert {"‘‘": "“"} in pairs
    assert {"’’": "”"} in pairs


def test_a_wording_damaged_in_several_ways(jiaokan: Command) -> None:
    pages(
        "会上提到云渡浮桥修缮委员会的工作。",
        "云渡浮桥修膳委员会开了会。",
        "云渡淳桥修缮委员会来信了。",
    )
    edit("修膳委员会", "修缮委员会", 1)
    edit("淳桥", "浮桥", 2)
    kinds = {one["kind"] for one in learnt(jiaokan)["proposals"]}
    assert kinds & {"phrase", "literal"}


def test_both_files_edited(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1)
    edit("渡凵", "渡口", 0, ending="json")
    edit("石阶", "石级", 1, ending="json")
    tree = learnt(jiaokan)
    assert sum("both the .md and the .json" in note for note in tree["notes"]) == 2
    assert by_kind(tree, "literal")[0]["support"] == 2


def test_both_files_edited_differently_at_one_place(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0)
    edit("渡凵", "渡头", 0, ending="json")
    tree = learnt(jiaokan)
    assert tree["corrections"] == 0
    assert any("disagree" in note for note in tree["notes"])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p0.json", b"{", "is no JSON"),
        ("p0.json", b"[]", "is no JSON object"),
        ("p0.json", b'{"source": 1}', "has no 'articles'"),
        ("p0.md", b"\xff\xfe\x00", "is not UTF-8"),
        ("p0.ledger.json", b"{}", "is no ledger"),
        ("p0.json", b"[" * 200_000, "p0"),
    ],
)
def test_a_file_that_cannot_be_read_stops_no_other(
    jiaokan: Command, name: str, data: bytes, said: str
) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 1, 2)
    Path("clean", name).write_bytes(data)
    result = jiaokan("rules", "learn", "--json")
    assert result.exit_code == 1
    assert said in result.stderr
    assert by_kind(json.loads(result.stdout), "literal")[0]["support"] == 2


def test_a_clean_file_that_is_gone(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 1, 2)
    Path("clean/p0.md").unlink()
    tree = learnt(jiaokan)
    assert any("is gone" in note for note in tree["notes"])
    assert tree["proposals"]


def test_the_raw_file_is_gone(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1)
    edit("渡凵", "渡口", 2, 3, ending="json")
    for number in range(4):
        Path(f"raw/p{number}.txt").unlink()
    result = jiaokan("rules", "learn", "--json")
    assert result.exit_code == 1
    tree = json.loads(result.stdout)
    assert tree["edited"] == ["p0.txt", "p1.txt"]  # their JSON files are whole
    assert len(tree["failed"]) == 2
    assert "there is no such raw file" in tree["failed"][0]


@pytest.mark.parametrize("text", ["", "\n\n\n", "\x1b[31m\x00‮", "# \n---\n---\n", "字" * 300_000])
def test_hostile_and_empty_edits(jiaokan: Command, text: str) -> None:
    pages(*FERRY)
    Path("clean/p0.md").write_text(text, "utf-8")
    result = jiaokan("rules", "learn")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert learnt(jiaokan)["proposals"] == []


def test_a_new_rule_file(jiaokan: Command) -> None:
    pages(*FERRY)
    edit("渡凵", "渡口", 0, 1)
    result = jiaokan("rules", "learn", "-o", "proposed.yaml")
    assert result.exit_code == 0
    assert "1 rule written to proposed.yaml" in result.stderr
    text = Path("proposed.yaml").read_text("utf-8")
    assert "# 2 places on 2 pages; 0 counter-examples" in text
    assert len(load([Path("proposed.yaml")]).rules) == len(load().rules) + 1
    again = jiaokan("rules", "learn", "-o", "proposed.yaml")
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert Path("proposed.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("args", [("--json", "-o", "x.yaml"), ("--json", "--accept", "all")])
def test_json_adopts_nothing(jiaokan: Command, args: tuple[str, ...]) -> None:
    assert jiaokan("rules", "learn", *args).exit_code == 2


@pytest.mark.parametrize("path", ["nowhere", "raw"])
def test_a_folder_that_holds_no_run(jiaokan: Command, path: str) -> None:
    pages(*FERRY)
    result = jiaokan("rules", "learn", "raw", path)
    assert result.exit_code == 2
    assert path in result.stderr


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiaokan.cli.rules.learn._interactive", lambda: True)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("answers", "ids"),
    [
        ("y\ny\n", ["learnt-51f5-53e3", "learnt-drop-7698422c"]),
        ("n\ny\n", ["learnt-drop-7698422c"]),
        ("y\nq\n", ["learnt-51f5-53e3"]),
        ("y\n", ["learnt-51f5-53e3"]),  # the terminal is closed
        ("x\ne\nNot An Id\nferry\nn\n", ["ferry"]),
        ("\n\n", []),
        ("q\n", []),
    ],
)
def test_one_by_one(jiaokan: Command, answers: str, ids: list[str]) -> None:
    pages(*FERRY, above="江心洲小报副刊园地\n\n")
    edit("渡凵", "渡口", 0, 1)
    edit("江心洲小报副刊园地\n\n", "", 0, 1)
    result = jiaokan("rules", "learn", input=answers)
    assert result.exit_code == 0, result.output
    known = {rule.id for rule in load().rules}
    own = [Path("rules")] if ids else []
    assert sorted(rule.id for rule in load(own).rules if rule.id not in known) == sorted(ids)
    assert Path("rules").exists() == bool(ids)


def test_what_a_rule_in_force_reports_is_not_proposed_again(jiaokan: Command) -> None:
    pages(
        "全心全意为人民服务是渡工们常说的话。王甫来了。", "夜里的渡口很静。张甫没有来，王甫来了。"
    )
    edit("王甫", "王浦", 0, 1)
    (proposal,) = learnt(jiaokan)["proposals"]
    assert proposal["entry"]["level"] == "suggest"
    entry = json.dumps(proposal["entry"] | {"id": "own"}, ensure_ascii=False)
    Path("rules").mkdir()
    Path("rules/own.yaml").write_text(f"[{entry}]\n", "utf-8")
    again = learnt(jiaokan)
    assert again["proposals"] == []
    assert "own does the same already" in json.dumps(again, ensure_ascii=False)
