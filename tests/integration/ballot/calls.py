"""Builders: a ballot called in the small university, and its tellers' clients."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from shared.events.evaluation import BallotCalled
from tests.services import Service
from tests.university import SCHEME, uid

BRANCH = "zjy/jin/jg"
CANDIDATES = {"尤文静": "T003", "毛建国": "T004", "仇大海": "T005"}
FIRST, SECOND = uid("T006"), uid("T007")
MEMBER, SECRETARY, SECRETARY_OF_OTHERS = uid("T008"), uid("T001"), uid("T021")
ABOVE, ABOVE_OTHERS, DEPARTMENT, CLERK = uid("T041"), uid("T054"), uid("T051"), uid("T042")


def facts(**changes: Any) -> dict[str, Any]:
    """Give the facts of `ballot.called`."""
    return {
        "ballot_id": uuid4(),
        "follows_id": None,
        "reason": "first",
        "meeting_id": uid("meeting"),
        "organization_id": uid(BRANCH),
        "title": "2013年第一季度“闪光言行之星”评选",
        "period": "2013Q1",
        "channel": "paper",
        "candidates": [{"person_id": uid(no), "name": name, "note": ""} for name, no in CANDIDATES.items()],
        "places": 2,
        "calculation": "13 × 15% = 1.95，四舍五入，取2名",
        "entitled": 13,
        "present": 12,
        "tellers": [FIRST, SECOND],
        "scheme_id": SCHEME,
        "scheme_version": 1,
        **changes,
    }


def sheet(*votes: int, valid: int = 11, invalid: int = 1, abstained: int = 1) -> dict[str, Any]:
    """Give a count sheet as the API takes it."""
    totals = [
        {"person_id": str(uid(no)), "votes": count}
        for no, count in zip(CANDIDATES.values(), votes or (9, 6, 3), strict=True)
    ]
    return {"valid": valid, "invalid": invalid, "abstained": abstained, "totals": totals}


@dataclass
class Called:
    """A called ballot and who acts on it."""

    service: Service
    id: UUID

    @property
    def url(self) -> str:
        """Give its address on the JSON side."""
        return f"/ballot/api/ballots/{self.id}"

    def post(self, who: UUID, act: str, **body: Any) -> Any:
        """Let somebody act; give the answer."""
        return self.service.client(who).post(f"{self.url}/{act}", json=body)

    def get(self, who: UUID) -> Any:
        """Let somebody look; give the answer."""
        return self.service.client(who).get(self.url)

    def state(self) -> str:
        """Give its state."""
        return str(self.get(FIRST).json["state"])

    def to(self, step: str) -> "Called":
        """Bring it as far as open, close, count or confirm."""
        acts: dict[str, Callable[[], Any]] = {
            "open": lambda: self.post(FIRST, "open", present=12, issued=12),
            "close": lambda: self.post(FIRST, "close", returned=12),
            "count": lambda: self.post(FIRST, "count", **sheet()),
            "confirm": lambda: self.post(SECOND, "confirm"),
        }
        for name, act in acts.items():
            assert act().status_code == 200
            if name == step:
                return self
        raise ValueError(step)


def call(service: Service, **changes: Any) -> Called:
    """Let the service hear of a ballot."""
    given = facts(**changes)
    service.hear(BallotCalled, **given)
    return Called(service, given["ballot_id"])
