"""Requests already answered: how long an answer is kept for a request that comes again (decision 4)."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.db import Connection

KEPT = timedelta(days=10)
"""A phone sends what it holds again when it is next used, which may be after the longest holidays: eight days."""
ANONYMOUS = timedelta(hours=23)
"""Who said something without a name repeats it at once or not at all, and the answer may hold the only receipt: it is
not kept for as long as a day, not even encrypted."""
AT_ONCE = 1000
NOBODY = UUID(int=0)
_FORGET = f"""
    WITH aged AS MATERIALIZED (
        SELECT tenant_id, person_id, key FROM request
        WHERE made_at < %(kept)s
        ORDER BY made_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED),
    anonymous AS MATERIALIZED (
        SELECT tenant_id, person_id, key FROM request
        WHERE made_at < %(anonymous)s AND person_id = '{NOBODY}'
        ORDER BY made_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED),
    due AS MATERIALIZED (SELECT * FROM aged UNION SELECT * FROM anonymous LIMIT %(limit)s)
    DELETE FROM request USING due
    WHERE request.tenant_id = due.tenant_id AND request.person_id = due.person_id AND request.key = due.key
"""  # noqa: S608 — a constant, written out so that the index of anonymous answers serves


def forget(conn: Connection, now: datetime) -> int:
    """Take away some of the answers that are kept no longer; give how many."""
    return conn.execute(_FORGET, {"anonymous": now - ANONYMOUS, "kept": now - KEPT, "limit": AT_ONCE}).rowcount
