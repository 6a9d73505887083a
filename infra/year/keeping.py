"""The year itself: 履诺, 督诺 quarter by quarter, a revision, an instant pledge, and one matter that runs late."""

from datetime import timedelta
from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stuck
from infra.year import ladder, making, words
from infra.year.cast import Cast, Member
from services.pledge.remark import rhythm
from shared import clock

PROGRESS = "/pledge/api/progress"


def play(cast: Cast) -> None:
    """Live through the quarters that are left after the pledges were shown; everybody is remarked on in each."""
    plan = cast.plan
    _opinion(cast)
    _quarters(cast, *plan.early)
    cast.go(plan.first)
    report_all(cast, 0, besides=ladder.late(cast).person_id)
    _revise(cast)
    _instant(cast)
    _quarters(cast, *plan.middle)
    cast.go(plan.overdue)
    ladder.play(cast)
    _inspect(cast)
    _quarters(cast, *plan.late)
    cast.go("11-28")
    report_all(cast, 1)
    _quarters(cast, (4, "12-10"))


def matters(by: Actor, pledge_id: str) -> list[dict[str, Any]]:
    """Give the matters of a pledge with what was reported."""
    return list(by.get(f"{PROGRESS}/{pledge_id}")["matters"])


def report(by: Actor, pledge_id: str, item_id: str, state: str, **rest: str) -> None:
    """Report on a matter."""
    reason = "" if state == "done" else "年中任务调整，精力未能顾及。"
    note = {"note": "有记录可查。", "reason": reason}
    by.post(f"{PROGRESS}/{pledge_id}", {"item_id": item_id, "state": state, **note, **rest})


def report_all(cast: Cast, place: int, *, besides: str = "") -> None:
    """Let everybody report on the matter of one half of the year; one could not do the second."""

    def one(member: Member) -> None:
        pledge_id = cast.pledges[member.person_id]
        item = matters(member.actor, pledge_id)[place]
        state = "undone" if place and member.person_id == failing(cast).person_id else "done"
        report(member.actor, pledge_id, item["item_id"], state, **member.entry)

    with cast.stage.diary.step("党员登记履诺进度", "/pledge/") as said:
        reporting = [each for each in cast.members if each.person_id in cast.pledges and each.person_id != besides]
        cast.at_once(one, reporting)
        for name, by in _others(cast):
            report(by, cast.others[name], matters(by, cast.others[name])[place]["item_id"], "done")
        said["note"] = f"{len(reporting)}人"
        cast.stage.diary.document(f"/pledge/progress/{cast.pledges[cast.secretary.id]}/table.pdf")


def failing(cast: Cast) -> Member:
    """Give who cannot do the second matter."""
    return cast.ordinary()[0]


def _others(cast: Cast) -> list[tuple[str, Actor]]:
    by = {"organization": cast.secretary, "general_branch": cast.above, "group": cast.ordinary()[2].actor}
    return [(name, actor) for name, actor in by.items() if name in cast.others]


def _quarters(cast: Cast, *days: tuple[int, str]) -> None:
    for number, day in days:
        cast.go(day)
        _quarter(cast, number)


def _quarter(cast: Cast, number: int) -> None:
    """Remark on everybody and sum up in every period of the quarter that has begun; nobody is left out."""
    quarter = f"{cast.year}Q{number}"
    place = f"/pledge/remarks/?organization_id={cast.branch_id}&period={_periods(cast, quarter)[-1]}"
    with cast.stage.diary.step(f"{cast.year}年第{'一二三四'[number - 1]}季度：梳理总结，逐一点评", place) as said:
        numbers = [_remark(cast, period) for period in _periods(cast, quarter)]
        said["note"] = f"{numbers[-1]}人，无一遗漏"


def _periods(cast: Cast, quarter: str) -> list[str]:
    """Give the periods of the scheme that begin in a quarter, up to today; without a rhythm the quarter itself."""
    beat = cast.say("supervision.rhythm")
    period, found = rhythm.of(rhythm.first_day(quarter), beat), []
    while rhythm.first_day(period) <= min(clock.today(), rhythm.last_day(quarter)):
        found.append(period)
        period = rhythm.following(period)
    return found


