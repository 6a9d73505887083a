"""What pledge hears, and what time alone makes due."""

from services.pledge.attendance import events as attendance_events
from services.pledge.deed import events as deed_events
from services.pledge.grading import commands as gradings
from services.pledge.grading import events as grading_events
from services.pledge.imports import commands as imports
from services.pledge.portrait import commands as portraits
from services.pledge.reminder import commands as reminders
from services.pledge.star import events as star_events
from services.pledge.wall import hearing
from shared.directory import projection
from shared.events import Event
from shared.events.roster import PersonChanged
from shared.messaging import Deadline, Handler

HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    PersonChanged: hearing.note_person,
    **star_events.HANDLERS,
    **deed_events.HANDLERS,
    **attendance_events.HANDLERS,
    **grading_events.HANDLERS,
}

DEADLINES: list[Deadline] = [
    Deadline("erase_credentials", gradings.erase),
    Deadline("forget_imports", imports.forget),
    Deadline("forget_portraits", portraits.forget, every=600.0),
    Deadline("remind_after", reminders.remind_after, every=60.0),
    Deadline("remind_before", reminders.remind_before, every=60.0),
]
