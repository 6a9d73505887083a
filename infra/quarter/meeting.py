"""Act one: the meeting, from its announcement to the last comment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from infra.quarter.stage import Stage
from shared import clock, period

DEEDS = [
    "利用午休为学生答疑四十余次，整理常见问题发给全班。",
    "主动承担新专业申报材料的撰写，连续三周加班，按期完成。",
    "结对帮扶两名学业困难学生，期末均通过考试。",
    "改进报销流程，把三次跑腿减为一次，同事称便。",
    "疫情防控期间带头值守校门，无一差错。",
]
LEADS = ["带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气"]
COMMENTS = ["工作踏实，服务同学有耐心。", "勇于承担急难任务，值得学习。", "业务精，望多带带年轻同志。"]


def play(stage: Stage, pledging: Callable[[Stage], None] | None = None) -> None:
    """Announce, report, enter deeds, meet, present, comment, discuss; `pledging` comes before the deeds are entered."""
    secretary = stage.role("secretary")
    stage.organization_id = next(a["organization_id"] for a in stage.accounts if a["role"] == "secretary")
    _reach_a_free_quarter(stage)
    _announce(stage)
    with stage.diary.step("上级委派列席人员", f"/evaluation/meetings/{stage.meeting_id}") as said:
        superior, observer = stage.role("general_branch_secretary"), stage.role("general_branch_clerk")
        superior.post(f"/evaluation/api/meetings/{stage.meeting_id}/observer", {"person_id": observer.id})
        said["note"] = observer.name
    if pledging:
        pledging(stage)
    _enter_deeds(stage)
    with stage.diary.step("到开会时间，支部书记宣布开会、党员签到", f"/evaluation/meetings/{stage.meeting_id}") as said:
        stage.travel("+5d")
        secretary.post(f"/evaluation/api/meetings/{stage.meeting_id}/open")
        said["note"] = _take_attendance(stage)
    _present_and_comment(stage)


def _reach_a_free_quarter(stage: Stage) -> None:
    """Go on to the next quarter when this one has its meeting already: a second play is a second quarter."""
    secretary = stage.role("secretary")
    stage.diary.content["organization"] = next(a["organization"] for a in stage.accounts if a["role"] == "secretary")
    stage.diary.content["organization_id"] = stage.organization_id
    while True:
        stage.period = period.of(clock.today() + timedelta(days=12))
        if period.of(clock.today()) != stage.period:
            stage.travel(period.first_day(stage.period).isoformat())
        held = secretary.get("/evaluation/api/meetings", period=stage.period, organization_id=stage.organization_id)
        if not [meeting for meeting in held if meeting["state"] != "cancelled"]:
            return
        stage.travel(period.first_day(period.following(stage.period)).isoformat())


def _announce(stage: Stage) -> None:
    secretary = stage.role("secretary")
    with stage.diary.step("支部书记召集专题组织生活会，报告上级", "/evaluation/meetings/") as said:
        meeting = secretary.post(
            "/evaluation/api/meetings",
            {
                "organization_id": stage.organization_id,
                "period": stage.period,
                "starts_at": (clock.now() + timedelta(days=5)).isoformat(),
                "place": "行政楼三楼会议室",
                "agenda": "介绍交流闪光言行；书记点评；讨论；无记名投票评选。",
            },
        )
        stage.meeting_id = meeting["id"]
        said["url"] = f"/evaluation/meetings/{stage.meeting_id}"
        said["note"] = secretary.name


def _enter_deeds(stage: Stage) -> None:
    """Every member with an account enters a deed; for the others the secretary enters what they wrote on paper."""
    secretary = stage.role("secretary")
    with stage.diary.step("党员登记本季度闪光言行", "/evaluation/register/") as said:
        own = _members(stage)
        for index, account in enumerate(own):
            citing = stage.cited.get(account["person_id"], {})
            # The first of the deeds is the one that the pledge promises.
            written = _deed(stage, 0 if citing else index)
            stage.account(account).post("/evaluation/api/deeds", {**written, **citing})
        asked = {"organization_id": stage.organization_id, "period": stage.period}
        paper = [line for line in secretary.get("/evaluation/api/deeds/overview", **asked) if not line["deeds"]]
        for index, member in enumerate(paper):
            on_paper = {"person_id": member["person_id"], "entry_reason": "本人提交纸质登记证，由支部代录"}
            secretary.post("/evaluation/api/deeds", {**_deed(stage, index), **on_paper})
        said["note"] = f"{len(own)}人自行登记，{len(paper)}人由支部代录"


def _deed(stage: Stage, index: int) -> dict[str, Any]:
    return {
        "period": stage.period,
        "aspects": [LEADS[index % 5]],
        "type": "做过的事",
        "text": DEEDS[index % 5],
        "declared": True,
    }


def _members(stage: Stage) -> list[dict[str, Any]]:
    mine = [account for account in stage.accounts if account["organization_id"] == stage.organization_id]
    return list({account["number"]: account for account in mine}.values())


def _take_attendance(stage: Stage) -> str:
    secretary = stage.role("secretary")
    path = f"/evaluation/api/meetings/{stage.meeting_id}"
    people = [each for each in secretary.get(path)["attendees"] if each["capacity"] == "member"]
    ordinary = {account.get("person_id") for account in stage.accounts if account["role"] == "member"}
    away = [each for each in people if each["person_id"] in ordinary][-1:]
    marks = [
        {"person_id": each["person_id"], "presence": "leave", "excused": True, "reason": "因公出差"}
        if each in away
        else {"person_id": each["person_id"], "presence": "present"}
        for each in people
    ]
    secretary.post(f"{path}/attendance", {"marks": marks})
    meeting = secretary.get(path)
    stage.people = {each["person_id"]: each for each in meeting["attendees"] if each["capacity"] == "member"}
    return f"应到{meeting['counts']['entitled']}人，实到{meeting['counts']['present']}人"


def _present_and_comment(stage: Stage) -> None:
    secretary = stage.role("secretary")
    path = f"/evaluation/api/meetings/{stage.meeting_id}"
    present = [each for each in stage.people.values() if each["presence"] == "present"]
    with stage.diary.step("党员介绍交流", f"/evaluation/meetings/{stage.meeting_id}") as said:
        for each in present:
            secretary.post(f"{path}/presentations", {"person_id": each["person_id"], "manner": "spoken"})
        said["note"] = f"{len(present)}人"
    with stage.diary.step("支部确认闪光言行", "/evaluation/register/") as said:
        told = [deed for each in secretary.get(path)["attendees"] for deed in each["deeds"]]
        deeds = [deed for deed in told if deed["state"] == "presented"]
        for deed in deeds:
            secretary.post(f"/evaluation/api/deeds/{deed['id']}/confirm")
        said["note"] = f"{len(deeds)}条"
    with stage.diary.step("书记逐一点评", f"/evaluation/meetings/{stage.meeting_id}") as said:
        for index, each in enumerate(stage.people.values()):
            secretary.post(f"{path}/comments", {"person_id": each["person_id"], "text": COMMENTS[index % 3]})
        said["note"] = f"{len(stage.people)}人，无一遗漏"
    with stage.diary.step("围绕中心工作讨论", f"/evaluation/meetings/{stage.meeting_id}"):
        secretary.post(f"{path}/discussion", {"text": "围绕专业建设和学生服务展开讨论，统一了思想。"})
