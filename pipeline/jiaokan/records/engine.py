"""Who carries tasks out: this process, workers on this machine, or a Ray cluster.

Each gives the tasks' answers in the order of the tasks. What a task writes hangs on the task alone,
so that it does not show which engine did it, nor how often.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from jiaokan.batch.pool import Died, Pool, start_method
from jiaokan.errors import JiaokanError
from jiaokan.malloc import keep_freed
from jiaokan.records.job import Answer, PartJob, Task
from jiaokan.records.optional_imports import needed

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = ("local", "ray")
Engine = Callable[[PartJob, Iterable[Task]], Iterator[tuple[Task, Answer | Died]]]

_RETRIES = 4
"""How often Ray does a task again whose worker or node died."""
_AHEAD = 4
"""Tasks a core that are given to Ray before the first answer is waited for."""


def engine_of(name: EngineName, jobs: int) -> Engine:
    """The engine of a name; `jobs` is for the local one, 0: in this process."""
    if name == "ray":
        needed("ray", "ray")
        return by_ray

    def by_workers(job: PartJob, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | Died]]:
        keep_freed()
        if not jobs:
            yield from ((task, job(task)) for task in tasks)
            return
        if start_method() == "fork":
            job.warm()
        with Pool(job, jobs) as pool:
            yield from pool.stream(tasks)

    return by_workers


def by_ray(job: PartJob, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer | Died]]:
    """Tasks on a Ray cluster: the one that runs here or RAY_ADDRESS names, else one of its own.

    Every node must see the raw files and the clean folder under the same paths.
    """
    ray = needed("ray", "ray")
    own = not ray.is_initialized()
    if own:
        _connect(ray)
    try:
        yield from _streamed(ray, job, tasks)
    finally:
        if own:
            ray.shutdown()


def _connect(ray: Any) -> None:
    import os

    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if not os.environ.get("RAY_ADDRESS"):
        options |= {"include_dashboard": False}
    try:
        ray.init(configure_logging=False, **options)
    except Exception as error:
        why = str(error).strip().partition("\n")[0] or type(error).__name__
        raise JiaokanError(
            f"Ray cannot be started or reached: {why}",
            hint="--engine local does the same work on this machine; RAY_ADDRESS names the cluster",
        ) from error


def _streamed(
    ray: Any, job: PartJob, tasks: Iterable[Task]
) -> Iterator[tuple[Task, Answer | Died]]:
    remote = ray.remote(max_retries=_RETRIES, num_cpus=1)(_work)
    shared = ray.put(job)
    ahead = max(1, int(ray.cluster_resources().get("CPU", 1))) * _AHEAD
    source = iter(tasks)
    given: deque[tuple[Task, Any]] = deque()
    while True:
        while len(given) < ahead and (task := next(source, None)) is not None:
            given.append((task, remote.remote(shared, task)))
        if not given:
            return
        task, answer = given.popleft()
        try:
            yield task, ray.get(answer)
        except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError) as error:
            yield task, Died(f"its worker died {_RETRIES + 1} times: {type(error).__name__}")


def _work(job: PartJob, task: Task) -> Answer:
    return job(task)
