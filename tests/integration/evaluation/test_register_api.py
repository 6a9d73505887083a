"""Registers through the JSON API: entry, lock, additions, confirmation, who may read what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared import clock, period
from shared.directory import store as directory
from tests.integration.evaluation.branch import ABOVE, EXEMPT, Branch, deed
from tests.integration.evaluation.test_pledge import published
from tests.services import Service
from tests.university import TENANT, University, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def texts(branch: Branch, who: str, whose: str) -> list[str]:
    answer = branch.get(who, f"deeds?person_id={uid(whose)}&period={branch.quarter}")
    assert answer.status_code == 200
    return [one["text"] for one in answer.json]


def test_a_member_enters_a_deed_of_this_quarter(branch: Branch) -> None:
    """R-111, R-112, R-139."""
    pledge = str(published(branch))
    deed_id = branch.enter("T003", pledge_id=pledge, place="三号教学楼", witness="毛建国")
    found = branch.get("T003", f"deeds?period={branch.quarter}").json
    assert [(one["id"], one["pledge_id"], one["state"]) for one in found] == [(deed_id, pledge, "entered")]


def test_without_a_period_the_entry_is_for_the_present_quarter(branch: Branch) -> None:
    """R-112."""
    assert branch.post("T003", "deeds", deed(), status=201).json["period"] == period.of(clock.today())


def test_everything_wrong_with_an_entry_is_said_at_once(branch: Branch) -> None:
    """R-036, R-111, R-112."""
    wrong = deed(aspects=["带头玩耍"], type="写过的诗", field="天文", declared=False, period="2999Q1")
    answer = branch.post("T003", "deeds", wrong, status=422)
    assert answer.json["code"] == "bad_entry"
    assert len(answer.json["details"]) == 5
    assert texts(branch, "T003", "T003") == []


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": "长" * 2001}, {"aspects": "带头"}, {"happened_on": "昨天"}])
def test_a_malformed_entry_is_refused(branch: Branch, changes: dict[str, Any]) -> None:
    assert branch.post("T003", "deeds", deed(**changes)).status_code == 422


def test_a_deed_must_have_happened_in_its_quarter(branch: Branch) -> None:
    """R-112."""
    before = (period.first_day(branch.quarter) - timedelta(days=1)).isoformat()
    assert branch.post("T003", "deeds", deed(happened_on=before)).json["details"] == ["发生日期不在所填的季度内。"]


def test_only_members_keep_a_register(branch: Branch) -> None:
    """R-110."""
    assert branch.post("T061", "deeds", deed()).status_code == 403
    assert branch.post("S011", "deeds", deed()).status_code == 403


def test_a_clerk_enters_for_another_with_a_reason_and_it_shows(branch: Branch) -> None:
    """R-012, R-112."""
    given = deed(person_id=str(uid("T004")), period=branch.quarter)
    assert branch.post("T002", "deeds", given).json["code"] == "entry_needs_reason"
    branch.post("T002", "deeds", {**given, "entry_reason": "本人口述"}, status=201)
    found = branch.get("T004", f"deeds?period={branch.quarter}").json
    assert (found[0]["by_another"], found[0]["entry_reason"]) == (True, "本人口述")


def test_nobody_enters_for_another_without_running_the_branch(branch: Branch) -> None:
    """R-023."""
    given = deed(person_id=str(uid("T004")), entry_reason="代劳")
    assert branch.post("T003", "deeds", given).status_code == 403
    assert branch.post("S001", "deeds", given).status_code == 403


def test_an_entry_can_be_changed_and_taken_back_before_the_meeting(branch: Branch) -> None:
    """R-112."""
    deed_id = branch.enter("T003")
    client = branch.service.client(uid("T003"))
    assert client.put(f"/evaluation/api/deeds/{deed_id}", json=deed(text="改过的事迹")).status_code == 200
    assert texts(branch, "T003", "T003") == ["改过的事迹"]
    assert branch.service.client(uid("T004")).delete(f"/evaluation/api/deeds/{deed_id}").status_code == 403
    assert client.delete(f"/evaluation/api/deeds/{deed_id}").status_code == 200
    assert texts(branch, "T003", "T003") == []


def test_an_officer_neither_rewrites_nor_removes_what_a_member_wrote(branch: Branch) -> None:
    """R-272: others may not edit it."""
    deed_id = branch.enter("T003", text="本人写的")
    for officer in ("T001", "T002"):
        client = branch.service.client(uid(officer))
        put = client.put(f"/evaluation/api/deeds/{deed_id}", json=deed(text="改", entry_reason="代改"))
        assert (put.status_code, put.json["code"]) == (403, "not_your_entry")
        assert client.delete(f"/evaluation/api/deeds/{deed_id}").json["code"] == "not_your_entry"
        shown = client.get(f"/evaluation/register/deeds/{deed_id}").get_data(as_text=True)
        assert "本人登记的内容" in shown
        assert "保存" not in shown
        register = client.get(f"/evaluation/register/{uid('T003')}?period={branch.quarter}").get_data(as_text=True)
        assert "本人写的" in register
        assert "take-back" not in register
    assert texts(branch, "T003", "T003") == ["本人写的"]


def test_what_an_officer_entered_from_paper_is_corrected_with_a_reason_and_taken_over_by_the_member(
    branch: Branch,
) -> None:
    """R-012, R-272."""
    given = deed(person_id=str(uid("T004")), period=branch.quarter, entry_reason="据纸质登记证补录")
    deed_id = branch.post("T002", "deeds", given, status=201).json["id"]
    officer, member = branch.service.client(uid("T001")), branch.service.client(uid("T004"))
    url = f"/evaluation/api/deeds/{deed_id}"
    assert officer.put(url, json=deed(text="改")).json["code"] == "entry_needs_reason"
    changed = officer.put(url, json=deed(text="改", entry_reason="核对原件后更正")).json
    assert (changed["text"], changed["by_another"], changed["entry_reason"]) == ("改", True, "核对原件后更正")
    own = member.put(url, json=deed(text="本人改写")).json
    assert (own["by_another"], own["entry_reason"]) == (False, "")
    assert officer.delete(url).json["code"] == "not_your_entry"


def test_an_entry_is_judged_by_the_scheme_under_which_its_meeting_was_announced(branch: Branch) -> None:
    """R-111: a later version of the scheme changes nothing for a meeting that is under way."""
    branch.announce()
    later = University(settings={"register.types": ["写过的诗"]})
    with branch.service.connect() as conn:
        directory.save_adoption(conn, TENANT, later.adoption(version=2))
    branch.enter("T003")
    assert branch.post("T003", "deeds", deed(type="写过的诗", period=branch.quarter)).json["code"] == "bad_entry"
    form = branch.service.client(uid("T003")).get(f"/evaluation/register/?period={branch.quarter}")
    assert "写过的诗" not in form.get_data(as_text=True)


def test_entries_close_when_the_meeting_opens_but_paper_may_follow(branch: Branch) -> None:
    """R-112."""
    kept = branch.enter("T003")
    branch.announce()
    branch.enter("T004")
    branch.open()
    assert branch.post("T003", "deeds", deed(period=branch.quarter)).json["code"] == "entries_closed"
    client = branch.service.client(uid("T003"))
    assert client.put(f"/evaluation/api/deeds/{kept}", json=deed()).json["code"] == "entries_closed"
    assert client.delete(f"/evaluation/api/deeds/{kept}").json["code"] == "entries_closed"
    paper = deed(person_id=str(uid("T005")), period=branch.quarter, entry_reason="据纸质登记证补录")
    branch.post("T001", "deeds", paper, status=201)


def test_what_was_presented_is_only_added_to(branch: Branch) -> None:
    """R-113."""
    deed_id = branch.enter("T003", text="原文")
    assert branch.post("T003", f"deeds/{deed_id}/additions", {"text": "补", "reason": "漏"}).status_code == 409
    branch.announce()
    branch.open()
    branch.mark_all()
    branch.present("T003")
    client = branch.service.client(uid("T003"))
    assert client.put(f"/evaluation/api/deeds/{deed_id}", json=deed()).json["code"] == "locked"
    branch.post("T003", f"deeds/{deed_id}/additions", {"text": "补充", "reason": "漏写了地点"}, status=201)
    assert texts(branch, "T003", "T003") == ["原文", "补充"]


def test_only_presented_deeds_are_confirmed_and_once(branch: Branch) -> None:
    """R-123."""
    deed_id = branch.enter("T003")
    assert branch.post("T001", f"deeds/{deed_id}/confirm").json["code"] == "not_presented"
    branch.announce()
    branch.open()
    branch.mark_all()
    branch.present("T003")
    assert branch.post("T003", f"deeds/{deed_id}/confirm").status_code == 403
    first = branch.post("T001", f"deeds/{deed_id}/confirm", status=200).json
    again = branch.post("T002", f"deeds/{deed_id}/confirm", status=200).json
    assert first["state"] == "confirmed"
    assert first["confirmed_at"] == again["confirmed_at"]


def test_a_deed_is_seen_further_out_as_it_is_presented_and_confirmed(branch: Branch) -> None:
    """R-123, R-136."""
    deed_id = branch.enter("T003", text="悄悄做的事")
    readers = ("T003", "T001", "T004", ABOVE)
    assert [len(texts(branch, who, "T003")) for who in readers] == [1, 1, 0, 0]
    branch.announce()
    branch.open()
    branch.mark_all()
    branch.present("T003")
    assert [len(texts(branch, who, "T003")) for who in readers] == [1, 1, 1, 0]
    branch.post("T001", f"deeds/{deed_id}/confirm", status=200)
    assert [len(texts(branch, who, "T003")) for who in readers] == [1, 1, 1, 1]
    assert branch.get("S001", f"deeds?person_id={uid('T003')}").status_code == 403


def test_the_overview_shows_who_has_no_entry_and_since_when(branch: Branch) -> None:
    """R-137: by 姓氏笔画, never a rank."""
    branch.enter("T003")
    url = f"deeds/overview?organization_id={uid('zjy/jin/jg')}&period={branch.quarter}"
    lines = branch.get("T001", url).json
    assert [line["name"] for line in lines][:3] == ["王一鸣", "区小宁", "尤文静"]
    assert {line["name"] for line in lines if line["deeds"]} == {"尤文静"}
    assert branch.get("T003", url).status_code == 403
    assert str(uid(EXEMPT)) in {line["person_id"] for line in lines if line["exempt"]}


def test_a_reason_for_no_entry_is_noted_and_can_be_changed(branch: Branch) -> None:
    """R-124, R-159."""
    given = {"person_id": str(uid("T005")), "period": branch.quarter, "objective": True, "reason": "长期病休"}
    branch.post("T001", "deeds/no-entry", given, status=204)
    branch.post("T001", "deeds/no-entry", {**given, "objective": False, "reason": "忘记"}, status=204)
    url = f"deeds/overview?organization_id={uid('zjy/jin/jg')}&period={branch.quarter}"
    line = next(line for line in branch.get("T001", url).json if line["name"] == "仇大海")
    assert (line["objective"], line["reason"]) == (False, "忘记")
    assert branch.post("S001", "deeds/no-entry", given).status_code == 403


def test_an_unknown_deed_is_not_found(branch: Branch) -> None:
    assert branch.post("T001", f"deeds/{uuid4()}/confirm").status_code == 404


def test_the_same_entry_twice_has_one_effect(branch: Branch) -> None:
    for _ in range(2):
        branch.post("T003", "deeds", deed(period=branch.quarter), status=201, key="k")
    assert len(texts(branch, "T003", "T003")) == 1


def test_the_register_leads_a_member_to_the_own_stars(branch: Branch) -> None:
    """R-138: whoever keeps a register finds what came of it, also without any office."""
    client = branch.service.client(uid("T003"))
    stars = f"/evaluation/people/{uid('T003')}/stars"
    assert f'href="{stars}"' in client.get("/evaluation/register/").text
    assert client.get(stars).status_code == 200
