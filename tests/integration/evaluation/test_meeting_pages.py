"""The pages of registers, meetings and attendance, walked as members, secretaries and superiors walk them."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest

from services.roster.scheme import presets
from shared import clock
from tests.client import Client
from tests.integration.evaluation.branch import ABOVE, Branch
from tests.services import Service
from tests.university import University, uid

BASE = "/evaluation"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def as_(branch: Branch, who: str) -> Client:
    """Give the browser of somebody: cookie only, as pages get it."""
    client = branch.service.client(uid(who))
    client.environ_base.pop("HTTP_AUTHORIZATION")
    return client


def page(branch: Branch, who: str, url: str, *, status: int = 200) -> str:
    answer = as_(branch, who).get(f"{BASE}/{url}")
    assert answer.status_code == status, answer.text
    return answer.text


def send(branch: Branch, who: str, url: str, form: dict[str, Any], *, status: int = 303) -> Any:
    answer = as_(branch, who).post(f"{BASE}/{url}", data=form)
    assert answer.status_code == status, answer.text
    return answer


def entry(branch: Branch, **changes: Any) -> dict[str, Any]:
    return {
        "aspects": ["带头服务群众", "带头弘扬正气"],
        "type": "做过的事",
        "text": "义务辅导学生",
        "declared": "true",
        "period": branch.quarter,
        **changes,
    }


def test_a_member_s_first_page_is_the_form_of_this_quarter(branch: Branch) -> None:
    """R-005, R-110, R-112."""
    empty = page(branch, "T003", "register/")
    assert "本季度还没有登记" in empty
    send(branch, "T003", "register/", entry(branch))
    shown = page(branch, "T003", "register/")
    assert "义务辅导学生" in shown
    assert "撤回" in shown


def test_the_focus_comes_from_the_kind_of_unit_and_for_students_from_themselves(
    service: Callable[[str], Service], university: University
) -> None:
    """R-005, R-006."""
    university.settings["register.focus"] = presets.get("zky2013").settings["register.focus"].value
    branch = Branch(service("evaluation"))
    texts = {
        "T003": "教师党员主要体现在教书育人、服务学校发展上。",
        "T031": "机关、后勤单位党员要体现在改进工作作风、提升服务效能上。",
        "S002": "学生党员主要体现在成长成才、奉献社会上。",
    }
    for who in texts:
        shown = page(branch, who, "register/")
        assert [text in shown for text in texts.values()] == [other == who for other in texts]


def test_what_is_asked_of_all_members_is_shown_where_nobody_entered_the_kind_of_unit(
    service: Callable[[str], Service], university: University
) -> None:
    """R-006: 江苏开大2012 asks something of teaching and office units and something of 全体党员."""
    university.settings["register.focus"] = presets.get("jskd2012").settings["register.focus"].value
    branch = Branch(service("evaluation"))
    assert "对本类党员的要求：教学部门的党员要围绕" in page(branch, "T003", "register/")
    with branch.service.connect() as conn:
        conn.execute("UPDATE organization SET unit_type = NULL")
    assert "对本类党员的要求：全体党员要围绕坚持“三亮三比三评”" in page(branch, "T003", "register/")


def test_a_form_without_the_declaration_says_what_is_missing_and_keeps_nothing(branch: Branch) -> None:
    """R-112 如实."""
    form = entry(branch)
    del form["declared"]
    answer = send(branch, "T003", "register/", form, status=422)
    assert "请确认所填内容属实" in answer.text
    assert "本季度还没有登记" in page(branch, "T003", "register/")


def test_an_entry_is_changed_and_taken_back_on_its_page(branch: Branch) -> None:
    deed_id = branch.enter("T003")
    assert "修改登记" in page(branch, "T003", f"register/deeds/{deed_id}")
    send(branch, "T003", f"register/deeds/{deed_id}", entry(branch, text="改好了"))
    assert "改好了" in page(branch, "T003", "register/")
    page(branch, "T004", f"register/deeds/{deed_id}", status=403)
    send(branch, "T003", f"register/deeds/{deed_id}/take-back", {})
    assert "改好了" not in page(branch, "T003", "register/")


def test_a_secretary_enters_for_a_member_from_the_overview(branch: Branch) -> None:
    """R-012, R-137."""
    overview = f"register/overview?organization_id={uid('zjy/jin/jg')}&period={branch.quarter}"
    assert "代为登记" in page(branch, "T001", overview)
    form = entry(branch, person_id=str(uid("T005")), entry_reason="本人口述")
    send(branch, "T001", "register/", form)
    assert "本人口述" in page(branch, "T001", f"register/{uid('T005')}")
    note = {"person_id": str(uid("T006")), "period": branch.quarter, "objective": "true", "reason": "长期病休"}
    send(branch, "T001", "register/no-entry", note)
    assert "客观原因" in page(branch, "T001", overview)
    page(branch, "T003", f"register/{uid('T005')}", status=403)


def test_the_booklet_is_printed_for_its_holder_and_the_branch_only(branch: Branch) -> None:
    """R-110."""
    branch.enter("T003")
    for who, status in (("T003", 200), ("T001", 200), ("T004", 403)):
        answer = as_(branch, who).get(f"{BASE}/register/{uid('T003')}/booklet.pdf")
        assert answer.status_code == status
    assert as_(branch, "T003").get(f"{BASE}/register/{uid('T003')}/booklet.pdf").data.startswith(b"%PDF")


def test_a_person_outside_the_party_sees_why_there_is_no_register(branch: Branch) -> None:
    assert "只有党员填写登记证" in page(branch, "T061", "register/")


def test_a_meeting_is_walked_from_the_report_to_the_locked_minutes(branch: Branch) -> None:
    """R-117 … R-122: every step has its page."""
    branch.enter("T003", text="辅导困难学生")
    start = (clock.now() + timedelta(days=5)).astimezone(clock.SHANGHAI)
    form = {"organization_id": str(uid("zjy/jin/jg")), "period": branch.quarter, "place": "会议室"}
    page(branch, "T001", f"meetings/announce?organization_id={uid('zjy/jin/jg')}&period={branch.quarter}")
    answer = send(branch, "T001", "meetings/", {**form, "starts_at": start.strftime("%Y-%m-%dT%H:%M")})
    url = answer.headers["Location"].removeprefix(f"{BASE}/")
    branch.meeting_id = url.rsplit("/", 1)[1]
    assert datetime.fromisoformat(branch.show()["starts_at"]) == start.replace(second=0, microsecond=0)
    send(branch, "T004", f"{url}/leave", {"reason": "外出"})
    assert "外出" in page(branch, "T001", url)
    assert "外出" not in page(branch, "T003", url)
    send(branch, "T001", f"{url}/leave/{uid('T004')}", {"granted": "true"})
    assert "派员列席" in page(branch, ABOVE, url)
    send(branch, ABOVE, f"{url}/observer", {"person_id": str(uid("T042"))})
    send(branch, "T001", f"{url}/open", {"chair": "王一鸣", "recorder": "区小宁"})
    send(branch, "T001", f"{url}/attendance", {f"presence-{uid('T005')}": "absent", "rest": "present"})
    assert branch.show()["counts"]["present"] == 6
    send(branch, "T001", f"{url}/guests", {"name": "张三", "capacity": "guest"})
    for who in ("T001", "T002", "T003", "T006", "T007", "T008"):
        send(branch, "T001", f"{url}/presentations", {"person_id": str(uid(who)), "manner": "spoken"})
        words = {"person_id": str(uid(who)), "kind": "praise", "phrase": "服务热情", "confirm": "true"}
        send(branch, "T001", f"{url}/comments", words)
    assert branch.row("T003")["deeds"][0]["state"] == "confirmed"
    send(branch, "T001", f"{url}/discussion", {"text": "围绕中心工作讨论"})
    branch.resolve_not_to_elect()
    for step in ("", "/attendance", "/presentations", "/comments", "/discussion", "/minutes"):
        page(branch, "T001", url + step)
        page(branch, "T003", url + step)
        page(branch, "S001", url + step, status=403)
    send(branch, "T001", f"{url}/close", {"summary": "会议结束"})
    send(branch, "T001", f"{url}/corrections", {"text": "补一字"})
    minutes = page(branch, "T003", f"{url}/minutes")
    said = ["应到8人，实到6人", "仇大海：缺席（无正当理由）", "毛建国：请假（有正当理由）", "服务热情", "补一字"]
    said += ["未点评：毛建国、仇大海、郑总", "围绕中心工作讨论", "辅导困难学生", "监票人（签字）"]
    for text in said:
        assert text in minutes
    assert "外出" not in minutes


def test_minutes_are_given_as_word_and_pdf(branch: Branch) -> None:
    """R-122, requirements 4.5."""
    branch.hold()
    client = as_(branch, "T001")
    url = f"{BASE}/meetings/{branch.meeting_id}/minutes"
    assert client.get(f"{url}.pdf").data.startswith(b"%PDF")
    document = docx.Document(io.BytesIO(client.get(f"{url}.docx").data))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "专题组织生活会会议记录" in text
    assert "主持人（签字）" in text
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert any("应到8人，实到8人" in cell for cell in cells)


def test_outside_the_branch_minutes_do_not_show_deeds_before_they_are_confirmed(branch: Branch) -> None:
    """R-123."""
    branch.enter("T003", text="还没有确认的事")
    branch.announce()
    branch.open()
    branch.mark_all()
    branch.present("T003")
    assert "还没有确认的事" in page(branch, "T004", f"meetings/{branch.meeting_id}/minutes")
    assert "还没有确认的事" not in page(branch, ABOVE, f"meetings/{branch.meeting_id}/minutes")


def test_the_list_shows_every_branch_below_and_how_its_meeting_stands(branch: Branch) -> None:
    """R-026, R-115."""
    branch.announce()
    shown = page(branch, ABOVE, "meetings/")
    assert "已报告" in shown
    assert "未安排" in shown
    assert "会计学院教工党支部" not in shown
    assert "会计学院教工党支部" in page(branch, "T051", "meetings/")
    assert "未召开" in page(branch, "T051", "meetings/?period=2013Q1")


def test_the_roll_cannot_be_sent_empty(branch: Branch) -> None:
    branch.announce()
    branch.open()
    send(branch, "T001", f"meetings/{branch.meeting_id}/attendance", {}, status=422)


def test_a_table_of_attendance_is_tried_and_then_imported_on_the_page(branch: Branch) -> None:
    """R-158, requirements 4.4."""
    content = "日期,会议,学工号,姓名,是否出席\n2026-10-10,党课,T003,尤文静,否\n".encode()
    tried = send(
        branch, "T001", "attendance/import", {"file": (io.BytesIO(content), "a.csv"), "dry_run": "true"}, status=200
    )
    assert "试算结果，尚未导入" in tried.text
    assert "党课" not in page(branch, "T003", "attendance/")
    send(branch, "T001", "attendance/import", {"file": (io.BytesIO(content), "a.csv")}, status=200)
    assert "党课" in page(branch, "T003", "attendance/")
    page(branch, "T004", f"attendance/{uid('T003')}", status=403)
    page(branch, "T001", f"attendance/{uid('T003')}")
    send(branch, "T001", "attendance/import", {}, status=422)
    template = as_(branch, "T001").get(f"{BASE}/attendance/template.xlsx")
    assert template.data.startswith(b"PK")
