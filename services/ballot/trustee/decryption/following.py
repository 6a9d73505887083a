"""One look at an archive: read what is new, verify it, and once all is right and asked for, decrypt the sum.

It runs outside every transaction. Reading stops at the sealed tally: nothing after it concerns a seat.
"""

import requests

from services.ballot.audit.box import ArchiveChangedError
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
CHANGED = "archive_changed"
NO_RECORD = "header_unreadable"
ENOUGH = (State.SEALED, State.DECRYPTING, State.FINISHED)


def look(seat: Seat, errand: Errand, session: requests.Session) -> Found:
    """Look once at a ballot's archive; a board that does not answer is asked again later."""
    watch = errand.watch
    try:
        return _look(seat, errand, Board(seat.board_url, watch.ballot_id, session))
    except Unreachable as trouble:
        log.get().info("board_unreachable", reason=str(trouble))
    except Shorter:
        return Found(watch, watch.progress, watch.reached, faults=(SHORTER,))
    except ArchiveChangedError:
        return Found(watch, watch.progress, watch.reached, faults=(CHANGED,))
    except Exception:  # a defect that one ballot brings to light must not keep the others from being counted
        log.get().error("look_failed", ballot_id=str(watch.ballot_id), exc_info=True)
    return Found(watch, watch.progress, watch.reached)


def _look(seat: Seat, errand: Errand, board: Board) -> Found:
    watch = errand.watch
    came = board.after(watch.reached, AT_ONCE)
    if not came and not rules.is_ready(watch, errand.holding):
        return Found(watch, watch.progress, watch.reached)
    follower = Follower.load(watch.progress, board.earlier) if watch.progress else Follower(board.earlier)
    more = _feed(follower, came)
    # Progress is kept behind a whole event only: of one that is larger than a look (a Setup names every credential) all
    # is read now, or it would be begun again for ever. A board that sends no event is stopped by the follower's faults.
    while more and follower.begin <= watch.reached:
        more = _feed(follower, board.after(follower.offset, AT_ONCE))
    _require_archive(follower, watch)
    codes = tuple(dict.fromkeys(fault.code for fault in follower.faults))
    progress = follower.dump() if follower.begin > watch.reached else watch.progress
    return _judge(seat, errand, follower, Found(watch, progress, follower.begin, more, codes))


def _feed(follower: Follower, came: bytes) -> bool:
    """Feed what is new, up to the sealed tally; say whether it is worth looking for more at once."""
    for at in range(0, len(came), BLOCK):
        if follower.state in ENOUGH or follower.faults:
            return False
        follower.feed(came[at : at + BLOCK])
    return len(came) == AT_ONCE


def _require_archive(follower: Follower, watch: Watch) -> None:
    """Take for no answer what is no archive from its first byte, as the page of a proxy: it says nothing of the box."""
    if any(fault.code == NO_RECORD for fault in follower.faults) and follower.reader.begin == watch.reached:
        raise Unreachable(NO_RECORD)


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
    if faults := rules.obstacles(errand.watch, holding, sealed, seat.fewest):
        return _with(found, faults=tuple(faults))
    share = int(seat.vault.open(holding.share))
    text = trustees.decrypt(sealed.election, tally.read_tally(sealed.election, follower.tally_text), share)
    return _with(found, answer=Answer(sealed.head, follower.tally_hash or "", holding.owner, text))


def _with(found: Found, *, faults: tuple[str, ...] = (), answer: Answer | None = None) -> Found:
    watch: Watch = found.watch
    return Found(watch, found.progress, found.reached, found.more, faults, answer)
