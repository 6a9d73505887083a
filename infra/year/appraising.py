"""The end of the year: 评诺 by every source of the scheme, of people and of organisations, until nothing is open."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stuck
from infra.year import grading, keeping, words
from infra.year.cast import Cast, Member

ASSESSMENTS, APPRAISALS, FORMS = "/pledge/api/assessments", "/pledge/api/appraisals", "/pledge/api/forms"
INVITED = 8


def play(cast: Cast) -> None:
    """Appraise the instant pledge, then the year; leave no pledge without a final state."""
    if "instant" in cast.others and cast.say("appraisal.instant"):
        chosen = {"kind": "instant", "pledge_ids": [cast.others["instant"]]}
        _assess(cast, "即时承诺一事一评", _runner(cast), cast.branch_id, chosen)
    cast.go("12-20")
    _assess(cast, "党支部年度评诺", _runner(cast), cast.branch_id, {"kind": "yearly"})
    _assess(cast, "上级评党总支的承诺", cast.department, cast.general_id, {"kind": "yearly"})
    _ended(cast)


def _in_secret(cast: Cast) -> bool:
    """Say whether members' forms are a secret ballot."""
    return "peer" in cast.say("appraisal.sources") and bool(cast.say("appraisal.secret_ballot"))


def _runner(cast: Cast) -> Actor:
    return cast.secretary if cast.say("appraisal.appraiser") == "branch" else cast.above


def _assess(cast: Cast, name: str, by: Actor, organization_id: str, opening: dict[str, Any]) -> None:
    invited = INVITED if opening["kind"] == "yearly" else 0
    asked = {"organization_id": organization_id, "year": cast.year, "invited": invited, **opening}
    with cast.stage.diary.step(f"{name}：自评、互评和测评", "/pledge/assessments/") as said:
        assessment_id = by.post(ASSESSMENTS, asked)["id"]
        said["url"] = f"/pledge/assessments/{assessment_id}"
        rows = by.get(f"{ASSESSMENTS}/{assessment_id}")["rows"]
        _self(cast, rows)
        own = organization_id == cast.branch_id and opening["kind"] == "yearly"
        if own:
            _forms(cast, assessment_id)
            _received(cast, by, assessment_id)
            printed = "mass" if "mass" in cast.say("appraisal.sources") else "peer"
            cast.stage.diary.document(f"/pledge/forms/{assessment_id}/{printed}.pdf")
        said["note"] = f"{len(rows)}份承诺"
    graded = grading.play(cast, by, assessment_id) if own and _in_secret(cast) else None
    by.post(f"{ASSESSMENTS}/{assessment_id}/close-forms")
    if graded:
        grading.check(cast, by, rows, graded)
    with cast.stage.diary.step(f"{name}：逐份评定", f"/pledge/assessments/{assessment_id}") as said:
        said["note"] = "、".join(dict.fromkeys(_decide(cast, by, row) for row in rows))
        by.post(f"{ASSESSMENTS}/{assessment_id}/publish", {"scope": cast.say("appraisal.scope")})
        cast.stage.diary.document(f"/pledge/assessments/{assessment_id}/results.xlsx")


def _self(cast: Cast, rows: list[dict[str, Any]]) -> None:
    if "self" not in cast.say("appraisal.sources"):
        return
    members = {member.person_id: member for member in cast.members}

    def one(row: dict[str, Any]) -> None:
        member = members.get(row["person_id"])
        by = member.actor if member else cast.above
        items = keeping.matters(by, row["pledge_id"])
        said = {"matters": {item["item_id"]: "按计划完成，有记录。" for item in items}, "text": "基本兑现承诺。"}
        by.post(f"{APPRAISALS}/{row['id']}/self", {**said, **(member.entry if member else {})}, method="PUT")

    cast.at_once(one, rows)


