"""The beginning of the year: 提诺, 审诺 with one return, 亮诺."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stuck
from infra.year import words
from infra.year.cast import Cast, Member
from shared import clock

PLEDGES = "/pledge/api/pledges"


def play(cast: Cast) -> None:
    """Make everybody's pledges, review and show them; until then nothing is missing in the coverage."""
    opens = cast.say("pledge.window_opens")
    cast.go(opens, year=cast.year - 1 if cast.say("pledge.window_before") else cast.year)
    _organizations(cast)
    excused = _excuse(cast)
    _members(cast, excused)
    _together(cast)
    _review(cast)
    cast.go(cast.plan.shown)
    _publish(cast)
    _covered(cast)


def make(by: Actor, text: dict[str, Any], cast: Cast, **rest: Any) -> str:
    """Write a pledge and hand it in; give its id."""
    pledge_id = str(by.post(PLEDGES, {"text": text, "year": cast.year, **rest})["id"])
    by.post(f"{PLEDGES}/{pledge_id}/submit")
    return pledge_id


def review(cast: Cast, pledge_id: str, person_id: str | None) -> None:
    """Pass a pledge at every step that the scheme has."""
    while (case := _case(cast.secretary, pledge_id))["step"]:
        by = _reviewer(cast, case["step"], person_id)
        by.post(f"{PLEDGES}/{pledge_id}/reviews", _verdict(by.get(f"{PLEDGES}/{pledge_id}/reviews")))


def publish(cast: Cast, by: Actor, pledge_ids: list[str], organization_id: str) -> None:
    """Record that pledges were shown, by the first channel and to the widest circle that the scheme has."""
    record = {
        "pledge_ids": pledge_ids, "channel": cast.say("pledge.channels")[0], "scope": cast.say("pledge.scope"),
        "published_on": clock.today().isoformat(), "place": "行政楼一楼", "evidence": "会议记录1份、照片2张",
    }  # fmt: skip
    by.post("/pledge/api/publications", record)
    cast.stage.diary.document(f"/pledge/wall/{organization_id}?year={cast.year}")


def _organizations(cast: Cast) -> None:
    areas = cast.say("pledge.areas")
    text = words.pledge(0, cast.year, areas, cast.plan.due, consultation=words.CONSULTATION, goals="建设服务型党组织")
    with cast.stage.diary.step("党总支、党支部征求群众意见后提诺", "/pledge/") as said:
        for name, by, place in (
            ("general_branch", cast.above, cast.general_id),
            ("organization", cast.secretary, cast.branch_id),
        ):
            cast.others[name] = make(by, text, cast, form="organization", organization_id=place)
        said["url"] = f"/pledge/pledges/{cast.others['organization']}"


def _excuse(cast: Cast) -> list[Member]:
    """Where the scheme encourages the infirm to other work, one member does that instead of a pledge."""
    if "encouraged" not in cast.say("pledge.treatments"):
        return []
    member = cast.ordinary()[-1]
    with cast.stage.diary.step("鼓励一名党员做力所能及的工作", "/pledge/treatments/") as said:
        facts = {"kind": "encouraged", "reason": "长期病休", "work": "整理支部资料"}
        cast.secretary.post(
            "/pledge/api/treatments", {"person_id": member.person_id, "year": cast.year, **facts}
        )  # fmt: skip
        said["note"] = "不作书面承诺"
    return [member]


def _members(cast: Cast, excused: list[Member]) -> None:
    aspects, orally = cast.say("pledge.aspects"), "oral" in cast.say("pledge.treatments")
    pledging = [member for member in cast.members if member not in excused]

    def one(given: tuple[int, Member]) -> str:
        index, member = given
        text = words.pledge(index, cast.year, aspects, cast.plan.due)
        if member.person_id == _vague(cast).person_id:
            text["headline"] = words.VAGUE
        rest: dict[str, Any] = {"person_id": member.person_id, **member.entry}
        if member.on_paper and orally:
            rest["oral"] = {
                "recorded_by": cast.secretary.name, "recorded_on": clock.today().isoformat(),
                "recorded_place": "支部活动室", "witness": cast.deputy.name,
            }  # fmt: skip
        return make(member.actor, text, cast, **rest)

    with cast.stage.diary.step("全体党员提诺，不便书写的由支部代录", f"/pledge/pledges/?year={cast.year}") as said:
        made = cast.at_once(one, enumerate(pledging))
        cast.pledges = dict(zip([member.person_id for member in pledging], made, strict=True))
        said["note"] = f"{len(made)}人，其中代录{sum(member.on_paper for member in pledging)}人"


