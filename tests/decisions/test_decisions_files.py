"""Decision files: read with care, grown at their end, put together, listed and taken back."""

from pathlib import Path

import pytest
from decided import TWO, at
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.cli import main
from jiaokan.decisions import load
from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.file import appended, open_file, text_of, undone
from jiaokan.decisions.load import decisions_in
from jiaokan.decisions.merge import merge, written
from jiaokan.decisions.model import Decision
from jiaokan.errors import RuleError

SHA = "a" * 64
SPAN = f"page: {SHA}, at: 1-2, text: 甲"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("do: rejekt, rule: a.b", "1:8: do: unknown decision 'rejekt'; did you mean 'reject'?"),
        ("rule: a.b", "1:3: an entry says what to do"),
        ("do: reject", "1:3: a decision to reject needs 'rule'"),
        ("do: reject, rule: a.b, by: Lin", "1:27: unknown key 'by' in a decision to reject"),
        ("do: reject, rule: a, wen: x", "unknown key 'wen' in a decision to reject; did you mean"),
        (f"do: reject, rule: a.b, page: {SHA}, at: 1-2", "'at' and 'text' go together"),
        ("do: reject, rule: a.b, at: 1-2, text: 甲", "a place without a page"),
        ("do: reject, rule: a.b, page: 12", "'12' is not 64 hexadecimal digits"),
        (f"do: edit, page: {SHA}, at: 2-1, text: 甲, new: 乙", "at: is no span of the raw text"),
        (f"do: edit, page: {SHA}, at: 1-9, text: 甲, new: 乙", "has 1 characters, the span 8"),
        (f"do: seam, {SPAN}", "says where the fragment goes"),
        (f"do: seam, {SPAN}, after: 3, article: 1", "already says where the fragment goes"),
        (f"do: seam, {SPAN}, after: x", "'x' is not a number"),
        (f"do: seam, {SPAN}, reads: of", "is on or paragraph, not 'of'; did you mean 'on'?"),
        (f"do: seam, {SPAN}, article: 0", "articles count from 1"),
        ("do: accept, rule: a.b, when: gestern", "'gestern' is not a time"),
        ("do: accept, rule: [a]", "what stands under 'rule' is no text"),
        ("do: &x accept, rule: a", "an anchor stands here"),
        ("do: !!python/name:os accept, rule: a", "a tag stands here"),
        ("do: accept, do: reject, rule: a", "key 'do' stands twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(entry: str, said: str) -> None:
    with pytest.raises(RuleError) as error:
        decisions_in(f"- {{{entry}}}\n".encode(), "d.yaml")
    assert said in str(error.value)
    assert str(error.value).startswith("d.yaml:1:")


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- do: reject\n- {do: take, rule: a, at: x}\n")
    (tmp_path / "b.yaml").write_text("rules: []\n")
    with pytest.raises(RuleError) as error:
        load([tmp_path])
    for said in ("a.yaml:1:3", "a.yaml:2:", "b.yaml:1:1: a decision file is a list"):
        assert said in str(error.value)


texts = st.text(
    st.sampled_from("甲乙 '\":#-,[{&*!|>%@`no~0\\\n\t\r\0\x85\u2028\ufeff\U00020000"), max_size=6
)
people = st.sampled_from(["", "Lin", "Wang"])
whens = st.sampled_from(["", "2026-03-12", "2026-03-12T09:30:00Z", "2026-03-13T09:30:00Z"])
pages = st.sampled_from(["a" * 64, "b" * 64])


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Any decision that a file can hold."""
    do = draw(st.sampled_from(["reject", "accept", "take", "edit", "seam"]))
    start = draw(st.integers(0, 2))
    text = draw(texts.filter(bool) if do == "seam" else texts)
    place = {"page": draw(pages), "start": start, "end": start + len(text), "text": text}
    if do in ("reject", "accept", "take") and draw(st.booleans()):
        place = {"page": draw(st.sampled_from(["", place["page"]]))}
    said = {
        "edit": {"new": draw(texts), "rule": draw(st.sampled_from(["", "a.b"]))},
        "seam": {"after": draw(st.integers(0, 9)), "reads": draw(st.sampled_from(["", "on"]))},
    }.get(do, {"rule": draw(st.sampled_from(["a.b", "c.d"]))})
    return Decision(do, **place, **said, who=draw(people), when=draw(whens), note=draw(texts))  # type: ignore[arg-type]


def known(found: list[Decision], file: str) -> list[Known]:
    """The decisions as a file's."""
    return [Known(one, file, number + 1) for number, one in enumerate(found)]


@given(st.lists(decisions(), max_size=5))
def test_what_is_written_reads_the_same(found: list[Decision]) -> None:
    assert [one.decision for one in decisions_in(text_of(found), "d")] == found


@settings(max_examples=60)
@given(*[st.lists(decisions(), max_size=5)] * 3)
def test_merging_knows_no_order_and_changes_nothing_twice(
    one: list[Decision], two: list[Decision], three: list[Decision]
) -> None:
    files = known(one, "1"), known(two, "2"), known(three, "3")
    whole = written(merge(files))
    assert whole == written(merge(files[::-1])) == written(merge([*files, *files]))
    first = decisions_in(written(merge(files[:2])), "12")
    assert whole == written(merge([first, files[2]]))
    assert whole == written(merge([decisions_in(whole, "all")]))
    union = Decisions(tuple(entry for file in files for entry in file))
    assert union.on(SHA) == Decisions(tuple(decisions_in(whole, "all"))).on(SHA)


@given(st.lists(decisions(), max_size=5), decisions())
def test_a_pages_fingerprint_speaks_of_that_page_alone(
    found: list[Decision], more: Decision
) -> None:
    before = Decisions(tuple(known(found, "1")))
    shuffled = Decisions(tuple(known(found[::-1], "2")))
    assert before.on(SHA).fingerprint == shuffled.on(SHA).fingerprint
    after = Decisions(tuple(known([*found, more], "1")))
    if more.page not in ("", SHA):
        assert after.on(SHA) == before.on(SHA)
    assert (after.on(SHA) == before.on(SHA)) == (
        after.on(SHA).fingerprint == before.on(SHA).fingerprint
    ) or any(one.file or one.note for one in (*found, more))


def test_a_file_grows_and_shrinks_at_its_end_and_keeps_all_else(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    mine = b"# mine\n- {do: accept, rule: a.b}  # why not\n\n# the end"
    path.write_bytes(mine)
    one, two = Decision("reject", rule="c.d"), at(TWO, "郁", "edit", new="一\n'二': #")
    grown = appended(open_file(path), [one, two])
    assert path.read_bytes().startswith(mine)
    assert open_file(path).decisions == (Decision("accept", rule="a.b"), one, two)
    again = appended(grown, [one])
    assert again.known == open_file(path).known, "lines too"
    grown = undone(again)
    undone(grown)
    assert open_file(path).decisions == (Decision("accept", rule="a.b"), one)
    undone(open_file(path))
    assert path.read_bytes() == mine + b"\n"
    with pytest.raises(RuleError, match="holds 1 decision; 2 cannot be taken back"):
        undone(open_file(path), 2)


def test_a_file_changed_by_another_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "decisions.yaml"
    stale = open_file(path)
    appended(stale, [Decision("reject", rule="a.b")])
    with pytest.raises(RuleError, match="changed by someone else"):
        appended(stale, [Decision("reject", rule="c.d")])
    assert open_file(path).decisions == (Decision("reject", rule="a.b"),)


def test_a_file_in_brackets_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text("[{do: reject, rule: a.b}]\n")
    with pytest.raises(RuleError, match="cannot be changed at its end"):
        appended(open_file(path), [Decision("reject", rule="c.d")])
    assert path.read_text() == "[{do: reject, rule: a.b}]\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a raw page, and a decision about it."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "two.txt").write_text(TWO, newline="")
    monkeypatch.chdir(tmp_path)
    found = [at(TWO, "石桥湾", "edit", new="石桥弯", who="Lin", when="2026-03-12")]
    (tmp_path / "decisions.yaml").write_bytes(text_of(found))
    return tmp_path


def run(*args: str) -> tuple[int, str]:
    """Give a command; its exit code and all it said."""
    from click.testing import CliRunner

    done = CliRunner().invoke(main, args)
    return done.exit_code, done.output


def test_a_run_repeats_the_workspaces_decisions_and_says_so_in_the_ledger(workspace: Path) -> None:
    assert run("run", "-q", "--no-neural") == (0, "")
    clean = (workspace / "clean" / "two.json").read_text("utf-8")
    assert "石桥弯" in clean
    assert '"decisions":"' in (workspace / "clean" / "two.ledger.json").read_text("utf-8")
    assert run("verify", "clean", "--raw", "raw")[0] == 0
    assert run("decisions", "undo")[0] == 0
    assert run("run", "-q", "--no-neural") == (0, "")
    assert "石桥湾" in (workspace / "clean" / "two.json").read_text("utf-8")
    assert '"decisions":"' not in (workspace / "clean" / "two.ledger.json").read_text("utf-8")


def test_listing_tells_what_fits_no_page(workspace: Path) -> None:
    assert run("decisions", "list", "--raw", "raw")[0] == 0
    with (workspace / "decisions.yaml").open("ab") as file:
        file.write(text_of([at(TWO, "老槐树", "edit", page="c" * 64, new="x")]))
        file.write(text_of([Decision("accept", at(TWO, "郁").page, 0, 2, "没有", "a.b")]))
    code, said = run("decisions", "list", "--raw", "raw")
    assert code == 1
    assert "no raw page below raw has this SHA-256" in said
    assert "another text stands there" in said
    assert run("decisions", "list")[0] == 0


def test_two_peoples_files_merge_and_their_contradictions_are_told(workspace: Path) -> None:
    other = [
        at(TWO, "石桥湾", "edit", new="石桥港", who="Wang"),
        at(TWO, "老槐树", "edit", new="老榆树", who="Wang"),
    ]
    (workspace / "wang.yaml").write_bytes(text_of(other))
    code, said = run("decisions", "merge", "decisions.yaml", "wang.yaml", "-o", "both.yaml")
    assert code == 1
    assert "3 decisions, 1 contradiction" in said
    assert "wang.yaml:1: edit at 29-32" in said
    code, said = run("run", "-q", "--no-neural", "--decisions", "both.yaml")
    assert code == 0
    assert "warning: both.yaml:" in said
    assert "contradict each other; none of them is carried out" in said
    clean = (workspace / "clean" / "two.json").read_text("utf-8")
    assert "老榆树" in clean
    assert "石桥湾" in clean
    args = ("decisions", "merge", "wang.yaml", "decisions.yaml", "--prefer", "decisions.yaml")
    assert run(*args, "-o", "both.yaml")[0] == 0
    assert [one.new for one in open_file(Path("both.yaml")).decisions] == ["石桥弯", "老榆树"]


def test_edits_that_overlap_are_a_contradiction_of_two_files(workspace: Path) -> None:
    other = at(TWO, "桥湾的", "edit", new="桥头的", who="Wang")
    (workspace / "wang.yaml").write_bytes(text_of([other]))
    code, said = run("decisions", "merge", "decisions.yaml", "wang.yaml", "-o", "both.yaml")
    assert code == 1
    assert "wang.yaml:1: edit" in said
    assert "decisions.yaml:1: edit" in said
