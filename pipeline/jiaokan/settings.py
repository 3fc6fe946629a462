"""What a run can be asked for. One obvious place for every option and its default."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of a run; they reach the ledger, so that a run can be repeated."""

    encoding: str | None = None
    """Codec of the raw files; None: found out for each."""
    script: Literal["auto", "simplified", "traditional", "keep"] = "auto"
    """Script to bring each page to; auto: the page's dominant one."""
    rules: tuple[Path, ...] = ()
    """Rule files or folders above the built-in packs and the workspace's own."""
    min_confidence: float = 0.5
    """Text less sure of its article stays in the page's order, with a finding; a seam whose exact
    place is less sure gets a finding, too."""
    neural: bool = True
    """Read pages that are not in order with the network, too; else with counts alone."""
    publication: str = ""
    """What all pages are from; empty: found out for each (jiaokan.batch.facts)."""
    date: str = ""
    """When all pages date from, as 1956-03-12, 1956-03 or 1956; empty: found out for each."""
