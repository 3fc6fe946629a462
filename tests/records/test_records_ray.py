"""The Ray engine: the same bytes as the local one. A node that dies is `python -m bench ray`."""

from pathlib import Path

import made
import pytest
from jiaokan.errors import JiaokanError
from jiaokan.records import engine, optional_imports, parts
from jiaokan.records.engine import by_ray, engine_of
from jiaokan.records.run import carry_out, finish, held


def test_ray_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="ray is not installed: pip install 'jiaokan[ray]'")
    monkeypatch.setattr(parts, "_LEAST", 2)
    monkeypatch.setattr(parts, "_MOST", 3)
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines([*made.pages(7), b"no json"]))
    made.done(raw, tmp_path / "local")
    with held(tmp_path / "ray"):
        work = made.work(raw, tmp_path / "ray")
        assert len(list(carry_out(work, by_ray))) > 2
        finish(work)
    assert made.tree(tmp_path / "ray") == made.tree(tmp_path / "local")


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(optional_imports, "import_module", absent)
    with pytest.raises(JiaokanError, match=r"ray(.|\n)*pip install 'jiaokan\[ray\]'"):
        engine_of("ray", 2)


class _Ray:
    """As much of ray as a run asks for; a task is lost with its worker while others wait."""

    class exceptions:
        WorkerCrashedError = type("WorkerCrashedError", (Exception,), {})
        OutOfMemoryError = type("OutOfMemoryError", (Exception,), {})

    def __init__(self) -> None:
        self.given = 0

    def remote(self, **_: object) -> object:
        def made(work: object) -> object:
            class Remote:
                @staticmethod
                def remote(job: object, task: object) -> object:
                    self.given += 1
                    return lambda: work(job, task)  # type: ignore[operator]

            return Remote

        return made

    def put(self, job: object) -> object:
        return job

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 1}

    def get(self, answer: object) -> object:
        self.given -= 1
        if self.given > 2:
            raise self.exceptions.WorkerCrashedError
        return answer()  # type: ignore[operator]


def test_a_part_whose_workers_die_is_done_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_LEAST", 2)
    monkeypatch.setattr(parts, "_MOST", 3)
    raw = tmp_path / "a.jsonl"
    raw.write_bytes(made.lines(made.pages(12)))
    made.done(raw, tmp_path / "local")

    def broken(job: engine.PartJob, tasks: object) -> object:
        return engine._streamed(_Ray(), job, tasks)  # type: ignore[arg-type]

    with held(tmp_path / "ray"):
        work = made.work(raw, tmp_path / "ray")
        for _ in carry_out(work, broken):  # type: ignore[arg-type]
            pass
        finish(work)
    assert made.tree(tmp_path / "ray") == made.tree(tmp_path / "local")


def test_a_cluster_that_cannot_be_reached_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unreachable:
        @staticmethod
        def init(**_: object) -> None:
            raise ConnectionError("no cluster at 10.0.0.1:6379\nand much more")

    with pytest.raises(JiaokanError, match=r"reached: no cluster at 10\.0\.0\.1:6379\n.*--engine"):
        engine._connect(Unreachable)
