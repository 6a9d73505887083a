"""Objections: heard before they are decided, decided once, by nobody who is concerned."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.award.domain import State as AwardState
from services.notify.objection import rules
from services.notify.objection.commands import hashed
from services.notify.objection.domain import UNDECIDED, Channel, Objection, State
from tests.unit.notify.test_award_rules import award

NOW = datetime(2013, 4, 9, tzinfo=UTC)
HANDLER = uuid4()


def objection() -> Objection:
    """Build an anonymous objection."""
    one = uuid4()
    return Objection(
        one, one, one, one, one, Channel.PAGE, False, b"", None, None, b"", NOW, None, None, State.RAISED, None, None,
        None, None, None, None,
    )  # fmt: skip


@given(st.lists(st.sampled_from(["hear", "uphold", "dismiss"]), max_size=6))
def test_an_objection_is_decided_at_most_once_and_only_after_a_hearing(acts: list[str]) -> None:
    """Requirements 2.4, 2.5 (R-173)."""
    one, heard, decisions = objection(), False, 0
    for act in acts:
        possible = one.state in UNDECIDED and (act == "hear" or heard)
        try:
            if act == "hear":
                one, heard = rules.hear(one, b"note", HANDLER, NOW), True
            else:
                one, decisions = rules.decide(one, act == "uphold", b"answer", HANDLER, NOW), decisions + 1
            assert possible
        except (rules.ObjectionDecidedAlready, rules.HearingNeeded):
            assert not possible
    assert decisions <= 1
    assert (one.statement is not None) == (one.state in (State.UPHELD, State.DISMISSED)) == (decisions == 1)


def test_the_winner_and_the_heads_of_the_branch_are_not_impartial() -> None:
    """Requirements 2.4."""
    winner = award()
    rules.check_impartial(HANDLER, winner, {uuid4()})
    for person_id, heads in [(winner.person_id, set()), (HANDLER, {HANDLER})]:
        with pytest.raises(rules.NotImpartial):
            rules.check_impartial(person_id, winner, heads)


@pytest.mark.parametrize(
    ("name", "contact", "signed"), [("", "", False), ("甲", "1", True), ("甲", "", None), ("", "1", None)]
)
def test_an_objection_is_signed_wholly_or_not_at_all(name: str, contact: str, signed: bool | None) -> None:
    """Requirements 2.4."""
    notice_id = uuid4()
    posted = award(AwardState.POSTED, notice_id=notice_id)
    if signed is None:
        with pytest.raises(rules.ContactNeeded):
            rules.check_raised(posted, notice_id, Channel.PAGE, name, contact)
    else:
        assert rules.check_raised(posted, notice_id, Channel.PAGE, name, contact) is signed


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("state", AwardState)
def test_paper_that_came_in_time_is_taken_against_what_is_published_meanwhile(
    state: AwardState, channel: Channel
) -> None:
    """Requirements 2.4: nothing raised in time is lost; publication is not delayed."""
    notice_id = uuid4()
    taken = state is AwardState.POSTED or (state is AwardState.PUBLISHED and channel is Channel.PAPER)
    one = award(state, notice_id=notice_id)
    if taken:
        assert rules.check_raised(one, notice_id, channel, "", "") is False
    else:
        with pytest.raises(rules.NotOnNotice):
            rules.check_raised(one, notice_id, channel, "", "")


def test_an_objection_is_to_who_stands_on_that_notice() -> None:
    """Requirements 2.4."""
    with pytest.raises(rules.NotOnNotice):
        rules.check_raised(award(AwardState.POSTED, notice_id=uuid4()), uuid4(), Channel.PAGE, "", "")


@pytest.mark.parametrize(
    ("received_on", "refusal"),
    [
        (date(2013, 4, 7), rules.NotPostedYet),
        (date(2013, 4, 8), None),
        (date(2013, 4, 9), None),
        (date(2013, 4, 10), rules.NotReceivedYet),
    ],
)
def test_paper_came_on_a_day_between_the_notice_and_today(received_on: date, refusal: type[Exception] | None) -> None:
    """Requirements 2.4."""
    posted_on, today = date(2013, 4, 8), date(2013, 4, 9)
    if refusal is None:
        rules.check_received(received_on, posted_on, today)
        return
    with pytest.raises(refusal):
        rules.check_received(received_on, posted_on, today)


@pytest.mark.parametrize("signed", [True, False])
def test_a_flood_is_refused_signed_objections_last(signed: bool) -> None:
    """Requirements 5: who signs still gets through when the anonymous have filled their share."""
    most = rules.PER_HOUR[signed]
    rules.check_flood(most - 1, signed=signed)
    with pytest.raises(rules.TooManyObjections) as refused:
        rules.check_flood(most, signed=signed)
    assert refused.value.status == 429
    assert rules.PER_HOUR[True] > rules.PER_HOUR[False]


@pytest.mark.parametrize(("upheld", "state"), [(True, State.UPHELD), (False, State.DISMISSED)])
def test_what_was_heard_and_decided_is_kept_with_who_and_when(upheld: bool, state: State) -> None:
    """Requirements 2.4."""
    raised, later, another = objection(), NOW + timedelta(days=1), uuid4()
    heard = rules.hear(raised, b"note", HANDLER, NOW)
    assert heard == replace(raised, state=State.HEARD, hearing=b"note", heard_by=HANDLER, heard_at=NOW)
    final = rules.decide(heard, upheld, b"answer", another, later)
    assert final == replace(heard, state=state, statement=b"answer", decided_by=another, decided_at=later)
    with pytest.raises(rules.ObjectionDecidedAlready) as refused:
        rules.hear(final, b"again", HANDLER, later)
    assert refused.value.details[0].startswith("决定为")
    with pytest.raises(rules.ObjectionDecidedAlready):
        rules.decide(final, not upheld, b"other", HANDLER, later)


def test_a_code_is_found_however_it_was_copied() -> None:
    assert hashed("AB2C D3EF") == hashed(" ab2cd3ef ")
