"""Places that too few passed for: who may stand for them, when, and what more than half is (requirements 2.1)."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.election import ranking, rules, shortage
from services.evaluation.election.counting import shown
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.meeting.domain import MeetingState
from tests.unit.evaluation.meetings import make_scheme, meeting

NOW = datetime(2013, 4, 1, tzinfo=UTC)
NAMES = "甲乙丙丁"
ENTITLED = 8


def number(name: str) -> UUID:
    return UUID(int=NAMES.index(name) + 1)


def called(**changes: Any) -> Election:
    rows = [{"person_id": str(number(one)), "name": one, "note": "", "leader": one == "丁"} for one in NAMES]
    made = Election(
        UUID(int=9), uuid.uuid4(), UUID(int=3), UUID(int=2), "2013Q1", None, "first", "评选", "paper",
        ElectionState.CALLED, rows, 2, ENTITLED, "8 × 25% = 2，取2名", None, False, ENTITLED, ENTITLED, [], [], "",
        UUID(int=8), 1, None, NOW,
    )  # fmt: skip
    return replace(made, **changes)


def counted(votes: str, **changes: Any) -> Election:
    """Count a ballot: the votes of 甲乙丙丁 in one text."""
    made = called(**changes)
    totals = {number(name): int(count) for name, count in zip(NAMES, votes, strict=True)}
    outcome = ranking.read(
        made.standing(), ranking.Count(ENTITLED, ENTITLED, ENTITLED, totals), make_scheme().ballot, places=made.places,
        leaders=made.leader_places, again=made.again,
    )  # fmt: skip
    return replace(made, state=ElectionState.COUNTED, counted_at=NOW, outcome=shown(outcome))


def names(found: shortage.Shortage, fit: str = NAMES) -> str:
    return "".join(one.name for one in found.standing({number(one) for one in fit}))


def test_places_for_which_too_few_passed_are_short() -> None:
    """Requirements 2.1: who did not pass may stand for what is left."""
    found = shortage.of([counted("6430")])
    assert found is not None
    assert (found.places, found.elected, names(found)) == (1, 1, "乙丙丁")
    assert names(found, "甲丙") == "丙"


def test_nothing_is_short_where_enough_passed_or_a_tie_left_the_place() -> None:
    """A tie that the scheme leaves is no shortage: those who tied passed."""
    assert shortage.of([counted("6510")]) is None
    assert shortage.of([]) is None
    assert shortage.of([called()]) is None
    tie = counted("5550")
    assert (tie.tied, tie.short) == (True, 0)
    assert shortage.of([tie]) is None


def test_a_re_vote_that_elects_nobody_leaves_no_shortage_of_its_own() -> None:
    """Who tied passed before; nobody else may stand for that place."""
    first = counted("5500", places=1)
    assert shortage.of([first, counted("0000", places=1, again=True, reason="tie")]) is None


def test_the_places_are_those_of_the_first_count_also_after_the_re_vote_that_completes_it() -> None:
    first = counted("6400", places=3)
    found = shortage.of([first, counted("0000", places=1, again=True, reason="tie")])
    assert found is not None
    assert (found.source, found.places) == (first, 2)


def test_nothing_is_offered_while_a_vote_is_under_way_void_or_dealt_with() -> None:
    first = counted("6000")
    assert shortage.of([first, called(again=True, reason="tie")]) is None
    assert shortage.of([replace(first, state=ElectionState.ANNULLED, annulled_at=NOW)]) is None
    found = shortage.of([first])
    assert found is not None
    moved = shortage.moved_on(found, 1, by=UUID(int=7), at=NOW)
    assert (moved.short, (moved.outcome or {})["empty"], moved.remedied) == (0, 0, (UUID(int=7), NOW))
    assert shortage.of([moved]) is None


def test_leaders_stand_only_while_their_share_has_room() -> None:
    """R-132: the cap holds over both rounds."""
    found = shortage.of([counted("4006", leader_places=1)])
    assert found is not None
    assert (found.leaders, names(found)) == (0, "甲乙丙")
    found = shortage.of([counted("6000", leader_places=1)])
    assert found is not None
    assert (found.leaders, names(found)) == (1, "乙丙丁")


@given(st.lists(st.integers(0, ENTITLED), min_size=4, max_size=4), st.integers(1, 4))
def test_every_place_is_filled_tied_left_by_a_tie_or_short(votes: list[int], places: int) -> None:
    """Whoever stands in the second round did not pass, and no place is counted twice."""
    made = counted("".join(str(one) for one in votes), places=places)
    outcome = made.outcome or {}
    assert len(outcome["winners"]) + outcome["tied_places"] + outcome["empty"] == places
    assert 0 <= outcome["short"] <= outcome["empty"]
    passed = {str(number(name)) for name, count in zip(NAMES, votes, strict=True) if count * 2 > ENTITLED}
    assert not passed & set(outcome["below"])
    assert bool(outcome["short"]) == (len(passed) < places)
    assert not outcome["short"] or passed | set(outcome["below"]) == {str(number(name)) for name in NAMES}


@pytest.mark.parametrize(
    ("agreed", "wrong"),
    [(4, "应到会8人，同意4人，没有超过半数。"), (5, ""), (8, ""), (9, "同意的人数多于应到会人数（8人）。")],
)
def test_more_than_half_of_those_entitled_agree_to_fewer_places(agreed: int, wrong: str) -> None:
    """Requirements 2.1."""
    found = shortage.of([counted("6000")])
    assert found is not None
    assert shortage.agreement(found, agreed) == ([wrong] if wrong else [])
    reduced = shortage.reduced(found, 5, "符合条件的同志较少", by=UUID(int=7), at=NOW)
    assert (reduced.short, (reduced.outcome or {})["empty"]) == (0, 0)
    assert (reduced.outcome or {})["notes"][-1] == (
        "过半数的人少于名额，经表决，有表决权的党员（应到会8人）5人同意，名额由2名减为1名。理由：符合条件的同志较少"
    )


def test_only_what_the_scheme_says_is_done_and_only_in_the_meeting() -> None:
    found = shortage.of([counted("6000")])
    held = meeting(state=MeetingState.OPEN)
    second = make_scheme(ballot__shortfall="second_round")
    assert shortage.obstacles(held, second, shortage.SECOND_ROUND, found) == []
    assert shortage.obstacles(held, second, shortage.REDUCE, found) == ["制度方案没有规定减少名额。"]
    assert shortage.obstacles(meeting(state=MeetingState.CLOSED), make_scheme(), shortage.SECOND_ROUND, None) == [
        "会议不在召开中。",
        "制度方案没有规定另行选举。",
        "没有因得票未过半数而空缺的名额，或者投票尚未结束，或者已经处理。",
    ]


def test_a_second_round_falls_with_its_count_and_its_re_vote_with_it() -> None:
    """Requirements 2.3: what follows from a void ballot is void."""
    first, tie = counted("6400", places=3), counted("0000", places=1, again=True, reason="tie")
    second = counted("0550", places=1, second=True, reason="second")
    again = counted("0420", places=1, second=True, again=True, reason="tie")
    chain = [first, tie, second, again]
    assert not any(rules.voids(chain, one) for one in chain)
    fallen = [replace(first, annulled_at=NOW), tie, second, again]
    assert [rules.voids(fallen, one) for one in fallen] == [False, False, True, False]
    fallen = [first, replace(tie, annulled_at=NOW), replace(second, annulled_at=NOW), again]
    assert [rules.voids(fallen, one) for one in fallen] == [False, False, False, True]


def void(election: Election) -> Election:
    return replace(election, state=ElectionState.ANNULLED, annulled_at=NOW)


def test_the_places_of_a_void_round_are_empty_once_nobody_repeats_it() -> None:
    """Requirements 2.1, 2.3: they are counted with the count that the round was to complete."""
    first = shortage.moved_on(shortage.of([counted("6430")]), 1, by=number("甲"), at=NOW)  # type: ignore[arg-type]
    fallen = void(called(follows_id=first.id, places=1, second=True, reason="second"))
    repeat = counted("0400", follows_id=fallen.id, places=1, second=True, reason="annulled")
    for chain, resolved, expected in (
        ([first], False, [0]),
        ([first, fallen], False, [0, 0]),
        ([first, fallen], True, [1, 0]),
        ([first, fallen, repeat], False, [0, 0, 1]),
        ([void(first), fallen], True, [0, 0]),
    ):
        assert [shortage.empty(chain, one, resolved=resolved) for one in chain] == expected


def test_the_place_of_a_void_re_vote_is_empty_where_a_second_round_was_called_since() -> None:
    """Decision 23: the re-vote is not repeated."""
    first = counted("6440", places=3)
    tie = replace(counted("0500", places=1, again=True, reason="tie"), follows_id=first.id)
    first = replace(first, outcome={**(first.outcome or {}), "tied": [str(number("乙")), str(number("丙"))]})
    second = counted("0006", follows_id=tie.id, places=1, second=True, reason="second")
    before = first.empty
    assert shortage.empty([first, tie, second], first, resolved=False) == before
    assert shortage.empty([first, void(tie), second], first, resolved=False) == before + 1


def test_nothing_is_short_while_a_tie_is_open_or_where_only_a_re_vote_was_counted() -> None:
    """Requirements 2.1: leaders may tie for their last place while too few others passed."""
    first = counted("6000")
    tied = replace(first, outcome={**(first.outcome or {}), "tied": [str(number("乙"))]})
    assert shortage.of([tied]) is None
    found = shortage.of([tied, counted("0000", places=1, again=True, reason="tie")])
    assert found is not None
    assert found.source == tied
    assert shortage.of([counted("6000", again=True, reason="tie")]) is None


def test_a_leader_does_not_stand_for_what_is_left_once_the_cap_is_full() -> None:
    """R-132"""
    found = shortage.of([counted("6000", leader_places=0)])
    assert found is not None
    assert (found.leaders, names(found)) == (0, "乙丙")


def test_a_void_first_vote_leaves_no_place_empty() -> None:
    """Requirements 2.3: it is voted on anew."""
    void = called(annulled_at=NOW, state=ElectionState.ANNULLED)
    assert shortage.lost([void, counted("6500")], resolved=True) == {}
