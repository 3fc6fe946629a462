"""jiaokan from Python: what the names give, that threads may share it, that its import is cheap."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jiaokan
import pytest
from jiaokan.formats.clean_json import clean_of, write_clean
from jiaokan.formats.ledger_json import write_ledger

RAW = Path(__file__).parents[2] / "raw"


def test_every_public_name_is_there() -> None:
    assert set(jiaokan.__all__) <= set(dir(jiaokan))
    for name in jiaokan.__all__:
        assert getattr(jiaokan, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        jiaokan.no_such_name  # noqa: B018


def test_import_reads_next_to_nothing() -> None:
    program = (
        "import sys, jiaokan; print([m for m in sys.modules if m.split('.')[0] in "
        "('numpy', 'yaml', 'pydantic', 'opencc', 'regex', 'orjson', 'click', 'onnxruntime')"
        " or m.startswith('jiaokan.') and m != 'jiaokan.version'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_bytes_are_decoded_as_a_files_would_be() -> None:
    text = "今天上午，市里召开了防汛工作会议。\n会议要求各区做好准备。\n"
    cleaned = jiaokan.clean(text.encode("gb18030"))
    assert cleaned.page.decoding.encoding == "gb18030"
    assert cleaned.restore() == text.encode("gb18030")
    with pytest.raises(jiaokan.PageError, match="PDF"):
        jiaokan.clean(b"%PDF-1.4")


def test_half_a_surrogate_pair_is_named_with_its_place() -> None:
    with pytest.raises(jiaokan.PageError, match=r"a\.txt at character 2: .*U\+D83D"):
        jiaokan.clean("天气\ud83d", name="a.txt")


def test_ledger_names_what_could_act() -> None:
    rules = jiaokan.load_rules()
    settings = jiaokan.Settings(script="keep", neural=False)
    options = dict(jiaokan.clean("天气", rules, settings).ledger.options)
    assert options["rules"] == rules.fingerprint
    assert (options["script"], options["neural"]) == ("keep", "false")


def test_rules_of_ones_own(tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        "rules:\n- id: mine-ferry\n  kind: literal\n  pairs: {渡囗: 渡口}\n"
        "  reason: 囗 is 口 here.\n  examples: {渡囗: 渡口}\n  unchanged: [囗部]\n",
        "utf-8",
    )
    cleaned = jiaokan.clean("渡囗的夜班船", jiaokan.load_rules(pack))
    assert cleaned.trace.text == "渡口的夜班船"
    assert [step.rule for change in cleaned.ledger.changes for step in change.steps] == [
        "mine-ferry"
    ]


def test_threads_give_what_one_thread_gives() -> None:
    rules = jiaokan.load_rules()
    pages = {path.name: path.read_bytes() for path in sorted(RAW.glob("*.txt"))}

    def files(name: str) -> tuple[bytes, bytes]:
        cleaned = jiaokan.clean(pages[name], rules, jiaokan.Settings(neural=False), name=name)
        assert cleaned.restore() == pages[name]
        return write_clean(clean_of(cleaned)), write_ledger(cleaned.ledger)

    names = [*pages] * 2
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(files, names))  # first, so that caches are filled by threads
    assert together == [files(name) for name in names]
    assert all(json.loads(ledger)["source"]["name"] for _, ledger in together)


def test_threads_may_share_a_book_that_asks_for_facts(tmp_path: Path) -> None:
    pack = tmp_path / "asks.yaml"
    rules = "".join(
        f"- id: asks-n{n}\n  kind: literal\n  pairs: {{甲{n}乙: 丙{n}丁}}\n  reason: Only there.\n"
        f"  examples: {{甲{n}乙: 丙{n}丁}}\n  unchanged: [甲乙]\n  when: {{publication: [报{n}]}}\n"
        for n in range(24)
    )
    pack.write_text(f"rules:\n{rules}", "utf-8")
    book = jiaokan.load_rules(pack)

    def text(n: int) -> str:
        facts = jiaokan.PageFacts(f"报{n % 24}")
        return jiaokan.clean(f"甲{n % 24}乙", book, facts=facts).trace.text

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(text, range(96))) == [f"丙{n % 24}丁" for n in range(96)]


def test_run_cleans_files_and_records(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("天气晴朗,微风.", "utf-8")
    (tmp_path / "raw" / "b.txt").write_bytes(b"%PDF-1.4")
    settings = jiaokan.Settings(neural=False)
    ran = jiaokan.run(tmp_path / "raw", tmp_path / "clean", settings=settings)
    assert (ran.pages, ran.cleaned, ran.failed, ran.changes) == (2, 1, 1, 2)
    assert "PDF" in ran.failures[0]
    assert json.loads((tmp_path / "clean" / "a.json").read_bytes())["articles"]
    assert jiaokan.run(tmp_path / "raw", tmp_path / "clean", settings=settings).cleaned == 0
    rows = b'{"nr": 1, "ocr": "a,"}\n{"nr": 1.5}\n'
    (tmp_path / "b.jsonl").write_bytes(rows)
    fields = {"text_field": "ocr", "id_field": "nr"}
    ran = jiaokan.run(tmp_path / "b.jsonl", tmp_path / "out", settings=settings, **fields)
    assert (ran.pages, ran.cleaned, ran.failed) == (2, 1, 1)
    assert (tmp_path / "out" / "articles.jsonl").exists()
