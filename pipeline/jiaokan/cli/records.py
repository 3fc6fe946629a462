"""What a run wrote about a page, found from any one of its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from jiaokan.cli.view import View
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.formats.clean_json import Clean, read_clean
from jiaokan.formats.ledger_json import read_ledger
from jiaokan.ledger import Ledger
from jiaokan.records.lookup import pages_table
from jiaokan.restore import cleaned_text, raw_text
from jiaokan.trace import Trace

_LEDGER = ".ledger.json"


@dataclass(frozen=True)
class Record:
    """A page's clean file and ledger. Each is read when it is first asked for."""

    stem: Path
    """CLEAN/a/b, to which the endings are put."""

    @property
    def json(self) -> Path:
        """The clean file for machines."""
        return self.stem.with_name(self.stem.name + ".json")

    @cached_property
    def ledger(self) -> Ledger:
        """The page's ledger."""
        path = self.stem.with_name(self.stem.name + _LEDGER)
        return read_ledger(_read(path), str(path))

    @cached_property
    def clean(self) -> Clean:
        """The page's clean file."""
        return read_clean(_read(self.json), str(self.json))

    @cached_property
    def cleaned(self) -> str:
        """The text after the character stages, in the raw order."""
        return cleaned_text(self.ledger, self.clean)

    @cached_property
    def raw(self) -> str:
        """The raw text."""
        return raw_text(self.ledger, self.cleaned)


def find_record(file: Path) -> Record:
    """The record that a clean file of any kind belongs to."""
    for ending in (_LEDGER, ".json", ".md", ".tei.xml"):
        if file.name.endswith(ending):
            return Record(file.with_name(file.name[: -len(ending)]))
    raise JiaokanError(
        "is no clean file",
        where=str(file),
        hint="give the .json file that a run wrote of the page",
    )


def records_in(clean: Path) -> Iterator[Record]:
    """Every record in a clean folder, by name."""
    for path in sorted(clean.rglob(f"*{_LEDGER}")):
        if path.is_file():
            yield find_record(path)


def record_of(raw: Path, clean: Path) -> Record:
    """The record of a raw file in a clean folder: by its path or name, else by its bytes.

    Pages of the same bytes may come out otherwise, by what their folders say of them."""
    from hashlib import sha256

    digest = sha256(_read(raw)).hexdigest()
    steps = [step for step in raw.with_suffix("").parts if step not in (raw.anchor, "..")]
    stems = [clean.joinpath(*steps[at:]) for at in range(len(steps))]
    near = [Record(stem) for stem in stems if Record(stem).json.exists()]
    others = (record for record in records_in(clean) if record.stem not in stems)
    for record in chain(near, others):
        if record.ledger.source.sha256 == digest:
            return record
    raise JiaokanError(
        f"{clean} holds no ledger of this file",
        where=str(raw),
        hint="it was never cleaned to there, or was changed since: jiaokan run",
    )


def no_ledger(clean: Path) -> JiaokanError:
    """What to say of a clean folder in which no run wrote anything."""
    if table := pages_table(clean):
        return JiaokanError(
            "holds the tables of a run, and no files of pages",
            where=str(clean),
            hint=f"tables are read by jiaokan verify and jiaokan restore {table} --id ID; "
            "for all else clean to files: jiaokan run --to files",
        )
    return JiaokanError(
        "holds no ledger: nothing was cleaned to there",
        where=str(clean),
        hint=f"give the folder that a run wrote to, or clean pages first: jiaokan run raw {clean}",
    )


def raw_of(record: Record, raw: Path) -> Path:
    """Where the raw file of a record is: by its name, else one of that name and bytes below."""
    from hashlib import sha256

    source = record.ledger.source
    path = raw / source.name
    if path.exists():
        return path
    others = (one for one in sorted(raw.rglob("*")) if one.name == path.name and one.is_file())
    for other in others:
        if sha256(_read(other)).hexdigest() == source.sha256:
            return other
    raise JiaokanError(
        "there is no such raw file",
        where=str(path),
        hint="put it back (jiaokan restore rebuilds it), or give the folder that was cleaned",
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        hint = "the files that a run writes belong together: .json, .md and .ledger.json"
        raise LedgerError(what, where=str(path), hint=hint) from error


def view_of(raw: Path, record: Record) -> View:
    """The page as its raw file and its ledger tell it; the clean file is not asked."""
    from hashlib import sha256

    source = record.ledger.source
    data = _read(raw)
    if sha256(data).hexdigest() != source.sha256:
        what = f"is not what {record.json} was made of: another page, or changed since"
        raise JiaokanError(what, where=str(raw), hint="clean it again: jiaokan run")
    text = data[len(source.decoding.bom) :].decode(source.decoding.encoding)
    parts: list[str] = []
    last = 0
    for change in record.ledger.changes:
        parts += text[last : change.start], change.new
        last = change.end
    parts.append(text[last:])
    return View(record.ledger, Trace(text, "".join(parts), record.ledger.changes))
