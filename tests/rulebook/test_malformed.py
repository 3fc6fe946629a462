"""A rule file that is not as it must be: every fault at its place, none does harm."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from jiaokan.errors import RuleError
from jiaokan.rulebook import load
from jiaokan.rulebook.packs import survey
from jiaokan.rulebook.problems import RuleFileError

HEAD = "- id: own-rule\n  kind: literal\n  reason: why\n"
LITERAL = HEAD + "  pairs: {己经: 已经}\n"
PROOF = "  examples: {己经: 已经}\n  unchanged: [自己]\n"

FAULTS = {
    "unknown key": (LITERAL + "  patern: x\n", "5:3", "unknown key 'patern'"),
    "unknown key in an example": (
        LITERAL + "  examples: [{raw: 己经, clean: 已经, why: x}]\n",
        "5:35",
        "unknown key 'why'",
    ),
    "near miss": (HEAD + "  pair: {a: b}\n", "4:3", "did you mean 'pairs'?"),
    "missing key": (HEAD, "1:3", "the key 'pairs' is missing"),
    "unknown kind": ("- id: a\n  kind: litteral\n", "2:9", "did you mean 'literal'?"),
    "no kind": ("- id: a\n  reason: x\n", "1:3", "the key 'kind' is missing"),
    "duplicate key": (LITERAL + "  kind: literal\n", "5:3", "first in line 2"),
    "duplicate pair": (HEAD + "  pairs: {a: b, a: c}\n", "4:17", "stands twice"),
    "duplicate id": (LITERAL + LITERAL, "5:7", "is taken"),
    "wrong type": (HEAD + "  pairs: 己经\n", "4:10", "pairs"),
    "wrong level": (LITERAL + "  level: warn\n", "5:10", "level"),
    "bad id": (LITERAL.replace("own-rule", "Own Rule"), "1:7", "lower-case"),
    "acts on its result": (HEAD + "  pairs: {经: 已经}\n", "4:14", "its own result"),
    "empty word": (HEAD + "  pairs: {'': x}\n", "4:11", "empty word"),
    "bad regex": (
        "- {id: a, kind: pattern, reason: r, replace: x,\n   pattern: '甲(乙'}\n",
        "2:13",
        "missing )",
    ),
    "no such group": (
        "- {id: a, kind: pattern, reason: r, pattern: 甲,\n   replace: '\\g<b>'}\n",
        "2:13",
        "no group 'b'",
    ),
    "wrong number": (
        "- {id: a, kind: phrase, reason: r, phrase: 全心全意为人民服务,\n   distance: two}\n",
        "2:14",
        "distance",
    ),
    "short phrase": ("- {id: a, kind: phrase, reason: r, phrase: 人民}\n", "1:44", "too short"),
    "switched off nothing": ("off: [furniture-dat]\n", "1:7", "did you mean 'furniture-date'?"),
    "unknown key of the file": ("rule: []\n", "1:1", "did you mean 'rules'?"),
    "not a mapping": ("just text\n", "1:1", "must stand here"),
    "an entry of text": ("- text\n", "1:3", "a rule is a mapping"),
    "tab": ("rules:\n\t- id: a\n", "2:1", "not YAML"),
    "unclosed": ("- {id: a\n", "1:3", "what opens here does not end"),
    "unclosed quotation": ("- id: a\n  reason: 'b\n\n", "2:11", "what opens here does not end"),
    "unclosed in the middle": ("- {id: a\n- id: b\n", "2:5", "not YAML: did not find"),
    "alias": ("- &a {id: x}\n- *a\n", "1:3", "anchor"),
    "bomb": ("a: &a [x]\nb: &b [*a, *a]\n", "1:4", "anchor"),
    "lone alias": ("- *a\n", "1:3", "alias"),
    "tag": ("- !!python/object:os.system {}\n", "1:3", "tag"),
    "two documents": ("[]\n---\n[]\n", "2:1", "second document"),
    "key that is no text": ("? [a]\n: b\n", "1:3", "a key must be text"),
    "control character": ("- id: a\x07\n", "1:8", "not YAML"),
    "deep": ("[" * 100_000, "1:65 or 1:1001", "deeper than 64"),  # libyaml may look ahead
    "deep in blocks": ("- " * 5_000, "1:129", "deeper than 64"),
    "deep mapping": ("{a: " * 50_000, "1:257", "deeper than 64"),
}


@pytest.mark.parametrize(("text", "place", "what"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_is_named_at_its_place(
    text: str, place: str, what: str, write: Callable[[str], Path]
) -> None:
    path = write(text)
    start = process_time()
    with pytest.raises(RuleError) as caught:
        load([path])
    assert process_time() - start < 5
    assert isinstance(caught.value, RuleFileError)
    places = [f"{path}:{one}" for one in place.split(" or ")]
    found = [one for one in caught.value.problems if one.where in places]
    assert any(what in one.what for one in found), str(caught.value)


def test_a_key_that_stands_twice_hides_no_other_fault(write: Callable[[str], Path]) -> None:
    path = write("- id: a\n  id: b\n  kind: literal\n  resaon: x\n  pairs: {甲: 乙}\n")
    with pytest.raises(RuleFileError) as caught:
        load([path])
    told = [one.what for one in caught.value.problems]
    assert any("'id' stands twice" in what for what in told)
    assert any("did you mean 'reason'?" in what for what in told)


def test_the_line_is_quoted(write: Callable[[str], Path]) -> None:
    with pytest.raises(RuleError) as caught:
        load([write(LITERAL + "  patern: 甲\n")])
    assert "5 |   patern: 甲" in str(caught.value)


def test_all_faults_of_all_files_are_told_at_once(write: Callable[[str], Path]) -> None:
    one = write(LITERAL + PROOF + "  patern: x\n  level: warn\n- text\n")
    two = write("- {id: a, kind: none}\n" + LITERAL.replace("own-", "other-"))
    with pytest.raises(RuleFileError) as caught:
        load([one, two])
    places = [problem.where for problem in caught.value.problems]
    assert places == [
        *(f"{one}:{place}" for place in ("7:3", "8:10", "9:3")),
        *(f"{two}:{place}" for place in ("1:17", "2:3", "2:3")),
    ]


def test_not_utf8_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(b"rules:\n  \xff\n")
    with pytest.raises(RuleError, match="not UTF-8") as caught:
        load([path])
    assert caught.value.where == f"{path}:2:3"


def test_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(b"#" * 10_000_001)
    with pytest.raises(RuleError, match="larger than 10 MB"):
        load([path])


def test_a_key_that_stands_again_and_again_is_told_a_thousand_times(
    write: Callable[[str], Path],
) -> None:
    with pytest.raises(RuleFileError) as caught:
        load([write("- id: a\n" + "  id: a\n" * 3_000)])
    assert len(caught.value.problems) == 1_001
    assert "the rest was not read" in caught.value.problems[-1].what


def test_many_patterns_of_one_long_list_are_refused_unread(write: Callable[[str], Path]) -> None:
    words = " ".join(chr(0x4E00 + n) * 2 for n in range(9_000))
    rule = "\n- {id: p, kind: pattern, reason: why, pattern: '{{s}}(', replace: x}"
    with pytest.raises(RuleFileError, match="more than 300,000 characters") as caught:
        load([write(f"words: {{s: {words}}}\nrules:" + rule * 3_000)])
    (problem,) = caught.value.problems
    assert ":14:" in problem.where


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load([tmp_path / "none.yaml"])


@pytest.mark.parametrize("text", ["", "# only a comment\n", "[]\n", "rules: []\n", "\ufeff[]\n"])
def test_nothing_is_no_fault(text: str, write: Callable[[str], Path]) -> None:
    assert load([write(text)]).fingerprint == load().fingerprint


def test_scalars_are_the_text_that_stands_there(write: Callable[[str], Path]) -> None:
    pairs = "{no: yes, 12:30: 010, ~: null, 1_000: 0x1F, 2019-11-26: .inf}"
    book = load([write(HEAD + f"  pairs: {pairs}\n" + PROOF)])
    rule = next(rule for rule in book.rules if rule.id == "own-rule")
    assert rule.kind == "literal"
    assert rule.pairs == {
        "no": "yes",
        "12:30": "010",
        "~": "null",
        "1_000": "0x1F",
        "2019-11-26": ".inf",
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("when: {before: [a]}", "before: a text must stand here"),
        ("when: {date: 1950}", "date: a mapping must stand here"),
        ("when: {place: {a: b}}", "place: a list must stand here"),
        ("when: {place: bodi}", "place: input should be 'line-start'"),
        ("margin: much", "margin: a number must stand here"),
    ],
)
def test_what_must_stand_there_is_told_in_words_of_yaml(
    line: str, told: str, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- id: own\n  kind: literal\n  reason: r\n  pairs: {市埸: 市场}\n"
        f"  {line}\n  examples: {{市埸: 市场}}\n  unchanged: [丙]\n",
        encoding="utf-8",
    )
    (problem,) = survey([own]).problems
    assert problem.what.startswith(told)


def test_a_key_that_is_like_no_other_is_told_with_all_that_may_stand(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- id: own\n  kind: protect\n  reason: r\n  words: [市埸]\n"
        "  when: {before: 不}\n  examples: [市埸]\n  unchanged: [市埸]\n",
        encoding="utf-8",
    )
    (problem,) = survey([own]).problems
    assert problem.what == "unknown key 'before'; one of publication, date, script"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            "kind: leak, word: n0r, candidates: [], when: {befor: 不, after: '('}",
            ["unknown key 'befor'", "after: missing )", "word 'n0r'", "no candidates"],
        ),
        (
            "kind: layout, role: by-line, pattern: '(甲', longest: 500",
            ["role: input should be", "pattern: missing )", "longest: 1 to 200"],
        ),
        (
            "kind: protect, words: ['', 甲], when: {place: body}",
            ["unknown key 'place'", "an empty word stands everywhere"],
        ),
        (
            "kind: literal, pairs: {甲: 甲乙}, margin: much, when: {date: {from: 1957, to: 1950}}",
            ["margin: a number", "the rule would act on its own result", "date: it ends before"],
        ),
        ("kind: pattern, pattern: '{{towns}}', replace: '\\g<x>', flags: m", ["there is no list"]),
        ("kind: phrase, phrase: 为人民服务, distance: two", ["distance: a whole number"]),
        (
            "kind: pattern, replace: 甲, margin: -1",
            ["'pattern' is missing", "margin: a number of bits"],
        ),
    ],
)
def test_what_a_key_holds_is_told_where_others_are_of_the_wrong_form(
    entry: str, told: list[str], tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    proof = "examples: {甲乙: 丙乙}, unchanged: [丁]"
    own.write_text(f"- {{id: own, reason: r, {entry}, {proof}}}\n", encoding="utf-8")
    found = [problem.what for problem in survey([own]).problems]
    assert len(found) == len(told)
    for what in told:
        assert any(what in one for one in found), what
