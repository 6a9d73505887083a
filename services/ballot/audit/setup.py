"""The setup of an election: its text, the trustees' key, and the list of credentials."""

from dataclasses import dataclass
from functools import lru_cache

from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Read
from services.ballot.audit.documents import Documents
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election
from services.ballot.protocol.text import Malformed, canonical, listing, load, string
from services.ballot.protocol.trustees import Trustees
from shared.voting.group import IDENTITY, Group


@dataclass(frozen=True)
class Setup:
    """What was fixed before the first ballot, with the exact texts."""

    election: Election
    trustees: Trustees
    credentials: tuple[str, ...]
    texts: tuple[str, str, str]


@lru_cache(maxsize=64)
def recall(texts: tuple[str, str, str]) -> Setup:
    """Read a setup that was checked before; kept, for a trustee goes on with each of its ballots every few seconds."""
    election = elections.parse(texts[0])
    return Setup(election, Trustees.parse(texts[1]), tuple(listing(load(texts[2]))), texts)


def check(documents: Documents) -> tuple[Setup | None, list[Fault]]:
    """Read the setup and name all that is wrong; None when election, trustees or list cannot be read at all."""
    faults: list[Fault] = []
    election = trustees = credentials = None
    names = ("election", "trustees", "credentials")
    first, second, third = (documents[name] for name in names)
    try:
        election = elections.parse(first.record.text)
    except Malformed as trouble:
        faults.append(Fault(first.name, "election_form", str(trouble)))
    try:
        trustees = Trustees.parse(second.record.text)
    except Malformed as trouble:
        faults.append(Fault(second.name, "trustees_form", str(trouble)))
    try:
        credentials = tuple(string(one) for one in listing(canonical(third.record.text)))
    except Malformed as trouble:
        faults.append(Fault(third.name, "credentials_form", str(trouble)))
    if election is None or trustees is None or credentials is None:
        return None, faults
    if trustees.public_key != election.public_key:
        faults.append(Fault(first.name, "public_key"))
    faults += _check_credentials(third, credentials, election.group)
    texts = (first.record.text, second.record.text, third.record.text)
    return Setup(election, trustees, credentials, texts), faults


def _check_credentials(read: Read, credentials: tuple[str, ...], group: Group) -> list[Fault]:
    """Hold every listed credential to the group, and the list to one vote for each."""
    faults, seen = [], set()
    for number, text in enumerate(credentials):
        code = "credential_repeated" if text in seen else _wrong(text, group)
        seen.add(text)
        if code:
            faults.append(Fault(read.name, code, str(number)))
    return faults


def _wrong(text: str, group: Group) -> str | None:
    if "," in text:
        return "credential_weight"
    try:
        return "credential_element" if group.parse(text) == IDENTITY else None
    except Malformed:
        return "credential_element"
