"""Hearing the call of a grading, writing its election, and letting its count stand."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.ballot.ballot import store as ballots
from services.ballot.ballot.domain import Ballot, Channel, Purpose, State
from services.ballot.grading import rules, store, telling
from services.ballot.grading.domain import Asked
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election
from shared import clock
from shared.db import Connection
from shared.voting.credential import election_uuid

DESCRIPTION = "电子测评：每项选一个等次，也可以不表态"


def call(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> Ballot | None:
    """Enter a grading as `grading.called` tells it; none where it was heard before. Raises `BallotCannotBeCalled`."""
    asked = [Asked(place=place, **each) for place, each in enumerate(facts["questions"], 1)]
    rules.check_call(facts["tellers"], asked, facts["credentials"])
    ballot = _called(tenant_id, facts)
    if not ballots.add(conn, ballot, []):
        return None
    store.add(conn, tenant_id, ballot.id, asked)
    return ballot


def _called(tenant_id: UUID, facts: dict[str, Any]) -> Ballot:
    same = (
        "assessment_id", "organization_id", "title", "period", "tellers", "scheme_id", "scheme_version",
        "secrecy_minimum", "closes_at",
    )  # fmt: skip
    electors = len(facts["credentials"])
    return Ballot(
        tenant_id=tenant_id,
        id=facts["ballot_id"],
        follows_id=None,
        call_reason="grading",
        meeting_id=None,
        purpose=Purpose.GRADING,
        channel=Channel.ELECTRONIC,
        places=1,
        choices=1,
        calculation=DESCRIPTION,
        entitled=electors,
        expected=electors,
        electronic=electors,
        state=State.CALLED,
        called_at=clock.now(),
        **{name: facts[name] for name in same},
    )


def election_of(conn: Connection, ballot: Ballot, public_key: int) -> Election:
    """Write the election of a grading: questions by place, one grade each or none."""
    asked = store.list_of(conn, ballot.tenant_id, ballot.id)
    return elections.make(
        election_uuid(ballot.id), ballot.title, ballot.calculation, public_key, rules.questions(asked)
    )


def stand(conn: Connection, ballot: Ballot, result: Sequence[Sequence[int]]) -> None:
    """Let the count of a counted ballot stand, and tell it. Raises `ResultImpossible`."""
    asked = rules.counted(store.list_of(conn, ballot.tenant_id, ballot.id), ballot.tallied or 0, result)
    store.save(conn, ballot.tenant_id, ballot.id, asked)
    ballots.save(conn, ballot)
    telling.tell_counted(conn, ballot, asked)
