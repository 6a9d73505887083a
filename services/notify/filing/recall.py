"""What becomes of an award that evaluation takes back after it was verified: it leaves the filing, notice or board."""

from services.notify.award import commands as award_commands
from services.notify.award import store as awards
from services.notify.award.domain import Award, Cause, State
from services.notify.filing import rules, store
from services.notify.filing.domain import Act, Step
from services.notify.filing.domain import State as FilingState
from services.notify.filing.intake import tell_submitted
from shared import clock
from shared.db import Connection
from shared.events import Message

ANNULLED = "ballot_annulled"


def take_back(conn: Connection, message: Message) -> None:
    """Note that an award is withheld, and end it here wherever it stands; a second telling changes nothing.

    An award that was never seen here is only noted, so that a late `award.verified` does not file it.
    """
    award_id = message.data["award_id"]
    if ANNULLED not in message.data["reasons"]:
        # What failed its verification was never told as verified, and may be once a finding is set aside.
        return
    store.lock_intake(conn)
    if not store.note_recall(conn, message.tenant_id, award_id, clock.now()):
        return
    award = awards.lock(conn, message.tenant_id, award_id)
    if award is None or award.state in {State.STOPPED, State.REVOKED}:
        return
    if award.state is State.PUBLISHED:
        award_commands.revoke(conn, award, None, clock.today())
        return
    award_commands.stop(conn, award, Cause.ANNULLED, clock.today())
    if award.state is State.FILED:
        _leave_filing(conn, award)


def _leave_filing(conn: Connection, award: Award) -> None:
    """Make the department see the form anew; without any line left the filing is void."""
    filing = store.get(conn, award.tenant_id, award.filing_id)
    lines = rules.on_form(awards.list_of_filing(conn, award.tenant_id, filing.id))
    filing = rules.leave(filing, lines, clock.now())
    store.save(conn, filing)
    store.add_step(conn, filing, Step(Act.WITHDRAWN, filing.revision, clock.now(), None, None))
    if filing.state is FilingState.SUBMITTED:
        tell_submitted(conn, filing, [line.id for line in lines])
