"""What people are told of pledges: deadlines, advice, remarks, measures, results; never what was said or decided."""

from uuid import UUID

from services.notify.message.domain import Kind
from services.notify.message.recipients import HEADS, SUPERIORS, above, holders
from services.notify.message.telling import send
from shared.db import Connection
from shared.events import Event, Message
from shared.events.pledge import (
    MeasureDecided,
    MeasureProposed,
    PledgeAppraised,
    PledgeCommented,
    PledgeDue,
    PledgeOverdue,
    PledgeReturned,
)
from shared.messaging import Handler

OFFICERS = [*HEADS, *SUPERIORS]


def give_back(conn: Connection, message: Message) -> None:
    """Tell the pledger that a reviewer has advice (R-054)."""
    send(conn, message, _pledgers(conn, message), Kind.PLEDGE_RETURNED, _pledge(message))


def come_due(conn: Connection, message: Message) -> None:
    """Tell who pledged, for an organisation's pledge its heads, that a deadline comes near (R-073)."""
    send(conn, message, _pledgers(conn, message), Kind.PLEDGE_DUE, _progress(message))


def pass_due(conn: Connection, message: Message) -> None:
    """Tell the same that a deadline has passed, and those who are to remind and help that there is something to do.

    R-073 R-076: for a member's pledge the heads of the organisation, for an organisation's those above it.
    """
    pledgers = _pledgers(conn, message)
    send(conn, message, pledgers, Kind.PLEDGE_OVERDUE, _progress(message))
    place = message.data["organization_id"]
    if message.data["person_id"] is None:
        superior = above(conn, message.tenant_id, place)
        helpers = holders(conn, message.tenant_id, superior.id, SUPERIORS) if superior else []
    else:
        helpers = holders(conn, message.tenant_id, place, OFFICERS)
    href = f"/pledge/supervision/?organization_id={place}"
    send(conn, message, sorted(set(helpers) - set(pledgers)), Kind.PLEDGE_HELP, href)


def comment(conn: Connection, message: Message) -> None:
    """Tell the pledger that there is a 点评 (R-072); the words are read in pledge."""
    send(conn, message, _pledgers(conn, message), Kind.PLEDGE_COMMENTED, f"{_progress(message)}#remarks")


def propose_measure(conn: Connection, message: Message) -> None:
    """Ask the pledger, for an organisation's pledge its heads, for a reply (R-075); what it is about is not said."""
    send(conn, message, _pledgers(conn, message), Kind.MEASURE_PROPOSED, _measure(message))


def decide_measure(conn: Connection, message: Message) -> None:
    """Tell the same that there is a decision (R-075 R-079)."""
    send(conn, message, _pledgers(conn, message), Kind.MEASURE_DECIDED, _measure(message))


def appraise(conn: Connection, message: Message) -> None:
    """Tell the pledger, for an organisation's pledge its heads, that it was appraised (R-099); no result is said."""
    href = f"/pledge/appraisals/{message.data['appraisal_id']}"
    send(conn, message, _pledgers(conn, message), Kind.PLEDGE_APPRAISED, href)


def _pledgers(conn: Connection, message: Message) -> list[UUID]:
    """Give who promised: the pledger and who promised together, for an organisation's pledge its heads."""
    if message.data["person_id"] is not None:
        return [message.data["person_id"], *message.data.get("author_ids", [])]
    return holders(conn, message.tenant_id, message.data["organization_id"], OFFICERS)


def _pledge(message: Message) -> str:
    return f"/pledge/pledges/{message.data['pledge_id']}"


def _progress(message: Message) -> str:
    return f"/pledge/progress/{message.data['pledge_id']}"


def _measure(message: Message) -> str:
    return f"/pledge/measures/?pledge_id={message.data['pledge_id']}#m-{message.data['measure_id']}"


HANDLERS: dict[type[Event], Handler] = {
    MeasureDecided: decide_measure,
    MeasureProposed: propose_measure,
    PledgeAppraised: appraise,
    PledgeCommented: comment,
    PledgeDue: come_due,
    PledgeOverdue: pass_due,
    PledgeReturned: give_back,
}
