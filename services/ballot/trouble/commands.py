"""Taking a step that may fail without harm to anything else in the same transaction."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import psycopg

from services.ballot.trouble import store
from services.ballot.trouble.domain import Step, Trouble, pause
from shared import log
from shared.db import Connection
from shared.messaging.handling import is_down


def attempt(
    conn: Connection, tenant_id: UUID, ballot_id: UUID, step: Step, act: Callable[[], object], *, at: datetime
) -> bool:
    """Take a step of a ballot; where it fails, undo what it did, write that down and say `False`.

    What speaks of the server and not of this ballot is passed on: a lost connection, a full disk. Then nothing can be
    written down, or nothing of use to tellers, and who called tries again.
    """
    try:
        with conn.transaction():
            act()
            store.clear(conn, tenant_id, ballot_id, step)
    except Exception as error:
        if conn.closed or conn.broken or (isinstance(error, psycopg.Error) and is_down(error)):
            raise
        log.get().error("step_failed", step=str(step), ballot_id=str(ballot_id), exc_info=True)
        failed, since = store.tries(conn, tenant_id, ballot_id, step)
        code = type(error).__name__
        store.note(conn, Trouble(tenant_id, ballot_id, step, code, failed + 1, since or at, at + pause(failed + 1)))
        return False
    return True
