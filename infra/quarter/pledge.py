"""The pledge from which the award grows: 提诺, 审诺, 亮诺, 履诺, 点评; the deed that wins refers to an item of it."""

from datetime import timedelta
from typing import Any

from infra.quarter import promise
from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck
from shared import clock

PLEDGES, PROGRESS = "/pledge/api/pledges", "/pledge/api/progress"
HEADLINE = "每周为学生答疑2次，年底前帮助3名困难学生"
ITEM = "每周二、周四晚为学生答疑，每月不少于8次"


def begin(stage: Stage) -> None:
    """Bring one member's pledge onto the wall and report on it, before the quarter's deeds are entered."""
    secretary, member = stage.role("secretary"), _pledger(stage)
    pledge_id = _make(stage, member, secretary, promise.stand(stage))
    stage.diary.content["pledge_id"] = pledge_id
    if secretary.get(f"{PLEDGES}/{pledge_id}")["published_version"] is None:
        _show(stage, member, secretary, pledge_id)
    matter = member.get(f"{PROGRESS}/{pledge_id}")["matters"][0]
    if not matter["final"]:
        with stage.diary.step("履诺：党员登记进度", f"/pledge/progress/{pledge_id}") as said:
            done = {"item_id": matter["item_id"], "state": "underway", "note": "本季度已答疑四十余次。"}
            member.post(f"{PROGRESS}/{pledge_id}", done)
            said["note"] = member.name
    stage.diary.document(f"/pledge/progress/{pledge_id}/table.pdf")

    def heard() -> list[dict[str, Any]]:
        return [each for each in member.get("/evaluation/api/deeds/pledges") if each["id"] == pledge_id]

    (offered,) = stage.wait("公示的承诺", heard)
    # What was published before the release in which items were told is offered whole.
    items = [item["id"] for item in offered["items"]]
    stage.cited[member.id] = {"pledge_id": pledge_id, **({"pledge_item_id": items[0]} if items else {})}
    stage.diary.content["pledge_item_id"] = items[0] if items else None


def remark(stage: Stage) -> None:
    """Remark on every pledger of the branch, as the quarter's 督诺 wants it."""
    secretary = stage.role("secretary")
    asked = {"organization_id": stage.organization_id, "period": stage.period}
    place = f"/pledge/remarks/?organization_id={stage.organization_id}&period={stage.period}"
    with stage.diary.step("督诺：支部按季点评履诺情况", place) as said:
        lines = secretary.get("/pledge/api/remarks", **asked)["lines"]
        told = [
            {"person_id": each["person_id"], "kind": "praise", "text": "履诺扎实，群众反映好。"}
            for each in lines
            if each["person_id"] != secretary.id
        ]
        if not told:
            raise Stuck("没有可以点评的承诺人")
        secretary.post("/pledge/api/remarks", {**asked, "remarks": told})
        said["note"] = f"{len(told)}人"


def starred(stage: Stage) -> None:
    """See the star on the pledge that led to it."""
    pledge_id = stage.diary.content["pledge_id"]
    reader = stage.role("secretary")
    with stage.diary.step("承诺墙上的承诺标出评上的星", f"/pledge/wall/pledges/{pledge_id}"):
        award_ids = stage.diary.content["award_ids"]

        def shown() -> bool:
            page = reader.fetch(f"/pledge/wall/pledges/{pledge_id}").text
            return any(f"/notify/awards/{award_id}" in page for award_id in award_ids)

        stage.wait("承诺墙上的星", shown)
        stage.diary.document(f"/pledge/wall/pledges/{pledge_id}")
    _grown(stage, reader)


def _grown(stage: Stage, reader: Actor) -> None:
    """See the deed and the star beside the item, and the deed counted with the branch's promise."""
    said = stage.diary.content
    with stage.diary.step("承诺页标出由此而来的闪光言行和星", f"/pledge/pledges/{said['pledge_id']}"):
        pledge = reader.get(f"{PLEDGES}/{said['pledge_id']}")
        for kind in ("deeds", "stars"):
            if said["pledge_item_id"] not in {each["item_id"] for each in pledge[kind]}:
                raise Stuck(f"承诺事项下没有 {kind}")
        serving = reader.get(f"{PLEDGES}/{said['promise_id']}")["serving"]
        mine = [each["deeds"] for each in serving if each["pledge_id"] == said["pledge_id"]]
        if mine and not sum(mine):
            raise Stuck("党支部的承诺下没有数到闪光言行")


def _pledger(stage: Stage) -> Actor:
    """Give an ordinary member who will stand and sit neither at the tellers' table nor away: the first of the list."""
    asked = {"organization_id": stage.organization_id, "period": stage.period}
    ordinary = {account["person_id"] for account in stage.accounts if account["role"] == "member"}
    for line in stage.role("secretary").get("/evaluation/api/deeds/overview", **asked):
        if line["person_id"] in ordinary and (member := stage.person(line["person_id"])):
            return member
    raise Stuck("支部里没有可以承诺的普通党员")


def _make(stage: Stage, member: Actor, secretary: Actor, served: str) -> str:
    """Make the pledge of the year, whose item serves the branch's promise, or give the one of an earlier play."""
    year = clock.today().year
    for known in secretary.get(PLEDGES, organization_id=stage.organization_id, year=str(year)):
        mine = (known["person_id"], known["form"], known["kind"]) == (member.id, "individual", "annual")
        if mine and known["state"] != "withdrawn":
            return str(known["id"])
    with stage.diary.step("提诺：党员写一句话承诺", "/pledge/") as said:
        due = (clock.today() + timedelta(days=60)).isoformat()
        text = {"headline": HEADLINE, "items": [{"content": ITEM, "due_on": due, "linked_item_id": served}]}
        pledge_id = str(member.post(PLEDGES, {"text": text, "year": year})["id"])
        member.post(f"{PLEDGES}/{pledge_id}/submit")
        said["url"], said["note"] = f"/pledge/pledges/{pledge_id}", member.name
    return pledge_id


def _show(stage: Stage, member: Actor, secretary: Actor, pledge_id: str) -> None:
    path = f"{PLEDGES}/{pledge_id}/reviews"
    case: dict[str, Any] = secretary.get(path)
    # An earlier play may have come to an end between review and showing.
    if case["step"]:
        with stage.diary.step("审诺：支部对照标准逐条审核", f"/pledge/reviews/{pledge_id}") as said:
            verdict = {"version": case["version"], "step": case["step"], "passed": True, "met": case["checklist"]}
            secretary.post(path, verdict)
            said["note"] = secretary.name
    with stage.diary.step("亮诺：登记公示，承诺墙公开", f"/pledge/wall/{stage.organization_id}") as said:
        promise.show(secretary, pledge_id)
        said["note"] = member.name
