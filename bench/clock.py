"""CPU time by part of the job, taken around functions of the product by name.

A part's time is its own: what another timed part inside it takes is not in it. A name that the
product no longer has is left out and reported, so that a change there breaks no measurement.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from unittest.mock import patch

Hook = tuple[str, str, str]
"""Module, function or `Class.method` in it, part."""


@dataclass(slots=True)
class Clock:
    """Adds up CPU seconds by part."""

    seconds: Counter[str] = field(default_factory=Counter)
    """Each part's own."""
    edits: Counter[str] = field(default_factory=Counter)
    """Edits that a part yielded, where it yields any."""
    missing: list[str] = field(default_factory=list)
    """Hooks that fit nothing."""
    _inner: list[float] = field(default_factory=lambda: [0.0])

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time added to the part; what it would yield lazily is gathered."""

        def run(*args: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            try:
                result = function(*args, **named)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                spent = time.process_time() - start
                self.seconds[part] += spent - self._inner.pop()
                self._inner[-1] += spent

        return run

    @contextmanager
    def around(self, hooks: Iterable[Hook]) -> Iterator[None]:
        """Time the named functions while the block runs."""
        with ExitStack() as stack:
            for module, name, part in hooks:
                holder: Any = import_module(module)
                *path, last = name.split(".")
                for step in path:
                    holder = getattr(holder, step, None)
                function = getattr(holder, last, None)
                if function is None:
                    self.missing.append(f"{module}.{name}")
                else:
                    stack.enter_context(patch.object(holder, last, self.timed(part, function)))
            yield

    @contextmanager
    def around_stages(self) -> Iterator[None]:
        """Time each character stage under its own name, and count its edits."""
        import jiaokan.cleaning

        stages = tuple(
            stage._replace(run=self._counted(stage.name, self.timed(stage.name, stage.run)))
            for stage in jiaokan.cleaning.STAGES
        )
        with patch.object(jiaokan.cleaning, "STAGES", stages):
            yield

    def _counted(self, part: str, run: Callable[..., Any]) -> Callable[..., Any]:
        from jiaokan.edit import Edit
        from jiaokan.proposals import Proposals

        def counted(*args: Any) -> Iterable[Any]:
            items = run(*args)
            others = items
            if isinstance(items, Proposals):
                self.edits[part] += items.columns.starts.size
                others = items.others
            self.edits[part] += sum(isinstance(item, Edit) for item in others)
            return items

        return counted


def cpu(job: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    start = time.process_time()
    job()
    return time.process_time() - start
