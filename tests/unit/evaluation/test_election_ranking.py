"""Reading a count: threshold, ties, the tilt to ordinary members (R-132, requirements 2.3, Q5, Q11, Q12)."""

import random
import uuid
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
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
    assert (found.tied, found.tied_places, found.notes) == ((), 0, ())


def test_exactly_half_of_those_entitled_is_not_enough() -> None:
    """Q5: strictly more than half of 应到会 (20)."""
    found = read("...", [10, 11, 18], 3, threshold=Fraction(1, 2), threshold_base="entitled")
    assert (numbers(found.winners), found.empty) == ([1, 2], 1)


def test_the_threshold_follows_the_base_of_the_scheme() -> None:
    found = read("..", [10, 9], 2, threshold=Fraction(1, 2), threshold_base="present")
    assert numbers(found.winners) == [0]


def test_who_tied_has_passed_already_and_wins_the_re_vote_by_the_most_votes() -> None:
    """Q5: the threshold is not asked again, but none is not enough; the places left are not short."""
    half: dict[str, Any] = {"threshold": Fraction(1, 2), "threshold_base": "entitled"}
    found = read("...", [3, 1, 0], 3, again=True, **half)
    assert (numbers(found.winners), found.empty, found.short, found.below) == ([0, 1], 1, 0, ())
    first = read("...", [11, 1, 0], 3, **half)
    assert (numbers(first.winners), first.empty, first.short, numbers(first.below)) == ([0], 2, 2, [1, 2])
    assert first.notes == ()


def test_places_that_are_taken_leave_nobody_below() -> None:
    found = read("...", [12, 11, 1], 2, threshold=Fraction(1, 2), threshold_base="entitled")
    assert (numbers(found.winners), found.short, found.below) == ([0, 1], 0, ())


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


def test_a_tie_says_by_which_rules_it_was_read() -> None:
    """Q12: the branch reads why a place was held or left empty, and nothing that did not happen."""
    again = "得票相同，对得票相同者再次投票。"
    ordinary = "得票相同，普通党员优先。"
    fewer, left = "得票相同，按制度方案不取，名额空缺。", "得票仍然相同，名额空缺。"
    assert read("..", [5, 5], 1).notes == (again,)
    assert read("LL", [5, 5], 1).notes == (again,)
    assert read("L..", [5, 5, 5], 1).notes == (ordinary, again)
    assert read("..", [5, 5], 1, ties=("fewer",)).notes == (fewer,)
    assert read("..", [5, 5], 1, ties=()).notes == (left,)
    assert read("..", [5, 5], 1, again=True).notes == (left,)


def test_a_tie_without_a_cap_on_leaders_caps_nobody_in_the_re_vote() -> None:
    """R-132"""
    found = read("LL", [5, 5], 1)
    assert (numbers(found.tied), found.tied_places, found.tied_leader_places) == ([0, 1], 1, None)


def test_leaders_who_tie_compete_for_what_the_ordinary_members_left() -> None:
    """R-132"""
    found = read("LL.", [5, 5, 5], 2)
    assert (numbers(found.winners), numbers(found.tied), found.tied_places, found.empty) == ([2], [0, 1], 1, 0)


@pytest.mark.parametrize("leaders", ["..", "L.", "LL"])
def test_more_elects_all_who_tied(leaders: str) -> None:
    """Q12: also several leaders, where the scheme does not cap them."""
    found = read(leaders + ".", [5, 5, 4], 1, ties=("more",))
    assert (numbers(found.winners), found.empty) == ([0, 1], 0)
    assert found.notes == ("得票相同，按制度方案增加名额。",)


def test_more_never_lifts_the_cap_on_leaders() -> None:
    """R-132: up to the cap they are elected with the others; beyond it the place stays empty."""
    up_to = read("..L.", [9, 5, 5, 5], 2, ties=("more",), leaders_share=Fraction(1, 2))
    assert (numbers(up_to.winners), up_to.empty) == ([0, 1, 2, 3], 0)
    beyond = read("LL.", [5, 5, 4], 2, ties=("more",), leaders_share=Fraction(1, 2))
    assert (numbers(beyond.winners), beyond.empty) == ([2], 1)


def test_a_cap_on_leaders_passes_the_place_to_the_next_ordinary_member() -> None:
    """R-132"""
    found = read("LL..", [9, 8, 7, 6], 2, leaders_share=Fraction(1, 2))
    assert (numbers(found.winners), found.tied) == ([0, 2], ())
    assert found.notes == ("领导干部当选名额已满，不再列入。",)


def test_a_full_cap_leaves_out_the_leader_among_people_of_equal_votes() -> None:
    """R-132"""
    found = read("LL..", [9, 7, 7, 6], 3, leaders_share=Fraction(1, 3), ties=("revote",))
    assert (numbers(found.winners), found.tied, found.empty) == ([0, 2, 3], (), 0)


def test_a_cap_that_touches_nobody_is_not_mentioned() -> None:
    """R-132"""
    assert read("L..", [9, 8, 7], 2, leaders_share=Fraction(1, 2)).notes == ()


def test_ordinary_members_of_equal_votes_are_not_touched_by_the_cap() -> None:
    """R-132: only the leaders among them are more than their places."""
    found = read("LL.", [9, 9, 9], 3, leaders_share=Fraction(1, 3), ties=("revote",))
    assert (numbers(found.winners), numbers(found.tied)) == ([2], [0, 1])
    assert (found.tied_places, found.tied_leader_places, found.empty) == (1, 1, 1)


def test_a_place_that_leaders_are_voted_on_again_for_counts_towards_their_cap() -> None:
    """R-132"""
    found = read("LLL.", [9, 9, 8, 7], 3, leaders_share=Fraction(1, 3), ties=("revote",))
    assert (numbers(found.winners), numbers(found.tied), found.empty) == ([3], [0, 1], 1)


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
    assert not found.tied or len(found.tied) > found.tied_places > 0
    assert bool(found.tied) == bool(found.tied_places)
    leaders = {one.person_id for one in standing if one.leader}
    assert cap is None or len(leaders & set(found.winners)) + (found.tied_leader_places or 0) <= cap
    for loser in standing:
        for winner in found.winners:
            if loser.person_id not in found.winners and (loser.person_id in leaders) == (winner in leaders):
                assert count.totals[loser.person_id] < count.totals[winner]
    shuffled = rng.sample(standing, len(standing))
    other = ranking.read(shuffled, count, ballot, places=places, leaders=cap, again=again)
    assert (set(other.winners), set(other.tied), other.empty) == (set(found.winners), set(found.tied), found.empty)
