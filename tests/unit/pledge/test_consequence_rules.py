"""The ladder after an appraisal: education first, the member heard, another decides."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.pledge.consequence import rules as ladder
from services.pledge.consequence.domain import Consequence, ConsequenceState, Step
from tests.unit.pledge.pledges import NOW, TODAY
from tests.unit.pledge.test_appraisal_rules import appraisal, decided
from tests.university import TENANT, uid


def step(kind: Step = Step.EDUCATION, **changes: object) -> Consequence:
    facts = {
        "tenant_id": TENANT, "id": uuid4(), "appraisal_id": uid("appraisal"), "organization_id": uid("zjy/jin/jg"),
        "person_id": uid("T003"), "step": kind, "state": ConsequenceState.PROPOSED, "sealed": b"",
        "proposed_by": uid("T001"), "proposed_at": NOW, "reply_by_on": TODAY + timedelta(days=3),
    }  # fmt: skip
    return Consequence(**{**facts, **changes})  # type: ignore[arg-type]


def test_handling_follows_only_a_decided_education() -> None:
    """R-100"""
    week = TODAY + timedelta(days=7)

    def propose(kind: Step, *earlier: Consequence) -> object:
        return ladder.check_proposed(decided(), kind, earlier, reply_by_on=week, today=TODAY)

    assert propose(Step.EDUCATION) == uid("T003")
    for before in ([], [step()], [step(state=ConsequenceState.DROPPED)]):
        with pytest.raises(ladder.NotProposable):
            propose(Step.HANDLING, *before)
    assert propose(Step.HANDLING, step(state=ConsequenceState.DECIDED))
    with pytest.raises(ladder.NotProposable) as refused:
        propose(Step.HANDLING, step(Step.HANDLING, state=ConsequenceState.DECIDED))
    assert len(refused.value.details) == 2, "an earlier handling is no education"
    with pytest.raises(ladder.NotProposable):
        propose(Step.EDUCATION, step())
    with pytest.raises(ladder.TooShortToReply):
        ladder.check_proposed(decided(), Step.EDUCATION, [], reply_by_on=TODAY, today=TODAY)
    assert propose(Step.EDUCATION, step(state=ConsequenceState.DROPPED)) == uid("T003")
    tomorrow = TODAY + timedelta(days=1)
    assert ladder.check_proposed(decided(), Step.EDUCATION, [], reply_by_on=tomorrow, today=TODAY)


def test_nothing_is_proposed_to_an_organisation_or_before_the_appraisal() -> None:
    """R-100"""
    week = TODAY + timedelta(days=7)
    for given, said in (
        (replace(decided(), person_id=None), "党组织的承诺不适用。"),
        (appraisal(), "评定以后才能提出。"),
    ):
        with pytest.raises(ladder.NotProposable) as refused:
            ladder.check_proposed(given, Step.EDUCATION, [], reply_by_on=week, today=TODAY)
        assert refused.value.details == [said]


def test_the_member_is_heard_or_the_days_pass_before_another_decides() -> None:
    """R-100"""

    def settle(given: Consequence, by: str = "T002", day: date = TODAY, *, carried: bool = True) -> Consequence:
        return ladder.decide(given, b"", carried=carried, above=False, by=uid(by), at=NOW, today=day)

    with pytest.raises(ladder.NotHeardYet):
        settle(step())
    assert settle(step(), carried=False).state is ConsequenceState.DROPPED
    assert settle(step(), day=TODAY + timedelta(days=4)).state is ConsequenceState.DECIDED
    with pytest.raises(ladder.NotHeardYet):
        settle(step(), day=TODAY + timedelta(days=3))
    proposed = step()
    heard = ladder.hear(proposed, b"x", uid("T003"), NOW)
    assert heard == replace(proposed, state=ConsequenceState.HEARD, sealed=b"x", heard_by=uid("T003"), heard_at=NOW)
    with pytest.raises(ladder.HeardAlready):
        ladder.hear(heard, b"y", uid("T003"), NOW)
    assert settle(heard).state is ConsequenceState.DECIDED
    for own in ("T001", "T003"):
        with pytest.raises(ladder.AnotherDecides):
            settle(heard, own)
    with pytest.raises(ladder.HandledFromAbove):
        settle(replace(heard, step=Step.HANDLING))
    final = settle(heard)
    assert (final.decided_by, final.decided_at, final.decided_on) == (uid("T002"), NOW, TODAY)
    for over in (final, settle(heard, carried=False)):
        with pytest.raises(ladder.DecidedAlready):
            settle(over)


def test_a_handling_is_decided_from_above() -> None:
    """R-100"""
    heard = ladder.hear(step(Step.HANDLING), b"x", uid("T003"), NOW)
    carried = ladder.decide(heard, b"why", carried=True, above=True, by=uid("T041"), at=NOW, today=TODAY)
    assert (carried.state, carried.sealed) == (ConsequenceState.DECIDED, b"why")