def _together(cast: Cast) -> None:
    if "group" not in cast.say("pledge.forms"):
        return
    first, *others = cast.ordinary()[2:5]
    authors = [{"person_id": member.person_id, "name": member.name} for member in others]
    with cast.stage.diary.step("三名党员集体承诺", "/pledge/") as said:
        text = words.pledge(6, cast.year, cast.say("pledge.aspects"), cast.plan.due, authors=authors)
        cast.others["group"] = make(first.actor, text, cast, form="group")
        said["url"] = f"/pledge/pledges/{cast.others['group']}"


def _vague(cast: Cast) -> Member:
    return cast.ordinary()[1]


def _case(by: Actor, pledge_id: str) -> dict[str, Any]:
    found: dict[str, Any] = by.get(f"{PLEDGES}/{pledge_id}/reviews")
    return found


def _reviewer(cast: Cast, step: str, person_id: str | None) -> Actor:
    if step == "branch":
        return cast.officer_beside(person_id)
    return cast.department if person_id == cast.above.id else cast.above


def _verdict(case: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"version": case["version"], "step": case["step"], "passed": True, "met": case["checklist"], **changes}


def _review(cast: Cast) -> None:
    _return_one(cast)
    with cast.stage.diary.step("审诺：逐份对照标准", "/pledge/reviews/") as said:
        for person_id, pledge_id in cast.pledges.items():
            review(cast, pledge_id, person_id)
        if "group" in cast.others:
            review(cast, cast.others["group"], cast.ordinary()[2].person_id)
        said["note"] = f"{len(cast.pledges)}份"
    with cast.stage.diary.step("上级审党组织的承诺", "/pledge/reviews/"):
        for name, by in (("organization", cast.above), ("general_branch", cast.department)):
            by.post(f"{PLEDGES}/{cast.others[name]}/reviews", _verdict(_case(by, cast.others[name])))


def _return_one(cast: Cast) -> None:
    member = _vague(cast)
    pledge_id = cast.pledges[member.person_id]
    by = _reviewer(cast, cast.say("pledge.review_steps")[0], member.person_id)
    with cast.stage.diary.step("一份承诺不具体，退回指导修改", f"/pledge/pledges/{pledge_id}") as said:
        case = _case(by, pledge_id)
        advice = {"passed": False, "met": case["checklist"][:1], "advice": "请写明每月几次、帮助几人、何时完成。"}
        by.post(f"{PLEDGES}/{pledge_id}/reviews", _verdict(case, **advice))
        text = words.pledge(4, cast.year, cast.say("pledge.aspects"), cast.plan.due)
        member.actor.post(f"{PLEDGES}/{pledge_id}", text, method="PUT")
        member.actor.post(f"{PLEDGES}/{pledge_id}/submit")
        said["note"] = "本人已修改，再次提交"


def _publish(cast: Cast) -> None:
    with cast.stage.diary.step("亮诺：登记公示，承诺墙公开", f"/pledge/wall/{cast.branch_id}?year={cast.year}"):
        mine = [
            *cast.pledges.values(),
            *(cast.others[name] for name in ("organization", "group") if name in cast.others),
        ]
        publish(cast, cast.secretary, mine, cast.branch_id)
        publish(cast, cast.above, [cast.others["general_branch"]], cast.general_id)
        for place in ("print/a3.pdf", "print/a4.pdf", "print/card.pdf", "screen"):
            cast.stage.diary.document(f"/pledge/wall/{cast.branch_id}/{place}?year={cast.year}")


def _covered(cast: Cast) -> None:
    of_branch = f"?organization_id={cast.branch_id}&year={cast.year}"
    with cast.stage.diary.step("承诺全覆盖", f"/pledge/coverage/{of_branch}") as said:
        asked = {"organization_id": cast.branch_id, "year": str(cast.year)}
        total = cast.secretary.get("/pledge/api/coverage", **asked)["total"]
        if total["missing"]:
            raise Stuck(f"还有{total['missing']}名党员没有承诺")
        for kind in ("xlsx", "pdf"):
            cast.stage.diary.document(f"/pledge/pledges/ledger.{kind}{of_branch}")
        said["note"] = f"书面{total['pledged']}人，口头{total['oral']}人，鼓励办理{total['encouraged']}人"
