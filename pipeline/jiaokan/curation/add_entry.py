"""What a person says of a new rule → its entry; what is still missing; an id for it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from jiaokan.curation.add_when import Need, conditions, when_of
from jiaokan.errors import RuleError
from jiaokan.rulebook.reader import Value
from jiaokan.rulebook.rule import KINDS

Pair = tuple[str, str]
_PAIRED = ("literal", "confusion", "script")
_ALLOWED = {
    "literal": ("pairs", "margin"),
    "confusion": ("pairs", "margin"),
    "script": ("pairs", "to"),
    "pattern": ("pattern", "replace", "margin"),
    "phrase": ("phrase", "distance"),
    "leak": ("word", "candidates", "margin"),
    "protect": ("protect", "pattern"),
    "drop": ("drop",),
    "layout": ("pattern", "role"),
}
"""What may be said of each kind besides what all have, and its conditions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said of a rule; what was not said is empty."""

    kind: str = ""
    id: str = ""
    reason: str = ""
    level: str = ""
    pairs: tuple[Pair, ...] = ()
    pattern: str = ""
    replace: str | None = None
    phrase: str = ""
    distance: str = ""
    margin: str = ""
    word: str = ""
    candidates: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    drop: str = ""
    role: str = ""
    to: str = ""
    before: str = ""
    after: str = ""
    place: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    publication: tuple[str, ...] = ()
    date: str = ""
    script: str = ""
    examples: tuple[Pair, ...] = ()
    unchanged: tuple[str, ...] = ()


_FOR = {
    "literal": "a word that is never right, and what it stands for",
    "pattern": "the same by a regular expression",
    "phrase": "a wording that comes back; near misses of it are repaired",
    "confusion": "characters read for one another, where the language favours it",
    "leak": "a foreign word, and what it may stand for",
    "script": "a word that a conversion of script must leave, or write so",
    "protect": "a text that nothing may touch",
    "drop": "a line that belongs to no article",
    "layout": "what a line is: a byline, a kicker, …",
}
"""What each kind is for, in a few words."""
_ROLES = ("kicker", "title", "byline", "affiliation", "credit", "furniture")
_SCRIPTS = ("simplified", "traditional")


OPTIONS = {
    "pairs": "--pair",
    "candidates": "--candidate",
    "examples": "--example",
}
"""Options that are not called as their field."""


def option(name: str) -> str:
    """The option that fills a field.

    >>> option("pairs"), option("reason")
    ('--pair', '--reason')
    """
    return OPTIONS.get(name, f"--{name}")


def kind_of(asked: Asked) -> str:
    """The kind that was named, or that what was said shows; empty where nothing does."""
    if asked.kind:
        return asked.kind
    shown = (
        ("phrase", asked.phrase),
        ("leak", asked.word or asked.candidates),
        ("drop", asked.drop),
        ("protect", asked.protect),
        ("layout", asked.role),
        ("script", asked.to),
        ("pattern", asked.pattern or asked.replace is not None),
        ("literal", asked.pairs),
    )
    return next((kind for kind, said in shown if said), "")


def needs(asked: Asked) -> Iterator[Need]:
    """What is missing, in the order in which to ask for it. Raises RuleError where what was said
    does not go together."""
    kind = kind_of(asked)
    if not kind:
        yield Need("kind", "--kind", "Kind", choices=_FOR)
        return
    _together(asked, kind)
    if kind in _PAIRED and not asked.pairs:
        yield Need("pairs", "--pair", "Wrong word = right word", True)
    if kind == "script" and not asked.to:
        scripts = dict.fromkeys(_SCRIPTS, "")
        yield Need("to", "--to", "In a conversion to which script", choices=scripts)
    if kind in ("pattern", "layout") and not asked.pattern:
        yield Need("pattern", "--pattern", "Pattern (a regular expression)")
    if kind == "pattern" and asked.replace is None:
        yield Need("replace", "--replace", "What stands in its place")
    if kind == "layout" and not asked.role:
        yield Need("role", "--role", "What such a line is", choices=dict.fromkeys(_ROLES, ""))
    if kind == "phrase" and not asked.phrase:
        yield Need("phrase", "--phrase", "The phrase as it must be")
    if kind == "leak" and not asked.word:
        yield Need("word", "--word", "The foreign word")
    if kind == "leak" and not asked.candidates:
        yield Need("candidates", "--candidate", "A word that it may stand for", True)
    if kind == "protect" and not (asked.protect or asked.pattern):
        yield Need("protect", "--protect", "A text that nothing may touch", True)
    if kind == "drop" and not asked.drop:
        yield Need("drop", "--drop", "Pattern of the line (a regular expression)")
    if not asked.reason.strip():
        yield Need("reason", "--reason", "Reason: why is it true")
    if not asked.examples:
        what = "A text that holds it" if kind == "protect" else "A text = what must become of it"
        yield Need("examples", "--example", what, True)
    if not asked.unchanged:
        yield Need("unchanged", "--unchanged", "A text that comes close and must stay", True)


def _together(asked: Asked, kind: str) -> None:
    if kind not in KINDS:
        from jiaokan.rulebook.problems import nearest

        raise RuleError(
            f"unknown kind {kind!r}{nearest(kind, KINDS)}", hint=f"one of {', '.join(KINDS)}"
        )
    allowed = {one: (*names, *conditions(one)) for one, names in _ALLOWED.items()}
    for name in sorted({name for names in allowed.values() for name in names}):
        if getattr(asked, name) and name not in allowed[kind]:
            own = ", ".join(map(option, allowed[kind]))
            kinds = ", ".join(one for one, names in allowed.items() if name in names)
            raise RuleError(
                f"{option(name)} is no option of a rule of kind {kind}",
                hint=f"it goes with {kinds}; {kind} takes {own}",
            )


def entry_of(asked: Asked) -> dict[str, Value]:
    """The entry of a rule of which everything was said. Raises RuleError."""
    kind = kind_of(asked)
    missing = [need.option for need in needs(asked)]
    if missing:
        raise RuleError(
            f"missing: {', '.join(missing)}",
            hint="every rule has a reason, examples that it changes and texts that it must leave: "
            "jiaokan rules add --help",
        )
    entry: dict[str, Value] = {"id": asked.id or made_id(asked), "kind": kind}
    if asked.level:
        entry["level"] = asked.level
    entry["reason"] = asked.reason
    entry |= dict(_content(asked, kind))
    entry |= dict(when_of(asked))
    if kind == "protect":
        entry["examples"] = [raw for raw, _ in asked.examples]
    else:
        entry["examples"] = [{"raw": raw, "clean": clean} for raw, clean in asked.examples]
    entry["unchanged"] = list(asked.unchanged)
    _valid(entry)
    return entry


def _content(asked: Asked, kind: str) -> Iterator[tuple[str, Value]]:
    if kind == "script":
        yield "to", asked.to
    if kind in _PAIRED:
        yield "pairs", _pairs(asked, kind)
    for name in ("role", "pattern", "phrase", "distance", "word", "margin"):
        if value := getattr(asked, name):
            yield name, value
    if asked.replace is not None:
        yield "replace", asked.replace
    if asked.candidates:
        yield "candidates", list(asked.candidates)
    if asked.protect:
        yield "words", list(asked.protect)
    if asked.drop:
        yield "pattern", asked.drop


def _pairs(asked: Asked, kind: str) -> Value:
    pairs: dict[str, Value] = {}
    for wrong, right in asked.pairs:
        known = pairs.get(wrong)
        if known is None:
            pairs[wrong] = right
        elif kind == "confusion":
            pairs[wrong] = [*(known if isinstance(known, list) else [known]), right]
        else:
            raise RuleError(
                f"--pair {wrong!r} stands twice", hint="a word is never right for two reasons"
            )
    return pairs


def made_id(asked: Asked) -> str:
    """An id made from kind and content: the same for the same rule.

    >>> made_id(Asked(pairs=(("天侯", "天候"),))), made_id(Asked(word="nor", candidates=("也不",)))
    ('literal-5929-4faf', 'leak-nor')
    """
    kind = kind_of(asked)
    first = asked.pairs[0][0] if asked.pairs else ""
    when = dict(when_of(asked))
    if kind == "leak":
        name = "-".join([kind, *re.findall("[a-z0-9]+", asked.word.lower())])
    elif len(asked.pairs) == 1 and len(first) <= 4:
        name = "-".join([kind, *(f"{ord(character):x}" for character in first)])
    else:
        return f"{kind}-{_digest([*_content(asked, kind), *when.items()], 8)}"
    return f"{name}-when-{_digest(when.items(), 4)}" if when else name


def _digest(content: Iterable[tuple[str, Value]], size: int) -> str:
    return sha256(repr(sorted(content)).encode("utf-8", "replace")).hexdigest()[:size]


def _valid(entry: Value) -> None:
    """Every text can be written to a file. Raises RuleError."""
    if isinstance(entry, str):
        try:
            entry.encode("utf-8")
        except UnicodeEncodeError:
            raise RuleError(
                f"{entry!r} is no valid Unicode", hint="give the texts in the terminal's encoding"
            ) from None
    elif isinstance(entry, dict):
        for key, value in entry.items():
            _valid(key)
            _valid(value)
    else:
        for value in entry:
            _valid(value)


def split(text: str, where: str) -> Pair:
    """WRONG=RIGHT; where = is a part of the text, WRONG→RIGHT. Raises RuleError.

    >>> split("天侯=天候", "--pair"), split("a=b → a = b", "--example"), split("第3版=", "")
    (('天侯', '天候'), ('a=b', 'a = b'), ('第3版', ''))
    """
    if text.count("→") == 1:
        left, right = text.split("→")
        return left.removesuffix(" "), right.removeprefix(" ")
    if text.count("=") == 1:
        left, right = text.split("=")
        return left, right
    what = "has more than one =" if "=" in text else "has no ="
    raise RuleError(
        f"{where} {text!r} {what}", hint="write WRONG=RIGHT, or WRONG→RIGHT where = is in the text"
    )
