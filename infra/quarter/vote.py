"""Act two: the ballot by phone, on paper or both; a member found ineligible meanwhile; what the system then does."""

from typing import Any
from uuid import UUID

from infra.quarter import calling, electors, paper
from infra.quarter.electors import Choice, Voting
from infra.quarter.stage import Stage, Stuck
from shared.voting import credential


def play(stage: Stage, voting: Voting = electors.vote) -> None:
    """Call, open, oust one candidate, vote, close, count; wait until every winner is verified or withheld."""
    ballot = calling.call(stage)
    calling.await_key(stage)
    papers = _open(stage, ballot)
    winners = _favoured(stage, ballot)
    _oust(stage, winners[-1])
    choices = [] if stage.channel == "paper" else electors.plan(stage, winners)
    if choices:
        _vote(stage, choices, voting)
    _close(stage, ballot, papers)
    if papers:
        paper.count(stage, ballot, winners, papers)
    if choices:
        _decrypted(stage, ballot, electors.named(choices) + paper.named(winners, papers))
    _verified(stage, len(winners))


def _page(stage: Stage) -> str:
    return f"/ballot/ballots/{stage.ballot_id}"


def _open(stage: Stage, ballot: dict[str, Any]) -> int:
    """Let a teller begin; give how many papers were handed out."""
    first, _ = calling.tellers_of(stage, ballot)
    present = ballot["expected"]
    papers = present if stage.channel == "paper" else ballot["paper_electors"]
    name = "监票人清点人数、分发选票" if papers else "监票人清点人数，开始电子投票"
    with stage.diary.step(name, _page(stage)) as said:
        first.post(f"/ballot/api/ballots/{stage.ballot_id}/open", {"present": present, "issued": papers})
        if papers:
            stage.diary.document(f"{_page(stage)}/paper.pdf")
        said["note"] = f"实到{present}人，电子投票{ballot['electronic']}人，发出选票{papers}张"
    return int(papers)


def _favoured(stage: Stage, ballot: dict[str, Any]) -> list[str]:
    """Choose whom the branch will elect: ordinary members, for the committee must sit in judgment on one of them."""
    apart = {stage.role("secretary").id, *calling.committee(stage)}
    ordinary = [each["person_id"] for each in ballot["candidates"] if each["person_id"] not in apart]
    at_hand = [person_id for person_id in ordinary if stage.person(person_id)]
    if len(at_hand) < ballot["places"]:
        raise Stuck("候选人中有账号的普通党员不够")
    # Whose deed refers to a pledge is elected first; the last of them will be found ineligible.
    return sorted(at_hand, key=lambda person_id: person_id not in stage.cited)[: ballot["places"]]


def _vote(stage: Stage, choices: list[Choice], voting: Voting) -> None:
    with stage.diary.step("党员各用自己的手机加密投票，一人改投", f"/ballot/boards/{stage.ballot_id}") as said:
        voting(stage, choices)
        said["note"] = f"{len(choices)}人，选票已全部核验入箱"


def _close(stage: Stage, ballot: dict[str, Any], papers: int) -> None:
    first, _ = calling.tellers_of(stage, ballot)
    path = f"/ballot/api/ballots/{stage.ballot_id}"
    with stage.diary.step("收回选票，关闭票箱" if papers else "关闭票箱", _page(stage)) as said:
        progress = first.get(path)["progress"]
        absent = ballot["electronic"] - progress["received"] if progress else 0
        explanation = f"{absent}人没有投票。" if absent else ""
        first.post(f"{path}/close", {"returned": papers, "explanation": explanation})
        said["note"] = explanation or f"收回{papers}张" * bool(papers)


def _decrypted(stage: Stage, ballot: dict[str, Any], expected: dict[str, int]) -> None:
    """Wait for the count by at least two seats; what they give must be what was voted."""
    first, _ = calling.tellers_of(stage, ballot)
    board = f"/ballot/boards/{stage.ballot_id}"
    with stage.diary.step("计票密钥持有者核验票箱、共同解密总数", board) as said:

        def counted() -> Any:
            found = first.get(f"/ballot/api/ballots/{stage.ballot_id}")
            return found if found["state"] == "counted" else None

        found = stage.wait("解密计票", counted)
        votes = {each["person_id"]: each["votes"] for each in found["candidates"]}
        if any(votes[person_id] != expected.get(person_id, 0) for person_id in votes):
            raise Stuck("计票结果与所投的票不符")
        stage.diary.document(board)
        stage.diary.document(f"{board}/{credential.election_uuid(UUID(stage.ballot_id))}.bel")
        stage.diary.document(f"{_page(stage)}/count.pdf")
        said["note"] = f"电子选票{found['tallied']}张，其中弃权{found['blank']}张"


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
        said["note"] = f"{len(awards) - 1}人通过，1人未通过"
