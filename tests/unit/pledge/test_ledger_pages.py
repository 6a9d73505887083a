"""Which organisations stand on a page of the ledger."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.pledge.ledger.domain import Count
from services.pledge.ledger.reading import shown


@given(st.lists(st.integers(0, 7), max_size=12), st.integers(0, 40), st.integers(1, 9))
def test_the_organisations_of_a_page_hold_exactly_its_lines(numbers: list[int], first: int, most: int) -> None:
    counts = [Count(UUID(int=place), number) for place, number in enumerate(numbers)]
    lines = [(count.organization_id, place) for count in counts for place in range(count.number)]
    ids, offset = shown(counts, first, most)
    kept = [line for line in lines if line[0] in ids]
    assert kept[offset : offset + most] == lines[first : first + most]


def test_a_page_reads_no_more_organisations_than_it_shows() -> None:
    counts = [Count(UUID(int=place), 30) for place in range(100)]
    assert shown(counts, 50, 50) == ([UUID(int=1), UUID(int=2), UUID(int=3)], 20)
