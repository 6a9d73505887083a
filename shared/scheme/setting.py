"""What a setting of a scheme is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Setting:
    """One setting.

    `kind` is text, texts, flag, count, fraction, choice, choices, ordered, pairs, conditions or day (02-28).
    `choices` are what may be chosen (ordered: in which order), or the keys that pairs may have, each with its name.
    """

    key: str
    kind: str
    title: str
    default: Any
    source: str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    """of a count"""


def in_order(setting: Setting, value: Mapping[str, str]) -> dict[str, str]:
    """Give pairs in the order of the setting's keys: PostgreSQL's jsonb keeps none, and 提诺 comes before 审诺."""
    known = [key for key, _ in setting.choices if key in value]
    return {key: value[key] for key in (*known, *(key for key in value if key not in known))}
