"""Published pledges, for tests of what follows publication."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.pledge.pledge import store
from services.pledge.pledge.domain import VersionState
from shared import clock
from tests.integration.pledge.writing import make
from tests.services import Service
from tests.university import TENANT


def published(service: Service, by: UUID, /, *, at: datetime | None = None, **changes: Any) -> str:
    """Make a pledge and set it public at a moment, as 审诺 and 亮诺 do; give its id."""
    pledge_id = make(service, by, **changes)
    publish(service, pledge_id, at=at)
    return pledge_id


def publish(service: Service, pledge_id: str, *, at: datetime | None = None) -> None:
    """Set the newest version of a pledge public."""
    moment = at or clock.now()
    with service.connect() as conn:
        pledge = store.get(conn, TENANT, UUID(pledge_id))
        version = store.get_version(conn, pledge, pledge.version)
        store.save_version(conn, pledge, replace(version, state=VersionState.PUBLISHED, published_at=moment))
        if pledge.published_version is not None:
            store.set_state(conn, pledge, pledge.published_version, VersionState.SUPERSEDED)
        store.save(conn, replace(pledge, published_version=pledge.version, submitted_at=pledge.submitted_at or moment))


def matters(service: Service, by: UUID, pledge_id: str) -> list[dict[str, Any]]:
    """Give the matters of a pledge as the table shows them."""
    answer = service.client(by).get(f"/pledge/api/progress/{pledge_id}")
    assert answer.status_code == 200, answer.json
    table: dict[str, Any] = answer.get_json()
    return list(table["matters"])


def report(service: Service, by: UUID, pledge_id: str, item_id: str, state: str, **changes: Any) -> Any:
    """Report on a matter; give the answer."""
    body = {"item_id": item_id, "state": state, **changes}
    return service.client(by).post(f"/pledge/api/progress/{pledge_id}", json=body)
