"""Acting on a count: reading it, entering the winners, calling the re-vote that the scheme asks for."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.evaluation.award import commands as awards
from services.evaluation.election import commands, ranking, store
from services.evaluation.election.domain import Election, ElectionState, Outcome
from shared.db import Connection
from shared.scheme import store as schemes

COUNTED = ("issued", "returned", "valid", "invalid", "abstained")


def count(conn: Connection, tenant_id: UUID, election_id: UUID, at: datetime, data: dict[str, Any]) -> None:
    """Read a count that stands: who won, who is voted on again, which places stay empty. The same count acts once."""
    numbers = {name: data[name] for name in COUNTED}
    election, new = commands.note(conn, tenant_id, election_id, ElectionState.COUNTED, at, **numbers)
    if not new:
        return
    totals = {row["person_id"]: row["votes"] for row in data["totals"]}
    store.save_totals(conn, tenant_id, election.id, totals)
    scheme = schemes.version(conn, tenant_id, election.scheme_id, election.scheme_version)
    outcome = ranking.read(
        election.standing(),
        ranking.Count(election.entitled, election.present, data["valid"], totals),
        scheme.ballot,
        places=election.places,
        leaders=election.leader_places,
        again=election.again,
    )
    election = replace(election, outcome=shown(outcome))
    store.advance(conn, election)
    awards.enter(conn, election, scheme, outcome.winners)
    if outcome.tied and not election.annulled_at:
        commands.call_again(conn, election, outcome.tied, outcome.tied_places, outcome.tied_leader_places)


def annul(conn: Connection, tenant_id: UUID, election_id: UUID, at: datetime, data: dict[str, Any]) -> None:
    """Note that a ballot is void; awards that a count already made are stopped."""
    facts = {"annul_reason": data["reason"], "annul_statement": data["statement"]}
    election, new = commands.note(conn, tenant_id, election_id, ElectionState.ANNULLED, at, **facts)
    if new and election.counted_at:
        awards.annul(conn, election)


def shown(outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as it is kept: no votes."""
    return {
        "winners": [str(one) for one in outcome.winners],
        "tied": [str(one) for one in outcome.tied],
        "tied_places": outcome.tied_places,
        "empty": outcome.empty,
        "notes": list(outcome.notes),
    }


def winners(election: Election) -> list[UUID]:
    """Give who a count elected."""
    return [UUID(one) for one in (election.outcome or {}).get("winners", [])]
