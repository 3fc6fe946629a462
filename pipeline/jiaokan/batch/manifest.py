"""CLEAN/.jiaokan/manifest.json: what a run made, with what.

It holds nothing but what the clean files hang on: no time, no machine, no number of workers. The
same pages, rules, options and version give the same bytes. A shard writes a manifest of its own;
where the manifests of all shards are there, they become the one that a whole run would have
written (`merge`).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from jiaokan.batch.area import Area, unwritable
from jiaokan.batch.shard import Shard
from jiaokan.batch.tally import Tally
from jiaokan.decisions.book import Decisions
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook
from jiaokan.settings import Settings
from jiaokan.version import VERSION

FORMAT = 1
_SUMS = ("pages", "failed", "bytes", "characters", "articles", "changes", "seams", "findings")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run made."""

    made: dict[str, Any]
    """With what: version, options, hashes of the rules. The same for all shards of a run."""
    counts: dict[str, int]
    edits: dict[str, int]
    """By rule."""
    tree: int


def made_with(rules: Rulebook, settings: Settings, decisions: Decisions) -> dict[str, Any]:
    """Version, options, hashes of the rules and of the decisions."""
    options = {
        "encoding": settings.encoding or "",
        "script": settings.script,
        "min_confidence": settings.min_confidence,
        "neural": settings.neural,
        "publication": settings.publication,
        "date": settings.date,
    }
    return {
        "version": VERSION,
        "options": options,
        "rules": {
            "fingerprint": rules.fingerprint,
            "count": len(rules.rules),
            "files": _files(rules),
        },
        "decisions": _decided(decisions),
    }


def manifest_of(tally: Tally, made: dict[str, Any]) -> Manifest:
    """The manifest of a run that ended."""
    counts = {
        "pages": tally.pages - tally.failed,
        "failed": tally.failed,
        "bytes": tally.size,
        "characters": tally.characters,
        "articles": tally.articles,
        "changes": tally.changes,
        "seams": tally.seams,
        "findings": tally.findings,
    }
    return Manifest(made, counts, dict(sorted(tally.rules.items())), tally.tree)


def _files(rules: Rulebook) -> dict[str, str]:
    """Hash of what the rules of each file do, by the file's own name."""
    from jiaokan.rulebook.fingerprint import fingerprint_of

    found: dict[str, list[str]] = {}
    for rule in rules.rules:
        file = rules.origins.get(rule.id, "").rsplit(":", 2)[0]
        found.setdefault(PurePath(file).name, []).append(rules.digests[rule.id])
    return {name: fingerprint_of(found[name]) for name in sorted(found)}


def _decided(decisions: Decisions) -> dict[str, Any]:
    """Their number and hash; order and files leave it."""
    rows = sorted(
        json.dumps(asdict(known.decision), ensure_ascii=False, sort_keys=True, default=str)
        for known in decisions.known
    )
    data = "\n".join(rows).encode("utf-8", "surrogatepass")
    return {"fingerprint": sha256(data).hexdigest() if rows else "", "count": len(rows)}


def path_of(area: Area) -> Path:
    """Where a run's manifest lies."""
    return area.folder / f"manifest{area.suffix}.json"


def write(area: Area, manifest: Manifest) -> None:
    """Write it, and the whole run's where this was the last shard. Raises JiaokanError."""
    try:
        area.note(path_of(area), _bytes(manifest))
        if area.shard:
            _merge_here(area, area.shard)
        else:
            for old in area.folder.glob("manifest-*-of-*.json"):
                old.unlink()
    except OSError as error:
        raise unwritable(area, error) from error


def merge(manifests: Sequence[Manifest]) -> Manifest:
    """The manifest of all shards together. Raises JiaokanError where they are of several runs."""
    first = manifests[0]
    for other in manifests[1:]:
        if other.made != first.made:
            raise JiaokanError(
                "the shards were not run alike: version, options or rules differ",
                hint="run those again that are behind",
            )
    counts = {name: sum(one.counts[name] for one in manifests) for name in _SUMS}
    edits: dict[str, int] = {}
    for one in manifests:
        for rule, count in one.edits.items():
            edits[rule] = edits.get(rule, 0) + count
    tree = sum(one.tree for one in manifests) % (1 << 256)
    return Manifest(first.made, counts, dict(sorted(edits.items())), tree)


def read(path: Path) -> Manifest:
    """A manifest that a run wrote. Raises JiaokanError."""
    try:
        tree = json.loads(path.read_bytes())
        counts = {name: int(tree["counts"][name]) for name in _SUMS}
        return Manifest(tree["made"], counts, dict(tree["edits"]), int(tree["tree"], 16))
    except (OSError, ValueError, LookupError, TypeError) as error:
        what = f"is no manifest as a run writes it: {error}"
        raise JiaokanError(what, where=str(path), hint="run the shard again") from error


def made_before(area: Area) -> dict[str, Any]:
    """With what the last whole run worked; nothing where that is not known."""
    try:
        return read(path_of(area)).made
    except JiaokanError:
        return {}


def _merge_here(area: Area, shard: Shard) -> None:
    """Make one of the shards' manifests, where all are there and were run alike."""
    paths = [path_of(Area(area.clean, Shard(n, shard.count))) for n in range(1, shard.count + 1)]
    if not all(path.exists() for path in paths):
        return
    try:
        together = merge([read(path) for path in paths])
    except JiaokanError:
        return  # a shard is behind; the last one of the next round does it
    area.note(path_of(Area(area.clean)), _bytes(together))
    for path in paths:
        path.unlink(missing_ok=True)


def _bytes(manifest: Manifest) -> bytes:
    tree = {
        "format": FORMAT,
        "made": manifest.made,
        "counts": manifest.counts,
        "edits": manifest.edits,
        "tree": f"{manifest.tree:064x}",
    }
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()
