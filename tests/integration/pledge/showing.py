"""Pledges brought as far as the review or the wall through the doors, for tests of what follows."""

from typing import Any
from uuid import UUID

from shared import clock
from tests.integration.pledge.writing import YEAR, submitted
from tests.services import Service

CHECKLIST = ["符合科学发展观要求", "体现先进性", "体现岗位职责特点", "符合群众意愿"]


def verdict(**changes: Any) -> dict[str, Any]:
    """Give a verdict that passes the first version at the branch."""
    return {"version": 1, "step": "branch", "passed": True, "met": CHECKLIST, **changes}


def returning(**changes: Any) -> dict[str, Any]:
    """Give a verdict that sends the first version back."""
    return verdict(passed=False, met=CHECKLIST[:1], advice="请写明每月几次、帮助几人。", **changes)


def decide(service: Service, by: UUID, pledge_id: str, /, **given: Any) -> Any:
    """Give the answer to a verdict."""
    return service.client(by).post(f"/pledge/api/pledges/{pledge_id}/reviews", json=given or verdict())


def approved(service: Service, pledger: UUID, reviewer: UUID, /, **changes: Any) -> str:
    """Bring a pledge through the review; give its id."""
    pledge_id = submitted(service, pledger, **changes)
    answer = decide(service, reviewer, pledge_id)
    assert answer.status_code == 201, answer.json
    return pledge_id


def showing(*pledge_ids: str, **changes: Any) -> dict[str, Any]:
    """Give the record of a showing on the notice board, today, to everybody."""
    facts = {"channel": "党务公开栏", "scope": "public", "published_on": clock.today().isoformat(),
             "place": "行政楼一楼党务公开栏", "evidence": "照片2张"}  # fmt: skip
    return {"pledge_ids": list(pledge_ids), **facts, **changes}


def show(service: Service, by: UUID, /, *pledge_ids: str, **changes: Any) -> Any:
    """Give the answer to the record of a showing."""
    return service.client(by).post("/pledge/api/publications", json=showing(*pledge_ids, **changes))


def published(service: Service, pledger: UUID, officer: UUID, /, scope: str = "public", **changes: Any) -> str:
    """Bring a pledge onto the wall; give its id."""
    pledge_id = approved(service, pledger, officer, **changes)
    answer = show(service, officer, pledge_id, scope=scope)
    assert answer.status_code == 201, answer.json
    return pledge_id


def wall(service: Service, organization_id: UUID, by: UUID | None = None, **query: Any) -> dict[str, Any]:
    """Read a page of the wall."""
    answer = service.client(by).get(f"/pledge/api/wall/{organization_id}", query_string={"year": YEAR, **query})
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})
