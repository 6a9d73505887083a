"""In which order measures are taken, and that who is concerned is heard first."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.measure import rules
from services.pledge.measure.domain import KIND_NAMES, TAKEN, Kind, Measure, MeasureState
from services.pledge.pledge.domain import PledgeState
from tests.unit.pledge.pledges import NOW, TODAY, pledge, who

LADDER = tuple(Kind)
SUPERIOR = who("T041")


def measure(kind: Kind = Kind.CRITICISM, state: MeasureState = MeasureState.PROPOSED, **changes: object) -> Measure:
    facts: dict[str, object] = {
        "tenant_id": who("tenant"), "id": uuid4(), "pledge_id": who("pledge"), "item_id": None,
        "organization_id": who("zjy/jin/jg"), "person_id": who("T003"), "kind": kind, "state": state, "sealed": b"",
        "skip_reason": "", "proposed_by": SUPERIOR, "proposed_at": NOW, "reply_by_on": TODAY,
    }  # fmt: skip
    return Measure(**{**facts, **changes})  # type: ignore[arg-type]


@given(st.sampled_from(LADDER), st.sets(st.sampled_from(LADDER)), st.sampled_from(list(MeasureState)))
def test_a_rung_is_left_out_only_with_a_reason(kind: Kind, tried: set[Kind], state: MeasureState) -> None:
    """R-075 C8"""
    earlier = [measure(one, state) for one in tried]
    below = set(LADDER[: LADDER.index(kind)])
    missing = below - (tried if state in TAKEN else set())
    assert set(rules.left_out(kind, LADDER, earlier)) == missing
    if missing:
        with pytest.raises(rules.RungSkipped) as refused:
            rules.check_order(kind, LADDER, earlier, " ")
        assert refused.value.details == [f"尚未采取：{KIND_NAMES[rung]}。" for rung in LADDER if rung in missing]
    else:
        rules.check_order(kind, LADDER, earlier, "")
    rules.check_order(kind, LADDER, earlier, "情况紧急")


def test_a_scheme_that_stops_at_help_has_nothing_beyond() -> None:
    """R-073 R-075: S0/S3 stop at 提醒和帮助"""
    with pytest.raises(rules.NotOnLadder):
        rules.check_order(Kind.CRITICISM, ("help",), [], "原因")
    rules.check_order(Kind.HELP, ("help",), [], "")


def test_help_is_given_also_where_the_ladder_begins_with_criticism() -> None:
    """R-073 R-075: S2 begins with 通报批评, which needs no reason for a rung that S2 does not have."""
    rules.check_order(Kind.HELP, ("criticism", "rectify"), [], "")
    rules.check_order(Kind.CRITICISM, ("criticism", "rectify"), [], "")


def test_nobody_is_criticised_unheard() -> None:
    """R-075: the member is heard first."""
    with pytest.raises(rules.NotHeard):
        rules.decide(measure(), by=SUPERIOR, due_on=None, now=NOW, today=TODAY)
    heard = rules.hear(measure(), by=who("T003"), concerned=True, waived=False, source="", now=NOW)
    decided = rules.decide(heard, by=SUPERIOR, due_on=None, now=NOW, today=TODAY)
    assert (decided.state, decided.decided_on) == (MeasureState.DECIDED, TODAY)
    with pytest.raises(rules.AlreadyDecided):
        rules.decide(decided, by=SUPERIOR, due_on=None, now=NOW, today=TODAY)


def test_silence_ends_with_the_period() -> None:
    tomorrow = TODAY + timedelta(days=1)
    proposed = measure()
    decided = rules.decide(proposed, by=SUPERIOR, due_on=tomorrow, now=NOW, today=tomorrow)
    assert decided == replace(
        proposed, state=MeasureState.DECIDED, decided_by=SUPERIOR, decided_at=NOW, decided_on=tomorrow, due_on=None
    ), "only a rectification has a term"
    with pytest.raises(rules.NotHeard):
        rules.decide(measure(reply_by_on=None), by=SUPERIOR, due_on=None, now=NOW, today=tomorrow)


def test_what_was_replied_is_kept_with_who_entered_it() -> None:
    """R-075"""
    proposed = measure()
    heard = rules.hear(proposed, by=who("T003"), concerned=True, waived=True, source="", now=NOW)
    assert heard == replace(proposed, state=MeasureState.HEARD, heard_by=who("T003"), heard_at=NOW, waived=True)


@pytest.mark.parametrize("state", list(MeasureState))
def test_what_is_over_is_neither_decided_nor_dropped(state: MeasureState) -> None:
    """R-075"""
    given = measure(state=state)
    if state in {MeasureState.PROPOSED, MeasureState.HEARD}:
        assert rules.drop(given, by=SUPERIOR).state is MeasureState.DROPPED
        return
    with pytest.raises(rules.AlreadyDecided):
        rules.drop(given, by=SUPERIOR)
    with pytest.raises(rules.AlreadyDecided):
        rules.decide(given, by=who("T042"), due_on=None, now=NOW, today=TODAY)


def test_only_the_person_waives_and_only_once() -> None:
    with pytest.raises(rules.OnlySelfWaives):
        rules.hear(measure(), by=SUPERIOR, concerned=False, waived=True, source="口述", now=NOW)
    heard = rules.hear(measure(), by=who("T003"), concerned=True, waived=True, source="", now=NOW)
    with pytest.raises(rules.HearingOver):
        rules.hear(heard, by=who("T003"), concerned=True, waived=False, source="", now=NOW)


def test_a_reply_from_paper_names_its_source_and_another_decides() -> None:
    """R-075: who typed what the member said does not decide on it."""
    with pytest.raises(rules.ReplyNeedsSource):
        rules.hear(measure(), by=SUPERIOR, concerned=False, waived=False, source=" ", now=NOW)
    heard = rules.hear(measure(), by=SUPERIOR, concerned=False, waived=False, source="据书面材料", now=NOW)
    with pytest.raises(rules.SecondPerson):
        rules.decide(heard, by=SUPERIOR, due_on=None, now=NOW, today=TODAY)
    assert rules.decide(heard, by=who("T042"), due_on=None, now=NOW, today=TODAY).state is MeasureState.DECIDED


def test_only_an_announcement_carries_words_for_everybody() -> None:
    """R-075: 把情况向党员群众进行通报"""
    announced = measure(Kind.ANNOUNCE, MeasureState.HEARD)
    for nothing in ("", " "):
        with pytest.raises(rules.NeedsAnnouncement):
            rules.decide(announced, by=SUPERIOR, due_on=None, announcement=nothing, now=NOW, today=TODAY)
    said = rules.decide(announced, by=SUPERIOR, due_on=None, announcement=" 已要求补办 ", now=NOW, today=TODAY)
    other = measure(Kind.CRITICISM, MeasureState.HEARD)
    other = rules.decide(other, by=SUPERIOR, due_on=None, announcement="已要求补办", now=NOW, today=TODAY)
    assert (said.announcement, other.announcement) == ("已要求补办", "")


def test_nobody_decides_on_the_own_pledge() -> None:
    mine = measure(state=MeasureState.HEARD, person_id=SUPERIOR)
    for act in (
        lambda: rules.decide(mine, by=SUPERIOR, due_on=None, now=NOW, today=TODAY),
        lambda: rules.drop(mine, by=SUPERIOR),
        lambda: rules.check_pledge(pledge(published_version=1, person_id=SUPERIOR), by=SUPERIOR),
        lambda: rules.accept(
            replace(mine, kind=Kind.RECTIFY, state=MeasureState.DECIDED), passed=True, by=SUPERIOR, today=TODAY
        ),
    ):
        with pytest.raises(rules.OwnMeasure):
            act()


def test_a_rectification_has_a_term_and_is_accepted_once() -> None:
    """R-079: 限期整改 with deadline and acceptance"""
    heard = measure(Kind.RECTIFY, MeasureState.HEARD)
    for term in (None, TODAY - timedelta(days=1)):
        with pytest.raises(rules.NeedsTerm):
            rules.decide(heard, by=SUPERIOR, due_on=term, now=NOW, today=TODAY)
    with pytest.raises(rules.NothingToAccept):
        rules.accept(heard, passed=True, by=SUPERIOR, today=TODAY)
    assert rules.decide(heard, by=SUPERIOR, due_on=TODAY, now=NOW, today=TODAY).due_on == TODAY
    decided = rules.decide(heard, by=SUPERIOR, due_on=date(2013, 3, 1), now=NOW, today=TODAY)
    assert decided.due_on == date(2013, 3, 1)
    with pytest.raises(rules.NothingToAccept):
        rules.accept(replace(decided, kind=Kind.CRITICISM), passed=True, by=SUPERIOR, today=TODAY)
    failed = rules.accept(decided, passed=False, by=SUPERIOR, today=TODAY)
    assert failed == replace(decided, state=MeasureState.FAILED, accepted_by=SUPERIOR, accepted_on=TODAY)
    assert rules.accept(decided, passed=True, by=SUPERIOR, today=TODAY).state is MeasureState.ACCEPTED
    with pytest.raises(rules.NothingToAccept):
        rules.accept(failed, passed=True, by=SUPERIOR, today=TODAY)


def test_help_is_recorded_as_given_everything_else_waits() -> None:
    """R-073"""
    asked = measure(Kind.HELP)
    assert rules.begin(asked, TODAY, NOW) == replace(
        asked, state=MeasureState.DECIDED, reply_by_on=None, decided_by=SUPERIOR, decided_at=NOW, decided_on=TODAY
    )
    waits = measure()
    assert rules.begin(waits, TODAY, NOW) == waits


def test_what_is_not_public_is_not_pursued() -> None:
    with pytest.raises(rules.PledgeNotPublic):
        rules.check_pledge(pledge(), by=SUPERIOR)
    rules.check_pledge(pledge(published_version=1), by=SUPERIOR)
    with pytest.raises(rules.PledgeNotPublic):
        rules.check_pledge(pledge(published_version=1, state=PledgeState.WITHDRAWN), by=SUPERIOR)
