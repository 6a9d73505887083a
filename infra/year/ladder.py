"""What happens when a matter runs late: the difficulty is told, help is given, and the scheme's ladder is climbed."""

from datetime import timedelta
from typing import Any

from infra.quarter.stage import Stuck
from infra.year import keeping
from infra.year.cast import Cast, Member
from shared import clock

MEASURES = "/pledge/api/measures"


def late(cast: Cast) -> Member:
    """Give whose first matter runs late."""
    return cast.ordinary()[4]


def play(cast: Cast) -> None:
    """See that the matter is overdue, help, climb as far as a rectification, and accept what was put right."""
    member = late(cast)
    pledge_id = cast.pledges[member.person_id]
    overview = f"/pledge/supervision/?organization_id={cast.branch_id}&year={cast.year}"
    with cast.stage.diary.step("一项承诺逾期，本人反映困难，支部提醒和帮助", overview):
        _overdue(cast, pledge_id)
        item_id = keeping.matters(member.actor, pledge_id)[0]["item_id"]
        of = {"pledge_id": pledge_id, "item_id": item_id}
        trouble = member.actor.post("/pledge/api/difficulties", {**of, "text": "场地一直没有落实。"})
        answer = {"text": "支部已协调场地，由组织委员跟进。", "outcome": "solved"}
        cast.secretary.post(f"/pledge/api/difficulties/{trouble['id']}/answers", answer)
        helped = {"grounds": "到期没有完成。", "content": "协调场地，约定每周通气1次。"}
        cast.secretary.post(f"{MEASURES}/help", {**of, **helped})
    rungs = cast.say("supervision.ladder")
    if "criticism" in rungs:
        with cast.stage.diary.step("党总支听取本人意见后通报批评", overview):
            _measure(cast, member, of, kind="criticism")
    if "rectify" in rungs:
        with cast.stage.diary.step("责令限期整改", overview):
            due = (clock.today() + timedelta(days=20)).isoformat()
            measure = _measure(cast, member, of, kind="rectify", due_on=due)
        cast.stage.travel("+10d")
    with cast.stage.diary.step("补上逾期的事项", f"/pledge/progress/{pledge_id}"):
        keeping.report(member.actor, pledge_id, item_id, "done")
        if "rectify" in rungs:
            accepted = {"passed": True, "result": "现场核实，已经完成。"}
            cast.above.post(f"{MEASURES}/{measure['id']}/acceptance", accepted)


def _overdue(cast: Cast, pledge_id: str) -> None:
    asked = {"organization_id": cast.branch_id, "year": str(cast.year)}
    lines = cast.above.get("/pledge/api/supervision", **asked)["lines"]
    found = {line["table"]["pledge_id"] for line in lines if line["overdue"]}
    if found != {pledge_id}:
        raise Stuck("应有且只有一份承诺逾期")


def _measure(cast: Cast, member: Member, of: dict[str, str], *, kind: str, **decided: Any) -> dict[str, Any]:
    """Propose, hear the member, decide."""
    made: dict[str, Any] = cast.above.post(MEASURES, {**of, "kind": kind, "grounds": "提醒以后仍未完成。"})
    member.actor.post(f"{MEASURES}/{made['id']}/reply", {"reply": "情况属实，抓紧补上。"})
    cast.above.post(f"{MEASURES}/{made['id']}/decision", {"decision": "情况属实，按方案办理。", **decided})
    return made
