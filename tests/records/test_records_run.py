"""Runs over records: the same bytes however they come about, nothing done twice, nothing lost."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import made
import pytest
from jiaokan import api
from jiaokan.batch.pool import Died, Pool
from jiaokan.batch.shard import Shard
from jiaokan.cli import main
from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.model import Decision
from jiaokan.errors import JiaokanError
from jiaokan.records import job as job_module
from jiaokan.records import parts, store
from jiaokan.records.engine import engine_of
from jiaokan.records.job import Answer, PartJob, Task
from jiaokan.records.lookup import find_page
from jiaokan.records.run import carry_out, finish
from jiaokan.records.tables import KINDS, Kind
from jiaokan.restore import restore
from jiaokan.rulebook import Rulebook, load
from jiaokan.verify_tables import verify_tables


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_LEAST", 2)
    monkeypatch.setattr(parts, "_EVERY", 3)
    monkeypatch.setattr(parts, "_MOST", 5)
    monkeypatch.setattr(job_module, "process", made.known)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    rows = [*made.pages(16), b"no json", {"id": "empty", "text": ""}]
    (folder / "a.jsonl").write_bytes(made.lines(rows))
    made.packed(folder / "b.jsonl.gz", made.lines(made.pages(7, 30)))
    columns = [{"id": row["id"], "text": row["text"]} for row in made.pages(6, 50)]
    made.parquet(
        folder / "c.parquet", {key: [row[key] for row in columns] for key in ("id", "text")}, 4
    )
    return folder


@pytest.mark.parametrize("kind", ["jsonl.gz", "parquet"])
def test_workers_shards_and_a_second_run_give_the_same_bytes(
    tmp_path: Path, raw: Path, kind: Kind
) -> None:
    assert len(made.done(raw, tmp_path / "1", kind).parts) > 7
    tree = made.tree(tmp_path / "1")
    made.done(raw, tmp_path / "2", kind, jobs=2)
    assert made.tree(tmp_path / "2") == tree
    for number in (2, 3, 1):
        made.done(raw, tmp_path / "3", kind, shard=Shard(number, 3))
    whole = made.done(raw, tmp_path / "3", kind)
    assert not whole.todo
    assert made.tree(tmp_path / "3") == tree
    before = (tmp_path / "3" / f"pages.{kind}").stat().st_mtime_ns
    assert not made.done(raw, tmp_path / "3", kind).todo
    assert (tmp_path / "3" / f"pages.{kind}").stat().st_mtime_ns == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_verifies_and_comes_back(tmp_path: Path, raw: Path, kind: Kind) -> None:
    made.done(raw, tmp_path / "out", kind)
    pages = tmp_path / "out" / f"pages.{kind}"
    report = verify_tables(pages)
    assert (report.pages, report.problems) == (30, ())
    for number in (0, 15, 36, 55):
        assert restore(*find_page(pages, f"p{number}")) == made.text(number).encode()
    assert restore(*find_page(pages, "empty")) == b""
    with pytest.raises(JiaokanError, match="no page with the id 'p99'"):
        find_page(pages, "p99")


def test_a_row_says_where_its_text_comes_from(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    article = made.rows(tmp_path / "out", "articles")[3]
    text = made.text(3)
    spans = [text[span["start"] : span["end"]] for span in article["spans"]]
    assert "".join(spans).replace("\n", "") == text.replace("\n", "")
    assert (article["page"], article["source"]) == ("p3", "a.jsonl")
    edits = [row for row in made.rows(tmp_path / "out", "edits") if row["page"] == "p3"]
    assert [text[row["start"] : row["end"]] for row in edits] == [",", "."]
    assert [row["new"] for row in edits] == ["，", "。"]
    assert all(row["rule"].startswith("punctuation.") for row in edits)


def test_a_character_dropped_at_a_seam_is_an_edit(tmp_path: Path) -> None:
    sample = (Path(__file__).parents[2] / "raw" / "doubled-character.txt").read_text("utf-8")
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines([{"id": "seam", "text": sample}]))
    made.done(raw, tmp_path / "out")
    (row,) = [
        one for one in made.rows(tmp_path / "out", "edits") if one["rule"] == "stitch.doubled"
    ]
    assert (row["old"], row["new"], sample[row["start"] : row["end"]]) == ("时", "", "时")
    assert row["evidence"]
    article = next(one for one in made.rows(tmp_path / "out", "articles") if one["article"] == 0)
    assert len(article["spans"]) > 1


def test_texts_of_a_folder_become_rows(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "deep").mkdir(parents=True)
    (raw / "deep" / "a.txt").write_bytes("今天上午召开了会议,很好.".encode("gb18030"))
    (raw / "b.txt").write_bytes(made.text(1).encode())
    (raw / "c.txt").write_bytes(b"%PDF-1.7")
    planned = made.done(raw, tmp_path / "out")
    pages = made.rows(tmp_path / "out", "pages")
    assert [row["page"] for row in pages] == ["b.txt", "c.txt", "deep/a.txt"]
    assert "PDF" in made.failures(planned)[0]
    table = tmp_path / "out" / "pages.jsonl"
    assert restore(*find_page(table, "deep/a.txt")) == (raw / "deep" / "a.txt").read_bytes()


def test_only_parts_whose_pages_changed_are_done_again(tmp_path: Path, raw: Path) -> None:
    first = made.done(raw, tmp_path / "out")
    rows = made.pages(16)
    rows.insert(7, {"id": "new", "text": "天气,"})
    (raw / "a.jsonl").write_bytes(made.lines([*rows, b"no json", {"id": "empty", "text": ""}]))
    second = made.done(raw, tmp_path / "out")
    assert 0 < len(second.todo) < len(first.parts) / 2
    made.done(raw, tmp_path / "fresh")
    assert made.tree(tmp_path / "out") == made.tree(tmp_path / "fresh")


@pytest.mark.parametrize(
    "settings", [replace(made.PLAIN, script="keep"), replace(made.PLAIN, date="1956")]
)
def test_other_options_do_all_parts_again(tmp_path: Path, raw: Path, settings: object) -> None:
    made.done(raw, tmp_path / "out")
    again = made.work(raw, tmp_path / "out", settings=settings)
    assert again.todo == again.parts


def test_force_and_retry_failed(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    assert len(made.work(raw, tmp_path / "out", retry_failed=True).todo) == 1
    forced = made.work(raw, tmp_path / "out", force=True)
    assert forced.todo == forced.parts


def test_another_kind_takes_the_place_of_the_old_tables(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    made.done(raw, tmp_path / "out", "parquet")
    made.done(raw, tmp_path / "fresh", "parquet")
    assert made.tree(tmp_path / "out") == made.tree(tmp_path / "fresh")


def test_tables_that_a_person_edited_are_not_overwritten(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    table = tmp_path / "out" / "articles.jsonl"
    was = table.read_bytes()
    table.write_bytes(was.replace("渡口".encode(), "码头".encode()))
    with pytest.raises(JiaokanError, match=r"articles\.jsonl would be overwritten"):
        made.work(raw, tmp_path / "out")
    made.done(raw, tmp_path / "out", overwrite_edited=True)
    assert table.read_bytes() == was


def test_a_table_that_no_run_wrote_is_not_overwritten(tmp_path: Path, raw: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "edits.jsonl").write_bytes(b"mine\n")
    with pytest.raises(JiaokanError, match=r"edits\.jsonl would be overwritten"):
        made.work(raw, tmp_path / "out")


def test_stopped_anywhere_the_next_run_ends_with_the_same_tree(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is stopped at every rename in turn, as a killed one would be."""
    made.done(raw, tmp_path / "whole")
    tree = made.tree(tmp_path / "whole")
    true = os.replace
    stops = 0
    while True:
        left = stops

        def stopping(*names: object) -> None:
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            true(*names)  # type: ignore[arg-type]

        out = tmp_path / f"out{stops}"
        monkeypatch.setattr(os, "replace", stopping)
        try:
            made.done(raw, out)
            break
        except KeyboardInterrupt:
            monkeypatch.setattr(os, "replace", true)
        made.done(raw, out)
        assert made.tree(out) == tree, stops
        stops += 1 if stops < 4 else 5
    assert stops > 15


