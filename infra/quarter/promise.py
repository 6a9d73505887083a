"""The branch's own promise for the year, which the member's pledge serves: made, passed by the superior, shown."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck
from shared import clock

PLEDGES = "/pledge/api/pledges"
HEADLINE = "为学生办好实事，建设服务型党支部"
ITEM = "全年组织党员为学生答疑不少于200次"
CONSULTATION = {
    "method": "召开座谈会1次", "dates": "承诺前两周", "number": 30, "opinions": "希望增加课后答疑。",
    "use": "采纳，列入承诺事项。",
}  # fmt: skip


def stand(stage: Stage) -> str:
    """Bring the branch's pledge of the year before the public, unless it hangs there; give its first item."""
    secretary, year = stage.role("secretary"), clock.today().year
    known = secretary.get(PLEDGES, organization_id=stage.organization_id, year=str(year))
    mine = [each for each in known if each["form"] == "organization" and each["state"] != "withdrawn"]
    shown = [each for each in mine if each["published_version"] is not None]
    if not shown:
        with stage.diary.step("党支部征求意见后承诺，上级审定，公开", "/pledge/") as said:
            pledge_id = str(mine[0]["id"]) if mine else _make(secretary, stage.organization_id, year)
            _pass(stage.role("general_branch_secretary"), pledge_id)
            show(secretary, pledge_id)
            said["url"], said["note"] = f"/pledge/pledges/{pledge_id}", HEADLINE
    else:
        pledge_id = str(shown[0]["id"])
    stage.diary.content["promise_id"] = pledge_id
    return _item(secretary, pledge_id)


def show(by: Actor, pledge_id: str) -> None:
    """Record that a pledge was hung up today."""
    record = {"pledge_ids": [pledge_id], "channel": "党务公开栏", "scope": "school"}
    on = {"published_on": clock.today().isoformat(), "place": "行政楼一楼"}
    by.post("/pledge/api/publications", {**record, **on})


def _make(by: Actor, organization_id: str, year: int) -> str:
    text = {"headline": HEADLINE, "items": [{"content": ITEM}], "consultation": CONSULTATION}
    proposal = {"text": text, "year": year, "form": "organization", "organization_id": organization_id}
    pledge_id = str(by.post(PLEDGES, proposal)["id"])
    by.post(f"{PLEDGES}/{pledge_id}/submit")
    return pledge_id


def _pass(by: Actor, pledge_id: str) -> None:
    case: dict[str, Any] = by.get(f"{PLEDGES}/{pledge_id}/reviews")
    # An earlier play may have come to an end between review and showing.
    if case["step"]:
        verdict = {"version": case["version"], "step": case["step"], "passed": True, "met": case["checklist"]}
        by.post(f"{PLEDGES}/{pledge_id}/reviews", verdict)


def _item(by: Actor, pledge_id: str) -> str:
    pledge = by.get(f"{PLEDGES}/{pledge_id}")
    for version in pledge["versions"]:
        if version["number"] == pledge["published_version"] and version["items"]:
            return str(version["items"][0]["item_id"])
    raise Stuck("党支部的承诺没有承诺事项")
