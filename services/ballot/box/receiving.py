"""What the door does with a ballot: cheap checks first, then one row; and where a ballot is that was handed in."""

from uuid import UUID

from services.ballot.box import store
from services.ballot.box.bucket import Buckets
from services.ballot.box.domain import Facts, Pending, Receipt
from services.ballot.box.line import Line
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.envelope import Envelope
from services.ballot.protocol.text import Malformed, load
from shared import clock
from shared.db import Connection
from shared.errors import Invalid, Refusal, RuleBroken

EACH_MINUTE = 10
_BUCKETS = Buckets(EACH_MINUTE, 60)


class BallotMalformed(Invalid):
    """选票不合格式，没有收下。"""

    def __init__(self, fault: str, status: int = 422) -> None:
        """Take the protocol's code of what is wrong, which becomes the stable code of the answer."""
        super().__init__()
        self.fault = fault
        self.status = status

    @property
    def code(self) -> str:
        """Give the protocol's code."""
        return self.fault


class CredentialUnknown(Invalid):
    """投票凭证不在本次投票的名单中。"""


class BallotPending(RuleBroken):
    """同一投票凭证的另一张选票正在核验，请稍候再投。"""


class BoxClosed(RuleBroken):
    """投票已经结束，选票没有收下。"""


class TooOften(Refusal):
    """投票过于频繁，请一分钟后再试。"""

    status = 429


class TooMany(RuleBroken):
    """这个投票凭证投出的选票已经太多，票箱不再收下新的，以已投入票箱的最后一张为准。有疑问的，请到监票人处办理。"""


REFUSALS: dict[str, type[Refusal]] = {
    "closed": BoxClosed,
    "pending": BallotPending,
    "often": TooOften,
    "many": TooMany,
}


def receive(line: Line, box: Facts, body: bytes) -> Receipt:
    """Take a ballot, which stays in the box whatever happens once this has returned `waiting`.

    Raises `BallotMalformed`, `CredentialUnknown`, `TooOften`, `TooMany`, `BallotPending`, `BoxClosed`.
    """
    ballot = _checked(box, body)
    tracker, key = ballot.tracker, (box.ballot_id, ballot.credential)
    pending = Pending(ballot.credential, tracker, ballot.text)
    word = line.receive(box, pending, at=clock.now(), allowed=_BUCKETS.has(key))
    if refusal := REFUSALS.get(word):
        raise refusal
    # Only a new text costs a token, and only who holds the credential can sign one: of a ballot in the public archive
    # everybody has the text, and must not use up its elector's tokens with it.
    if word == "received":
        _BUCKETS.take(key)
        word = "waiting"
    state, _, code = word.partition(" ")
    if state == "accepted":  # before; a later one of its credential may have been, too
        state, code = line.where(box, tracker)
    return Receipt(tracker, state, code)


def _checked(box: Facts, body: bytes) -> Envelope | ballots.Ballot:
    """Check form, credential and signature; the proofs, which cost most, are for the workers."""
    try:
        ballot = box.form.read(body) or ballots.read(box.election, body, box.credentials)
        if ballot.credential not in box.credentials:
            raise CredentialUnknown
        ballots.check_signature(box.election, ballot)
    except Malformed as error:
        raise BallotMalformed(error.code, 400 if error.code == "json" else 422) from error
    return ballot


def require_form(body: bytes) -> None:
    """Refuse a body that could not be a ballot of any election. Raises `BallotMalformed`."""
    try:
        value = load(body)
    except Malformed as error:
        raise BallotMalformed(error.code, 400) from error
    if not isinstance(value, dict) or "election_uuid" not in value:
        raise BallotMalformed("fields")


def where(conn: Connection, ballot_id: UUID, tracker: str) -> Receipt:
    """Say where the ballot with a tracking number is. Raises `BoxNotFound`."""
    box = store.find(conn, ballot_id)
    state, code = store.where(conn, box.ballot_id, tracker)
    return Receipt(tracker, state, code)