def _remark(cast: Cast, period: str) -> int:
    """Remark on all pledgers of a period and sum it up; give how many they are. Raises `Stuck`."""
    asked = {"organization_id": cast.branch_id, "period": period}
    lines = cast.secretary.get("/pledge/api/remarks", **asked)["lines"]
    for by in (cast.secretary, cast.deputy):
        told = [each for each in lines if cast.officer_beside(each["person_id"]) is by]
        remarks = [
            {"person_id": each["person_id"], "kind": "encourage", "text": words.REMARKS[place % 3]}
            for place, each in enumerate(told)
        ]
        by.post("/pledge/api/remarks", {**asked, "remarks": remarks})
    if lines:
        cast.secretary.post("/pledge/api/remarks/summaries", {**asked, "text": "本期承诺事项按计划推进。"})
    if left := [each for each in cast.secretary.get("/pledge/api/remarks", **asked)["lines"] if each["gap"]]:
        raise Stuck(f"还有{len(left)}人没有点评")
    return len(lines)


def _revise(cast: Cast) -> None:
    member = cast.ordinary()[5]
    pledge_id = cast.pledges[member.person_id]
    with cast.stage.diary.step("任务变化，一名党员修订承诺，重新审诺、公示", f"/pledge/pledges/{pledge_id}"):
        text = member.actor.get(f"{making.PLEDGES}/{pledge_id}")["versions"][0]
        items = [{**item, "content": f"{item['content']}（含新校区）"} for item in text["items"]]
        changed = {"headline": text["headline"], "items": items, "reason": "新校区启用，服务范围扩大。"}
        member.actor.post(f"{making.PLEDGES}/{pledge_id}", changed, method="PUT")
        member.actor.post(f"{making.PLEDGES}/{pledge_id}/submit")
        making.review(cast, pledge_id, member.person_id)
        making.publish(cast, cast.secretary, [pledge_id], cast.branch_id)


def _instant(cast: Cast) -> None:
    if "instant" not in cast.say("pledge.kinds"):
        return
    member = cast.ordinary()[6]
    with cast.stage.diary.step("迎接评估，一名党员提出即时承诺并完成", "/pledge/") as said:
        trigger = {"kind": "instant", "trigger": "task", "trigger_text": "专业认证进校考查"}
        text = {"headline": "6月底前整理完5年教学档案，做到一盒一目录"}
        cast.others["instant"] = pledge_id = making.make(member.actor, text, cast, **trigger)
        making.review(cast, pledge_id, member.person_id)
        making.publish(cast, cast.secretary, [pledge_id], cast.branch_id)
        report(member.actor, pledge_id, matters(member.actor, pledge_id)[0]["item_id"], "done")
        said["url"] = f"/pledge/pledges/{pledge_id}"


def _opinion(cast: Cast) -> None:
    pledge_id = cast.pledges[cast.ordinary()[3].person_id]
    with cast.stage.diary.step("群众对承诺提出意见，支部答复", f"/pledge/wall/pledges/{pledge_id}"):
        # What only the university is shown is spoken of by somebody of the university.
        public = cast.stage.public() if cast.say("pledge.scope") == "public" else cast.department
        given = public.post("/pledge/api/opinions", {"pledge_id": pledge_id, "text": "希望答疑安排在晚上，方便学生。"})
        cast.secretary.post(f"/pledge/api/opinions/{given['id']}/answer", {"answer": "已请其调整到晚上。"})
        if not public.post("/pledge/api/opinions/answer", {"code": given["code"]})["answer"]:
            raise Stuck("意见没有得到答复")


def _inspect(cast: Cast) -> None:
    with cast.stage.diary.step("党总支随机抽查履诺情况", "/pledge/inspections/") as said:
        facts = {"organization_id": cast.branch_id, "kind": "random", "title": "年中抽查", "year": cast.year}
        seen = cast.above.post(
            "/pledge/api/inspections", {**facts, "held_on": clock.today().isoformat(), "size": 5}
        )  # fmt: skip
        path = f"/pledge/api/inspections/{seen['id']}"
        follow_up = {"follow_up": "补齐记录", "follow_up_on": (clock.today() + timedelta(days=30)).isoformat()}
        drawn = cast.above.get(path)["drawn"]
        found = cast.above.post(
            f"{path}/observations", {"text": "一份承诺缺少记录", "pledge_id": drawn[0], **follow_up}
        )
        cast.secretary.post(f"/pledge/api/inspections/observations/{found['id']}/result", {"result": "已补齐。"})
        said["note"] = f"抽取{len(drawn)}份，种子公开"
        said["url"] = f"/pledge/inspections/{seen['id']}"
