"""The measurement with a node killed in mid-run: it counts only where the node mattered."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from bench import ray_nodes


@pytest.fixture
def node() -> Iterator[Any]:
    """A process with one that it started, in the place of a node."""
    process = subprocess.Popen(["sh", "-c", "sleep 60 & wait"])
    yield SimpleNamespace(all_processes={"raylet": [SimpleNamespace(process=process)]})
    process.kill()
    process.wait()


def ended(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_a_node_dies_with_its_workers(node: Any, tmp_path: Path) -> None:
    while len(ray_nodes._processes(node)) < 2:
        pass
    _, worker = ray_nodes._processes(node)
    (tmp_path / f"1.{worker}").write_text("ended")
    assert not ray_nodes._at_work(node, tmp_path)
    (tmp_path / f"2.{worker}").touch()
    assert ray_nodes._at_work(node, tmp_path)
    ray_nodes._kill(node)
    node.all_processes["raylet"][0].process.wait()
    until = monotonic() + 10
    while not ended(worker) and monotonic() < until:
        pass
    assert ended(worker)


def test_parts_that_two_processes_began(tmp_path: Path) -> None:
    for name in ("1.10", "31.10", "31.11", "61.12"):
        (tmp_path / name).touch()
    assert ray_nodes._begun_again(tmp_path) == 1


@pytest.mark.parametrize(("lost", "again"), [(0, 0), (0, 1), (1, 0)])
def test_a_node_that_did_not_matter_fails(lost: int, again: int) -> None:
    with pytest.raises(RuntimeError, match="did not matter"):
        ray_nodes._mattered(lost, again)
    ray_nodes._mattered(1, 1)


def test_the_node_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_nodes, "sleep", lambda _: None)
    answers = iter([True, True, False])
    ray = SimpleNamespace(nodes=lambda: [{"Alive": True}, {"Alive": next(answers)}])
    assert ray_nodes._lost(ray) == 1
