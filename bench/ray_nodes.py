"""A Ray cluster of two nodes' processes on this machine, one of them killed in mid-run.

The node's raylet and all its workers are killed at once, as when a machine goes down. The tables
must be those of the local engine to the byte; and it counts only where Ray lost the node, and parts
were begun twice because of it. Needs ray, and Linux.
"""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

import orjson
from jiaokan.batch.inputs import Inputs
from jiaokan.records.engine import by_ray, engine_of
from jiaokan.records.job import Answer, PartJob, Task
from jiaokan.records.origins import origins_of
from jiaokan.records.part_status import Done
from jiaokan.records.record import TABLES, Fields
from jiaokan.records.run import Work, carry_out, finish, held, prepare
from jiaokan.rulebook import load
from jiaokan.settings import Settings

from bench.result import Options, Skipped, Table
from bench.sample_pages import sample_pages

RECORDS = 800
LENGTH = 400
"""characters of a record: what is looked at is the engine, not the work"""
KILL_AFTER = 2
"""parts that are done when the node is killed"""
PATIENCE = 120
"""seconds until Ray must have counted the node as lost"""


def tables(options: Options) -> list[Table]:
    """The local engine, the cluster, and the cluster with a node that dies."""
    try:
        import ray
        from ray.cluster_utils import Cluster
    except ImportError as error:
        raise Skipped("ray is not installed: pip install 'jiaokan[ray]'") from error
    rows = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        raw = folder / "pages.jsonl"
        _write(raw, options)
        seconds, work = _run(raw, folder / "local", engine_of("local", 0))
        wanted = _digest(folder / "local")
        rows.append(("local, one process", work, f"{seconds:.1f}", 0, 0, "-"))
        for title, kill in (("two nodes", False), ("two nodes, one killed in mid-run", True)):
            cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
            other = cluster.add_node(num_cpus=1)
            ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
            try:
                out, begun = folder / f"ray-{int(kill)}", folder / f"begun-{int(kill)}"
                begun.mkdir()
                seconds, work = _run(raw, out, _noting(begun), other if kill else None, begun)
                lost, again = _lost(ray) if kill else 0, _begun_again(begun)
                if kill:
                    _mattered(lost, again)
                same = "yes" if _digest(out) == wanted else "NO"
                rows.append((title, work, f"{seconds:.1f}", lost, again, same))
            finally:
                ray.shutdown()
                cluster.shutdown()
    columns = (
        "engine",
        "parts",
        "wall s",
        "nodes lost",
        "parts begun again",
        "same bytes as local",
    )
    note = f"{RECORDS} records; {os.cpu_count()} cores in all"
    return [Table("records by Ray", columns, tuple(rows), (note,))]


def _write(raw: Path, options: Options) -> None:
    texts = list(islice(sample_pages(options.seed), 8))
    with raw.open("wb") as file:
        for number in range(RECORDS):
            text = texts[number % len(texts)]
            start = number // len(texts) * 20 % max(1, len(text) - LENGTH)
            row = {"id": f"p{number}", "text": text[start : start + LENGTH]}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _run(
    raw: Path, out: Path, engine: Any, node: Any = None, begun: Path = Path()
) -> tuple[float, int]:
    """Wall seconds and parts; the node dies when some parts are done, and it is at one."""
    start = monotonic()
    with held(out):
        origins = origins_of(Inputs((str(raw),)), out, Fields())
        work = prepare(origins, out, "jsonl", load(), Settings(neural=False))
        for count, _ in enumerate(_parts(work, engine), 1):
            if node and count >= KILL_AFTER and _at_work(node, begun):
                _kill(node)
                node = None
        finish(work)
    return monotonic() - start, len(work.parts)


def _parts(work: Work, engine: Any) -> Iterator[Done]:
    return carry_out(work, engine)


@dataclass(frozen=True)
class _Noted:
    """A job that notes down which process began which part, and that it ended it."""

    job: PartJob
    folder: Path

    def __call__(self, task: Task) -> Answer:
        note = self.folder / f"{task.part.number}.{os.getpid()}"
        note.touch()
        answer = self.job(task)
        note.write_text("ended")
        return answer


def _noting(folder: Path) -> Any:
    """The Ray engine, its tasks noted down in a folder."""
    return lambda job, tasks: by_ray(_Noted(job, folder), tasks)  # type: ignore[arg-type]


def _begun_again(folder: Path) -> int:
    """Parts that more than one process began."""
    begun = Counter(path.name.partition(".")[0] for path in folder.iterdir())
    return sum(1 for times in begun.values() if times > 1)


def _mattered(lost: int, again: int) -> None:
    """Raises RuntimeError where the run went on as if no node had been killed."""
    if not (lost and again):
        what = f"nodes lost: {lost}, parts begun again: {again}"
        raise RuntimeError(f"the killed node did not matter to the run; {what}")


def _at_work(node: Any, begun: Path) -> bool:
    """Whether a process of the node has begun a part and not ended it."""
    at_work = {int(path.suffix[1:]) for path in begun.iterdir() if not path.stat().st_size}
    return not at_work.isdisjoint(_processes(node))


def _kill(node: Any) -> None:
    for process in _processes(node):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _processes(node: Any) -> list[int]:
    """A node's raylet and all that it started."""
    raylet: int = node.all_processes["raylet"][0].process.pid
    return [raylet, *_started_by(raylet)]


def _started_by(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it ended meanwhile
            for child in map(int, children.read_text().split()):
                yield child
                yield from _started_by(child)


def _lost(ray: Any) -> int:
    """Nodes that Ray counts as lost, as soon as there is one; it notices some time after."""
    until = monotonic() + PATIENCE
    while True:
        lost = sum(1 for one in ray.nodes() if not one["Alive"])
        if lost or monotonic() > until:
            return lost
        sleep(1)


def _digest(folder: Path) -> str:
    """One hash of all tables."""
    tree = sha256()
    for table in TABLES:
        tree.update((folder / f"{table}.jsonl").read_bytes())
    return tree.hexdigest()
