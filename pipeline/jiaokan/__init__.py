"""jiaokan (校勘): raw OCR pages in; clean, separate, ordered articles and a ledger out."""

from jiaokan.version import VERSION as __version__

__all__ = ["__version__"]
