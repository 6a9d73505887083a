"""A branch of eight in whose vote fewer pass than there are places, and what is then read of it."""

from collections.abc import Callable
from typing import Any

from tests.integration.evaluation.electronic import ElectronicVoting
from tests.services import Service
from tests.university import University, uid

Make = Callable[[str], ElectronicVoting]


def maker(service: Callable[[str], Service], university: University) -> Make:
    """Give a maker of a branch with two places, and with what its scheme does where too few pass."""

    def make(shortfall: str) -> ElectronicVoting:
        university.settings |= {"ballot.ratio": "1/4", "ballot.shortfall": shortfall}
        return ElectronicVoting(service("evaluation"))

    return make


def short(branch: ElectronicVoting) -> ElectronicVoting:
    """Let one pass where two could, with four and three votes behind."""
    branch.called()
    branch.counted({"T003": 7, "T004": 4, "T001": 3})
    return branch


def second(branch: ElectronicVoting) -> str:
    ballot_id: str = branch.act("second-round", status=201).json["ballot_id"]
    return ballot_id


def ballots(branch: ElectronicVoting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = branch.get("T001", f"meetings/{branch.meeting_id}/ballot").json
    return found


def page(branch: ElectronicVoting, what: str = "ballot", who: str = "T001") -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/meetings/{branch.meeting_id}/{what}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
