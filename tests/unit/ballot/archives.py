"""Whole elections for the auditor's tests, and a forger who can change anything in them and close the chain again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from services.ballot.archive import chain, writer
from services.ballot.archive.records import Kind, Record
from services.ballot.audit import box
from services.ballot.audit.follower import Follower
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol import pedersen, tally, trustees
from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.text import compact, hex_hash
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP

TIME = 1795325273
UUID = "abcdefghijkmnpqrst"
CODES = ("GpX-732-ejB-Sgc-mBT", "EDh-WdQ-L6C-eT8-1G3", "smn-hvf-UQu-FK3-emT")
CANDIDATES = ("王一", "李二")
SEATS = 3
SECRETS = tuple(pedersen.SeatSecrets.of(GROUP, bytes([seat]) * 32, 2) for seat in range(1, SEATS + 1))


@dataclass(frozen=True)
class Key:
    """The trustees' text and the private part of each."""

    text: str
    private: tuple[int, ...]


@lru_cache
def alone() -> Key:
    return Key(trustees.single(GROUP, 20130401), (20130401,))


@lru_cache
def two_of_three() -> Key:
    seats = range(1, SEATS + 1)
    private = tuple(
        pedersen.private_key(GROUP, [pedersen.share(GROUP, one, seat) for one in SECRETS]) for seat in seats
    )
    parameters = pedersen.assemble(
        GROUP,
        2,
        [pedersen.certificate(GROUP, one) for one in SECRETS],
        [pedersen.coefexps(GROUP, one) for one in SECRETS],
        [pedersen.verification_key(GROUP, one) for one in private],
    )
    return Key(trustees.together(parameters), private)


@lru_cache
def election(key: Key, *, blank: bool = True) -> Election:
    public = trustees.Trustees.parse(key.text).public_key
    asked = Question(CANDIDATES, 1 if blank else 0, 1, "闪光言行之星", blank)
    return elections.make(UUID, "第一支部", "名额1名", public, [asked])


@lru_cache
def vote(asked: Election, code: str, *choice: int) -> str:
    return ballots.make(asked, code, [list(choice)])


@dataclass
class Step:
    """One event and the documents before it; `payload` is the hash it names, by default the last document's."""

    type: str
    documents: list[str] = field(default_factory=list)
    payload: str | None = None

    def named(self) -> str | None:
        return self.payload or (hex_hash(self.documents[-1]) if self.documents else None)


@dataclass
class Forger:
    """An election as loose texts: change what you like, `archive()` writes a chain whose hashes are right again."""

    key: Key
    asked: Election
    credentials: str
    ballots: list[str]
    tally: str
    sized: str
    parts: list[tuple[int, str]]
    result: str

    def steps(self) -> list[Step]:
        election_text, public = self.asked.text, self.key.text
        names = {"election": election_text, "trustees": public, "credentials": self.credentials}
        data = compact({name: hex_hash(text) for name, text in names.items()})
        return [
            Step("Setup", [*names.values(), data]),
            *(Step("Ballot", [text]) for text in self.ballots),
            Step("EndBallots"),
            Step("EncryptedTally", [self.tally, self.sized]),
            *(Step("PartialDecryption", [text, trustees.owned(owner, text)]) for owner, text in self.parts),
            Step("Result", [self.result]),
        ]

    def archive(self) -> bytes:
        return written(chained(self.steps()))


def chained(steps: Sequence[Step]) -> list[Record]:
    """Write the events of these steps without asking whether they are lawful."""
    found: list[Record] = []
    parent = None
    for height, step in enumerate(steps):
        plain = {"parent": parent, "height": height, "type": step.type, "payload": step.named()}
        event = Record(Kind.EVENT, compact({name: value for name, value in plain.items() if value is not None}))
        found += [*(Record(Kind.DATA, text) for text in step.documents), event]
        parent = event.hash
    return found


def written(records: Sequence[Record]) -> bytes:
    return b"".join(writer.tar(records, TIME))


CHOICES = ((0, 1, 0), (1, 0, 0), (0, 0, 1))


def lawful(key: Key | None = None, choices: Sequence[tuple[int, ...]] = CHOICES) -> Forger:
    """Give a right election: three electors, the first votes twice; the trustees 1 and 3 decrypt, or the only one."""
    key = key or two_of_three()
    asked = election(key)
    cast = [vote(asked, code, *choice) for code, choice in zip(CODES, choices, strict=False)]
    again = vote(asked, CODES[0], 0, 0, 1)
    return counted(key, asked, [*cast, again], [*cast[1:], again])


@lru_cache
def _count(key: Key, asked: Election, counting: tuple[str, ...]) -> tuple[str, list[tuple[int, str]], str]:
    product = tally.Accumulator(asked)
    for text in counting:
        product.add(ballots.read(asked, text))
    owners = [1, 3] if len(key.private) > 1 else [1]
    parts = [(owner, trustees.decrypt(asked, product.tally, key.private[owner - 1])) for owner in owners]
    found = trustees.combine(asked, trustees.Trustees.parse(key.text), dict(parts), product.tally, len(counting))
    return product.text, parts, trustees.result_text(found)


def counted(key: Key, asked: Election, cast: list[str], counting: list[str]) -> Forger:
    """Give an election in which these ballots are cast, and these of them counted."""
    product, parts, result = _count(key, asked, tuple(counting))
    listed = chain.credentials([credential.public(code, UUID) for code in CODES])
    size = tally.sized(len(counting), len(counting), product)
    return Forger(key, asked, listed, list(cast), product, size, list(parts), result)


@lru_cache(maxsize=256)
def _trouble(asked: Election, text: str) -> Exception | None:
    try:
        box.prove(asked, ballots.read(asked, text))
    except Exception as trouble:
        return trouble
    return None


def proven(asked: Election, ballot: Ballot) -> None:
    """Check a ballot as the auditor does, but each text only once for all tests."""
    if trouble := _trouble(asked, ballot.text):
        raise trouble


def followed(data: bytes) -> Follower:
    """Give a follower that has read all of `data`."""
    follower = Follower(lambda start, length: data[start : start + length], proven)
    follower.feed(data)
    return follower


def codes(data: bytes) -> list[str]:
    """Give the codes of all that the auditor finds wrong."""
    return [fault.code for fault in followed(data).complete()]
