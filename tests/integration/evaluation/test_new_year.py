"""A vote of the fourth quarter that is held in January: which absences it counts (R-158)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from shared import clock
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import TENANT, University, uid


def voting(branch: Voting, *missed: date) -> list[str]:
    """Hold the meeting on 5 January with 尤文静's absences of other meetings; give what is proposed about her."""
    with branch.service.connect() as conn:
        for day in missed:
            conn.execute(
                "INSERT INTO attendance (tenant_id, person_id, held_on, title, present, excused, note, meeting_id,"
                " entered_by, entered_at) VALUES (%s, %s, %s, '主题党日', false, false, '', NULL, %s, now())",
                [TENANT, uid("T003"), day, uid("T001")],
            )
    branch.hold()
    rows = branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
    return [one["code"] for row in rows if row["name"] == "尤文静" for one in row["obstacles"]]


@pytest.fixture
def branch_of(
    service: Callable[[str], Service], university: University, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Voting]:
    now = datetime(2014, 1, 5, 9, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: now)

    def make(window: str) -> Voting:
        university.settings["eligibility.window"] = window
        return Voting(service("evaluation"), quarter="2013Q4")

    return make


@pytest.mark.parametrize("window", ["rolling", "calendar"])
def test_absences_before_and_after_new_year_are_consecutive(branch_of: Callable[[str], Voting], window: str) -> None:
    """R-158 (a)"""
    assert voting(branch_of(window), date(2013, 12, 20), date(2014, 1, 3)) == ["absences_consecutive"]


def test_the_calendar_year_of_the_quarter_is_counted_whole(branch_of: Callable[[str], Voting]) -> None:
    """R-158 (b): three absences in 2013, the first of them more than twelve months ago; two of 2012 do not count."""
    days = [date(2012, 11, 5), date(2012, 12, 5), date(2013, 1, 2), date(2013, 6, 5), date(2013, 11, 5)]
    assert "absences_total" in voting(branch_of("calendar"), *days)


def test_what_is_left_of_twelve_months_is_less(branch_of: Callable[[str], Voting]) -> None:
    """R-158 (b): the same person under a scheme of twelve months, of which one absence is left."""
    days = [date(2012, 12, 5), date(2013, 1, 2), date(2013, 6, 5)]
    assert "absences_total" not in voting(branch_of("rolling"), *days)
