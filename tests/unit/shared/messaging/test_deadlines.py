"""How long what time makes due rests."""

from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.deadlines import SHARE, rest
from shared.messaging.hearing import REST

SECONDS = st.floats(0, 10_000, allow_nan=False)


def test_a_quick_search_is_made_as_often_as_it_says() -> None:
    assert rest(0.1, 0.002) == 0.1
    assert rest(60.0, 30.0) == 60.0


def test_a_dear_search_is_made_less_often() -> None:
    assert rest(0.1, 0.3) == SHARE * 0.3
    assert rest(0.1, 5.0) == REST


@given(every=SECONDS, took=SECONDS, longer=SECONDS)
def test_nothing_rests_shorter_than_it_says_nor_longer_than_both_it_and_the_usual_rest(
    every: float, took: float, longer: float
) -> None:
    assert every <= rest(every, took) <= max(every, REST)
    assert rest(every, took) <= rest(every, took + longer)
