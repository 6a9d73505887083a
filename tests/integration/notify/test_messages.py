"""People are told once and neutrally; they read in the application; mail follows in the daytime."""

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notify.events import HANDLERS
from services.notify.message import gateway, mailing, rules
from services.notify.message.domain import Outcome
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
from tests.integration.notify.desk import MONDAY, Desk
from tests.services import envelope
from tests.university import SCHEME, uid

BRANCH, ABOVE = uid("zjy/jin/jg"), uid("zjy/jin")
FILING: dict[str, Any] = {
    "filing_id": uid("filing"),
    "organization_id": ABOVE,
    "period": "2013Q1",
    "revision": 1,
    "award_ids": [],
}
AWARD = {"award_id": uid("award"), "organization_id": BRANCH, "period": "2013Q1"}
BALLOT = {"ballot_id": uid("ballot"), "organization_id": BRANCH}
MEETING = {"meeting_id": uid("meeting"), "organization_id": BRANCH}
PLAN = {"title": "会议", "period": "2013Q1", "starts_at": MONDAY, "place": "301室", "agenda": ""}
CALL = {
    **{"follows_id": None, "reason": "first", "meeting_id": uid("meeting"), "title": "评选", "period": "2013Q1"},
    **{"channel": "paper", "candidates": [], "places": 1, "calculation": "", "entitled": 7, "present": 7},
    **{"tellers": [uid("T006"), uid("T007")], "scheme_id": SCHEME, "scheme_version": 1},
}
HEARING = {"finding_id": uid("finding"), "organization_id": BRANCH, "reply_until_on": date(2013, 4, 11)}
FOUND = {"finding_id": uid("finding"), "organization_id": BRANCH, "person_id": uid("T005")}
PLEDGE = {"pledge_id": uid("pledge"), "item_id": uid("item"), "due_on": date(2013, 4, 11)}
PLEDGER = {"pledge_id": uid("pledge"), "organization_id": BRANCH, "person_id": uid("T003")}

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


def test_a_message_is_read_by_its_person_only(desk: Desk) -> None:
    desk.service.hear(FilingSubmitted, **FILING)
    (message,) = desk.get("/messages?unread=true", "陈部长")
    assert message["text"] == "有新报送的备案材料，请办理。"
    desk.post(f"/messages/{message['id']}/read", "郑总", status=403)
    desk.post(f"/messages/{uuid4()}/read", "陈部长", status=404)
    assert desk.get("/messages/unread", "陈部长") == {"unread": 1}
    desk.post("/messages/read", "郑总")
    assert desk.get("/messages/unread", "陈部长") == {"unread": 1}
    assert desk.post("/messages/read", "陈部长") == {"unread": 0}
    assert desk.get("/messages?unread=true", "陈部长") == []


def test_the_page_leads_to_the_matter_and_counts(desk: Desk) -> None:
    desk.service.hear(FilingSubmitted, **FILING)
    client = desk.client("陈部长")
    (message,) = desk.get("/messages", "陈部长")
    assert "有新报送的备案材料" in client.get("/notify/messages/").get_data(as_text=True)
    assert ">1<" in client.get("/notify/messages/count").get_data(as_text=True)
    answer = client.post(f"/notify/messages/{message['id']}/read")
    assert (answer.status_code, answer.location) == (303, f"/notify/filings/{uid('filing')}")
    assert client.get("/notify/messages/count").get_data(as_text=True).strip() == ""
    assert "没有未读消息" in client.get("/notify/messages/?unread=true").get_data(as_text=True)


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let mail leave into a folder."""
    monkeypatch.setenv("MAIL_URL", f"file://{tmp_path}/mail")
    monkeypatch.setenv("BASE_URL", "http://shanguang.example.edu.cn")
    return tmp_path / "mail"


def tell(desk: Desk, at: datetime, *events: type[Event]) -> None:
    """Let a filing's events happen at a moment."""
    for event in events:
        with desk.service.connect() as conn:
            HANDLERS[event](conn, replace(envelope(event, **FILING), time=at))


def test_messages_of_a_few_minutes_go_in_one_mail(desk: Desk, outbox: Path) -> None:
    """requirements 4.6: digest instead of one by one; 2.10: neutral, with a link."""
    tell(desk, MONDAY, FilingReturned)
    assert desk.run_deadlines(MONDAY + timedelta(minutes=2)) == 0
    tell(desk, MONDAY + timedelta(minutes=2), FilingSubmitted)
    with desk.service.connect() as conn:
        conn.execute("UPDATE message SET person_id = %s WHERE kind = 'filing_submitted'", [uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=3))
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(outbox.glob("*.eml"))]
    assert {mail["To"]: mail["Subject"] for mail in mails} == {
        "t041@example.edu.cn": "闪光：您有2条消息",
        "t042@example.edu.cn": "闪光：您有1条消息",
    }
    for mail in mails:
        text = mail.get_content()
        assert re.findall(r"http\S+", text) == ["http://shanguang.example.edu.cn/notify/messages/"]
        assert not any(name in text for name in desk.university.people)
    assert desk.run_deadlines(MONDAY + timedelta(minutes=30)) == 0


