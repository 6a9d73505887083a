"""What a setting of a scheme is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Setting:
    """One setting. `kind` is text, texts, flag, count, fraction, choice, choices, pairs, conditions or day (02-28)."""

    key: str
    kind: str
    title: str
    default: Any
    source: str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    """of a count"""
