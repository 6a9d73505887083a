"""The unchanging facts of open boxes, kept in the memory of a process: read once, used for every ballot."""

from uuid import UUID

from services.ballot.box import store
from services.ballot.box.domain import Box, Facts
from services.ballot.box.size import largest
from services.ballot.protocol import election as elections
from services.ballot.protocol.text import load
from shared.db import Connection
from shared.errors import RuleBroken

MOST = 200
_KEPT: dict[UUID, Facts] = {}


class BoxNotOpen(RuleBroken):
    """电子投票还没有开始。"""


def kept(ballot_id: UUID) -> Facts | None:
    """Give the facts of a box that this process has read before."""
    return _KEPT.get(ballot_id)


def of(conn: Connection, ballot_id: UUID) -> Facts:
    """Give the facts of a box that was opened. Raises `BoxNotFound`, `BoxNotOpen`."""
    found = _KEPT.get(ballot_id)
    if found is None:
        found = _KEPT[ballot_id] = _read(store.find(conn, ballot_id))
        while len(_KEPT) > MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
    return found


def _read(box: Box) -> Facts:
    if box.election is None:
        raise BoxNotOpen
    election = elections.parse(box.election)
    return Facts(box.tenant_id, box.ballot_id, election, frozenset(load(box.credentials)), largest(election))
