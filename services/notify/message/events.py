"""What people are told when something happened: each event's recipients, kind and link.

notify hears its own events here as it hears the others': a filing is not held up by those who are told of it.
"""

from uuid import UUID

from services.notify.award import store as awards
from services.notify.message import evaluations, pledges
from services.notify.message.domain import Kind
from services.notify.message.recipients import FILERS, HEADS, SUPERIORS, department, handlers, holders
from services.notify.message.telling import send
from shared.db import Connection
from shared.events import Event, Message
from shared.events.ballot import BallotAnnulled
from shared.events.evaluation import AwardWithheld, BallotCalled, HearingOpened, MeetingAnnounced, ObserverAppointed
from shared.events.notify import (
    AwardPublished,
    AwardRevoked,
    AwardStopped,
    FilingAcknowledged,
    FilingReturned,
    FilingSubmitted,
    NoticePosted,
    ObjectionDecided,
    ObjectionRaised,
)
from shared.events.roster import PasswordReset
from shared.messaging import Handler


def announce_meeting(conn: Connection, message: Message) -> None:
    """Tell the superior, who may send an observer (R-117 R-019)."""
    superior_id = message.data["superior_id"]
    people = holders(conn, message.tenant_id, superior_id, SUPERIORS) if superior_id else []
    send(conn, message, people, Kind.MEETING_ANNOUNCED, f"/evaluation/meetings/{message.data['meeting_id']}")


def appoint_observer(conn: Connection, message: Message) -> None:
    """Tell the observer, and the branch that the superior decided (R-019)."""
    href = f"/evaluation/meetings/{message.data['meeting_id']}"
    send(conn, message, [message.data["observer_id"]], Kind.OBSERVER_SENT, href)
    send(conn, message, _heads(conn, message), Kind.OBSERVER_DECIDED, href)


def open_hearing(conn: Connection, message: Message) -> None:
    """Tell the member, and nobody else, that an answer is asked for (requirements 2.5, 2.10)."""
    href = f"/evaluation/findings/{message.data['finding_id']}"
    send(conn, message, [message.data["person_id"]], Kind.HEARING_OPENED, href)


def call_ballot(conn: Connection, message: Message) -> None:
    """Tell the tellers."""
    send(conn, message, message.data["tellers"], Kind.BALLOT_CALLED, f"/ballot/ballots/{message.data['ballot_id']}")


def annul_ballot(conn: Connection, message: Message) -> None:
    """Tell the branch's secretary, who calls another ballot."""
    href = f"/ballot/ballots/{message.data['ballot_id']}"
    send(conn, message, _heads(conn, message), Kind.BALLOT_ANNULLED, href)


def withhold_award(conn: Connection, message: Message) -> None:
    """Tell the branch's secretary and the winner; the reason stays with evaluation."""
    href = f"/evaluation/awards/{message.data['award_id']}/path"
    _of_award(conn, message, message.data["person_id"], Kind.AWARD_WITHHELD, href)


def reset_password(conn: Connection, message: Message) -> None:
    """Tell the person whose password somebody else set, each time anew; who did it stands on the own page."""
    href = f"/roster/me?reset={message.id}#password"
    send(conn, message, [message.data["person_id"]], Kind.PASSWORD_RESET, href)


def submit_filing(conn: Connection, message: Message) -> None:
    """Tell the 党委组织部 (R-170)."""
    send(conn, message, department(conn, message.tenant_id), Kind.FILING_SUBMITTED, _filing(message))


def return_filing(conn: Connection, message: Message) -> None:
    """Tell who files."""
    send(conn, message, _filers(conn, message), Kind.FILING_RETURNED, _filing(message))


def acknowledge_filing(conn: Connection, message: Message) -> None:
    """Tell who files."""
    send(conn, message, _filers(conn, message), Kind.FILING_ACKNOWLEDGED, _filing(message))


