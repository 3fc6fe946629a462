"""`jiaokan decisions list`: every decision, and those that cannot be carried out."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jiaokan.cli.terminal import count, dim, print_json, visible
from jiaokan.errors import JiaokanError

if TYPE_CHECKING:
    from jiaokan.decisions import Decisions
    from jiaokan.decisions.model import Decision


@click.command
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--raw", type=click.Path(path_type=Path), help="Check them against these raw files.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], raw: Path | None, as_json: bool) -> None:
    """List what people decided.

    FILES are decision files or folders of them; without any, the workspace's own. With
    --raw each decision is checked against the raw pages: whether its page is there, and
    whether the text that it names stands where it says.

    Exit 1: some contradict each other, or do not fit the raw pages.

    \b
    Example:
      jiaokan decisions list
      jiaokan decisions list decisions.yaml --raw raw
    """
    from jiaokan.cli.workspace import decision_paths
    from jiaokan.decisions import load

    found = load(decision_paths(files))
    problems = dict(_contested(found))
    if raw is not None:
        problems = dict(_unfit(found, raw)) | problems
    rows = [
        asdict(one.decision)
        | {"place": f"{one.file}:{one.line}", "problem": problems.get(one.decision, "")}
        for one in found.known
    ]
    if as_json:
        print_json({"decisions": rows})
    for one in () if as_json else found.known:
        _print(one.decision, f"{one.file}:{one.line}", problems.get(one.decision, ""))
    said = f"{count(len(rows), 'decision')}, {len(problems)} of them with a problem"
    click.echo(said, err=True)
    ctx.exit(1 if problems else 0)


def _print(decision: "Decision", place: str, problem: str) -> None:
    said = f" “{visible(decision.text)}”" if decision.text else ""
    new = f" → “{visible(decision.new)}”" if decision.do == "edit" else ""
    by = dim(f"  {visible(decision.by)}")
    click.echo(f"{visible(place)}: {visible(decision.about)}{said}{new}{by}")
    if problem:
        click.echo(f"  {visible(problem)}")


def _contested(found: "Decisions") -> "Iterator[tuple[Decision, str]]":
    for page in ("", *found.pages):
        for decision in found.on(page).contested:
            yield decision, "contradicts another decision; none of them is carried out"


def _unfit(found: "Decisions", raw: Path) -> "Iterator[tuple[Decision, str]]":
    from hashlib import sha256

    from jiaokan.batch.plan import ENDINGS
    from jiaokan.decisions.fit import stands
    from jiaokan.formats.decode import read_page

    if not raw.exists():
        raise JiaokanError("there is no such file or folder", where=str(raw))
    named = set(found.pages)
    paths = sorted(raw.rglob("*")) if raw.is_dir() else [raw]
    texts: dict[str, str] = {}
    for path in paths:
        if path.is_file() and (raw.is_file() or path.suffix.lower() in ENDINGS):
            digest = sha256(path.read_bytes()).hexdigest()
            if digest in named:
                texts[digest] = read_page(path, path.name, None).text
    for one in found.known:
        decision: Any = one.decision
        if decision.page and decision.page not in texts:
            yield decision, f"no raw page below {raw} has this SHA-256"
        elif decision.page and not stands(decision, texts[decision.page]):
            yield decision, "another text stands there"
