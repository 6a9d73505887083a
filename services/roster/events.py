"""What roster hears, and what time alone makes due."""

from services.roster.exemption import commands as exemptions
from shared.events import Event
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {}

DEADLINES: list[Deadline] = [
    Deadline("exemptions", exemptions.settle),
]
