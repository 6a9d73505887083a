"""Pledges made through the doors, for tests of what follows."""

from typing import Any
from uuid import UUID

from shared import clock
from tests.services import Service

YEAR = clock.today().year
HEADLINE = "每月走访学生寝室2次，年底前帮助3名困难学生"


def text(headline: str = HEADLINE, **changes: Any) -> dict[str, Any]:
    """Give the words of a pledge."""
    return {"headline": headline, "items": [{"content": "每周为考研学生答疑1次", "due_on": f"{YEAR}-12-31"}], **changes}


def make(service: Service, by: UUID, /, **changes: Any) -> str:
    """Make a draft as somebody; give its id."""
    answer = service.client(by).post("/pledge/api/pledges", json={"text": text(), "year": YEAR, **changes})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def submitted(service: Service, by: UUID, /, **changes: Any) -> str:
    """Make a pledge and hand it in; give its id."""
    pledge_id = make(service, by, **changes)
    answer = service.client(by).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert answer.status_code == 200, answer.json
    return pledge_id
