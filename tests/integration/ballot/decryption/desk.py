"""One seat at its desk: what it hears, what it reads on a board, what time it is; and what it must have decrypted."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from services.ballot.protocol.tally import read_tally
from services.ballot.protocol.trustees import check_decryption
from services.ballot.trustee.ceremony import store as ceremonies
from services.ballot.trustee.ceremony.domain import Ceremony, State
from shared import clock
from shared.events import Event
from shared.events.ballot import BallotOpened
from shared.events.evaluation import BallotCalled
from shared.events.trustee import DecryptionRequested
from tests import trustees
from tests.archives import Archive, Board
from tests.integration.ballot import calls
from tests.seats import Place, Table, run_errands
from tests.trustees import SeatedKey
from tests.university import TENANT


@dataclass
class Desk:
    """One seat with its database, the board it reads, and a clock that the test moves."""

    place: Place
    board: Board
    key: SeatedKey
    now: datetime = field(default_factory=clock.now)

    def hear(self, event: type[Event], **facts: Any) -> None:
        """Let it hear something, under ballot's seal where ballot seals it and nothing else is said."""
        if event.teller == "ballot" and "seal" in event().fields and "seal" not in facts:
            facts["seal"] = trustees.by_ballot(event, **facts)
        Table({self.place.name: self.place}).forge(self.place.name, event, **{"tenant_id": TENANT, **facts})

    def call(self, archive: Archive, **changes: Any) -> None:
        self.hear(BallotCalled, **calls.facts(**archive.called(**changes)))

    def open(self, archive: Archive) -> None:
        self.hear(BallotOpened, ballot_id=archive.ballot_id, organization_id=uuid4(), present=3)

    def ask(self, archive: Archive, **changes: Any) -> None:
        self.hear(DecryptionRequested, **archive.requested(**changes))

    def look(self, times: int = 1) -> int:
        """Let time pass and the seat do what it does by itself."""
        done = 0
        for _ in range(times):
            self.now += timedelta(seconds=3)
            done += run_errands(self.place, 1, self.board.url, lambda: self.now)
        return done

    def told(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(each.data) for each in self.place.told(name)]

    def faults(self) -> list[str]:
        """What it told when it declined; nothing was decrypted then."""
        assert self.told("decryption.made") == []
        (told,) = self.told("decryption.declined")
        return list(told["faults"])


def hold(desk: Desk, key: SeatedKey) -> None:
    """Let the seat hold its share of a key as if the ceremony were over."""
    share = trustees.VAULTS[1].seal(str(key.shares[1]))
    begun = Ceremony(TENANT, key.ceremony_id, "2013Q1", "BELENIOS-2048", 2, [1, 2, 3], State.RUNNING, clock.now())
    with desk.place.connect() as conn:
        ceremonies.add(conn, begun)
        ceremonies.save(
            conn, replace(begun, state=State.MADE, share=share, trustees=key.trustees.text, ended_at=clock.now())
        )


def sealed(desk: Desk, **changes: Any) -> Archive:
    """An archive with three ballots, one of them blank, on the board."""
    archive = Archive(desk.key, **changes).open().vote(0, 1).vote(1, 1).vote(2, 0).seal()
    desk.board.show(archive)
    return archive


def assert_decrypted(desk: Desk, archive: Archive) -> dict[str, Any]:
    """The seat told one answer, whose proof holds, and with another seat's it gives the totals."""
    told = desk.told("decryption.made")[0]
    assert (told["seat"], told["owner"], told["ballot_id"]) == (1, 1, str(archive.ballot_id))
    tally = read_tally(archive.election, follow_tally(archive))
    check_decryption(archive.election, tally, desk.key.trustees.owner(1).key, told["partial_decryption"])
    return told


def follow_tally(archive: Archive) -> str:
    return next(record.text for record in archive.records if record.text.startswith('[[{"alpha"'))


def asked(desk: Desk, archive: Archive, **changes: Any) -> Archive:
    """Call as given, ask, and let it look."""
    desk.call(archive, **changes)
    desk.ask(archive)
    return archive
