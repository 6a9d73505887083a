"""How a box comes about: its credentials with the call, its election and chain when the tellers open it."""

from collections.abc import Sequence
from uuid import UUID

from services.ballot.archive import chain as chains
from services.ballot.ballot import store as ballots
from services.ballot.ballot.domain import Ballot, Candidate
from services.ballot.box import rules, store
from services.ballot.box.domain import Box, Chain
from services.ballot.grading import commands as gradings
from services.ballot.key import commands as keys
from services.ballot.ledger import store as ledger
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election, Question
from shared.db import Connection
from shared.scheme import Scheme
from shared.voting.credential import election_uuid


def prepare(conn: Connection, ballot: Ballot, credentials: Sequence[str]) -> None:
    """Keep the credentials of a called ballot and have the key of its period made, if there is none yet."""
    listed = chains.credentials(list(credentials))
    store.add(conn, Box(ballot.tenant_id, ballot.id, listed, int(ballot.called_at.timestamp())))
    keys.request(conn, ballot.tenant_id, ballot.period)


def set_up(conn: Connection, ballot: Ballot, scheme: Scheme, *, secure: bool) -> None:
    """Write the election of a ballot that is being opened, and begin its archive.

    Raises `KeyNotReady`, `AddressNotSecure`, `TooFewElectors`.
    """
    key = keys.of(conn, ballot.tenant_id, ballot.period)
    rules.require_ready(ballot, has_key=key is not None, secure=secure)
    if key is None:
        raise rules.KeyNotReady
    public_key = int(key.public_key)
    if ballot.is_grading:
        election = gradings.election_of(conn, ballot, public_key)
    else:
        candidates = ballots.list_candidates(conn, ballot.tenant_id, ballot.id)
        election = election_of(ballot, candidates, public_key, exactly=scheme.ballot.exactly)
    box = store.read(conn, ballot.tenant_id, ballot.id)
    store.set_up(
        conn,
        Box(ballot.tenant_id, ballot.id, box.credentials, box.timestamp, key.ceremony_id, election.text, key.trustees),
    )
    chain = Chain(ballot.tenant_id, ballot.id)
    builder = chain.builder()
    ledger.append(conn, chain, builder, builder.setup(election.text, key.trustees, box.credentials))


def election_of(ballot: Ballot, candidates: Sequence[Candidate], public_key: int, *, exactly: bool) -> Election:
    """Write the election: one question, the candidates in the order of the call, and a blank vote (弃权)."""
    question = Question(
        answers=tuple(each.answer for each in candidates),
        minimum=ballot.choices if exactly else 1,
        maximum=ballot.choices,
        question=ballot.title,
        blank=True,
    )
    return elections.make(uuid_of(ballot.id), ballot.title, ballot.calculation, public_key, [question])


def uuid_of(ballot_id: UUID) -> str:
    """Give the uuid under which the archive knows the ballot."""
    return election_uuid(ballot_id)
