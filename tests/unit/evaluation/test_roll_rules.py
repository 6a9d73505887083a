"""Rolls: who votes by which channel, what keeps a ballot on paper, who is given a credential, when it is erased."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.award.domain import AwardState
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.meeting.domain import Attendee, Presence
from services.evaluation.roll import rules
from services.evaluation.roll.domain import Elector, Roll, Way
from shared.directory.domain import Standing
from shared.voting import roll as rolls
from tests.unit.evaluation.meetings import attendee, make_scheme

AT = datetime(2013, 4, 1, tzinfo=UTC)
ERASE_ON = date(2013, 10, 1)


def election(**changes: Any) -> Election:
    given: dict[str, Any] = {
        "tenant_id": UUID(int=1), "id": UUID(int=7), "meeting_id": UUID(int=3), "organization_id": UUID(int=2),
        "period": "2013Q1", "follows_id": None, "reason": "first", "title": "评选", "channel": "electronic",
        "state": ElectionState.OPENED, "candidates": [], "places": 1, "base": 8, "calculation": "",
        "leader_places": None, "again": False, "entitled": 8, "present": 8, "tellers": [], "declined": [],
        "exceptions_reason": "", "scheme_id": UUID(int=9), "scheme_version": 1, "called_by": None, "called_at": AT,
    }  # fmt: skip
    return Election(**{**given, **changes})


def roll(**changes: Any) -> Roll:
    return replace(Roll(UUID(int=1), UUID(int=7), 8, 0, 3, ERASE_ON), **changes)


def elector(way: Way = Way.ELECTRONIC, credential: bytes | None = b"sealed") -> Elector:
    return Elector(UUID(int=1), UUID(int=7), UUID(int=5), way, credential)


def here(number: int, **changes: Any) -> list[Attendee]:
    return [attendee(presence=Presence.PRESENT, name=f"党员{one}", **changes) for one in range(number)]


def test_those_present_who_have_a_vote_are_the_electors() -> None:
    """R-130, requirements 2.1."""
    voting = here(3)
    others = [
        attendee(presence=Presence.ABSENT),
        attendee(presence=Presence.PRESENT, standing=Standing.PROBATIONARY),
        attendee(presence=Presence.PRESENT, exempt=True),
        attendee(presence=Presence.PRESENT, counted=False),
    ]
    found = rules.ways([*others, *voting], make_scheme(), "electronic", [])
    assert found == {one.person_id: Way.ELECTRONIC for one in voting}


def test_a_scheme_may_let_all_entitled_vote_wherever_they_are() -> None:
    away = attendee(presence=Presence.EXCUSED_ABSENT, excused=True)
    found = rules.ways([*here(2), away], make_scheme(ballot__electors="entitled"), "electronic", [])
    assert found[away.person_id] is Way.ELECTRONIC


def test_a_paper_ballot_has_no_roll_and_nothing_in_its_way() -> None:
    people = here(1)
    assert rules.ways(people, make_scheme(), "paper", [people[0].person_id]) == {}
    assert rules.obstacles(people, make_scheme(), "paper", [uuid4()]) == []


def test_every_obstacle_to_a_channel_is_listed_at_once() -> None:
    """Requirements 5.1."""
    away = attendee(presence=Presence.ABSENT, name="缺席者")
    people = [*here(3), away]
    found = rules.obstacles(people, make_scheme(), "mixed", [people[0].person_id, away.person_id, UUID(int=99)])
    assert found == [
        "缺席者不是出席本次会议的投票人，不能领取纸质选票。",
        "所选的人不是出席本次会议的投票人，不能领取纸质选票。",
        "使用电子投票的只有2人，少于规定的3人，结果会暴露个人的选择；请改用纸质投票。",
    ]
    assert "电子与纸质并用" in rules.obstacles(people, make_scheme(), "electronic", [people[0].person_id])[0]


def test_a_paper_is_for_those_who_have_a_vote() -> None:
    """R-130: being there is not enough."""
    visitor = attendee(presence=Presence.PRESENT, standing=Standing.PROBATIONARY, name="预备党员")
    people = [*here(3), visitor]
    assert rules.obstacles(people, make_scheme(), "mixed", [visitor.person_id]) == [
        "预备党员不是出席本次会议的投票人，不能领取纸质选票。"
    ]
    assert rules.obstacles(here(3), make_scheme(), "electronic", []) == []


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 5), st.sampled_from(["electronic", "mixed"]))
def test_whoever_is_present_votes_once_and_few_electronic_voters_are_refused(
    present: int, papers: int, least: int, channel: str
) -> None:
    people = here(present)
    on_paper = [one.person_id for one in people[:papers]] if channel == "mixed" else []
    scheme = make_scheme(ballot__secrecy_minimum=least)
    found = rules.ways(people, scheme, channel, on_paper)
    assert set(found) == {one.person_id for one in people}
    electronic = [way for way in found.values() if way is Way.ELECTRONIC]
    assert len(electronic) == present - len(on_paper)
    few = len(electronic) < max(least, 3)
    assert bool(rules.obstacles(people, scheme, channel, on_paper)) == few


@pytest.mark.parametrize("state", ElectionState)
def test_a_credential_is_given_from_the_call_to_the_close(state: ElectionState) -> None:
    one = election(state=state)
    if state in {ElectionState.CALLED, ElectionState.OPENED}:
        assert rules.released(one, elector()) == b"sealed"
    else:
        with pytest.raises(rolls.VotingOver):
            rules.released(one, elector())


def test_who_is_not_on_the_roll_votes_on_paper_or_comes_after_the_end_is_told_which() -> None:
    with pytest.raises(rules.NotAnElector):
        rules.released(election(), None)
    with pytest.raises(rules.VotesOnPaper):
        rules.released(election(), elector(Way.PAPER, None))
    with pytest.raises(rolls.CredentialErased):
        rules.released(election(), elector(credential=None))


STATES = st.lists(st.sampled_from(AwardState), max_size=4)
MOMENTS = st.one_of(st.none(), st.just(AT))


@given(STATES, MOMENTS, MOMENTS, st.integers(-400, 10))
def test_credentials_are_never_erased_while_an_objection_may_still_come(
    states: list[AwardState], counted_at: datetime | None, annulled_at: datetime | None, days: int
) -> None:
    """Requirements 2.10 and 5.1: not before the end, but at once after it."""
    today = ERASE_ON + timedelta(days=days)
    one = election(counted_at=counted_at, annulled_at=annulled_at)
    due = rules.erasable(roll(), one, states, today)
    over = counted_at is not None and set(states) <= rules.SETTLED
    assert due == (annulled_at is not None or over or days >= 0)
    assert not rules.erasable(roll(erased_at=AT), one, states, today)


def test_an_award_on_its_way_keeps_the_credentials() -> None:
    on_its_way = set(AwardState) - rules.SETTLED
    assert on_its_way == {
        AwardState.ELECTED, AwardState.VERIFIED, AwardState.FILED, AwardState.ACKNOWLEDGED, AwardState.POSTED,
    }  # fmt: skip
    one = election(counted_at=AT)
    for state in on_its_way:
        assert not rules.erasable(roll(), one, [AwardState.PUBLISHED, state], date(2013, 9, 30))
