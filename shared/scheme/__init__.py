"""Schemes (制度方案): the settings that there are, their types and defaults, and a scheme as the rules read it."""

from shared.scheme.checking import check, conflicts, faults
from shared.scheme.scheme import Condition, Scheme, of
from shared.scheme.setting import Setting
from shared.scheme.settings import SETTINGS
from shared.scheme.store import NoScheme, current, currents, version, versions

__all__ = [
    "SETTINGS", "Condition", "NoScheme", "Scheme", "Setting", "check", "conflicts", "current", "currents", "faults",
    "of", "version", "versions",
]  # fmt: skip
