"""From the eligibility of the members to a ballot that the tellers can open: the call, its tellers, its key."""

from typing import Any

from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck

PAPERS_BESIDE_PHONES = 2
"""How many vote on paper where a ballot is held both ways."""


def call(stage: Stage) -> dict[str, Any]:
    """Call the ballot; give it as the ballot service knows it."""
    secretary = stage.role("secretary")
    path = f"/evaluation/api/meetings/{stage.meeting_id}"
    with stage.diary.step("核定资格和名额，提交无记名投票", f"/evaluation/meetings/{stage.meeting_id}/ballot") as said:
        _decide_proposals(stage, secretary)
        tellers = _choose_tellers(stage)
        if stage.channel == "mixed":
            stage.on_paper = _choose_papers(stage, tellers)
        wanted = {"channel": stage.channel, "paper_electors": stage.on_paper}
        called = secretary.post(f"{path}/ballot", {"tellers": tellers, "declined": tellers, **wanted})
        stage.ballot_id = called["ballot_id"]
        stage.diary.content["ballot_id"] = stage.ballot_id
        said["note"] = called["calculation"]
    return _heard(stage)


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


def _ordinary(stage: Stage) -> list[str]:
    """Give those who are present, have an account and hold no office."""
    own = {account.get("person_id") for account in stage.accounts}
    apart = {stage.role("secretary").id, *committee(stage)}
    present = [key for key, each in stage.people.items() if each["presence"] == "present"]
    return [key for key in present if key in own and key not in apart]


def committee(stage: Stage) -> set[str]:
    """Give who sits in the branch committee beside its secretary."""
    return {str(a.get("person_id")) for a in stage.accounts if a["role"] in {"committee_member", "deputy_secretary"}}


def _choose_tellers(stage: Stage) -> list[str]:
    """Two members who are present and have declared that they do not stand; neither holds an office."""
    fit = _ordinary(stage)
    if len(fit) < 2:
        raise Stuck("支部里没有两名可担任监票人的党员")
    return fit[-2:]


def _choose_papers(stage: Stage, tellers: list[str]) -> list[str]:
    return [key for key in _ordinary(stage) if key not in tellers][-PAPERS_BESIDE_PHONES:]


def tellers_of(stage: Stage, ballot: dict[str, Any]) -> tuple[Actor, Actor]:
    """Sign both tellers in."""
    first, second = [stage.person(each["person_id"]) for each in ballot["tellers"]]
    if first is None or second is None:
        raise Stuck("监票人没有账号")
    return first, second


def _heard(stage: Stage) -> dict[str, Any]:
    """Wait until the ballot service has heard of the ballot, and give it."""
    secretary = stage.role("secretary")

    def heard() -> Any:
        listed = secretary.get("/ballot/api/ballots", organization_id=stage.organization_id)
        return [each for each in listed if each["id"] == stage.ballot_id]

    stage.wait("收到投票的通知", heard)
    found: dict[str, Any] = secretary.get(f"/ballot/api/ballots/{stage.ballot_id}")
    return found


def await_key(stage: Stage) -> None:
    """Wait until the trustees have made the key of the quarter, if it is not there yet."""
    if stage.channel == "paper":
        return
    secretary = stage.role("secretary")
    with stage.diary.step("计票密钥持有者共同生成计票密钥", f"/ballot/ballots/{stage.ballot_id}") as said:

        def ready() -> Any:
            progress = secretary.get(f"/ballot/api/ballots/{stage.ballot_id}")["progress"]
            return progress if progress["key_ready"] else None

        said["note"] = f"须有{stage.wait('生成计票密钥', ready)['needed']}席才能解密"