def _received(cast: Cast, by: Actor, assessment_id: str) -> None:
    """As many forms are in as people handed in. Raises `Stuck`."""
    given = {"peer": sum(not member.on_paper for member in cast.members), "mass": INVITED}
    asked = set(cast.say("appraisal.sources")) - ({"peer"} if _in_secret(cast) else set())
    expected = {source: number for source, number in given.items() if source in asked}
    found = by.get(f"{ASSESSMENTS}/{assessment_id}")["answers"]
    if {source: found.get(source, 0) for source in expected} != expected:
        raise Stuck(f"交了{expected}份评议表，收到{found}份")


def _forms(cast: Cast, assessment_id: str) -> None:
    """Every member takes the one form and hands it in as nobody; each of the masses opens theirs by a slip."""
    sources = cast.say("appraisal.sources")
    slips = _runner(cast).get(f"{FORMS}/{assessment_id}/slips")["codes"] if "mass" in sources else []

    def answer(form: dict[str, Any], place: int) -> None:
        choices = {
            one["key"]: one["choices"][0 if place % 4 else min(1, len(one["choices"]) - 1)]
            for one in form["questions"] if one["choices"]
        }  # fmt: skip
        given = {"source": form["source"], "token": form["token"], "choices": choices, "text": ""}
        cast.stage.public().post(f"{FORMS}/{assessment_id}/answers", given)

    def peer(given: tuple[int, Member]) -> None:
        answer(given[1].actor.post(f"{FORMS}/{assessment_id}/take"), given[0])

    def mass(place: int) -> None:
        answer({**cast.stage.public().get(f"{FORMS}/{assessment_id}"), "token": slips[place]}, place)

    if "peer" in sources and not _in_secret(cast):
        cast.at_once(peer, enumerate(member for member in cast.members if not member.on_paper))
    if "mass" in sources:
        cast.at_once(mass, range(INVITED))


def _decide(cast: Cast, by: Actor, row: dict[str, Any]) -> str:
    """Comment and decide: never the own pledge, an organisation's from above."""
    judge = by
    if row["person_id"] is None:
        judge = cast.department if row["pledge_id"] == cast.others["general_branch"] else cast.above
    elif row["person_id"] == by.id:
        judge = cast.deputy if cast.say("appraisal.appraiser") == "branch" else cast.department
    path = f"{APPRAISALS}/{row['id']}"
    for source in ("organization", "leader"):
        if source in cast.say("appraisal.sources"):
            judge.post(f"{path}/comment", {"source": source, **words.COMMENT}, method="PUT")
    scale = cast.say("appraisal.scale")
    seen = judge.get(path)
    fell_short = seen["figures"]["done"] < seen["figures"]["total"]
    grade = scale[min(1, len(scale) - 1)] if scale and fell_short else seen["expected"] or (scale[0] if scale else "")
    judge.post(f"{path}/decide", {"grade": grade, "reason": "综合各方面意见评定。"})
    if row["person_id"] == keeping.failing(cast).person_id:
        cast.stage.diary.document(f"/pledge/appraisals/{row['id']}/sheet.docx")
        cast.stage.diary.document(f"/pledge/appraisals/{row['id']}/sheet.pdf")
    return grade


def _ended(cast: Cast) -> None:
    """Every pledge of the year has ended, and every matter has a result. Raises `Stuck`."""
    with cast.stage.diary.step("全部承诺有最终结果", f"/pledge/pledges/?year={cast.year}") as said:
        number = 0
        for organization_id, by in ((cast.branch_id, cast.secretary), (cast.general_id, cast.above)):
            asked = {"organization_id": organization_id, "year": str(cast.year)}
            pledges = by.get("/pledge/api/pledges", **asked)
            opens = [each["id"] for each in pledges if each["state"] not in {"closed", "withdrawn"}]
            lines = by.get("/pledge/api/supervision", **asked)["lines"]
            left = [each for line in lines for each in line["table"]["matters"] if not each["final"]]
            if opens or left or len(lines) != len(pledges):
                raise Stuck(f"还有{len(opens)}份承诺没有评定，{len(left)}项没有结果")
            number += len(pledges)
        expected = len(cast.pledges) + len(cast.others)
        if number != expected:
            raise Stuck(f"应有{expected}份承诺，查到{number}份")
        said["note"] = f"{number}份"
