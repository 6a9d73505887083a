"""Reading a count: threshold, ties, the tilt to ordinary members (R-132, requirements 2.3, Q5, Q11, Q12)."""

import random
import uuid
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.election import ranking
from services.evaluation.election.domain import Outcome, Standing
from services.evaluation.election.ranking import Count
from shared.scheme.scheme import Ballot, of


def scheme(**changes: Any) -> Ballot:
    changes = {"threshold": Fraction(0), **changes}
    return replace(of(uuid.uuid4(), 1, "测试", "测试", {}).ballot, **changes)


def people(leaders: str) -> list[Standing]:
    return [Standing(UUID(int=n + 1), f"党员{n}", "", mark == "L") for n, mark in enumerate(leaders)]


def read(leaders: str, votes: list[int], places: int, *, again: bool = False, **changes: object) -> Outcome:
    ballot = scheme(**changes)
    count = Count(20, 18, 18, {UUID(int=n + 1): number for n, number in enumerate(votes)})
    cap = ranking.leader_places(ballot, places)
    return ranking.read(people(leaders), count, ballot, places=places, leaders=cap, again=again)


def numbers(ids: tuple[UUID, ...]) -> list[int]:
    return [one.int - 1 for one in ids]


def test_the_most_votes_win() -> None:
    """R-130"""
    found = read("....", [3, 9, 5, 12], 2)
    assert (numbers(found.winners), found.empty) == ([1, 3], 0)


def test_exactly_half_of_those_entitled_is_not_enough() -> None:
    """Q5: strictly more than half of 应到会 (20)."""
    found = read("...", [10, 11, 18], 3, threshold=Fraction(1, 2), threshold_base="entitled")
    assert (numbers(found.winners), found.empty) == ([1, 2], 1)


def test_the_threshold_follows_the_base_of_the_scheme() -> None:
    found = read("..", [10, 9], 2, threshold=Fraction(1, 2), threshold_base="present")
    assert numbers(found.winners) == [0]


def test_nobody_wins_without_a_vote() -> None:
    found = read("..", [0, 0], 1)
    assert (found.winners, found.tied, found.empty) == ((), (), 1)


def test_a_tie_that_fits_is_no_tie() -> None:
    assert numbers(read("...", [5, 5, 2], 2).winners) == [0, 1]


def test_ordinary_members_come_first_in_a_tie() -> None:
    """R-132"""
    found = read("L.", [5, 5], 1)
    assert (numbers(found.winners), found.tied) == ([1], ())
    assert "普通党员优先" in found.notes[0]


def test_ordinary_members_who_tie_are_voted_on_again_without_the_leader() -> None:
    """R-132"""
    found = read("L...", [5, 5, 5, 9], 2)
    assert (numbers(found.winners), numbers(found.tied), found.tied_places) == ([3], [1, 2], 1)


def test_a_tie_after_the_re_vote_leaves_the_place_empty() -> None:
    found = read("..", [5, 5], 1, again=True)
    assert (found.winners, found.tied, found.empty) == ((), (), 1)


def test_fewer_leaves_the_place_empty_and_nobody_slips_past() -> None:
    found = read("...", [5, 5, 4], 1, ties=("fewer",))
    assert (found.winners, found.empty) == ((), 1)


def test_more_elects_all_who_tied() -> None:
    assert numbers(read("...", [5, 5, 4], 1, ties=("more",)).winners) == [0, 1]


def test_a_cap_on_leaders_passes_the_place_to_the_next_ordinary_member() -> None:
    """R-132"""
    found = read("LL..", [9, 8, 7, 6], 2, leaders_share=Fraction(1, 2))
    assert numbers(found.winners) == [0, 2]


def test_leaders_who_tie_for_the_capped_place_are_voted_on_again_for_it_alone() -> None:
    """R-132"""
    found = read("LL..", [9, 9, 7, 6], 3, leaders_share=Fraction(1, 3), ties=("revote",))
    assert (numbers(found.winners), numbers(found.tied)) == ([2, 3], [0, 1])
    assert (found.tied_places, found.tied_leader_places) == (1, 1)


RULES = st.permutations(["ordinary_first", "revote", "fewer"]).flatmap(
    lambda order: st.integers(1, 3).map(lambda size: tuple(order[:size]))
)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=12),
    st.integers(1, 5),
    RULES,
    st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_no_place_is_lost_and_nobody_is_ordered_silently(
    votes: list[tuple[int, bool]],
    places: int,
    ties: tuple[str, ...],
    share: Fraction,
    again: bool,
    rng: random.Random,
) -> None:
    """R-132: the order in which candidates stand never decides, and every place is won, held for a re-vote or empty."""
    ballot = scheme(ties=ties, leaders_share=share)
    standing = people("".join("L" if leader else "." for _, leader in votes))
    count = Count(20, 18, 18, {UUID(int=n + 1): number for n, (number, _) in enumerate(votes)})
    cap = ranking.leader_places(ballot, places)
    found = ranking.read(standing, count, ballot, places=places, leaders=cap, again=again)
    assert len(found.winners) + found.tied_places + found.empty == places
    assert not (again and found.tied)
    assert not found.tied or len(found.tied) > found.tied_places
    leaders = {one.person_id for one in standing if one.leader}
    assert cap is None or len(leaders & set(found.winners)) <= cap
    for loser in standing:
        for winner in found.winners:
            if loser.person_id not in found.winners and (loser.person_id in leaders) == (winner in leaders):
                assert count.totals[loser.person_id] < count.totals[winner]
    shuffled = rng.sample(standing, len(standing))
    other = ranking.read(shuffled, count, ballot, places=places, leaders=cap, again=again)
    assert (set(other.winners), set(other.tied), other.empty) == (set(found.winners), set(found.tied), found.empty)
