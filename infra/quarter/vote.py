"""Act two: the ballot on paper, a member who becomes ineligible meanwhile, and what the system then does by itself."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck


def play(stage: Stage) -> None:
    """Call, open, oust one candidate, close, count, confirm; wait until every winner is verified or withheld."""
    _call(stage)
    ballot = _ballot(stage)
    first, second = _tellers(stage)
    page = f"/ballot/ballots/{stage.ballot_id}"
    present = ballot["expected"]
    with stage.diary.step("监票人清点人数、分发选票", page) as said:
        first.post(f"/ballot/api/ballots/{stage.ballot_id}/open", {"present": present, "issued": present})
        stage.diary.document(f"{page}/paper.pdf")
        said["note"] = f"实到 {present} 人，发出选票 {present} 张"
    winners = _favoured(stage, ballot)
    _oust(stage, winners[-1])
    with stage.diary.step("收回选票，关闭票箱", page) as said:
        first.post(f"/ballot/api/ballots/{stage.ballot_id}/close", {"returned": present})
        said["note"] = f"收回 {present} 张"
    with stage.diary.step("计票人录入、另一监票人核对无误", page) as said:
        count = _count(ballot, winners, present)
        first.post(f"/ballot/api/ballots/{stage.ballot_id}/count", count)
        second.post(f"/ballot/api/ballots/{stage.ballot_id}/confirm")
        stage.diary.document(f"{page}/count.pdf")
        said["note"] = f"有效 {count['valid']}，无效 {count['invalid']}，弃权 {count['abstained']}"
    _verified(stage, len(winners))


def _call(stage: Stage) -> None:
    secretary = stage.role("secretary")
    path = f"/evaluation/api/meetings/{stage.meeting_id}"
    with stage.diary.step("核定资格和名额，提交无记名投票", f"/evaluation/meetings/{stage.meeting_id}/ballot") as said:
        _decide_proposals(stage, secretary)
        tellers = _choose_tellers(stage)
        called = secretary.post(f"{path}/ballot", {"tellers": tellers, "declined": tellers, "channel": "paper"})
        stage.ballot_id = called["ballot_id"]
        stage.diary.content["ballot_id"] = stage.ballot_id
        said["note"] = called["calculation"]


def _decide_proposals(stage: Stage, secretary: Actor) -> None:
    """The system proposes who falls under conditions 8 and 9; the branch decides on each."""
    path = f"/evaluation/api/meetings/{stage.meeting_id}/eligibility"
    decisions = [
        {
            "person_id": member["person_id"],
            "code": obstacle["code"],
            "confirmed": True,
            "reason": "支委会研究，情况属实。",
        }
        for member in secretary.get(path)
        for obstacle in member["obstacles"]
        if obstacle["weight"] == "proposed" and obstacle["confirmed"] is None
    ]
    if decisions:
        secretary.post(path, {"decisions": decisions})


def _choose_tellers(stage: Stage) -> list[str]:
    """Two members who are present and have declared that they do not stand; neither is the secretary."""
    secretary = stage.role("secretary")
    own = {account.get("person_id") for account in stage.accounts}
    fit = [
        key
        for key, each in stage.people.items()
        if each["presence"] == "present" and key in own and key not in {secretary.id, *_committee(stage)}
    ]
    if len(fit) < 2:
        raise Stuck("支部里没有两名可担任监票人的党员")
    return fit[-2:]


def _committee(stage: Stage) -> set[str]:
    return {str(a.get("person_id")) for a in stage.accounts if a["role"] in {"committee_member", "deputy_secretary"}}


def _tellers(stage: Stage) -> tuple[Actor, Actor]:
    found = [stage.person(each["person_id"]) for each in _ballot(stage)["tellers"]]
    first, second = found
    if first is None or second is None:
        raise Stuck("监票人没有账号")
    return first, second


def _ballot(stage: Stage) -> dict[str, Any]:
    """Wait until the ballot service has heard of the ballot, and give it."""
    secretary = stage.role("secretary")

    def heard() -> Any:
        listed = secretary.get("/ballot/api/ballots", organization_id=stage.organization_id)
        return [each for each in listed if each["id"] == stage.ballot_id]

    stage.wait("收到投票的通知", heard)
    found: dict[str, Any] = secretary.get(f"/ballot/api/ballots/{stage.ballot_id}")
    return found


def _favoured(stage: Stage, ballot: dict[str, Any]) -> list[str]:
    """Choose whom the branch will elect: ordinary members, for the committee must sit in judgment on one of them."""
    apart = {stage.role("secretary").id, *_committee(stage)}
    ordinary = [each["person_id"] for each in ballot["candidates"] if each["person_id"] not in apart]
    at_hand = [person_id for person_id in ordinary if stage.person(person_id)]
    if len(at_hand) < ballot["places"]:
        raise Stuck("候选人中有账号的普通党员不够")
    return at_hand[: ballot["places"]]


def _count(ballot: dict[str, Any], winners: list[str], present: int) -> dict[str, Any]:
    """Everybody names the winners, but for one blank paper and one with too many names."""
    valid = present - 1
    named = valid - 1
    totals = [
        {"person_id": each["person_id"], "votes": named if each["person_id"] in winners else 0}
        for each in ballot["candidates"]
    ]
    return {"valid": valid, "invalid": 1, "abstained": 1, "totals": totals}


def _oust(stage: Stage, person_id: str) -> None:
    """Between ballot and verification the branch establishes a finding about one candidate, after a hearing."""
    stage.ousted_id = person_id
    secretary = stage.role("secretary")
    member = stage.person(person_id)
    if member is None:
        raise Stuck("被认定的党员没有账号，不能申辩")
    with stage.diary.step("投票期间支委会认定一名党员有不能评选的情形（先听取申辩）", "/evaluation/findings/") as said:
        finding = secretary.post(
            "/evaluation/api/findings",
            {
                "person_id": person_id,
                "condition": 6,
                "facts": "本季度两次未按时完成教学检查任务。",
                "meeting_id": stage.meeting_id,
            },
        )
        path = f"/evaluation/api/findings/{finding['id']}"
        said["url"] = f"/evaluation/findings/{finding['id']}"
        secretary.post(f"{path}/hearing")
        member.post(f"{path}/reply", {"text": "情况属实，今后改进。"})
        participants = [secretary.id, stage.role("committee_member").id]
        secretary.post(
            f"{path}/decision",
            {"established": True, "statement": "情况属实，本季度不参加评选。", "participants": participants},
        )


def _verified(stage: Stage, places: int) -> None:
    secretary = stage.role("secretary")
    with stage.diary.step("系统再次核验资格", f"/evaluation/ballots/{stage.ballot_id}/path") as said:

        def settled() -> Any:
            awards = secretary.get("/evaluation/api/awards", organization_id=stage.organization_id, period=stage.period)
            mine = [each for each in awards if each["ballot_id"] == stage.ballot_id]
            done = len(mine) >= places and all(each["state"] != "elected" for each in mine)
            return mine if done else None

        awards = stage.wait("核验资格", settled)
        withheld = [each for each in awards if each["state"] == "withheld"]
        if [each["person_id"] for each in withheld] != [stage.ousted_id]:
            raise Stuck("应有且只有一人因情形未通过核验")
        stage.diary.content["award_ids"] = [each["award_id"] for each in awards if each["state"] != "withheld"]
        said["note"] = f"{len(awards) - 1} 人通过，1 人未通过"
