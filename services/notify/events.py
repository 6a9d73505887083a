"""What notify hears, and what time alone makes due."""

from services.notify.filing import intake, recall
from services.notify.message import events as message_events
from services.notify.message import mailing
from services.notify.notice import commands as notices
from shared.db import Connection
from shared.directory import projection
from shared.events import Event, Message
from shared.events.evaluation import AwardVerified, AwardWithheld
from shared.messaging import Deadline, Errand, Handler


def withhold(conn: Connection, message: Message) -> None:
    """End an award that evaluation took back, and tell the branch's secretary."""
    recall.take_back(conn, message)
    message_events.withhold_award(conn, message)


HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    AwardVerified: intake.take_in,
    **message_events.HANDLERS,
    AwardWithheld: withhold,
}

DEADLINES: list[Deadline | Errand] = [
    Deadline("conclude_notices", notices.conclude),
    Deadline("gather_mail", mailing.gather),
    Errand("send_mail", mailing.claim, mailing.send, mailing.note),
]
