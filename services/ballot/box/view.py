"""What the booth is told of a box, the same for everybody: nothing here looks at who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.ballot.ballot import store as ballots
from services.ballot.ballot.commands import scheme_of
from services.ballot.ballot.domain import Candidate, Purpose, State
from services.ballot.box import facts, rules, store
from services.ballot.box.opening import uuid_of
from services.ballot.grading import store as gradings
from services.ballot.grading.domain import Asked
from shared.db import Connection
from shared.directory import store as directory

REGISTERS = {
    Purpose.ELECTION: "/evaluation/api/ballots/{}/credential",
    Purpose.GRADING: "/pledge/api/gradings/{}/credential",
}
"""Who called a ballot knows its electors."""


@dataclass(frozen=True)
class View:
    """A box as everybody may see it."""

    state: State
    title: str
    organization: str
    kind: Purpose
    register: str
    """where an elector asks for the own credential"""
    candidates: list[Candidate]
    questions: list[Asked]
    """of a grading; of them everybody is told the places and the grades, not who is meant"""
    choices: int
    exactly: bool
    election: str | None
    uuid: str
    roll: str | None
    """mark of the credentials, once it is open"""
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
        kind=ballot.purpose,
        register=REGISTERS[ballot.purpose].format(ballot.id),
        candidates=ballots.list_candidates(conn, ballot.tenant_id, ballot.id),
        questions=gradings.list_of(conn, ballot.tenant_id, ballot.id) if ballot.is_grading else [],
        choices=ballot.choices,
        exactly=scheme_of(conn, ballot).ballot.exactly,
        election=box.election,
        uuid=uuid_of(ballot.id),
        roll=facts.of(conn, ballot_id).roll if box.election else None,
        closes_at=ballot.closes_at,
        secure=rules.is_secure(base_url),
    )