def test_killed_runs_end_with_the_same_tree(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "whole")
    tree = made.tree(tmp_path / "whole")
    dice = random.Random(5)
    program = (
        "import sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path; import made\n"
        "from jiaokan.records import parts\n"
        "parts._LEAST, parts._EVERY, parts._MOST = 2, 3, 5\n"
        "made.rules(); print('ready', flush=True)\n"
        "made.done(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2)\n"
    )
    for number in range(2):
        out = tmp_path / f"out{number}"
        argv = [sys.executable, "-c", program, str(raw), str(out), str(Path(__file__).parent)]
        with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline()
            time.sleep(dice.uniform(0.02, 0.8))
            process.send_signal(signal.SIGKILL)
        made.done(raw, out)
        assert made.tree(out) == tree


def test_a_full_disk_says_so_and_the_next_run_goes_on(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = job_module.write_atomic
    left = 3

    def full(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device", str(path))
        true(path, data)

    monkeypatch.setattr(job_module, "write_atomic", full)
    with pytest.raises(JiaokanError, match="No space left on device"):
        made.done(raw, tmp_path / "out")
    monkeypatch.setattr(job_module, "write_atomic", true)
    planned = made.work(raw, tmp_path / "out")
    assert len(planned.parts) - len(planned.todo) == 3
    made.done(raw, tmp_path / "out")
    made.done(raw, tmp_path / "fresh")
    assert made.tree(tmp_path / "out") == made.tree(tmp_path / "fresh")


def test_a_page_that_kills_its_worker_fails_alone(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = job_module.process

    def deadly(page: object, *more: object) -> object:
        if page.name == "p7":  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGKILL)
        return true(page, *more)  # type: ignore[arg-type]

    def forked(job: PartJob, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | Died]]:
        with Pool(job, 2, method="fork") as pool:  # what is patched here is patched there
            yield from pool.stream(tasks)

    monkeypatch.setattr(job_module, "process", deadly)
    planned = made.work(raw, tmp_path / "out")
    list(carry_out(planned, forked))
    finish(planned)
    failed = [told for told in made.failures(planned) if "p7" in told]
    assert len(failed) == 1
    assert "SIGKILL" in failed[0]
    done = [row["page"] for row in made.rows(tmp_path / "out", "pages") if row["status"] == "done"]
    assert len(done) == 29
    assert "p7" not in done


def test_an_origin_that_changes_while_it_is_read_is_told(tmp_path: Path, raw: Path) -> None:
    planned = made.work(raw, tmp_path / "out")
    rows = made.pages(16)
    rows[4]["text"] += "改"
    (raw / "a.jsonl").write_bytes(made.lines([*rows, b"no json", {"id": "empty", "text": ""}]))
    with pytest.raises(JiaokanError, match=r"a\.jsonl: was changed while it was read"):
        list(carry_out(planned, engine_of("local", 0)))


def test_nothing_to_read_gives_empty_tables(tmp_path: Path) -> None:
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(b"")
    for kind in KINDS:
        made.done(raw, tmp_path / kind, kind)
        assert verify_tables(tmp_path / kind / f"pages.{kind}").pages == 0


def test_ids_are_compared_in_files_once_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiaokan.records import duplicate_ids

    monkeypatch.setattr(duplicate_ids, "_HELD", 3)
    with duplicate_ids.Ids() as ids:
        for number in range(2000):
            ids.add(f"p{number}")
        assert not ids.doubtful()
        ids.add("p77")
        assert ids.doubtful() == {duplicate_ids.hash_of("p77")}


def test_verify_sees_a_changed_row(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    pages = tmp_path / "out" / "pages.jsonl"
    articles = tmp_path / "out" / "articles.jsonl"
    was = articles.read_bytes()
    articles.write_bytes(was.replace("第7班".encode(), "第8班".encode(), 1))
    assert [problem.file for problem in verify_tables(pages).problems] == [f"{pages}, page 'p7'"]
    articles.write_bytes(b"\n".join(was.split(b"\n")[1:]))
    assert len(verify_tables(pages).problems) == 1
    articles.write_bytes(was)
    first = pages.read_bytes()
    pages.write_bytes(
        first.replace(b'"changes":2', b'"changes":3', 0).replace(b'\\"turn', b'\\"tarn', 1)
    )
    assert verify_tables(pages).problems


def test_died_engine_answers_are_told(tmp_path: Path, raw: Path) -> None:
    planned = made.work(raw, tmp_path / "out")

    def dead(job: object, tasks: object) -> object:
        return ((task, Died("killed")) for task in tasks)  # type: ignore[attr-defined]

    with pytest.raises(JiaokanError, match=r"a\.jsonl:1: killed, with the \d pages"):
        list(carry_out(planned, dead))  # type: ignore[arg-type]


def test_restore_and_verify_commands_read_tables(
    tmp_path: Path, raw: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    made.done(raw, tmp_path / "out", "jsonl.gz")
    for given in (tmp_path / "out", tmp_path / "out" / "pages.jsonl.gz"):
        assert _left(["restore", str(given), "--id", "p5"]) == 0
        assert capfdbinary.readouterr().out == made.text(5).encode()
    assert _left(["verify", str(tmp_path / "out")]) == 0
    assert b"30 pages" in capfdbinary.readouterr().err
    assert _left(["restore", str(tmp_path / "out")]) == 2
    assert b"which one? --id ID" in capfdbinary.readouterr().err


def test_verify_checks_files_and_tables_of_one_folder(
    tmp_path: Path, raw: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    clean = tmp_path / "out"
    made.done(raw, clean, "jsonl")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("夜班船晚上十点开船,风大时停航.\n", "utf-8")
    api.run(pages, clean / "files")
    assert _left(["verify", str(clean), "--raw", str(pages)]) == 0
    assert b"31 pages" in capfdbinary.readouterr().err
    markdown = clean / "files" / "a.md"
    markdown.write_bytes(markdown.read_bytes() + b"\n")
    table = clean / "pages.jsonl"
    table.write_bytes(table.read_bytes().replace(b'"characters":', b'"characters":1', 1))
    assert _left(["verify", str(clean)]) == 1
    told = capfdbinary.readouterr()
    assert b"a.md: was edited after the run" in told.out
    assert b"pages.jsonl, page 'p0': SHA-256, size or length" in told.out
    assert b"31 pages" in told.err
    assert b"2 problems" in told.err


def test_verify_takes_no_file_beside_tables_for_a_page(
    tmp_path: Path, raw: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    made.done(raw, tmp_path / "out", "jsonl")
    (tmp_path / "out" / "statistics.json").write_text("{}")
    assert _left(["verify", str(tmp_path / "out")]) == 0
    assert _left(["verify", str(tmp_path / "out"), "--raw", str(raw)]) == 2
    assert b"there are no raw files to compare with" in capfdbinary.readouterr().err


def test_verify_checks_tables_of_every_kind(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out", "jsonl")
    made.done(raw, tmp_path / "more", "jsonl.gz")
    for name in ("pages", "articles"):
        (tmp_path / "more" / f"{name}.jsonl.gz").rename(tmp_path / "out" / f"{name}.jsonl.gz")
    assert _left(["verify", str(tmp_path / "out")]) == 0
    (tmp_path / "out" / "articles.jsonl.gz").unlink()
    assert _left(["verify", str(tmp_path / "out")]) == 1


def _left(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code


def test_decisions_act_on_their_pages_and_do_their_parts_again(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    page = sha256(made.text(5).encode()).hexdigest()
    decision = Decision("reject", page=page, rule="punctuation.stop", who="Lin")
    decisions = Decisions((Known(decision, "decisions.yaml", 1),))
    again = made.done(raw, tmp_path / "out", decisions=decisions)
    assert len(again.todo) == 1
    edits = [row for row in made.rows(tmp_path / "out", "edits") if row["page"] == "p5"]
    assert [row["rule"] for row in edits] == ["punctuation.comma"]


def test_every_column_is_described(tmp_path: Path, raw: Path) -> None:
    made.done(raw, tmp_path / "out")
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
    words = set(re.findall(r"`([^`\n]+)`", text))
    for table in ("articles", "edits", "pages"):
        for row in made.rows(tmp_path / "out", table):
            assert row.keys() <= words


def test_a_rule_that_asks_for_a_publication_makes_parts_stale(tmp_path: Path, raw: Path) -> None:
    def book(new: str) -> Rulebook:
        pack = tmp_path / "mine.yaml"
        pack.write_text(
            f"rules:\n- id: mine-ferry\n  kind: literal\n  pairs: {{渡囗: {new}}}\n"
            f"  reason: 囗 is 口 there.\n  examples: {{渡囗: {new}}}\n  unchanged: [囗部]\n"
            "  when: {publication: [江城日报]}\n",
            "utf-8",
        )
        return load([pack])

    settings = replace(made.PLAIN, publication="江城日报")
    made.done(raw, tmp_path / "out", rules=book("渡口"), settings=settings)
    assert not made.work(raw, tmp_path / "out", rules=book("渡口"), settings=settings).todo
    again = made.work(raw, tmp_path / "out", rules=book("渡头"), settings=settings)
    assert again.todo == again.parts


@pytest.mark.parametrize("step", ["join", "sync", "write_atomic"])
def test_a_disk_that_is_full_at_the_end_leaves_the_old_tables(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made.done(raw, tmp_path / "out")
    before = made.tree(tmp_path / "out")
    (raw / "a.jsonl").write_bytes(made.lines(made.pages(9)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store, step, full)
        with pytest.raises(JiaokanError, match="the tables cannot be written: No space left"):
            made.done(raw, tmp_path / "out")
    after = made.tree(tmp_path / "out")
    assert {name: data for name, data in after.items() if "/parts/" not in name} == before
    made.done(raw, tmp_path / "out")
    made.done(raw, tmp_path / "fresh")
    assert made.tree(tmp_path / "out") == made.tree(tmp_path / "fresh")
