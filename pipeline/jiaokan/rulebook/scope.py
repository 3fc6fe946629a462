"""Which packs a command about rules reads, and which of their rules it was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiaokan.errors import JiaokanError
from jiaokan.rulebook.packs import Survey, builtin

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read, and what of it is asked about."""

    packs: tuple[Path, ...]
    """Above the built-in ones."""
    files: frozenset[str] | None = None
    """Names of the files that are asked about; None: all."""

    def rules(self, survey: Survey) -> frozenset[str]:
        """Ids of the rules in force that are asked about."""
        return frozenset(
            rule
            for rule, known in survey.rules.items()
            if self.files is None or known.file.name in self.files
        )


def scope(asked: Sequence[Path], packs: Sequence[Path]) -> Scope:
    """What is to be read where files or folders are asked about, beside the packs.

    A file that one of the packs holds, or that is a built-in one, is not read twice. Raises
    JiaokanError where a folder holds no rules.
    """
    if not asked:
        return Scope(tuple(packs))
    known = {path.resolve(): str(path) for pack in packs for path in _files(pack)}
    own = {data: name for name, data in builtin()}
    names: set[str] = set()
    more: list[Path] = []
    for path in asked:
        files = _files(path)
        if not files:
            raise JiaokanError(
                "there are no rule files in it (.yaml)",
                where=str(path),
                hint="name a rule file, or a folder that holds some",
            )
        new: list[Path] = []
        for file in files:
            name = own.get(_data(file)) or known.get(file.resolve())
            names.add(name or str(file))
            if name is None:
                new.append(file)
                known[file.resolve()] = str(file)
        more += [path] if new == files else new
    return Scope((*packs, *more), frozenset(names))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = (one for ending in ENDINGS for one in path.rglob(f"*{ending}"))
    return sorted(one for one in found if one.is_file())


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size < 1_000_000 else b""
    except OSError:
        return b""
