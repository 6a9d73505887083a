"""Each step of the ceremony alone: in which state it is taken, what it sets down, what it refuses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.ballot.ballot.domain import Annulment, Ballot, Channel, Purpose, State
from services.ballot.paper import rules
from services.ballot.paper.domain import Correction, Sheet, Tally
from tests.unit.ballot.papers import AT, FIRST, SECOND, ballot, candidates, person, scheme, tally

SCHEME = scheme()
SOON = AT + timedelta(hours=1)
NOT_OPEN = [state for state in State if state is not State.OPEN]


def opened(**changes: Any) -> Ballot:
    return replace(ballot(state=State.OPEN, present=12, issued=12, opened_at=AT), **changes)


def box(**changes: Any) -> Ballot:
    return ballot(**{"channel": Channel.ELECTRONIC, "electronic": 9, "secrecy_minimum": 3, **changes})


def grading(**changes: Any) -> Ballot:
    return box(purpose=Purpose.GRADING, **changes)


def correct(given: Ballot, present: int, issued: int) -> tuple[Ballot, Correction]:
    return rules.correct(given, SCHEME, present, issued, "迟到", number=1, by=FIRST, at=AT)


def refusal_of(kind: type[Exception], act: Any) -> list[str]:
    with pytest.raises(kind) as refused:
        act()
    return list(refused.value.details)  # type: ignore[attr-defined]


def test_an_opening_sets_down_who_is_there_what_goes_out_and_when() -> None:
    """R-130"""
    made = rules.open_(ballot(), SCHEME, 12, 11, at=AT)
    assert made == ballot(state=State.OPEN, present=12, issued=11, opened_at=AT)
    for state in State:
        if state is not State.CALLED:
            with pytest.raises(rules.BallotNotCalled):
                rules.open_(ballot(state=state), SCHEME, 12, 12, at=AT)


def test_a_deadline_of_the_call_stands_unless_the_tellers_set_another() -> None:
    """R-130"""
    called = box(closes_at=SOON)
    assert rules.open_(called, SCHEME, 9, 0, at=AT).closes_at == SOON
    later = AT + timedelta(days=30)
    assert rules.open_(called, SCHEME, 9, 0, closes_at=later, at=AT).closes_at == later


def test_every_deadline_that_cannot_be_is_refused_by_its_own_reason() -> None:
    """R-130: papers are taken back by hand; a box closes within thirty days."""

    def faults(given: Ballot, issued: int, closes_at: Any) -> list[str]:
        return refusal_of(
            rules.DeadlineImpossible,
            lambda: rules.open_(given, SCHEME, 9, issued, closes_at=closes_at, at=AT),
        )

    assert faults(ballot(), 9, SOON) == ["纸质投票由监票人收回选票后结束，不设截止时间。"]
    assert faults(box(channel=Channel.MIXED), 1, SOON) == ["同时发出纸质选票的，由监票人收回选票后结束，不设截止时间。"]
    assert faults(box(), 0, AT) == ["截止时间须晚于现在。"]
    assert faults(box(), 0, AT + timedelta(days=30, seconds=1)) == ["截止时间须在三十天以内。"]


def test_a_grading_opens_with_all_who_hold_a_credential_and_without_papers() -> None:
    """R-090"""
    assert rules.open_(grading(entitled=9), SCHEME, 9, 0, at=AT).state is State.OPEN
    found = refusal_of(rules.PapersDoNotAddUp, lambda: rules.open_(grading(entitled=9), SCHEME, 8, 1, at=AT))
    assert [line[:4] for line in found] == ["电子测评", "电子测评"]


def test_numbers_are_corrected_while_it_is_open_and_the_old_ones_stay_on_record() -> None:
    """R-130"""
    made, correction = correct(opened(), 13, 12)
    assert made == opened(present=13)
    assert correction == Correction(made.tenant_id, made.id, 1, 12, 12, 13, 12, "迟到", FIRST, AT)
    assert correct(opened(), 12, 11)[0] == opened(issued=11)
    late, _ = correct(replace(box(state=State.OPEN, present=9, issued=0), closes_at=SOON), 10, 0)
    assert late.closes_at == SOON, "who comes late and votes electronically changes no deadline"


def test_a_correction_that_changes_nothing_or_comes_too_late_is_refused() -> None:
    """R-130"""
    refusal_of(rules.NothingCorrected, lambda: correct(opened(), 12, 12))
    refusal_of(rules.NothingCorrected, lambda: correct(grading(state=State.OPEN, present=9, issued=0), 10, 0))
    assert refusal_of(rules.PapersDoNotAddUp, lambda: correct(opened(), 14, 12)) == ["实到会14人，多于应到会13人。"]
    for state in NOT_OPEN:
        refusal_of(rules.BallotNotOpen, lambda state=state: correct(opened(state=state), 13, 12))
    for missing in ({"present": None}, {"issued": None}):
        refusal_of(rules.BallotNotOpen, lambda missing=missing: correct(opened(**missing), 13, 12))


def test_a_closing_needs_the_number_of_papers_that_came_back_where_papers_went_out() -> None:
    """R-130"""
    refusal_of(rules.ReturnedMissing, lambda: rules.close(opened(), None, "", at=AT))
    closing = rules.close(box(state=State.OPEN, present=9, issued=0), None, "", received=9, at=AT)
    assert (closing.state, closing.returned, closing.closed_at) == (State.CLOSING, 0, AT)
    for missing in ({"present": None}, {"issued": None}):
        refusal_of(rules.BallotNotOpen, lambda missing=missing: rules.close(opened(**missing), 12, "", at=AT))
    for state in NOT_OPEN:
        refusal_of(rules.BallotNotOpen, lambda state=state: rules.close(opened(state=state), 12, "", at=AT))


def test_a_closing_sets_down_what_came_back_why_and_when() -> None:
    """R-130, requirements 2.3"""
    assert rules.close(opened(), 12, "", at=AT) == opened(state=State.CLOSED, returned=12, closed_at=AT)
    explained = rules.close(opened(), 11, "一人带走选票", at=AT)
    assert explained == opened(state=State.CLOSED, returned=11, explanation="一人带走选票", closed_at=AT)
    void = rules.close(opened(), 13, "", void=True, at=AT)
    assert (void.returned, void.closed_at, void.annulled_at) == (13, AT, AT)
    assert void.annulment == Annulment.RETURNED_EXCEEDS_ISSUED
    assert len(refusal_of(rules.ReturnedExceedsIssued, lambda: rules.close(opened(), 13, "", at=AT))) == 2
    kept = rules.close(opened(), 12, "", void=True, at=AT)
    assert kept.state is State.CLOSED, "leave to void is no order to: the papers add up"


def test_a_box_that_is_closed_early_says_how_many_are_missing_and_what_becomes_of_too_few() -> None:
    """requirements 5.1: fewer ballots than keep the secret end as void."""
    running = box(state=State.OPEN, present=9, issued=0)
    for received, lines in ((8, 1), (3, 1), (2, 2)):
        found = refusal_of(
            rules.DifferenceUnexplained,
            lambda received=received: rules.close(running, None, "", received=received, at=AT),
        )
        assert len(found) == lines, received
    assert rules.close(grading(state=State.OPEN, present=9, issued=0), None, "", received=2, at=AT).explanation == ""
    absent = box(state=State.OPEN, present=8, issued=0)
    assert rules.close(absent, None, "", received=9, absent_vote=True, at=AT).state is State.CLOSING
    assert len(refusal_of(rules.DifferenceUnexplained, lambda: rules.close(absent, None, "", received=9, at=AT))) == 1


COUNT: Tally = tally([{0, 1}] * 10 + [set()], 1, 3)


def entered(**changes: Any) -> tuple[Ballot, Sheet]:
    made = opened(state=State.ENTERED, returned=12, closed_at=AT, **changes)
    return made, Sheet(made.tenant_id, made.id, 1, 11, 1, 1, FIRST, AT, votes=COUNT.votes)


def test_a_count_is_entered_once_after_the_closing() -> None:
    """R-130"""
    closed = opened(state=State.CLOSED, returned=12, closed_at=AT)
    assert rules.enter(closed, candidates(), COUNT, list(COUNT.votes), SCHEME) == replace(closed, state=State.ENTERED)
    for state in State:
        if state is not State.CLOSED:
            with pytest.raises(rules.BallotNotClosed):
                rules.enter(replace(closed, state=state), candidates(), COUNT, list(COUNT.votes), SCHEME)
    short = replace(COUNT, votes={**COUNT.votes, person(0): 9})
    rules.enter(closed, candidates(), short, list(COUNT.votes), SCHEME)
    exact = scheme(ballot__exactly=True)
    assert refusal_of(
        rules.CountDoesNotAddUp, lambda: rules.enter(closed, candidates(), short, list(COUNT.votes), exact)
    )


def test_the_second_teller_s_word_makes_the_count_stand() -> None:
    """R-130 R-131"""
    made, sheet = entered()
    counted, confirmed = rules.confirm(made, sheet, SECOND, at=SOON)
    assert counted == replace(made, state=State.COUNTED, valid=11, invalid=1, abstained=1, counted_at=SOON)
    assert confirmed == replace(sheet, confirmed_by=SECOND, confirmed_at=SOON)
    mixed, sheet = entered(channel=Channel.MIXED, electronic=1)
    tallying, _ = rules.confirm(mixed, sheet, SECOND, at=SOON)
    assert (tallying.state, tallying.counted_at) == (State.TALLYING, None), "the box is decrypted only now"


def test_a_disputed_count_keeps_who_doubts_it_and_why() -> None:
    """R-130"""
    made, sheet = entered()
    again, disputed = rules.dispute(made, sheet, SECOND, "多数一张", at=SOON)
    assert again == replace(made, state=State.CLOSED)
    assert disputed == replace(sheet, disputed_by=SECOND, disputed_at=SOON, dispute="多数一张")


@pytest.mark.parametrize("state", [state for state in State if state is not State.ENTERED])
def test_only_what_was_entered_is_confirmed_or_disputed(state: State) -> None:
    """R-130"""
    made, sheet = entered()
    for given, written in ((replace(made, state=state), sheet), (made, None)):
        refusal_of(
            rules.NothingToConfirm, lambda given=given, written=written: rules.confirm(given, written, SECOND, at=AT)
        )
        with pytest.raises(rules.NothingToConfirm):
            rules.dispute(given, written, SECOND, "x", at=AT)
