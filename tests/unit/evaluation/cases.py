"""Builders: a member before the vote, with what speaks for and against standing."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.evaluation.attendance.domain import Attendance
from services.evaluation.eligibility import rules
from services.evaluation.eligibility.domain import Case
from services.evaluation.meeting.domain import Attendee, Capacity, Manner, Presence
from shared.directory.domain import Identity, Person, Standing
from shared.period import months_after
from shared.scheme import Scheme, of
from tests.university import CONDITIONS

DAY = date(2013, 4, 1)
NOBODY = uuid.UUID(int=1)


def scheme(**settings: Any) -> Scheme:
    changes = {key.replace("__", "."): value for key, value in settings.items()}
    return of(uuid.uuid4(), 1, "测试", "测试", {"eligibility.conditions": CONDITIONS, **changes})


def person(**changes: Any) -> Person:
    made = Person(
        NOBODY, uuid.uuid4(), 1, NOBODY, "T001", "王一鸣", "0001", Standing.FORMAL, Identity.STAFF, False, False, False,
        None, False, True, "", True, 1,
    )  # fmt: skip
    return replace(made, **changes)


def attendee(presence: Presence = Presence.PRESENT, *, excused: bool = False) -> Attendee:
    return Attendee(
        NOBODY, NOBODY, NOBODY, Capacity.MEMBER, "王一鸣", "T001", "0001", Standing.FORMAL, Identity.STAFF, False,
        False, True, False, presence, excused,
    )  # fmt: skip


def case(**changes: Any) -> Case:
    """A member with nothing in the way."""
    made = Case(person(), True, DAY, attendee(), deeds=1, manner=Manner.SPOKEN)
    return replace(made, **changes)


def absence(day: date, *, present: bool = False, excused: bool = False) -> Attendance:
    return Attendance(
        NOBODY, NOBODY, day, "组织生活", present, excused, "", None, NOBODY, datetime(2013, 4, 1, tzinfo=UTC)
    )


def months(*marks: str) -> list[Attendance]:
    """Attendance month by month up to March 2013: `x` absent without reason, `e` excused, `.` present."""
    first = len(marks)
    days = [months_after(date(2013, 3, 15), -(first - 1 - at)) for at in range(first)]
    return [absence(day, present=mark == ".", excused=mark == "e") for day, mark in zip(days, marks, strict=True)]


def codes(made: Case, followed: Scheme | None = None) -> list[str]:
    return [one.code for one in rules.obstacles(made, followed or scheme())]
