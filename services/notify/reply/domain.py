"""What a reply is; question and answer are encrypted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Reply:
    """What the winner is asked about one objection, and the answer once it was given."""

    tenant_id: UUID
    objection_id: UUID
    person_id: UUID
    facts: bytes
    """the handler's account of what is said: never the objection, whose words may give away who wrote it"""
    asked_by: UUID
    asked_at: datetime
    reply_until_on: date
    text: bytes | None
    replied_at: datetime | None
