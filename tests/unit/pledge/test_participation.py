"""The rate of participation: of how many who are expected, and what is too many."""

from hypothesis import given
from hypothesis import strategies as st

from services.pledge.assessment.domain import Source
from services.pledge.assessment.participation import Participation


def part(online: int, asked: int, able: int) -> Participation:
    return Participation(Source.PEER, online, 0, 0, 0, asked, able)


def test_the_exempt_are_not_in_the_denominator() -> None:
    """R-014: of ten members one is exempt."""
    assert part(9, 9, 10).rate == "100.0%"
    assert part(8, 9, 10).rate == "88.9%"


def test_an_exempt_member_who_takes_part_counts_and_is_not_one_too_many() -> None:
    """R-014"""
    assert (part(10, 9, 10).rate, part(10, 9, 10).whole, part(10, 9, 10).excess) == ("100.0%", 10, 0)
    assert (part(9, 9, 10).whole, part(12, 9, 10).whole) == (9, 10)
    assert part(11, 9, 10).excess == 1


def test_where_nobody_is_known_to_be_asked_there_is_no_rate() -> None:
    assert (part(6, 0, 0).rate, part(6, 0, 0).excess) == ("", 0)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 5))
def test_no_more_than_all_take_part_as_long_as_nobody_is_too_many(people: int, asked: int, exempt: int) -> None:
    found = part(people, asked, asked + exempt)
    if found.rate and not found.excess:
        assert float(found.rate.rstrip("%")) <= 100
