"""Findings as tests drive them: proposed, decided, established."""

from typing import Any

from tests.integration.evaluation.voting import Voting
from tests.university import uid

SECRET = "越级信访三次的经过"
DISCIPLINE = "T052"
ABOVE = "T041"
"""the secretary of the general branch"""


def propose(branch: Voting, condition: int = 6, *, who: str = "T001", about: str = "T003") -> Any:
    body = {"person_id": str(uid(about)), "condition": condition, "facts": SECRET, "evidence": "值班记录"}
    return branch.post(who, "findings", body)


def decision(**changes: Any) -> dict[str, Any]:
    people = [str(uid("T001")), "区小宁"]
    return {"established": True, "statement": "情况属实", "participants": people, **changes}


def established(branch: Voting, condition: int = 6, **changes: Any) -> str:
    finding = str(propose(branch, condition).json["id"])
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    branch.post("T003", f"findings/{finding}/reply", {"text": "当时在外地出差。"}, status=200)
    branch.post("T001", f"findings/{finding}/decision", decision(**changes), status=200)
    return finding
