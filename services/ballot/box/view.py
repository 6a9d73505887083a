"""What the booth is told of a box, the same for everybody: nothing here looks at who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.ballot.ballot import store as ballots
from services.ballot.ballot.commands import scheme_of
from services.ballot.ballot.domain import Candidate, State
from services.ballot.box import rules, store
from services.ballot.box.opening import uuid_of
from shared.db import Connection
from shared.directory import store as directory


@dataclass(frozen=True)
class View:
    """A box as everybody may see it."""

    state: State
    title: str
    organization: str
    candidates: list[Candidate]
    choices: int
    exactly: bool
    election: str | None
    uuid: str
    closes_at: datetime | None
    secure: bool


def show(conn: Connection, ballot_id: UUID, base_url: str) -> View:
    """Show a box. Raises `BoxNotFound`."""
    box = store.find(conn, ballot_id)
    ballot = ballots.read(conn, box.tenant_id, ballot_id)
    return View(
        state=ballot.state,
        title=ballot.title,
        organization=directory.get_organization(conn, ballot.tenant_id, ballot.organization_id).name,
        candidates=ballots.list_candidates(conn, ballot.tenant_id, ballot.id),
        choices=ballot.choices,
        exactly=scheme_of(conn, ballot).ballot.exactly,
        election=box.election,
        uuid=uuid_of(ballot.id),
        closes_at=ballot.closes_at,
        secure=rules.is_secure(base_url),
    )
