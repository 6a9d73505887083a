"""Gradings in ballot: what may be called and opened, what the election asks, which results can be true."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.ballot.rules import BallotCannotBeCalled
from services.ballot.box.rules import ResultImpossible
from services.ballot.box.size import HARD_LIMIT
from services.ballot.grading import rules
from services.ballot.grading.domain import Asked
from services.ballot.protocol import election as elections
from services.ballot.protocol.ballot import largest as whole
from services.ballot.trustee.decryption import rules as watching
from services.ballot.trustee.decryption.domain import State, Watch
from shared.voting import grading as limits
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.graded import graded_questions
from tests.unit.ballot.papers import ballot

GRADES = ["先锋", "合格", "基本合格", "后进"]
KEY = GROUP.power(GROUP.g, 2013)
PUBLIC = sorted(GROUP.text(GROUP.power(GROUP.g, each)) for each in (3, 5, 7))
TELLER = UUID(int=1)


def asked(number: int = 2, grades: list[str] = GRADES) -> list[Asked]:
    return [Asked(place, uuid4(), f"党员{place}", "每周答疑", list(grades)) for place in range(1, number + 1)]


def test_a_call_in_order_is_taken_with_one_teller_or_two() -> None:
    rules.check_call([TELLER], asked(), PUBLIC)
    rules.check_call([TELLER, UUID(int=2)], asked(), PUBLIC)


def test_every_fault_of_a_call_is_named_at_once() -> None:
    twice = asked(1) * 2
    with pytest.raises(BallotCannotBeCalled) as refused:
        rules.check_call([TELLER, TELLER], [*twice, *asked(1, ["好", "好"]), *asked(60)], PUBLIC[::-1])
    assert len(refused.value.details) == 5
    with pytest.raises(BallotCannotBeCalled) as refused:
        rules.check_call([TELLER], [*asked(1), *asked(1, [])], PUBLIC)
    assert refused.value.details == ["每道题须有不同的等次可选。"]
    for tellers, lines in (([], asked()), ([TELLER], [])):
        with pytest.raises(BallotCannotBeCalled):
            rules.check_call(tellers, lines, PUBLIC)


@pytest.mark.parametrize(("present", "issued", "faults"), [(9, 0, 0), (8, 0, 1), (10, 0, 1), (9, 1, 1), (0, 2, 2)])
def test_nobody_is_counted_and_no_paper_goes_out_at_a_grading(present: int, issued: int, faults: int) -> None:
    """R-090"""
    assert len(rules.opening_faults(ballot(electronic=9), present, issued)) == faults


def test_the_largest_form_fits_through_the_door() -> None:
    """The bound by which pledge refuses a call is the door's, whatever the number of grades."""
    for grades in (1, 4, 9):
        number = limits.MOST // limits.size([grades])
        lines = asked(number, [f"等次{at}" for at in range(grades)])
        election = elections.make("abcdefghijkmnpqrstuvwx", "互评", "", KEY, rules.questions(lines))
        assert HARD_LIMIT * 0.9 < whole(election) < HARD_LIMIT, grades


def test_the_election_names_places_and_nobody() -> None:
    """The public archive tells nobody whom a total is about."""
    election = elections.make("abcdefghijkmnpqrstuvwx", "互评", "", KEY, rules.questions(asked()))
    assert [one.question for one in election.questions] == ["第1项", "第2项"]
    assert all((one.minimum, one.maximum, one.blank) == (1, 1, True) for one in election.questions)
    assert "党员1" not in election.text
    assert "每周答疑" not in election.text


def watch(**changes: Any) -> Watch:
    given: dict[str, Any] = {"questions": [GRADES, GRADES], "names": [], "choices": 1}
    return Watch(UUID(int=1), uuid4(), State.WATCHING, True, **{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({}, True),
        ({"questions": [GRADES]}, False),
        ({"questions": [GRADES, GRADES[::-1]]}, False),
        ({"questions": None, "names": GRADES}, False),
    ],
)
def test_a_seat_decrypts_only_what_was_called(changes: dict[str, Any], *, right: bool) -> None:
    """A seat believes pledge's call, not ballot's request."""
    election = elections.make("abcdefghijkmnpqrstuvwx", "互评", "", KEY, rules.questions(asked()))
    assert watching._is_question(watch(**changes), election) is right


def test_a_seat_decrypts_no_line_that_is_labelled_otherwise() -> None:
    named = graded_questions(("党员1", "党员2"), GRADES)
    election = elections.make("abcdefghijkmnpqrstuvwx", "互评", "", KEY, named)
    assert not watching._is_question(watch(), election)


rows = st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=2)


@given(rows, st.integers(0, 45))
def test_every_line_adds_up_to_the_forms_that_came(result: list[list[int]], tallied: int) -> None:
    lines = asked()
    if all(sum(row) == tallied for row in result):
        found = rules.counted(lines, tallied, result)
        assert [[one.blank, *(one.counts or [])] for one in found] == result
        assert [dict(one.said) for one in found] == [dict(zip(GRADES, row[1:], strict=True)) for row in result]
    else:
        with pytest.raises(ResultImpossible):
            rules.counted(lines, tallied, result)


@pytest.mark.parametrize("result", [[[3, 0, 0, 0, 0]], [[3, 0, 0, 0], [3, 0, 0, 0, 0]], [[4, -1, 0, 0, 0]] * 2])
def test_a_result_of_another_shape_is_impossible(result: list[list[int]]) -> None:
    with pytest.raises(ResultImpossible):
        rules.counted(asked(), 3, result)
