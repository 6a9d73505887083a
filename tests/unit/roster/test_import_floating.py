"""Since when somebody is away, where a table of people says no more than the month or the year."""

from datetime import date

import pytest

from tests.unit.roster.test_import_plans import TODAY, entered, of_people, row


@pytest.mark.parametrize(
    ("cell", "since"),
    [
        ("2013.3", date(2013, 3, 31)),
        ("2013.4", TODAY),
        ("2013年", TODAY),
        ("2012年", date(2012, 12, 31)),
        ("2013-03-08", date(2013, 3, 8)),
        ("2013-04-08", date(2013, 4, 8)),
    ],
)
def test_a_month_away_begins_on_its_last_day_or_today(cell: str, since: date) -> None:
    """R-016 R-158: what the table leaves open is counted in the member's favour, and yet lies not ahead."""
    (record,) = entered(of_people(row(流动党员="是", 外出时间=cell)))
    assert (record.detail.floating_since, record.person.last_contact_on) == (since, since)


def test_the_same_month_read_again_moves_nothing() -> None:
    """R-016: as days pass, and where an officer has entered the day itself."""
    known = entered(of_people(row(流动党员="是", 外出时间="2013-03-08")))
    assert of_people(row(流动党员="是", 外出时间="2013年3月"), records=known).unchanged == 1
    moved = of_people(row(流动党员="是", 外出时间="2013年2月"), records=known)
    assert moved.people[0].after.detail.floating_since == date(2013, 2, 28)
