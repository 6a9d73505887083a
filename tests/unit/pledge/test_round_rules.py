"""Windows that organisations set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge.window import Round, of
from services.pledge.round import rules
from tests.unit.pledge.pledges import scheme, who
from tests.university import TENANT


def made(opens_on: date, closes_on: date, publish_by_on: date | None = None, year: int = 2010) -> Round:
    return Round(TENANT, who("zjy"), year, opens_on, closes_on, publish_by_on, "浙创先发〔2010〕18号")


def test_a_year_can_have_an_absolute_deadline_from_above() -> None:
    """R-044: 2010年……8月底前必须完成"""
    above = made(date(2010, 8, 18), date(2010, 8, 31))
    rules.check(above)
    window = of(2010, scheme(), above)
    assert (window.closes_on, window.document) == (date(2010, 8, 31), "浙创先发〔2010〕18号")
    assert window.is_late(date(2010, 9, 1))


def test_the_window_may_lie_at_the_end_of_the_year_before() -> None:
    """R-031 R-194: 年初或年底"""
    rules.check(made(date(2009, 12, 1), date(2010, 1, 31)))


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "publish_by_on", "fits"),
    [
        (date(2010, 5, 1), date(2010, 5, 1), date(2010, 5, 1), True),
        (date(2009, 1, 1), date(2010, 12, 31), None, True),
        (date(2008, 12, 31), date(2010, 1, 31), None, False),
        (date(2010, 5, 1), date(2011, 1, 1), None, False),
        (date(2010, 5, 2), date(2010, 5, 1), None, False),
        (date(2010, 5, 2), date(2010, 5, 3), date(2010, 5, 1), False),
    ],
)
def test_a_window_lies_in_its_year_or_begins_in_the_one_before(
    opens_on: date, closes_on: date, publish_by_on: date | None, *, fits: bool
) -> None:
    """R-031 R-044"""
    window = made(opens_on, closes_on, publish_by_on)
    if fits:
        rules.check(window)
        return
    with pytest.raises(rules.BadRound) as refused:
        rules.check(window)
    assert len(refused.value.details) == 1


def test_everything_wrong_with_a_window_is_said_at_once() -> None:
    with pytest.raises(rules.BadRound) as refused:
        rules.check(made(date(2012, 5, 1), date(2012, 4, 1), date(2012, 3, 1)))
    assert len(refused.value.details) == 4


@given(st.dates(date(2009, 1, 1), date(2010, 12, 1)), st.integers(0, 400))
def test_every_window_that_is_taken_begins_before_it_ends_and_within_its_year(opens_on: date, days: int) -> None:
    window = made(opens_on, opens_on + timedelta(days))
    try:
        rules.check(window)
    except rules.BadRound:
        assert window.closes_on.year > 2010
    else:
        assert window.opens_on <= window.closes_on <= date(2010, 12, 31)
