"""Acting on a count: reading it, entering the winners, calling the re-vote that the scheme asks for."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.evaluation.award import commands as awards
from services.evaluation.election import commands, ranking, rules, store
from services.evaluation.election.domain import Election, ElectionState, Outcome
from shared import config
from shared.crypto import Vault
from shared.db import Connection
from shared.scheme import store as schemes

SOURCE_VOID = "所依据的投票已作废。"
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
        # Who came while papers were handed out counts too; an older ballot does not tell.
        ranking.Count(election.entitled, data["present"] or election.present, data["valid"], totals),
        scheme.ballot,
        places=election.places,
        leaders=election.leader_places,
        again=election.again,
    )
    election = _with_source(conn, replace(election, outcome=shown(outcome)), at)
    store.advance(conn, election)
    awards.enter(conn, election, scheme, outcome.winners)
    if outcome.tied and not election.annulled_at:
        vault = Vault(config.data_keys())
        places, leaders = outcome.tied_places, outcome.tied_leader_places
        commands.call_again(conn, vault, election, outcome.tied, places, leaders, scheme)


def annul(conn: Connection, tenant_id: UUID, election_id: UUID, at: datetime, data: dict[str, Any]) -> None:
    """Note that a ballot is void; awards that a count already made are stopped."""
    facts = {"annul_reason": data["reason"], "annul_statement": data["statement"]}
    election, new = commands.note(conn, tenant_id, election_id, ElectionState.ANNULLED, at, **facts)
    if new and election.counted_at:
        awards.annul(conn, election)
        _void_followers(conn, election, at)


def _with_source(conn: Connection, election: Election, at: datetime) -> Election:
    """Give a counted re-vote or second round as void when the count that it completes was annulled before."""
    if not election.completes or election.annulled_at:
        return election
    chain = store.list_of_meeting(conn, election.tenant_id, election.meeting_id)
    return _void(election, at) if rules.voids(chain, election) else election


def _void_followers(conn: Connection, election: Election, at: datetime) -> None:
    """Void the votes that were counted on the strength of a count that is annulled now, and what follows from them."""
    chain = store.list_of_meeting(conn, election.tenant_id, election.meeting_id)
    for place, one in enumerate(chain):
        if one.counted_at and not one.annulled_at and rules.voids(chain, one):
            chain[place] = void = _void(one, at)
            store.advance(conn, void)
            awards.annul(conn, void)


def _void(election: Election, at: datetime) -> Election:
    return replace(
        election, state=ElectionState.ANNULLED, annulled_at=at, annul_reason="decision", annul_statement=SOURCE_VOID
    )


def shown(outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as it is kept: no votes."""
    return {
        "winners": [str(one) for one in outcome.winners],
        "tied": [str(one) for one in outcome.tied],
        "tied_places": outcome.tied_places,
        "empty": outcome.empty,
        "notes": list(outcome.notes),
        "short": outcome.short,
        "below": [str(one) for one in outcome.below],
    }


def winners(election: Election) -> list[UUID]:
    """Give who a count elected."""
    return [UUID(one) for one in (election.outcome or {}).get("winners", [])]
