"""`jiaokan init`: a new workspace, with the schema of rules that editors read."""

from pathlib import Path

import click

from jiaokan.cli.terminal import visible
from jiaokan.errors import JiaokanError

_RULES = """\
# yaml-language-server: $schema=rules.schema.json
# Rules of this workspace. They apply above the built-in ones, in ./rules of the
# folder where `jiaokan run` is given. Each rule has
#   id         its name in the ledger: lower-case letters, digits, hyphens
#   kind       literal, pattern, phrase, …: rules.schema.json has all of them, and editors that
#              know YAML show from it what may stand where
#   reason     why it is true
#   examples   what it changes: raw and clean
#   unchanged  what it must leave as it is
# `jiaokan rules test` tries all examples, `jiaokan rules lint` says what is wrong or doubtful.

# A word that is never right, and what it stands for.
- id: my-first-rule
  kind: literal
  reason: The scanner reads 己 as 已 in this word.
  pairs:
    舍已为人: 舍己为人
  examples:
    - raw: 他舍已为人，救起三个孩子。
      clean: 他舍己为人，救起三个孩子。
  unchanged:
    - 他早已知道这件事。

# A wording that keeps coming back; near misses of it are repaired.
# - id: my-first-phrase
#   kind: phrase
#   reason: The programme's name, misread now and then.
#   phrase: 精细化服务、信息化支撑的基层治理平台
#   distance: 2
#   examples:
#     - raw: 精细化服务、信息化支掌的基层治理平台
#       clean: 精细化服务、信息化支撑的基层治理平台
#   unchanged:
#     - 精细化服务和信息化平台
"""

_README = """\
# Pages cleaned by jiaokan

- `raw/` holds the pages as the OCR engine left them (`.txt`, any depth). They are never written to.
- `clean/` holds what `jiaokan run` makes of them: `.md` to read, `.json` for programs,
  `.ledger.json` for what became of each character.
- `rules/` holds this workspace's own rules; `rules/my-rules.yaml` shows how they look.

    jiaokan rules test                    do the rules do what their examples say?
    jiaokan run                           clean everything
    jiaokan diff raw clean                what was changed, and by which rule
    jiaokan explain clean/page.json       what was made of a page, and what is doubtful
    jiaokan verify clean --raw raw        is every character accounted for?
    jiaokan restore clean/page.json       the raw bytes again
"""

_SCHEMA = "rules/rules.schema.json"
_FILES = {
    "raw/.gitkeep": "",
    "clean/.gitkeep": "",
    "rules/my-rules.yaml": _RULES,
    _SCHEMA: "",
    "README.md": _README,
}


@click.command
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def command(folder: Path) -> None:
    """Make a new workspace in FOLDER.

    It gets raw/, clean/, rules/ with an example, and a README. What is there
    already stays as it is.

    \b
    Example:
      jiaokan init newspaper
      cd newspaper && cp /scans/*.txt raw/ && jiaokan run
    """
    from jiaokan.formats.atomic import write_atomic
    from jiaokan.rulebook.schema import published

    for name, fixed in _FILES.items():
        path = folder / name
        text = published() if name == _SCHEMA else fixed
        try:
            kept = path.exists() or path.is_symlink()
            if not kept:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(path, text.encode())
        except OSError as error:
            raise JiaokanError(
                f"cannot be made: {error.strerror or error}",
                where=str(path),
                hint="name a folder that can be written to",
            ) from error
        click.echo(f"{'kept' if kept else 'made'} {visible(str(path))}", err=True)
