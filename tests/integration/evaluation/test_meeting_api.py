"""The quarterly meeting through the JSON API, from the report to the locked minutes."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from shared import clock, period
from tests.integration.evaluation.branch import ABOVE, EXEMPT, Branch
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def test_a_report_reaches_the_superior(branch: Branch) -> None:
    """R-117, R-116."""
    meeting_id = branch.announce()
    told = branch.service.told("meeting.announced")
    assert [event["data"]["meeting_id"] for event in told] == [meeting_id]
    assert told[0]["data"]["superior_id"] == str(uid("zjy/jin"))
    assert told[0]["data"]["title"] == "专题组织生活会"
    assert branch.show()["state"] == "announced"


def test_a_direct_branch_reports_to_the_committee(branch: Branch) -> None:
    """R-001, R-117."""
    other = Branch(branch.service, "zjy/tsg", "T031")
    other.announce()
    assert other.show()["superior_id"] == str(uid("zjy"))


def test_a_late_report_needs_a_written_reason_and_is_then_accepted(branch: Branch) -> None:
    """R-117."""
    soon = (clock.now() + timedelta(days=1)).isoformat()
    refused = branch.post("T001", "meetings", branch.announcement(starts_at=soon), status=422)
    assert refused.json["code"] == "late_report"
    branch.announce(starts_at=soon, late_reason="临时接到上级通知")
    assert branch.show()["late_reason"] == "临时接到上级通知"


def test_a_quarter_has_one_meeting_unless_it_was_cancelled(branch: Branch) -> None:
    """R-115."""
    first = branch.announce()
    refused = branch.post("T001", "meetings", branch.announcement(), status=409)
    assert refused.json["code"] == "already_announced"
    branch.act("cancel", {"reason": "会场冲突"}, status=200)
    second = branch.announce()
    assert second != first
    listed = branch.get("T003", f"meetings?period={branch.quarter}").json
    assert [one["state"] for one in listed] == ["cancelled", "announced"]


def test_only_those_who_run_the_branch_announce(branch: Branch) -> None:
    """R-023."""
    assert branch.post("T003", "meetings", branch.announcement()).status_code == 403
    assert branch.post("S001", "meetings", branch.announcement()).status_code == 403
    assert branch.post("T002", "meetings", branch.announcement()).status_code == 201


def test_a_general_branch_holds_no_quarterly_meeting(branch: Branch) -> None:
    """R-115."""
    given = branch.announcement(organization_id=str(uid("zjy/jin")))
    assert branch.post("T001", "meetings", given).status_code == 403


def test_another_branch_may_not_read_the_meeting_and_an_unknown_one_is_not_found(branch: Branch) -> None:
    """R-026."""
    meeting_id = branch.announce()
    assert branch.get("S001", f"meetings/{meeting_id}").status_code == 403
    assert branch.get("T054", f"meetings/{meeting_id}").status_code == 403
    assert branch.get("T042", f"meetings/{meeting_id}").status_code == 200
    assert branch.get("T051", f"meetings/{meeting_id}").status_code == 200
    assert branch.get("T001", f"meetings/{uuid4()}").status_code == 404


def test_the_superior_appoints_an_observer_or_says_why_none_comes(branch: Branch) -> None:
    """R-019."""
    branch.announce()
    assert branch.act("observer", {}, who=ABOVE).status_code == 422
    branch.act("observer", {"reason": "当日有其他会议"}, who=ABOVE, status=200)
    branch.act("observer", {"person_id": str(uid("T042"))}, who=ABOVE, status=200)
    assert branch.act("observer", {"reason": "不"}, who="T001").status_code == 403
    assert branch.act("observer", {"person_id": str(uuid4())}, who=ABOVE).status_code == 404
    assert [event["data"]["observer_id"] for event in branch.service.told("observer.appointed")] == [
        None,
        str(uid("T042")),
    ]


def test_the_observer_comes_from_above_and_not_from_the_branch(branch: Branch) -> None:
    """R-019: who holds an office at the superior, or belongs to another branch below it."""
    branch.announce()
    for who in ("T003", "T041", "T022", "S011"):
        refused = branch.act("observer", {"person_id": str(uid(who))}, who=ABOVE)
        assert (refused.status_code, refused.json["code"]) == (409, "observer_unfit"), who
    for who in ("T042", "S002"):
        branch.act("observer", {"number": who}, who=ABOVE, status=200)
    assert branch.act("observer", {"number": "T999"}, who=ABOVE).status_code == 404


def test_an_observer_without_any_position_reads_the_meeting_and_only_that_one(branch: Branch) -> None:
    """R-019: the link of the message leads to the meeting."""
    branch.announce()
    assert branch.get("S002", f"meetings/{branch.meeting_id}").status_code == 403
    branch.act("observer", {"person_id": str(uid("S002"))}, who=ABOVE, status=200)
    assert branch.get("S002", f"meetings/{branch.meeting_id}").status_code == 200
    assert branch.get("S003", f"meetings/{branch.meeting_id}").status_code == 403
    client = branch.service.client(uid("S002"))
    for step in ("", "/attendance", "/presentations", "/comments", "/discussion", "/ballot", "/minutes"):
        assert client.get(f"/evaluation/meetings/{branch.meeting_id}{step}").status_code == 200, step
    assert "列席金融学院教工党支部的会议" in [one["title"] for one in branch.get("S002", "tasks").json]
    assert branch.act("open", who="S002").status_code == 403


def test_an_appointed_observer_is_listed_outside_the_quorum(branch: Branch) -> None:
    """R-018, R-019."""
    branch.announce()
    branch.act("observer", {"person_id": str(uid("T042"))}, who=ABOVE, status=200)
    branch.open()
    row = branch.row("T042")
    assert (row["capacity"], row["entitled"]) == ("observer", False)
    assert branch.show()["counts"]["entitled"] == 8


def test_opening_takes_the_roll_from_the_directory(branch: Branch) -> None:
    """R-014, R-018: exempt members and people outside the Party do not count."""
    branch.announce()
    branch.open()
    shown = branch.show()
    assert shown["counts"] == {
        "entitled": 8, "present": 0, "absent_excused": 0, "absent": 0, "not_marked": 8, "needed": 4, "quorate": False,
    }  # fmt: skip
    assert branch.row(EXEMPT)["exempt"]
    assert not branch.row(EXEMPT)["entitled"]
    assert str(uid("T061")) not in {row["person_id"] for row in shown["attendees"]}
    assert branch.act("open").json["code"] == "not_announced"


def test_a_student_branch_counts_full_members_and_lists_activists(branch: Branch) -> None:
    """R-018."""
    students = Branch(branch.service, "zjy/jin/xs", "S001", ["S001", "S002", "S003"])
    students.announce()
    students.open()
    assert students.show()["counts"]["entitled"] == 2
    assert students.row("S011")["capacity"] == "activist"


def test_the_minutes_lock_only_when_nothing_is_missing(branch: Branch) -> None:
    """R-119, R-122, R-133: every gap is named at once."""
    branch.announce()
    branch.open()
    branch.mark("T001")
    refused = branch.act("close", {})
    assert refused.json["code"] == "cannot_close"
    assert len(refused.json["details"]) == 4
    assert "尹志强" in refused.json["details"][0]


def test_a_meeting_that_resolved_not_to_elect_can_end_and_only_takes_corrections(branch: Branch) -> None:
    """R-122."""
    branch.hold()
    assert branch.act("close", {}).json["details"] == ["尚未组织投票，也没有作出本季度不评选的决定。"]
    branch.resolve_not_to_elect()
    branch.act("close", {"summary": "会议圆满结束。"}, status=200)
    told = branch.service.told("meeting.closed")[0]["data"]
    assert (told["entitled"], told["present"]) == (8, 8)
    attended = branch.service.told("meeting.attended")[0]["data"]
    assert attended["meeting_id"] == told["meeting_id"]
    assert {one["presence"] for one in attended["people"]} == {"present"}
    assert len(attended["people"]) == 8
    assert branch.mark("T001").status_code == 409
    assert branch.comment("T001").status_code == 409
    assert branch.act("discussion", {"text": "补记"}).status_code == 409
    assert branch.act("cancel", {"reason": "误"}).status_code == 409
    branch.act("corrections", {"text": "第二段“一鸣”应为“王一鸣”。"}, status=201)
    assert [note["kind"] for note in branch.show()["notes"]] == ["correction"]


def test_corrections_are_for_locked_minutes(branch: Branch) -> None:
    """R-122."""
    branch.announce()
    assert branch.act("corrections", {"text": "改"}).json["code"] == "not_closed"


def test_a_cancelled_meeting_leaves_no_attendance(branch: Branch) -> None:
    """R-115, R-158."""
    branch.announce()
    branch.open()
    branch.mark("T003", "absent")
    with branch.service.connect() as conn:
        assert conn.execute("SELECT count(*) FROM attendance").fetchone() == (1,)
    branch.act("cancel", {"reason": "到会人数不足"}, status=200)
    with branch.service.connect() as conn:
        assert conn.execute("SELECT count(*) FROM attendance").fetchone() == (0,)


def test_the_same_announcement_twice_has_one_effect(branch: Branch) -> None:
    given = branch.announcement()
    first = branch.post("T001", "meetings", given, key="one")
    again = branch.post("T001", "meetings", given, key="one")
    assert again.status_code == 201
    assert again.json["id"] == first.json["id"]
    assert len(branch.service.told("meeting.announced")) == 1


def test_two_who_announce_at_once_do_not_make_two_meetings(branch: Branch) -> None:
    """R-115."""
    start = threading.Barrier(2)
    answers: list[int] = []

    def announce(who: str) -> None:
        start.wait()
        answers.append(branch.post(who, "meetings", branch.announcement()).status_code)

    threads = [threading.Thread(target=announce, args=[who]) for who in ("T001", "T002")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201, 409]


@pytest.mark.parametrize(
    "changes",
    [
        {"period": "2013年"},
        {"period": "0000Q1"},
        {"period": "2026Q1\n"},
        {"period": "２０２６Q1"},
        {"starts_at": "明天"},
        {"place": ""},
        {"starts_at": "2026-01-01T09:00"},
    ],
)
def test_a_malformed_announcement_is_refused(branch: Branch, changes: dict[str, str]) -> None:
    assert branch.post("T001", "meetings", branch.announcement(**changes)).status_code == 422


def test_a_meeting_cannot_precede_its_quarter(branch: Branch) -> None:
    """R-115."""
    later = branch.announcement(period=period.following(period.following(branch.quarter)))
    assert branch.post("T001", "meetings", later).json["code"] == "before_quarter"
