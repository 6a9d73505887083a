"""What a branch does about places that too few passed for: a second round, or fewer places (requirements 2.1)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import commands, shortage, store
from services.evaluation.election.domain import Election, ElectionState, Standing
from services.evaluation.election.shortage import REDUCE, SECOND_ROUND, Shortage
from services.evaluation.eligibility import commands as eligibility
from services.evaluation.meeting.domain import Meeting
from services.evaluation.roll import commands as rolls
from shared import clock
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.scheme import Scheme


@dataclass(frozen=True)
class Offer:
    """What a branch may do about the places that are left, as the page shows it."""

    kind: str
    places: int
    standing: Sequence[Standing]


def offer(conn: Connection, meeting: Meeting, scheme: Scheme, chain: Sequence[Election]) -> Offer | None:
    """Give what the scheme offers for the places of a meeting that too few passed for; none where there is nothing."""
    found, kind = shortage.offered(meeting, scheme, chain), scheme.ballot.shortfall
    if found is None:
        return None
    standing = _standing(conn, meeting, scheme, found) if kind == SECOND_ROUND else []
    return Offer(kind, min(found.places, len(standing)) if standing else found.places, standing)


def call_second(conn: Connection, viewer: Viewer, vault: Vault, meeting_id: UUID) -> Election:
    """Call the one second round for the places left, among those who did not pass, by the same threshold.

    Electors, their channels and the tellers stay, with new credentials; who is no longer fit does not stand.
    Raises `NoSecondRound` with all obstacles.
    """
    meeting = eligibility.access(conn, viewer, permissions.CALL_BALLOT, meeting_id)
    scheme = eligibility.scheme_of(conn, meeting)
    found, chain = _held(conn, meeting)
    wrong = shortage.obstacles(meeting, scheme, SECOND_ROUND, found)
    standing = _standing(conn, meeting, scheme, found) if found else []
    if found is None or wrong or not standing:
        raise shortage.NoSecondRound(details=wrong or ["没有候选人。"])
    places = min(found.places, len(standing))
    store.advance(conn, shortage.moved_on(found, places, by=viewer.id, at=clock.now()))
    second = _second(found, chain[-1], standing, places, viewer.id)
    return commands.announce(conn, vault, second, rolls.ways_of(conn, found.source), scheme)


def _second(found: Shortage, last: Election, standing: Sequence[Standing], places: int, by: UUID) -> Election:
    source, names = found.source, {one.person_id for one in standing}
    people = [row for row in source.candidates if UUID(row["person_id"]) in names]
    line = f"{source.calculation}；当选{found.elected}名，另行选举，取{places}名"
    return Election(
        source.tenant_id, uuid.uuid5(source.id, "second"), source.meeting_id, source.organization_id, source.period,
        last.id, "second", f"{source.title}（另行选举）", source.channel, ElectionState.CALLED, people, places,
        source.base, line, found.leaders, False, source.entitled, source.present, source.tellers, source.declined, "",
        source.scheme_id, source.scheme_version, by, clock.now(), second=True,
    )  # fmt: skip


def reduce(conn: Connection, viewer: Viewer, meeting_id: UUID, agreed: int, reason: str) -> Election:
    """Record that more than half of those entitled agreed to as many places as were filled, and why.

    Raises `CannotReduce` with all obstacles.
    """
    meeting = eligibility.access(conn, viewer, permissions.CALL_BALLOT, meeting_id)
    scheme = eligibility.scheme_of(conn, meeting)
    found, _ = _held(conn, meeting)
    wrong = shortage.obstacles(meeting, scheme, REDUCE, found)
    wrong += shortage.agreement(found, agreed) if found else []
    if found is None or wrong:
        raise shortage.CannotReduce(details=wrong)
    election = shortage.reduced(found, agreed, reason, by=viewer.id, at=clock.now())
    store.advance(conn, election)
    return election


def _held(conn: Connection, meeting: Meeting) -> tuple[Shortage | None, list[Election]]:
    """Give the shortage of a meeting with its source locked, so that nothing becomes void meanwhile."""
    found = shortage.of(store.list_of_meeting(conn, meeting.tenant_id, meeting.id))
    if found is not None:
        store.get(conn, meeting.tenant_id, found.source.id)
    chain = store.list_of_meeting(conn, meeting.tenant_id, meeting.id)
    return shortage.of(chain), chain


def _standing(conn: Connection, meeting: Meeting, scheme: Scheme, found: Shortage) -> list[Standing]:
    """Give who stands: nothing keeps them away today; what is only proposed is decided after the count (R-134)."""
    people: dict[UUID, Any] = directory.list_named(conn, meeting.tenant_id, found.source.below)
    reviewed = eligibility.review_again(conn, meeting, scheme, list(people.values()), [clock.today()])
    return found.standing({one.person.id for one in reviewed if not any(each.blocks for each in one.obstacles)})
