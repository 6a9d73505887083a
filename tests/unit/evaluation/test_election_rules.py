"""What keeps a ballot from being called, who may count it, how it moves forward (R-130, R-133, requirements 2.3)."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.election import rules
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.eligibility.domain import Obstacle, Reviewed, Weight
from services.evaluation.meeting.domain import Attendee, Capacity, MeetingState, Presence
from services.evaluation.meeting.rules import Count
from shared.directory.domain import Person, Standing
from tests.unit.evaluation.meetings import attendee, meeting, person

NOW = datetime(2013, 4, 1, tzinfo=UTC)
PEOPLE = {name: person(id=UUID(int=at), name=name, number=f"T{at}") for at, name in enumerate("甲乙丙丁", start=11)}
FIRST, SECOND = UUID(int=13), UUID(int=14)
ONLY_TWO = "监票人须为不同的两人。"


def reviewed(name: str, *obstacles: Obstacle) -> Reviewed:
    return Reviewed(PEOPLE[name], tuple(obstacles))


def here(one: Person, **changes: Any) -> Attendee:
    return attendee(**{"person_id": one.id, "name": one.name, "presence": Presence.PRESENT, **changes})


def ready(**changes: Any) -> rules.Readiness:
    """A branch of four in which 甲 and 乙 stand, and 丙 and 丁 said that they do not."""
    made = rules.Readiness(
        meeting(state=MeetingState.OPEN), None, Count(4, 4, 0, 0, 0, 2), [], [], [reviewed(name) for name in PEOPLE],
        [here(one) for one in PEOPLE.values()], [FIRST, SECOND], 1,
    )  # fmt: skip
    return replace(made, **changes)


def obstacles(reason: str = "", tellers: tuple[UUID, ...] = (FIRST, SECOND), **changes: Any) -> list[str]:
    return rules.obstacles(ready(**changes), tellers, reason)


def test_a_meeting_with_everybody_marked_candidates_and_two_tellers_may_vote() -> None:
    assert obstacles() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"meeting": meeting(state=MeetingState.ANNOUNCED)}, "会议不在召开中。"),
        ({"meeting": meeting(state=MeetingState.CLOSED)}, "会议不在召开中。"),
        ({"ballot": "no_election"}, "支部已决定本季度不评选。"),
        ({"ballot": "called"}, "本次会议已经发起过投票。"),
        ({"ballot": "counted"}, "本次会议已经发起过投票。"),
        ({"gaps": ["出席情况未登记：甲。"]}, "出席情况未登记：甲。"),
        ({"count": Count(4, 1, 0, 3, 0, 2)}, "到会人数不够：应到会4人，实到会1人，至少须到2人。"),
        ({"count": Count(4, 0, 0, 4, 0, 0)}, "到会人数不够：应到会4人，实到会0人，至少须到0人。"),
        ({"declared": True}, "没有候选人。"),
        ({"places": 0}, "按制度方案计算，本季度名额为0；可以作出本季度不评选的决定。"),
        ({"places": None, "quota_problem": "党总支还没有分配名额。"}, "党总支还没有分配名额。"),
    ],
)
def test_each_obstacle_is_said_by_itself(changes: dict[str, Any], said: str) -> None:
    """R-130, R-133, R-124."""
    if changes.pop("declared", False):
        changes["declined"] = [one.id for one in PEOPLE.values()]
    assert obstacles(**changes) == [said]


def test_without_candidates_nothing_is_said_of_places() -> None:
    assert obstacles(declined=[one.id for one in PEOPLE.values()], places=0) == ["没有候选人。"]


@pytest.mark.parametrize("state", [MeetingState.OPEN, MeetingState.CLOSED])
def test_a_void_ballot_is_repeated_also_after_the_meeting(state: MeetingState) -> None:
    """Requirements 2.3: a result is annulled and repeated."""
    assert obstacles(meeting=meeting(state=state), ballot="annulled") == []
    assert obstacles(meeting=meeting(state=MeetingState.CANCELLED), ballot="annulled") == ["会议不在召开中。"]


def test_comments_that_are_missing_may_be_passed_over_with_a_reason() -> None:
    """R-133"""
    lines = ["尚未点评：甲。", "尚未介绍：乙。"]
    assert obstacles(missing=lines) == [f"{line}（确需先投票的，须写明原因。）" for line in lines]
    assert obstacles("乙住院", missing=lines) == []


def test_what_the_system_proposed_is_decided_before_the_vote() -> None:
    """R-134, R-158: those concerned are named, and only they."""
    open_ = Obstacle("no_entry", "没有记录", Weight.PROPOSED)
    people = [reviewed("甲", open_, replace(open_, confirmed=True)), reviewed("乙", open_), reviewed("丙")]
    people.append(reviewed("丁", replace(open_, confirmed=False)))
    assert obstacles(reviewed=people, declined=[FIRST]) == [
        "系统提示的情形尚未认定：甲、乙。",
        "丁是候选人，不能担任监票人；本人声明不参选后方可担任。",
    ]


def test_candidates_are_those_in_whose_way_nothing_stands_and_who_did_not_decline() -> None:
    """R-130"""
    people = [reviewed("甲", Obstacle("moved", "", Weight.FIXED)), reviewed("乙"), reviewed("丙")]
    assert [one.name for one in rules.candidates(people, [FIRST])] == ["乙"]


@pytest.mark.parametrize("tellers", [(), (FIRST,), (FIRST, FIRST), (FIRST, SECOND, FIRST)])
def test_there_are_two_tellers_and_they_are_two_people(tellers: tuple[UUID, ...]) -> None:
    """Requirements 2.3."""
    assert obstacles(tellers=tellers) == [ONLY_TWO]


def test_a_third_teller_is_one_too_many() -> None:
    third = person(id=UUID(int=20), name="戊")
    people = [here(one) for one in (*PEOPLE.values(), third)]
    assert obstacles(tellers=(FIRST, SECOND, third.id), attendees=people) == [ONLY_TWO]


def test_a_candidate_is_no_teller() -> None:
    """Requirements 2.3."""
    found = obstacles(tellers=(UUID(int=11), SECOND))
    assert found == ["甲是候选人，不能担任监票人；本人声明不参选后方可担任。"]


@pytest.mark.parametrize(
    "changes",
    [
        {"presence": Presence.ABSENT},
        {"presence": Presence.NOT_MARKED},
        {"capacity": Capacity.ACTIVIST},
        {"standing": Standing.ACTIVIST},
        {"standing": None},
    ],
)
def test_only_members_who_are_present_count(changes: dict[str, Any]) -> None:
    """Requirements 2.3."""
    people = [here(PEOPLE["丙"], **changes), here(PEOPLE["丁"], standing=Standing.PROBATIONARY)]
    assert obstacles(attendees=people) == ["丙不是出席本次会议的党员，不能担任监票人。"]
    assert [one.name for one in rules.tellers_available(people)] == ["丁"]


def test_somebody_from_elsewhere_is_no_teller() -> None:
    assert obstacles(tellers=(uuid.uuid4(), SECOND)) == ["所选的人不是出席本次会议的党员，不能担任监票人。"]


def test_candidates_of_one_name_are_told_apart_by_number() -> None:
    people = [person(name="王一鸣", number="T1"), person(name="王一鸣", number="T2", leader=True), person(number="T3")]
    rows = rules.listed(people)
    assert [(row["name"], row["note"], row["leader"]) for row in rows] == [
        ("王一鸣", "学工号T1", False),
        ("王一鸣", "学工号T2", True),
        ("尤文静", "", False),
    ]


def election(at: int, **changes: Any) -> Election:
    made = Election(
        UUID(int=9), UUID(int=at), UUID(int=3), UUID(int=2), "2013Q1", None, "first", "评选", "paper",
        ElectionState.CALLED, [], 2, 8, "", None, False, 8, 8, [], [], "", UUID(int=8), 1, None, NOW,
    )  # fmt: skip
    return replace(made, **changes)


def test_a_re_vote_completes_the_last_tie_before_it_and_a_second_round_the_last_whole_vote() -> None:
    """Requirements 2.3: with the count that it completes it is void."""
    old, whole = election(1, outcome={"tied": ["x"]}), election(2, outcome={"tied": ["x"]}, counted_at=NOW)
    again, second = election(3, again=True), election(4, second=True)
    chain = [old, whole, again, second]
    assert rules.source(chain, again) is whole
    assert rules.source(chain, second) is whole
    assert rules.source(chain, whole) is None
    assert rules.source([again], again) is None
    assert not rules.voids(chain, again)
    void = replace(whole, annulled_at=NOW)
    assert rules.voids([old, void, again, second], again)
    assert rules.voids([old, void, again, second], second)
    assert not rules.voids([old, void], void)


def test_a_resolution_not_to_vote_leaves_who_was_elected() -> None:
    assert rules.resolution([]) == "本季度不评选"
    assert rules.resolution([election(1)]) == "本季度不评选"
    assert rules.resolution([election(1, counted_at=NOW, annulled_at=NOW)]) == "本季度不评选"
    assert rules.resolution([election(1, counted_at=NOW), election(2)]) == "其余名额不再投票"


def test_what_is_heard_late_or_twice_never_moves_an_election_back() -> None:
    closed = rules.advanced(election(1), ElectionState.CLOSED, NOW, returned=7)
    assert (closed.state, closed.closed_at, closed.returned) == (ElectionState.CLOSED, NOW, 7)
    opened = rules.advanced(closed, ElectionState.OPENED, NOW)
    assert (opened.state, opened.opened_at) == (ElectionState.CLOSED, NOW)
    later = NOW + timedelta(days=1)
    assert rules.advanced(closed, ElectionState.CLOSED, later, returned=8) is closed
    void = rules.advanced(closed, ElectionState.ANNULLED, NOW)
    assert rules.advanced(void, ElectionState.COUNTED, later).state is ElectionState.ANNULLED


def test_an_election_says_which_vote_it_is_and_what_was_counted() -> None:
    """Requirements 2.3: the sentence that is read out; nothing before the count."""
    made = election(1)
    assert (made.tally, made.label, made.mark, made.stands) == ("", "首次投票", "", False)
    numbers: dict[str, Any] = {"issued": 8, "returned": 7, "valid": 5, "invalid": 1, "abstained": 1}
    counted = replace(made, state=ElectionState.COUNTED, counted_at=NOW, present=8, entitled=9, **numbers)
    assert counted.tally == "应到会9人，实到会8人，发出选票8张，收回7张，有效5张，无效1张，弃权1张"
    assert counted.stands
    void = replace(counted, reason="tie", again=True, state=ElectionState.ANNULLED, annulled_at=NOW)
    assert (void.label, void.mark, void.stands, void.completes) == (
        "得票相同，再次投票（已作废）",
        "（再次投票）",
        False,
        True,
    )
    second = election(2, second=True)
    assert (second.mark, second.completes) == ("（另行选举）", True)
    assert (replace(second, again=True).mark, made.completes) == ("（再次投票）", False)


def test_an_election_without_an_outcome_has_nobody_and_one_with_it_names_its_winners_in_order() -> None:
    """Q11"""
    rows = [{"person_id": str(one.id), "name": name, "note": "", "leader": False} for name, one in PEOPLE.items()]
    made = election(1, candidates=rows)
    assert (made.elected, made.short, made.empty, made.below, made.remedied, made.tied) == ([], 0, 0, [], None, False)
    won = {"winners": [str(SECOND), str(FIRST)], "short": 1, "empty": 2, "below": [str(UUID(int=11))], "tied": ["x"],
           "remedy": {"by": str(FIRST), "at": NOW.isoformat()}}  # fmt: skip
    read = replace(made, outcome=won)
    assert (read.elected, read.short, read.empty, read.below) == (["丙", "丁"], 1, 2, [UUID(int=11)])
    assert (read.remedied, read.tied) == ((FIRST, NOW), True)