def test_no_mail_goes_out_at_night(desk: Desk, outbox: Path) -> None:
    night = MONDAY.replace(hour=23)
    tell(desk, night, FilingReturned)
    assert desk.run_deadlines(night + timedelta(minutes=10)) == 0
    desk.run_deadlines((night + timedelta(days=1)).replace(hour=7, minute=0))
    assert len(list(outbox.glob("*.eml"))) == 2


def test_what_was_read_or_has_no_address_is_not_mailed(desk: Desk, outbox: Path) -> None:
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = '' WHERE id = %s", [uid("T041")])
    desk.post("/messages/read", "冯文员")
    desk.run_deadlines(MONDAY + timedelta(minutes=10))
    assert not outbox.exists()


def test_a_mail_that_cannot_leave_is_tried_again_later_and_given_up_at_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_URL", "smtp://127.0.0.1:1")
    tell(desk, MONDAY, FilingSubmitted)
    moment = MONDAY + timedelta(minutes=5)
    desk.run_deadlines(moment)
    assert row(desk) == ("waiting", 1, "ConnectionRefusedError")
    assert desk.run_deadlines(moment + timedelta(seconds=30)) == 0
    for day in range(1, 8):
        desk.run_deadlines(moment + timedelta(days=day))
    assert row(desk) == ("failed", 8, "ConnectionRefusedError")


def row(desk: Desk) -> tuple[Any, ...]:
    with desk.service.connect() as conn:
        found = conn.execute("SELECT state, attempts, fault FROM mail").fetchone()
    assert found
    return found


class Postman(socketserver.StreamRequestHandler):
    """An SMTP server that knows the addresses of example.edu.cn."""

    taken: list[str] = []

    def handle(self) -> None:
        """Speak the protocol."""
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                self.say("250 ok" if "@example.edu.cn" in line else "550 nobody of that name")
            elif verb == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.taken.append(b"".join(lines).decode())
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        """Answer."""
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Run an SMTP server; give what it took."""
    Postman.taken = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
        yield Postman.taken
        server.shutdown()


def test_mail_leaves_through_a_mail_server(desk: Desk, postman: list[str]) -> None:
    tell(desk, MONDAY, FilingSubmitted)
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    assert len(postman) == 1
    assert row(desk) == ("sent", 1, "")


def test_a_mail_that_the_server_refuses_is_given_up_and_the_others_go(desk: Desk, postman: list[str]) -> None:
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = 'x@nowhere.invalid' WHERE id = %s", [uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    assert len(postman) == 1
    with desk.service.connect() as conn:
        found: dict[str, str] = dict(conn.execute("SELECT state, fault FROM mail").fetchall())
    assert found == {"sent": "", "failed": "SMTP 550"}


@pytest.mark.parametrize("address", ["zhang@", " .@x.cn", "a@b@c", "@", "张三", "<", "a b@x.cn\r\nX: y"])
def test_an_address_that_is_none_fails_alone(desk: Desk, outbox: Path, address: str) -> None:
    """requirements 4.6: what was stored before addresses were checked holds up no other mail and sends none twice."""
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = %s WHERE id = %s", [address, uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    with desk.service.connect() as conn:
        found: dict[str, str] = dict(
            conn.execute("SELECT address, (state, attempts, fault)::text FROM mail").fetchall()
        )
    assert found[address] in {"(failed,1,address)", '(sent,1,"")'}
    assert found["t042@example.edu.cn"] == '(sent,1,"")'
    assert desk.run_deadlines(MONDAY + timedelta(minutes=25)) == 0


def test_nothing_is_locked_while_a_mail_server_is_spoken_to(desk: Desk, outbox: Path) -> None:
    """Decision 10: a mail that one process claimed is nobody else's, and the claim is kept before anything is sent."""
    tell(desk, MONDAY, FilingSubmitted)
    now = MONDAY + timedelta(minutes=5)
    with desk.service.connect() as conn:
        mailing.gather(conn, now)
    with desk.service.connect() as conn:
        letters = mailing.claim(conn, now)
    with desk.service.connect() as conn:
        assert mailing.claim(conn, now) == []
    outcomes = mailing.send(letters)
    with desk.service.connect() as conn:
        mailing.note(conn, outcomes, now)
    assert row(desk) == ("sent", 1, "")
    assert [path.stem for path in outbox.glob("*.eml")] == [str(letters[0].mail.id)]


def test_a_mail_of_a_process_that_died_is_taken_over_and_only_the_new_holder_speaks_for_it(
    desk: Desk, outbox: Path
) -> None:
    tell(desk, MONDAY, FilingSubmitted)
    claimed_at = MONDAY + timedelta(minutes=5)
    later = claimed_at + rules.CLAIM
    with desk.service.connect() as conn:
        mailing.gather(conn, claimed_at)
        letters = mailing.claim(conn, claimed_at)
    assert desk.run_deadlines(later - timedelta(seconds=1)) == 0
    assert desk.run_deadlines(later) == 1
    with desk.service.connect() as conn:
        mailing.note(conn, [Outcome(letters[0].mail, "ConnectionResetError", again=True)], claimed_at)
    assert row(desk) == ("sent", 1, "")
    assert len(list(outbox.glob("*.eml"))) == 1


def test_a_mail_address_of_another_kind_is_a_defect() -> None:
    with pytest.raises(ValueError, match="gopher"), gateway.open_gateway("gopher://x"):
        pass
