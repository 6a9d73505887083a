"""What the tellers do with a paper ballot: hold it, apply the rule, save, tell."""

from collections.abc import Sequence
from uuid import UUID

from services.ballot import permissions
from services.ballot.ballot import store as ballots
from services.ballot.ballot.commands import access, scheme_of, tell_annulled
from services.ballot.ballot.domain import Ballot, State
from services.ballot.paper import rules, store
from services.ballot.paper.domain import Sheet, Tally
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.events.ballot import BallotClosed, BallotCounted, BallotOpened
from shared.messaging import tell


def _hold(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Ballot:
    ballot, _ = access(conn, viewer, permissions.COUNT_BALLOT, ballot_id, hold=True)
    rules.require_teller(ballot, viewer.id)
    return ballot


def open_(conn: Connection, viewer: Viewer, ballot_id: UUID, *, present: int, issued: int) -> Ballot:
    """清点人数、发票: open the ballot and tell it."""
    held = _hold(conn, viewer, ballot_id)
    ballot = rules.open_(held, scheme_of(conn, held), present, issued, at=clock.now())
    ballots.save(conn, ballot)
    tell(
        conn,
        BallotOpened,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        present=ballot.present,
    )
    return ballot


def correct(conn: Connection, viewer: Viewer, ballot_id: UUID, *, present: int, issued: int, reason: str) -> Ballot:
    """更正清点: other numbers while the ballot is open; what was before stays on record."""
    held = _hold(conn, viewer, ballot_id)
    number = len(store.list_corrections(conn, held.tenant_id, held.id)) + 1
    ballot, correction = rules.correct(
        held, scheme_of(conn, held), present, issued, reason, number=number, by=viewer.id, at=clock.now()
    )
    store.add_correction(conn, correction)
    ballots.save(conn, ballot)
    return ballot


def close(
    conn: Connection, viewer: Viewer, ballot_id: UUID, *, returned: int, explanation: str = "", void: bool = False
) -> Ballot:
    """收回: close the ballot and tell it, or, confirmed by `void`, tell that it is void."""
    ballot = rules.close(_hold(conn, viewer, ballot_id), returned, explanation, void=void, at=clock.now())
    ballots.save(conn, ballot)
    if ballot.state is State.ANNULLED:
        tell_annulled(conn, ballot)
        return ballot
    tell(
        conn,
        BallotClosed,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        issued=ballot.issued,
        returned=ballot.returned,
    )
    return ballot


def enter(
    conn: Connection,
    viewer: Viewer,
    ballot_id: UUID,
    *,
    valid: int,
    invalid: int,
    abstained: int,
    totals: Sequence[tuple[UUID, int]],
) -> Ballot:
    """计票: enter one teller's count for the other to confirm."""
    held = _hold(conn, viewer, ballot_id)
    tally = Tally(valid, invalid, abstained, dict(totals))
    candidates = ballots.list_candidates(conn, held.tenant_id, held.id)
    ballot = rules.enter(held, candidates, tally, [person_id for person_id, _ in totals], scheme_of(conn, held))
    sheets = store.list_sheets(conn, held.tenant_id, held.id)
    store.add(
        conn,
        Sheet(
            tenant_id=held.tenant_id,
            ballot_id=held.id,
            number=len(sheets) + 1,
            valid=valid,
            invalid=invalid,
            abstained=abstained,
            entered_by=viewer.id,
            entered_at=clock.now(),
            votes=tally.votes,
        ),
    )
    ballots.save(conn, ballot)
    return ballot


def confirm(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Ballot:
    """复核无误: let the count stand and tell the totals."""
    held = _hold(conn, viewer, ballot_id)
    ballot, sheet = rules.confirm(held, _last(conn, held), viewer.id, at=clock.now())
    store.save(conn, sheet)
    ballots.save_votes(conn, ballot, sheet.votes)
    ballots.save(conn, ballot)
    _tell_counted(conn, ballot, sheet)
    return ballot


def dispute(conn: Connection, viewer: Viewer, ballot_id: UUID, reason: str) -> Ballot:
    """复核有异议: send the ballot back to the count with a reason; the disputed sheet stays on record."""
    held = _hold(conn, viewer, ballot_id)
    ballot, sheet = rules.dispute(held, _last(conn, held), viewer.id, reason, at=clock.now())
    store.save(conn, sheet)
    ballots.save(conn, ballot)
    return ballot


def _last(conn: Connection, ballot: Ballot) -> Sheet | None:
    sheets = store.list_sheets(conn, ballot.tenant_id, ballot.id)
    return sheets[-1] if sheets else None


def _tell_counted(conn: Connection, ballot: Ballot, sheet: Sheet) -> None:
    candidates = ballots.list_candidates(conn, ballot.tenant_id, ballot.id)
    tell(
        conn,
        BallotCounted,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        present=ballot.present,
        issued=ballot.issued,
        returned=ballot.returned,
        valid=ballot.valid,
        invalid=ballot.invalid,
        abstained=ballot.abstained,
        totals=[{"person_id": each.person_id, "votes": sheet.votes[each.person_id]} for each in candidates],
    )
