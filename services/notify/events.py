"""What notify hears, and what time alone makes due."""

from services.notify.filing import intake
from services.notify.notice import commands as notices
from shared.directory import projection
from shared.events import Event
from shared.events.evaluation import AwardVerified
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    AwardVerified: intake.take_in,
}

DEADLINES: list[Deadline] = [Deadline("conclude_notices", notices.conclude)]
