"""The days of a year that is played: a scheme whose window opens in summer has its matters in autumn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """When things are done, as month and day."""

    shown: str
    """pledges are reviewed and shown"""
    due: tuple[str, str]
    """by when the two matters of a pledge are promised"""
    first: str
    """the first matters are reported on"""
    overdue: str
    """one of them runs late"""
    early: tuple[tuple[int, str], ...]
    """quarters remarked on before the first matters are due, with the day"""
    middle: tuple[tuple[int, str], ...]
    """quarters remarked on while they are reported on"""
    late: tuple[tuple[int, str], ...]
    """quarters remarked on after what ran late"""


WHOLE = Plan("02-20", ("06-30", "11-30"), "06-20", "07-05", ((1, "03-31"),), ((2, "06-30"),), ((3, "09-30"),))
AUTUMN = Plan("08-05", ("09-30", "11-30"), "09-20", "10-05", (), ((3, "09-28"),), ())


def of(opens: str, *, before: bool) -> Plan:
    """Give the plan of a scheme whose window opens on a day, or on that day of the year before."""
    return AUTUMN if opens > "06" and not before else WHOLE
