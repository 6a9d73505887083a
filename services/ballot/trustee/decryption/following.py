"""One look at an archive: read what is new, verify it, and once all is right and asked for, decrypt the sum.

It runs outside every transaction. Reading stops at the sealed tally: nothing after it concerns a seat.
"""

import requests

from services.ballot.audit.follower import Follower, State
from services.ballot.protocol import tally, trustees
from services.ballot.trustee.decryption import rules
from services.ballot.trustee.decryption.board import Board, Shorter, Unreachable
from services.ballot.trustee.decryption.domain import Answer, Errand, Found, Watch
from services.ballot.trustee.decryption.rules import Sealed
from services.ballot.trustee.seat import Seat
from shared import log

AT_ONCE = 1 << 20
"""Bytes of one look, so that a process that is told to stop soon can."""
BLOCK = 512
SHORTER = "archive_shorter"
ENOUGH = (State.SEALED, State.DECRYPTING, State.FINISHED)


def look(seat: Seat, errand: Errand, session: requests.Session) -> Found:
    """Look once at a ballot's archive; a board that does not answer is asked again later."""
    board, watch = Board(seat.board_url, errand.watch.ballot_id, session), errand.watch
    try:
        follower = Follower.load(watch.progress, board.earlier) if watch.progress else Follower(board.earlier)
        more = _read_on(follower, board)
    except Unreachable as trouble:
        log.get().info("board_unreachable", reason=str(trouble))
        return Found(watch, watch.progress, watch.reached)
    except Shorter:
        return Found(watch, watch.progress, watch.reached, faults=(SHORTER,))
    codes = tuple(dict.fromkeys(fault.code for fault in follower.faults))
    progress = follower.dump() if follower.begin > watch.reached else watch.progress
    return _judge(seat, errand, follower, Found(watch, progress, follower.begin, more, codes))


def _read_on(follower: Follower, board: Board) -> bool:
    """Feed what is new; say whether it is worth looking for more at once."""
    if follower.state in ENOUGH or follower.faults:
        return False
    came = board.after(follower.offset, AT_ONCE)
    for at in range(0, len(came), BLOCK):
        follower.feed(came[at : at + BLOCK])
        if follower.state in ENOUGH or follower.faults:
            return False
    return len(came) == AT_ONCE


def _judge(seat: Seat, errand: Errand, follower: Follower, found: Found) -> Found:
    """Add the answer, or the reasons against one, where the archive is sealed and the seat is asked."""
    holding = errand.holding
    if found.faults or follower.state not in ENOUGH or not rules.is_ready(errand.watch, holding):
        return found
    if follower.election is None or follower.tally_text is None or holding is None:
        return found
    sealed = Sealed(
        follower.election,
        follower.trustees_text or "",
        follower.credentials,
        follower.num_tallied or 0,
        follower.head or "",
    )
    if faults := rules.obstacles(errand.watch, holding, sealed):
        return _with(found, faults=tuple(faults))
    share = int(seat.vault.open(holding.share))
    text = trustees.decrypt(sealed.election, tally.read_tally(sealed.election, follower.tally_text), share)
    return _with(found, answer=Answer(sealed.head, follower.tally_hash or "", holding.owner, text))


def _with(found: Found, *, faults: tuple[str, ...] = (), answer: Answer | None = None) -> Found:
    watch: Watch = found.watch
    return Found(watch, found.progress, found.reached, found.more, faults, answer)
