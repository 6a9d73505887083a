"""People are told once and neutrally; they read in the application; mail follows in the daytime."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notify.events import HANDLERS
from shared.errors import NotYet
from shared.events import Event
from shared.events.ballot import BallotAnnulled
from shared.events.evaluation import (
    AwardHeld,
    AwardWithheld,
    BallotCalled,
    FindingDecided,
    FindingReviewed,
    FindingWithdrawn,
    HearingOpened,
    MeetingAnnounced,
    MeetingCancelled,
    ObserverAppointed,
)
from shared.events.notify import (
    AwardPublished,
    AwardRevoked,
    AwardStopped,
    FilingAcknowledged,
    FilingReturned,
    FilingSubmitted,
    NoticePosted,
    ObjectionDecided,
    ObjectionRaised,
)
from shared.events.pledge import (
    MeasureDecided,
    MeasureProposed,
    PledgeCommented,
    PledgeDue,
    PledgeOverdue,
    PledgeReturned,
)
from tests.integration.notify.desk import Desk
from tests.integration.notify.facts import (
    ABOVE,
    AWARD,
    BALLOT,
    BRANCH,
    CALL,
    FILING,
    FOUND,
    HEARING,
    MEETING,
    PLAN,
    PLEDGE,
    PLEDGER,
)
from tests.university import uid

Case = tuple[type[Event], dict[str, Any], set[str], str]
CASES: list[Case] = [
    (MeetingAnnounced, {**MEETING, **PLAN, "superior_id": ABOVE}, {"郑总", "冯文员"}, "/evaluation/meetings/"),
    (MeetingAnnounced, {**MEETING, **PLAN, "superior_id": uid("zjy")}, {"陈部长"}, "/evaluation/meetings/"),
    (MeetingAnnounced, {**MEETING, **PLAN, "superior_id": None}, set(), ""),
    (ObserverAppointed, {**MEETING, "observer_id": uid("T042")}, {"冯文员", "王一鸣"}, "/evaluation/meetings/"),
    (ObserverAppointed, {**MEETING, "observer_id": None}, {"王一鸣"}, "/evaluation/meetings/"),
    (HearingOpened, {**HEARING, "person_id": uid("T005")}, {"仇大海"}, "/evaluation/findings/"),
    (BallotCalled, {**BALLOT, **CALL}, {"文思远", "方佳"}, "/ballot/ballots/"),
    (BallotAnnulled, {**BALLOT, "reason": "decision", "statement": "程序有误"}, {"王一鸣"}, "/ballot/ballots/"),
    (
        AwardWithheld,
        {**AWARD, "ballot_id": uid("ballot"), "person_id": uid("T005"), "reasons": ["finding"]},
        {"王一鸣", "仇大海"},
        "/evaluation/awards/",
    ),
    (AwardHeld, {**AWARD, "ballot_id": uid("ballot")}, {"王一鸣"}, "/verification"),
    (FindingDecided, FOUND, {"仇大海"}, "/evaluation/findings/"),
    (FindingReviewed, FOUND, {"仇大海", "王一鸣"}, "/evaluation/findings/"),
    (FindingWithdrawn, FOUND, {"仇大海"}, "/evaluation/findings/"),
    (
        MeetingCancelled,
        {**MEETING, "organization_id": uid("zjy/tsg"), "superior_id": ABOVE, "observer_id": uid("T003"), "period": "x"},
        {"郑总", "冯文员", "尤文静", "吴书香", "陈部长", "褚纪", "卫管理"},
        "/evaluation/meetings/",
    ),
    (FilingSubmitted, FILING, {"陈部长"}, "/notify/filings/"),
    (FilingReturned, FILING, {"郑总", "冯文员"}, "/notify/filings/"),
    (
        FilingAcknowledged,
        {**FILING, "number": "1", "acknowledged_on": date(2013, 4, 8)},
        {"郑总", "冯文员"},
        "/notify/filings/",
    ),
    (FilingReturned, {**FILING, "organization_id": uid("zjy/tsg")}, {"吴书香"}, "/notify/filings/"),
    (AwardStopped, {"award_id": uid("award"), "organization_id": BRANCH, "cause": "objection"}, {"王一鸣"}, "/path"),
    (
        AwardPublished,
        {**AWARD, "ballot_id": uid("ballot"), "person_id": uid("T005"), "published_on": date(2013, 4, 15)},
        {"王一鸣", "仇大海"},
        "/notify/awards/",
    ),
    (
        AwardRevoked,
        {**AWARD, "person_id": uid("T005"), "revoked_on": date(2013, 5, 1)},
        {"王一鸣", "仇大海", "陈部长"},
        "/notify/awards/",
    ),
    (
        AwardRevoked,
        {**AWARD, "person_id": uid("T005"), "revoked_on": date(2013, 5, 1), "by_id": uid("T051")},
        {"王一鸣", "仇大海"},
        "/notify/awards/",
    ),
    (PledgeDue, {**PLEDGE, "organization_id": BRANCH, "person_id": uid("T003")}, {"尤文静"}, "/pledge/progress/"),
    (
        PledgeDue,
        {**PLEDGE, "organization_id": BRANCH, "person_id": uid("T003"), "author_ids": [uid("T005")]},
        {"尤文静", "仇大海"},
        "/pledge/progress/",
    ),
    (PledgeOverdue, {**PLEDGE, "organization_id": BRANCH, "person_id": uid("T003")}, {"尤文静", "王一鸣"}, "/pledge/"),
    (PledgeOverdue, {**PLEDGE, "organization_id": BRANCH, "person_id": uid("T001")}, {"王一鸣"}, "/pledge/progress/"),
    (
        PledgeOverdue,
        {**PLEDGE, "organization_id": ABOVE, "person_id": None},
        {"郑总", "冯文员", "陈部长"},
        "/pledge/",
    ),
    (PledgeCommented, {**PLEDGER, "period": "2013Q1", "kind": "remind"}, {"尤文静"}, "#remarks"),
    (PledgeReturned, {**PLEDGER, "version": 1, "follow_up_on": date(2013, 4, 8)}, {"尤文静"}, "/pledge/pledges/"),
    (MeasureProposed, {**PLEDGER, "measure_id": uid("measure")}, {"尤文静"}, "/pledge/measures/"),
    (MeasureDecided, {**PLEDGER, "measure_id": uid("measure")}, {"尤文静"}, "/pledge/measures/"),
    (
        MeasureDecided,
        {**PLEDGER, "measure_id": uid("measure"), "person_id": None},
        {"王一鸣"},
        "/pledge/measures/",
    ),
]


def told(desk: Desk) -> dict[str, list[str]]:
    """Give the links of everybody's messages."""
    found: dict[str, list[str]] = {}
    for name in desk.university.people:
        for each in desk.get("/messages", name):
            found.setdefault(name, []).append(each["href"])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].__name__)
