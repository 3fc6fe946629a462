"""Errors that a user can act upon: what is wrong, where, and what to do."""


class JiaokanError(Exception):
    """Something could not be done as asked.

    `what` says what is wrong, `where` names the place (file, file:line:column,
    file at byte N), `hint` says what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.hint}" if self.hint else head


class PageError(JiaokanError):
    """One page could not be read or cleaned; the others go on."""


class RuleError(JiaokanError):
    """A rule file is not as it must be; nothing is run with it."""


class LedgerError(JiaokanError):
    """A ledger, or the clean text it speaks of, is not what a run wrote."""
