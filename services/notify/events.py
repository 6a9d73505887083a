"""What notify hears, and what time alone makes due."""

from services.notify.filing import intake
from services.notify.message import events as message_events
from services.notify.message import mailing
from services.notify.notice import commands as notices
from shared.directory import projection
from shared.events import Event
from shared.events.evaluation import AwardVerified
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    AwardVerified: intake.take_in,
    **message_events.HANDLERS,
}

DEADLINES: list[Deadline] = [
    Deadline("conclude_notices", notices.conclude),
    Deadline("gather_mail", mailing.gather),
    Deadline("send_mail", mailing.send),
]
