"""What evaluation hears, and what time alone makes due."""

from services.evaluation.award import events as award_events
from services.evaluation.election import events as election_events
from services.evaluation.finding import commands as findings
from services.evaluation.pledge import events as pledge_events
from services.evaluation.roll import commands as rolls
from shared.directory import projection
from shared.events import Event
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    **election_events.HANDLERS,
    **award_events.HANDLERS,
    **pledge_events.HANDLERS,
}

DEADLINES: list[Deadline] = [
    Deadline("erase_findings", findings.erase),
    Deadline("erase_credentials", rolls.erase),
]