def test_an_event_tells_those_whom_it_concerns_and_nobody_else(desk: Desk, case: Case) -> None:
    """requirements 4.6, R-117 R-019 R-170 R-173 R-073: recipients are told once, however often an event comes."""
    event, facts, names, part = case
    message_id = uuid4()
    for _ in range(2):
        desk.service.hear(event, message_id=message_id, **facts)
    found = told(desk)
    assert set(found) == names
    for hrefs in found.values():
        assert len(hrefs) == 1
        assert part in hrefs[0]


def test_an_event_of_an_unknown_branch_waits(desk: Desk) -> None:
    with pytest.raises(NotYet):
        desk.service.hear(BallotAnnulled, ballot_id=uuid4(), organization_id=uuid4(), reason="decision", statement="x")


def test_a_notice_is_told_to_its_branches_and_its_objection_to_impartial_handlers(desk: Desk) -> None:
    """requirements 2.4: neither the winner nor the heads of the branch handle an objection."""
    notice_id, (award_id,) = desk.posted("毛建国")
    posted: dict[str, Any] = {
        "notice_id": UUID(notice_id),
        "organization_id": ABOVE,
        "period": "2013Q1",
        "award_ids": [award_id],
    }
    desk.service.hear(NoticePosted, **posted, starts_on=date(2013, 4, 8), ends_on=date(2013, 4, 12))
    assert set(told(desk)) == {"郑总", "冯文员", "王一鸣"}
    facts = {"objection_id": uuid4(), "notice_id": UUID(notice_id), "award_id": award_id, "organization_id": BRANCH}
    desk.service.hear(ObjectionRaised, **facts)
    desk.service.hear(ObjectionDecided, **facts, upheld=False)
    hrefs = {name: [href for href in found if "objections" in href] for name, found in told(desk).items()}
    assert {name: len(found) for name, found in hrefs.items()} == {"郑总": 2, "陈部长": 2, "冯文员": 0, "王一鸣": 0}


def test_every_event_that_notify_tells_itself_reaches_its_handlers(desk: Desk) -> None:
    """The facts that filing, notice and objection really tell load in the handlers."""
    notice_id, (award_id,) = desk.posted("毛建国")
    desk.object(notice_id, award_id)
    heard = {event.event_name: event for event in HANDLERS}
    rows = [row for row in desk.service.told() if row["exchange"] == "shanguang.events" and row["name"] in heard]
    for row in rows:
        event = heard[row["name"]]
        desk.service.hear(event, **event().load(row["data"]))
    assert {row["name"] for row in rows} == {
        "filing.submitted",
        "filing.acknowledged",
        "notice.posted",
        "objection.raised",
    }
    assert {"陈部长", "郑总", "冯文员", "王一鸣"} == set(told(desk))


def test_the_same_matter_is_not_told_twice_while_it_is_unread(desk: Desk) -> None:
    for _ in range(3):
        desk.service.hear(FilingSubmitted, **FILING)
    (message,) = desk.get("/messages", "陈部长")
    desk.post(f"/messages/{message['id']}/read", "陈部长")
    desk.service.hear(FilingSubmitted, **FILING)
    assert [bool(each["read_at"]) for each in desk.get("/messages", "陈部长")].count(False) == 1
