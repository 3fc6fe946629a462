"""Strict reading of JSON: what is not as it was written is an error that says what."""

from typing import Any, NoReturn

import orjson

from jiaokan.errors import LedgerError


class Shape:
    """Checks of the values of one file; every error names the file."""

    def __init__(self, where: str) -> None:
        self.where = where

    def fail(self, what: str) -> NoReturn:
        """The file is not as it must be."""
        hint = "no run left it so; clean the page anew: jiaokan run --overwrite edited"
        raise LedgerError(what, where=self.where, hint=hint)

    def parse(self, data: bytes) -> dict[str, Any]:
        """The JSON object that the file holds."""
        try:
            value = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            self.fail(f"is no JSON: {error}")
        return self.table(value, "it")

    def table(self, value: object, what: str, keys: tuple[str, ...] = ()) -> dict[str, Any]:
        """An object with at least these keys."""
        if not isinstance(value, dict):
            self.fail(f"{what} is no JSON object")
        if missing := [key for key in keys if key not in value]:
            self.fail(f"{what} has no {missing[0]!r}")
        return value

    def items(self, value: object, what: str) -> list[Any]:
        """A list."""
        if not isinstance(value, list):
            self.fail(f"{what} is no list")
        return value

    def text(self, value: object, what: str) -> str:
        """A string."""
        if not isinstance(value, str):
            self.fail(f"{what} is no string")
        return value

    def texts(self, value: object, what: str) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(self.text(item, f"an item of {what}") for item in self.items(value, what))

    def whole(self, value: object, what: str, least: int = 0) -> int:
        """A whole number, not below `least`."""
        if type(value) is not int or value < least:
            self.fail(f"{what} is no whole number from {least} up")
        return value

    def number(self, value: object, what: str) -> float:
        """A number from 0 to 1."""
        if type(value) not in (int, float) or not 0 <= value <= 1:  # type: ignore[operator]
            self.fail(f"{what} is no number from 0 to 1")
        return float(value)  # type: ignore[arg-type]

    def yes(self, value: object, what: str) -> bool:
        """True or false."""
        if type(value) is not bool:
            self.fail(f"{what} is neither true nor false")
        return value

    def one_of(self, value: object, what: str, choices: tuple[str, ...]) -> Any:
        """One of a few strings."""
        if value not in choices:
            self.fail(f"{what} is none of {', '.join(choices)}")
        return value


def rounded(confidence: float) -> float:
    """A confidence as it is written: four digits, so that no machine's last bits show."""
    return round(float(confidence), 4)
