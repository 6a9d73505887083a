"""What roster hears, and what time alone makes due."""

from services.roster.exemption import commands as exemptions
from services.roster.imports import commands as imports
from services.roster.session import commands as sessions
from shared.events import Event
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {}

DEADLINES: list[Deadline] = [
    Deadline("exemptions", exemptions.settle),
    Deadline("uploads", imports.forget),
    Deadline("sign_in_failures", sessions.forget_old_failures),
]
