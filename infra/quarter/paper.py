"""The papers of a ballot: one teller counts them, the other confirms the count."""

from collections import Counter
from typing import Any

from infra.quarter import calling
from infra.quarter.stage import Stage

FEW = 3
"""Among fewer papers than these there is neither a blank one nor an invalid one."""


def named(winners: list[str], papers: int) -> Counter[str]:
    """Count how many papers name each person: all of them the winners, but for a blank and an invalid one."""
    return Counter(dict.fromkeys(winners, papers if papers < FEW else papers - 2))


def count(stage: Stage, ballot: dict[str, Any], winners: list[str], papers: int) -> None:
    """Enter the sheet and confirm it."""
    first, second = calling.tellers_of(stage, ballot)
    path, page = f"/ballot/api/ballots/{stage.ballot_id}", f"/ballot/ballots/{stage.ballot_id}"

    def closed() -> bool:
        return bool(first.get(path)["state"] == "closed")

    # Electronic ballots are sealed first.
    stage.wait("封存电子票箱", closed)
    with stage.diary.step("计票人录入、另一监票人核对无误", page) as said:
        sheet = _sheet(ballot, winners, papers)
        first.post(f"{path}/count", sheet)
        second.post(f"{path}/confirm")
        if stage.channel == "paper":
            stage.diary.document(f"{page}/count.pdf")
        said["note"] = f"有效 {sheet['valid']}，无效 {sheet['invalid']}，弃权 {sheet['abstained']}"


def _sheet(ballot: dict[str, Any], winners: list[str], papers: int) -> dict[str, Any]:
    odd = int(papers >= FEW)
    votes = named(winners, papers)
    totals = [{"person_id": each["person_id"], "votes": votes[each["person_id"]]} for each in ballot["candidates"]]
    return {"valid": papers - odd, "invalid": odd, "abstained": odd, "totals": totals}
