"""Act three: filing, its return and correction, the notice with an objection, and publication."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck
from shared import clock

FORMS = ("docx", "pdf", "xlsx")
CORRECTED = "离退休同志"
"""What the returned filing is corrected to; the ledger of the branch must follow."""


def play(stage: Stage) -> None:
    """Follow the filing that the system made by itself until its awards are published."""
    filing = _filed(stage)
    _return_and_correct(stage, filing["id"])
    notice_id = _acknowledge(stage, filing["id"])
    objection_id = _object(stage, notice_id)
    _dismiss(stage, objection_id)
    _publish(stage, notice_id)
    _close_meeting(stage)


def _filing(stage: Stage, department: Actor) -> dict[str, Any] | None:
    wanted = set(stage.diary.content["award_ids"])
    for listed in department.get("/notify/api/filings", period=stage.period):
        filing: dict[str, Any] = department.get(f"/notify/api/filings/{listed['id']}")
        if wanted <= {line["award_id"] for line in filing["lines"]}:
            return filing
    return None


def _filed(stage: Stage) -> dict[str, Any]:
    department = stage.role("organization_department")
    with stage.diary.step("系统自动向党委组织部备案", "/notify/filings/") as said:
        filing: dict[str, Any] = stage.wait("自动备案", lambda: _filing(stage, department))
        said["url"] = f"/notify/filings/{filing['id']}"
        said["note"] = f"登记表{len(filing['lines'])}人"
        for form in FORMS:
            stage.diary.document(f"/notify/filings/{filing['id']}/form.{form}")
    return filing


def _return_and_correct(stage: Stage, filing_id: str) -> None:
    department, clerk = stage.role("organization_department"), stage.role("general_branch_clerk")
    path, page = f"/notify/api/filings/{filing_id}", f"/notify/filings/{filing_id}"
    with stage.diary.step("组织部退回更正", page) as said:
        revision = department.get(path)["revision"]
        reasons = f"该同志已办理离退休手续，党员身份请填“{CORRECTED}”。"
        department.post(f"{path}/return", {"reasons": reasons, "revision": revision})
        said["note"] = department.name
    with stage.diary.step("党总支核对更正，再次报送", page) as said:
        award_id = clerk.get(path)["lines"][0]["award_id"]
        clerk.post(f"{path}/correct", {"lines": [{"award_id": award_id, "identity": CORRECTED}]})
        clerk.post(f"{path}/submit")
        secretary = stage.role("secretary")

        def followed() -> bool:
            return bool(secretary.get(f"/evaluation/api/awards/{award_id}")["identity"] == CORRECTED)

        stage.wait("台账随之更正", followed)
        said["note"] = f"{clerk.name}，党员身份更正为{CORRECTED}"


def _acknowledge(stage: Stage, filing_id: str) -> str:
    department = stage.role("organization_department")
    path = f"/notify/api/filings/{filing_id}"
    with stage.diary.step("组织部备案，编号", f"/notify/filings/{filing_id}") as said:
        year, sequence = clock.today().year, clock.now().strftime("%m%d%H%M%S")
        number = f"备〔{year}〕{sequence}号"
        department.post(f"{path}/acknowledge", {"number": number, "revision": department.get(path)["revision"]})
        said["note"] = number
    with stage.diary.step("系统自动公示", "/notify/board/") as said:

        def posted() -> Any:
            notices = department.get("/notify/api/notices", period=stage.period)
            return [each for each in notices if each.get("filing_id") == filing_id]

        notice = stage.wait("自动公示", posted)[0]
        said["url"] = f"/notify/notices/{notice['id']}"
        said["note"] = f"{notice['starts_on']} 至 {notice['ends_on']}"
        stage.diary.document(f"/notify/notices/{notice['id']}/notice.pdf")
    return str(notice["id"])


def _object(stage: Stage, notice_id: str) -> str:
    with stage.diary.step("群众提出异议（匿名）", f"/notify/notices/{notice_id}") as said:
        award_id = stage.diary.content["award_ids"][0]
        answer = stage.public().post(
            f"/notify/api/notices/{notice_id}/objections",
            {"award_id": award_id, "text": "听说该同志本季度请假较多，请核实。"},
        )
        said["note"] = "已受理"
    return str(answer["id"])


def _dismiss(stage: Stage, objection_id: str) -> None:
    handler = stage.role("organization_department")
    path = f"/notify/api/objections/{objection_id}"
    with stage.diary.step("核实异议，作出不成立的决定", "/notify/objections/") as said:
        said["url"] = f"/notify/objections/{objection_id}"
        handler.post(f"{path}/hearing", {"note": "查阅考勤并听取支部说明，均为公假。"})
        handler.post(f"{path}/decision", {"upheld": False, "statement": "所反映情况不影响评选。"})
        said["note"] = handler.name


def _publish(stage: Stage, notice_id: str) -> None:
    department = stage.role("organization_department")
    with stage.diary.step("公示期满，系统自动公布", "/notify/board/") as said:
        notice = department.get(f"/notify/api/notices/{notice_id}")
        if notice["ends_on"]:
            days = notice["ends_on"]
            while clock.today().isoformat() <= days:
                stage.travel("+1d")

        def published() -> bool:
            states = [
                stage.role("secretary").get(f"/evaluation/api/awards/{award_id}")["state"]
                for award_id in stage.diary.content["award_ids"]
            ]
            return bool(states) and all(state == "published" for state in states)

        stage.wait("自动公布", published)
        for award_id in stage.diary.content["award_ids"]:
            if stage.public().fetch(f"/notify/awards/{award_id}").status_code != 200:
                raise Stuck("公布的页面打不开")
            stage.diary.document(f"/evaluation/awards/{award_id}/path")
        said["url"] = f"/notify/awards/{stage.diary.content['award_ids'][0]}"
        said["note"] = f"{len(stage.diary.content['award_ids'])}人"


def _close_meeting(stage: Stage) -> None:
    secretary = stage.role("secretary")
    with stage.diary.step("会议记录定稿", f"/evaluation/meetings/{stage.meeting_id}"):
        secretary.post(f"/evaluation/api/meetings/{stage.meeting_id}/close", {"summary": "会议圆满。"})
        stage.diary.document(f"/evaluation/meetings/{stage.meeting_id}/minutes.pdf")
