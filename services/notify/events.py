"""What notify hears, and what time alone makes due."""

from shared.directory import projection
from shared.events import Event
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
}

DEADLINES: list[Deadline] = []
