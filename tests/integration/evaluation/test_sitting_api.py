"""A sitting meeting through the JSON API: leave, attendance, guests, presentations, comments, discussion."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from shared.directory import store
from tests.integration.evaluation.branch import Branch
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import TENANT, organization, person, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    branch = Branch(service("evaluation"))
    branch.announce()
    return branch


@pytest.fixture
def sitting(branch: Branch) -> Branch:
    branch.open()
    return branch


def test_a_granted_leave_is_on_the_roll_when_the_meeting_opens(branch: Branch) -> None:
    """R-124."""
    branch.act("leave", {"reason": "外出培训"}, who="T003", status=204)
    branch.act(f"leave/{uid('T003')}", {"granted": True}, status=204)
    branch.open()
    row = branch.row("T003")
    assert (row["presence"], row["excused"], row["reason"]) == ("leave", True, "外出培训")
    assert branch.show()["counts"]["absent_excused"] == 1


def test_a_refused_leave_counts_as_absence_without_good_reason(branch: Branch) -> None:
    """R-124, R-158."""
    branch.act("leave", {"reason": "有事"}, who="T003", status=204)
    branch.act(f"leave/{uid('T003')}", {"granted": False}, status=204)
    assert branch.act("leave", {"reason": "真的有事"}, who="T003").json["code"] == "leave_decided"
    branch.open()
    assert branch.row("T003")["excused"] is False
    assert branch.show()["counts"]["absent"] == 1


def test_leave_is_asked_in_ones_own_branch_before_the_meeting(branch: Branch) -> None:
    assert branch.act("leave", {"reason": "有事"}, who="S002").json["code"] == "not_of_this_branch"
    assert branch.act(f"leave/{uid('T004')}", {"granted": True}).json["code"] == "leave_not_asked"
    branch.open()
    assert branch.act("leave", {"reason": "有事"}, who="T003").json["code"] == "not_announced"


def test_a_reason_for_leave_is_encrypted_and_shown_only_to_those_who_run_the_meeting(branch: Branch) -> None:
    """Requirements 2.10: it may speak of health."""
    branch.act("leave", {"reason": "住院手术"}, who="T003", status=204)
    with branch.service.connect() as conn:
        stored = conn.execute("SELECT reason FROM leave").fetchone()
    assert stored is not None
    assert "住院".encode() not in bytes(stored[0])
    assert [one["reason"] for one in branch.show("T001")["leaves"]] == ["住院手术"]
    assert [one["reason"] for one in branch.show("T003")["leaves"]] == ["住院手术"]
    assert branch.show("T004")["leaves"] == []
    with branch.service.connect() as conn:
        readers = conn.execute("SELECT person_id FROM audit WHERE act = 'meeting.reasons'").fetchall()
    assert readers == [(uid("T001"),)]
    branch.act(f"leave/{uid('T003')}", {"granted": True}, status=204)
    branch.open()
    seen = {row["person_id"]: row["reason"] for row in branch.show("T004")["attendees"]}
    assert seen[str(uid("T003"))] == ""


def test_several_are_marked_at_once_or_nobody(sitting: Branch) -> None:
    """R-124."""
    good = {"person_id": str(uid("T001")), "presence": "present"}
    stranger = {"person_id": str(uuid4()), "presence": "present"}
    assert sitting.act("attendance", {"marks": [good, stranger]}).status_code == 404
    assert sitting.row("T001")["presence"] == "not_marked"
    sitting.mark_all()
    assert sitting.show()["counts"]["present"] == 8
    assert sitting.show()["counts"]["quorate"] is True


def test_a_good_reason_must_be_written_down_and_belongs_to_an_absence(sitting: Branch) -> None:
    """R-124."""
    assert sitting.mark("T003", "absent", excused=True).json["code"] == "no_reason"
    assert sitting.mark("T003", "present", excused=True, reason="早到").json["code"] == "excused_presence"
    assert sitting.mark("T003", "absent", excused=True, reason="突发疾病").status_code == 204


def test_taking_part_from_afar_counts_as_present_with_its_channel(sitting: Branch) -> None:
    """R-015."""
    sitting.mark("T003", "present", channel="视频")
    assert sitting.row("T003")["channel"] == "视频"
    assert sitting.show()["counts"]["present"] == 1


def test_marks_are_copied_to_the_attendance_of_each_member_and_follow_changes(sitting: Branch) -> None:
    """R-158: the present meeting counts too."""
    sitting.mark("T003", "absent")
    sitting.mark("T003", "absent", excused=True, reason="急诊")
    found = sitting.get("T001", f"attendance?person_id={uid('T003')}").json
    assert [(one["present"], one["excused"], one["source"]) for one in found] == [(False, True, "本系统会议")]


def test_guests_have_no_place_in_the_quorum(sitting: Branch) -> None:
    """R-018."""
    sitting.act("guests", {"name": "张三", "capacity": "guest"}, status=201)
    sitting.act("guests", {"person_id": str(uid("T061"))}, status=201)
    assert sitting.act("guests", {"person_id": str(uid("T061"))}).json["code"] == "already_listed"
    assert sitting.act("guests", {"name": "李四", "capacity": "member"}).json["code"] == "wrong_capacity"
    assert sitting.act("guests", {}).json["code"] == "guest_unnamed"
    shown = sitting.show()
    assert {row["name"] for row in shown["attendees"] if row["capacity"] == "guest"} == {"张三", "韩群众"}
    assert shown["counts"]["entitled"] == 8


def test_a_presentation_locks_the_deeds_and_needs_presence_to_be_spoken(sitting: Branch) -> None:
    """R-113, R-118."""
    assert sitting.present("T003").json["code"] == "not_present_to_speak"
    assert sitting.present("T003", "written", text="书面介绍").status_code == 201
    assert sitting.present("T004", "none").json["code"] == "no_reason"
    assert sitting.present("T004", "none", reason="没有准备").status_code == 201
    assert sitting.row("T003")["presentation"]["manner"] == "written"


def test_who_did_not_present_keeps_an_open_entry(branch: Branch) -> None:
    """R-113."""
    branch.enter("T003")
    branch.open()
    branch.mark_all()
    branch.present("T003", "none", reason="因事早退")
    assert branch.row("T003")["deeds"][0]["state"] == "entered"


def test_every_member_is_commented_and_nobody_is_left_out_silently(sitting: Branch) -> None:
    """R-119, R-120."""
    sitting.mark_all()
    for who in sitting.members[:-1]:
        sitting.present(who)
        sitting.comment(who)
    shown = sitting.show()
    assert shown["missing"] == ["介绍交流未登记：尹志强。", "尚未点评：尹志强。"]
    assert shown["uncommented"] == ["尹志强", "郑总"]


def test_a_comment_can_be_changed_until_the_minutes_are_locked(sitting: Branch) -> None:
    """R-119."""
    sitting.mark_all()
    sitting.comment("T003", "好", kind="praise")
    sitting.comment("T003", "还要努力", kind="remind")
    assert sitting.row("T003")["comment"]["kind"] == "remind"
    assert sitting.comment("T003", "好", kind="骂").status_code == 422
    assert sitting.act("comments", {"person_id": str(uid("S001")), "text": "好"}).status_code == 404


def test_nothing_is_recorded_before_the_meeting_opens(branch: Branch) -> None:
    assert branch.mark("T001").json["code"] == "not_open"
    assert branch.act("discussion", {"text": "早了"}).json["code"] == "not_open"
    assert branch.act("guests", {"name": "张三"}).json["code"] == "not_open"


def test_members_do_not_record_and_strangers_do_not_read(sitting: Branch) -> None:
    """R-023."""
    mark = {"marks": [{"person_id": str(uid("T003")), "presence": "present"}]}
    assert sitting.act("attendance", mark, who="T003").status_code == 403
    assert sitting.act("attendance", mark, who="S001").status_code == 403
    assert sitting.act("comments", {"person_id": str(uid("T003")), "text": "好"}, who="T042").status_code == 403


def test_a_member_of_a_group_belongs_to_the_branch_above_it(branch: Branch) -> None:
    """R-003."""
    group = organization("zjy/jin/jg/yi", "group", "第一党小组", "")
    with branch.service.connect() as conn:
        store.save_organization(conn, TENANT, group)
        store.save_person(conn, TENANT, person("组员", "T009", "zjy/jin/jg/yi", 9))
    branch.enter("T009")
    assert branch.show("T009")["state"] == "announced"
    branch.open()
    assert branch.row("T009")["entitled"]
    assert branch.show()["counts"]["entitled"] == 9
    assert branch.get("T009", f"meetings?organization_id={uid('zjy/jin/jg')}").json[0]["state"] == "open"


def test_a_later_transfer_changes_nothing_on_the_roll(sitting: Branch) -> None:
    with sitting.service.connect() as conn:
        moved = person("尤文静", "T003", "zjy/tsg", 2)
        store.save_person(conn, TENANT, {**moved, "version": 2})
    assert sitting.row("T003")["entitled"]
    assert sitting.show()["counts"]["entitled"] == 8


def test_discussion_is_added_paragraph_by_paragraph(sitting: Branch) -> None:
    """R-121."""
    sitting.act("discussion", {"text": "一"}, status=201)
    sitting.act("discussion", {"text": "二"}, status=201)
    assert [note["text"] for note in sitting.show()["notes"]] == ["一", "二"]


def test_after_the_call_the_roll_changes_only_with_a_reason_that_stands_in_the_minutes(
    service: Callable[[str], Service],
) -> None:
    """Requirements 2.1, 2.3: the called ballot stays as it is."""
    branch = Voting(service("evaluation")).called()
    refused = branch.mark("T004", "absent")
    assert (refused.status_code, refused.json["code"]) == (422, "change_needs_reason")
    assert branch.row("T004")["presence"] == "present"
    assert branch.act("guests", {"name": "张三"}).json["code"] == "change_needs_reason"
    assert branch.present("T004", "none", reason="没有介绍").json["code"] == "change_needs_reason"
    marks = [{"person_id": str(uid("T004")), "presence": "absent"}]
    branch.act("attendance", {"marks": marks, "change_reason": "签到时误记"}, status=204)
    branch.act("guests", {"name": "张三", "change_reason": "漏记"}, status=201)
    notes = [note["text"] for note in branch.show()["notes"]]
    assert notes[0] == (
        "投票发起以后更改：毛建国由“出席”改为“缺席（无正当理由）”。原因：签到时误记。已发起的投票不受影响。"
    )
    assert "张三列入名单" in notes[1]
    ballot = branch.get("T001", f"ballots/{branch.ballot_id}").json
    assert (ballot["present"], "毛建国" in [one["name"] for one in ballot["candidates"]]) == (8, True)
    minutes = branch.service.client(uid("T005")).get(f"/evaluation/meetings/{branch.meeting_id}/minutes")
    assert "误记" in minutes.get_data(as_text=True)
    page = branch.service.client(uid("T001")).get(f"/evaluation/meetings/{branch.meeting_id}/attendance")
    assert "更改原因" in page.get_data(as_text=True)
    form = {f"presence-{uid('T004')}": "present", "change_reason": "核对签到表"}
    url = f"/evaluation/meetings/{branch.meeting_id}/attendance"
    assert branch.service.client(uid("T001")).post(url, data=form).status_code == 303
    assert len(branch.show()["notes"]) == 3


def test_a_void_ballot_leaves_the_roll_free_for_the_next(service: Callable[[str], Service]) -> None:
    """Requirements 2.3."""
    branch = Voting(service("evaluation")).called()
    branch.annulled()
    assert branch.mark("T004", "absent").status_code == 204
    assert branch.show()["notes"] == []
