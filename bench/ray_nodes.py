"""A Ray cluster of two nodes' processes on this machine, one of them killed in mid-run.

The tables must be those of the local engine to the byte. Needs ray.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import orjson
from jiaokan.batch.inputs import Inputs
from jiaokan.records.done import Done
from jiaokan.records.engine import by_ray, engine_of
from jiaokan.records.origins import origins_of
from jiaokan.records.record import Fields
from jiaokan.records.rows import TABLES
from jiaokan.records.run import Work, carry_out, finish, held, prepare
from jiaokan.rulebook import load
from jiaokan.settings import Settings

from bench.result import Options, Skipped, Table
from bench.sample_pages import sample_pages

RECORDS = 400
LENGTH = 400
"""characters of a record: what is looked at is the engine, not the work"""
KILL_AFTER = 2
"""parts that are done when the node is killed"""


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
        rows.append(("local, one process", work, f"{seconds:.1f}", 0, "-"))
        for title, kill in (("two nodes", False), ("two nodes, one killed in mid-run", True)):
            cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
            other = cluster.add_node(num_cpus=1)
            ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
            try:
                out = folder / f"ray-{int(kill)}"
                node = (cluster, other) if kill else None
                seconds, work = _run(raw, out, by_ray, node)
                alive = sum(1 for one in ray.nodes() if one["Alive"])
                same = "yes" if _digest(out) == wanted else "NO"
                rows.append((title, work, f"{seconds:.1f}", 2 - alive, same))
            finally:
                ray.shutdown()
                cluster.shutdown()
    columns = ("engine", "parts", "wall s", "nodes lost", "same bytes as local")
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


def _run(raw: Path, out: Path, engine: Any, node: Any = None) -> tuple[float, int]:
    """Wall seconds and parts; the node dies when some parts are done."""
    begun = monotonic()
    with held(out):
        origins = origins_of(Inputs((str(raw),)), out, Fields())
        work = prepare(origins, out, "jsonl", load(), Settings(neural=False))
        for count, _ in enumerate(_parts(work, engine), 1):
            if node and count == KILL_AFTER:
                cluster, one = node
                cluster.remove_node(one, allow_graceful=False)
        finish(work)
    return monotonic() - begun, len(work.parts)


def _parts(work: Work, engine: Any) -> Iterator[Done]:
    return carry_out(work, engine)


def _digest(folder: Path) -> str:
    """One hash of all tables."""
    tree = sha256()
    for table in TABLES:
        tree.update((folder / f"{table}.jsonl").read_bytes())
    return tree.hexdigest()
