"""What a line of a heading may be, as the chain labels it."""

from typing import Literal, NamedTuple, get_args

from jiaokan.stitch.blocks import Role

Label = Literal["text", "subhead", "kicker", "title", "more", "byline"]
LABELS: tuple[Label, ...] = get_args(Label)
"""`more` is a title's second or third line."""
TEXT, SUBHEAD, KICKER, TITLE, MORE, BYLINE = range(len(LABELS))
ROLES: dict[Label, Role] = {
    "text": "body",
    "subhead": "subhead",
    "kicker": "kicker",
    "title": "title",
    "more": "title",
    "byline": "byline",
}


class Heading(NamedTuple):
    """What a line of a run is, and how sure that is."""

    role: Role
    chance: float
    title: float = 0.0
    """How probable it is that it is a title."""
