"""What a line of a heading may be, as the chain labels it."""

from typing import Literal, get_args

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
