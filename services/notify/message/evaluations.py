"""What people are told of a branch's own matters: a held award, a finding that was concluded, a meeting called off."""

from uuid import UUID

from services.notify.message.domain import Kind
from services.notify.message.recipients import HEADS, SUPERIORS, holders
from services.notify.message.telling import send
from shared.db import Connection
from shared.directory import branches
from shared.directory.domain import Role
from shared.events import Event, Message
from shared.events.evaluation import AwardHeld, FindingDecided, FindingReviewed, FindingWithdrawn, MeetingCancelled
from shared.messaging import Handler


def hold_award(conn: Connection, message: Message) -> None:
    """Tell the branch's heads that the committee must decide something before an award goes on (R-134)."""
    href = f"/evaluation/awards/{message.data['award_id']}/verification"
    people = holders(conn, message.tenant_id, message.data["organization_id"], HEADS)
    send(conn, message, people, Kind.AWARD_HELD, href)


def conclude_finding(conn: Connection, message: Message) -> None:
    """Tell the member, and nobody else, what became of it (requirements 2.5, 2.10)."""
    send(conn, message, [message.data["person_id"]], Kind.FINDING_CONCLUDED, _finding(message))


def review_finding(conn: Connection, message: Message) -> None:
    """Tell the member, and the secretary of the branch, who may have to verify an award again."""
    secretaries = holders(conn, message.tenant_id, message.data["organization_id"], [Role.SECRETARY])
    people = [message.data["person_id"], *(one for one in secretaries if one != message.data["person_id"])]
    send(conn, message, people, Kind.FINDING_CONCLUDED, _finding(message))


def cancel_meeting(conn: Connection, message: Message) -> None:
    """Tell the superior to which it was reported, the observer, and the members of the branch (R-117, R-019)."""
    tenant_id, superior_id = message.tenant_id, message.data["superior_id"]
    people: list[UUID | None] = [*holders(conn, tenant_id, superior_id, SUPERIORS)] if superior_id else []
    members = branches.list_members(conn, tenant_id, message.data["organization_id"])
    people = [*people, message.data["observer_id"], *(one.id for one in members)]
    href = f"/evaluation/meetings/{message.data['meeting_id']}"
    send(conn, message, list(dict.fromkeys(people)), Kind.MEETING_CANCELLED, href)


def _finding(message: Message) -> str:
    return f"/evaluation/findings/{message.data['finding_id']}"


HANDLERS: dict[type[Event], Handler] = {
    AwardHeld: hold_award,
    FindingDecided: conclude_finding,
    FindingReviewed: review_finding,
    FindingWithdrawn: conclude_finding,
    MeetingCancelled: cancel_meeting,
}
