"""Libraries that are not part of every installation."""

from importlib import import_module
from typing import Any

from jiaokan.errors import JiaokanError


def needed(module: str, extra: str) -> Any:
    """A module of an extra. Raises JiaokanError, which says how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise JiaokanError(
            f"this needs {module.split('.')[0]}, which is not installed",
            hint=f"pip install 'jiaokan[{extra}]'",
        ) from error