def post_notice(conn: Connection, message: Message) -> None:
    """Tell who files and the branches whose names are posted."""
    lines = awards.list_of_notice(conn, message.tenant_id, message.data["notice_id"])
    branches = sorted({line.organization_id for line in lines})
    people = [each for branch in branches for each in holders(conn, message.tenant_id, branch, HEADS)]
    href = f"/notify/notices/{message.data['notice_id']}"
    send(conn, message, [*_filers(conn, message), *people], Kind.NOTICE_POSTED, href)


def raise_objection(conn: Connection, message: Message) -> None:
    """Tell those who may handle it."""
    send(conn, message, _handlers(conn, message), Kind.OBJECTION_RAISED, _objection(message))


def decide_objection(conn: Connection, message: Message) -> None:
    """Tell those who may handle it that it is done."""
    send(conn, message, _handlers(conn, message), Kind.OBJECTION_DECIDED, _objection(message))


def stop_award(conn: Connection, message: Message) -> None:
    """Tell the branch's secretary and the winner."""
    href = f"/evaluation/awards/{message.data['award_id']}/path"
    winner_id = awards.winner_of(conn, message.tenant_id, message.data["award_id"])
    _of_award(conn, message, winner_id, Kind.AWARD_STOPPED, href)


def publish_award(conn: Connection, message: Message) -> None:
    """Tell the winner and the branch's secretary."""
    people = [message.data["person_id"], *_heads(conn, message)]
    send(conn, message, people, Kind.AWARD_PUBLISHED, f"/notify/awards/{message.data['award_id']}")


def revoke_award(conn: Connection, message: Message) -> None:
    """Tell the person, the branch's secretary and the 党委组织部, but not whoever did it: where the branch annulled the
    ballot of an award that is published, the department hears of it.
    """
    by_id = message.data.get("by_id")
    officers = [each for each in department(conn, message.tenant_id) if each != by_id]
    people = [message.data["person_id"], *_heads(conn, message), *officers]
    send(conn, message, people, Kind.AWARD_REVOKED, f"/notify/awards/{message.data['award_id']}")


def _of_award(conn: Connection, message: Message, winner_id: UUID | None, kind: Kind, href: str) -> None:
    """Tell the branch that something of its own waits, and the winner, in the same neutral words as of any matter."""
    send(conn, message, [each for each in _heads(conn, message) if each != winner_id], kind, href)
    send(conn, message, [winner_id], Kind.FINDING_CONCLUDED, href)


def _heads(conn: Connection, message: Message) -> list[UUID]:
    return holders(conn, message.tenant_id, message.data["organization_id"], HEADS)


def _filers(conn: Connection, message: Message) -> list[UUID]:
    return holders(conn, message.tenant_id, message.data["organization_id"], FILERS)


def _handlers(conn: Connection, message: Message) -> list[UUID]:
    winner_id = awards.find(conn, message.data["award_id"]).person_id
    return handlers(conn, message.tenant_id, message.data["organization_id"], winner_id)


def _filing(message: Message) -> str:
    return f"/notify/filings/{message.data['filing_id']}"


def _objection(message: Message) -> str:
    return f"/notify/objections/{message.data['objection_id']}"


HANDLERS: dict[type[Event], Handler] = {
    MeetingAnnounced: announce_meeting,
    ObserverAppointed: appoint_observer,
    HearingOpened: open_hearing,
    BallotCalled: call_ballot,
    BallotAnnulled: annul_ballot,
    AwardWithheld: withhold_award,
    PasswordReset: reset_password,
    FilingSubmitted: submit_filing,
    FilingReturned: return_filing,
    FilingAcknowledged: acknowledge_filing,
    NoticePosted: post_notice,
    ObjectionRaised: raise_objection,
    ObjectionDecided: decide_objection,
    AwardStopped: stop_award,
    AwardPublished: publish_award,
    AwardRevoked: revoke_award,
    **pledges.HANDLERS,
    **evaluations.HANDLERS,
}
