"""Who may read a message, when mail goes out and when it is tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from services.notify.message.domain import Message
from shared import clock
from shared.errors import NotAllowed

GATHER = timedelta(minutes=3)
"""How long a message waits for others, so that several go in one mail."""
STALE = timedelta(days=2)
"""After that a message is not mailed any more; it stays in the application."""
QUIET_FROM, QUIET_UNTIL = 22, 7
CLAIM = timedelta(minutes=15)
"""A process that claimed mails and said nothing for so long is gone; 20 mails, each at its time limits, take less."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))


class NotYours(NotAllowed):
    """这不是发给您的消息。"""


def check_own(message: Message, person_id: UUID) -> None:
    """Refuse somebody else's message. Raises `NotYours`."""
    if message.person_id != person_id:
        raise NotYours


def is_quiet(now: datetime) -> bool:
    """Say whether it is night in Asia/Shanghai: from 22 to 7 no mail goes out (requirements 4.6)."""
    hour = now.astimezone(clock.SHANGHAI).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Say when a mail that failed for the `attempts`-th time is tried again; `None` when it is given up."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
