"""What the tellers do with a ballot, papers or box: hold it, apply the rule, save, tell."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.ballot import permissions
from services.ballot.ballot import store as ballots
from services.ballot.ballot.commands import access, scheme_of, tell_annulled, tell_closed, tell_counted, tell_opened
from services.ballot.ballot.domain import Ballot, State
from services.ballot.box import opening, sealing
from services.ballot.box import store as boxes
from services.ballot.paper import rules, store
from services.ballot.paper.domain import Sheet, Tally
from services.ballot.waking import store as wakings
from shared import clock
from shared.auth import Viewer
from shared.db import Connection


def _hold(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Ballot:
    ballot, _ = access(conn, viewer, permissions.COUNT_BALLOT, ballot_id, hold=True)
    rules.require_teller(ballot, viewer.id)
    return ballot


def open_(
    conn: Connection,
    viewer: Viewer,
    ballot_id: UUID,
    *,
    present: int,
    issued: int,
    closes_at: datetime | None = None,
    secure: bool,
) -> Ballot:
    """清点人数、发票: open the ballot and tell it; an electronic one gets its election. `secure` is the address."""
    held = _hold(conn, viewer, ballot_id)
    scheme = scheme_of(conn, held)
    ballot = rules.open_(held, scheme, present, issued, closes_at=closes_at, at=clock.now())
    if ballot.electronic:
        opening.set_up(conn, ballot, scheme, secure=secure)
    ballots.save(conn, ballot)
    tell_opened(conn, ballot)
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
    conn: Connection,
    viewer: Viewer,
    ballot_id: UUID,
    *,
    returned: int | None = None,
    explanation: str = "",
    void: bool = False,
) -> Ballot:
    """收回: close the ballot and tell it, or, confirmed by `void`, tell that it is void.

    An electronic box is only shut here: what it has accepted is verified and sealed by the workers, who tell it then.
    """
    held, received = _hold(conn, viewer, ballot_id), 0
    if held.electronic:
        boxes.shut(conn, held.id)
        received = boxes.count_received(conn, held.tenant_id, held.id)
    absent_vote = scheme_of(conn, held).ballot.electors == "entitled"
    ballot = rules.close(
        held, returned, explanation, received=received, absent_vote=absent_vote, void=void, at=clock.now()
    )
    ballots.save(conn, ballot)
    if ballot.state is State.ANNULLED:
        wakings.forget(conn, ballot.tenant_id, ballot.id)
        tell_annulled(conn, ballot)
        return ballot
    if ballot.state is State.CLOSED:
        tell_closed(conn, ballot)
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
    """复核无误: let the count stand and tell the totals; beside a box, ask only now for its decryption."""
    held = _hold(conn, viewer, ballot_id)
    ballot, sheet = rules.confirm(held, _last(conn, held), viewer.id, at=clock.now())
    store.save(conn, sheet)
    if ballot.state is State.COUNTED:
        ballots.save_votes(conn, ballot, sheet.votes)
    ballots.save(conn, ballot)
    if ballot.state is State.COUNTED:
        tell_counted(conn, ballot)
    else:
        sealing.request_decryption(conn, ballot)
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
