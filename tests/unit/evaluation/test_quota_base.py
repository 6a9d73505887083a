"""The base of the places: whom of a branch's roll the scheme counts (R-014, R-130, requirements Q1)."""

from typing import Any

import pytest

from services.evaluation.meeting.domain import Attendee, Capacity, Presence
from services.evaluation.quota import commands
from shared.directory.domain import Standing
from tests.unit.evaluation.meetings import attendee, make_scheme

HERE: dict[str, Any] = {"presence": Presence.PRESENT}
ROLL: list[Attendee] = [
    attendee(**HERE),
    attendee(**HERE, counted=False),
    attendee(presence=Presence.ABSENT),
    attendee(**HERE, standing=Standing.PROBATIONARY),
    attendee(standing=Standing.PROBATIONARY, exempt=True),
    attendee(exempt=True),
    attendee(**HERE, capacity=Capacity.ACTIVIST, standing=Standing.ACTIVIST),
    attendee(**HERE, capacity=Capacity.GUEST, standing=None),
]


@pytest.mark.parametrize(
    ("settings", "base"),
    [
        ({}, 6),
        ({"ballot__base": "roster"}, 6),
        ({"ballot__base": "formal"}, 4),
        ({"ballot__base": "entitled"}, 2),
        ({"ballot__base": "present"}, 1),
        ({"ballot__base": "present", "ballot__voters": ["formal", "probationary"]}, 2),
    ],
)
def test_the_scheme_says_who_is_counted(settings: dict[str, Any], base: int) -> None:
    """Q1: who is not counted in the quorum still belongs to the roster."""
    assert commands.base(ROLL, make_scheme(**{"ballot__base_without_exempt": False, **settings})) == base


@pytest.mark.parametrize(("kind", "base"), [("roster", 4), ("formal", 3), ("entitled", 2), ("present", 1)])
def test_the_exempt_are_left_out_where_the_scheme_says_so(kind: str, base: int) -> None:
    """R-014"""
    assert commands.base(ROLL, make_scheme(ballot__base=kind, ballot__base_without_exempt=True)) == base
