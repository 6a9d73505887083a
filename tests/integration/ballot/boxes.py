"""Builders: an electronic ballot in the small university, its electors' credentials, ballots, trustees' answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from services.ballot.archive.chain import credentials as listed
from services.ballot.box import counting, facts, verifying
from services.ballot.box.domain import Facts
from services.ballot.ledger import store as ledger
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol import trustees
from services.ballot.protocol.tally import read_tally
from services.ballot.protocol.text import load
from shared import clock
from shared.events.trustee import DecryptionMade
from shared.voting import credential, seal
from tests.integration.ballot.calls import FIRST, Called, call
from tests.services import Service
from tests.trustees import IDENTITIES, SeatedKey, keep_key, make_key
from tests.university import TENANT

PERIOD = "2013Q1"
KEY = make_key()
"""One key for all tests: making it costs, and nothing changes it."""


@dataclass
class Voted(Called):
    """An electronic ballot, its credentials, and the key whose shares the test holds."""

    codes: list[str]
    key: SeatedKey

    @property
    def box(self) -> str:
        """Give the address of the door."""
        return f"/ballot/api/box/{self.id}"

    @property
    def board(self) -> str:
        """Give the address of the public board."""
        return f"/ballot/boards/{self.id}"

    def facts(self) -> Facts:
        """Give what a door knows of the open box."""
        with self.service.connect() as conn:
            return facts.of(conn, self.id)

    def begin(self, present: int = 4, issued: int = 0, **more: Any) -> "Voted":
        """Open it."""
        answer = self.post(FIRST, "open", present=present, issued=issued, **more)
        assert answer.status_code == 200, answer.json
        return self

    def make(self, elector: int, *chosen: int) -> str:
        """Encrypt an elector's ballot for the candidates of these numbers; for none it is blank."""
        weights = [int(not chosen), *(int(number in chosen) for number in range(3))]
        return protocol.make(self.facts().election, self.codes[elector], [weights])

    def hand_in(self, body: str | bytes, **more: Any) -> Any:
        """Post a ballot as a booth does: nobody is signed in."""
        return self.service.app.test_client().post(self.box, data=body, content_type="application/json", **more)

    def cast(self, elector: int, *chosen: int) -> str:
        """Hand an elector's ballot in; give its tracking number."""
        answer = self.hand_in(self.make(elector, *chosen))
        assert answer.status_code == 202, answer.json
        return str(answer.json["tracker"])

    def verify(self) -> int:
        """Let a worker verify all that waits; give how many."""
        done = 0
        while True:
            with self.service.connect() as conn:
                some = verifying.verify(conn, TENANT, self.id)
            if not some:
                return done
            done += some

    def where(self, tracker: str) -> Any:
        """Ask where a ballot is."""
        return self.service.app.test_client().get(f"{self.box}/ballots", query_string={"tracker": tracker}).json

    def seal(self) -> "Voted":
        """Verify what waits and let the deadlines seal the box."""
        self.verify()
        self.service.due(clock.now())
        return self

    def answer_of(self, seat: int) -> str:
        """Decrypt the sealed sum as a trustee would."""
        with self.service.connect() as conn:
            election = facts.of(conn, self.id).election
            chain = ledger.find(conn, TENANT, self.id)
            assert chain is not None
            tally = read_tally(election, ledger.text(conn, chain, chain.records - counting.SUM_BEFORE_HEAD))
        return trustees.decrypt(election, tally, self.key.shares[seat])

    def decrypt(self, *seats: int, answer: str | None = None) -> "Voted":
        """Let trustees answer."""
        for seat in seats:
            told = {"ballot_id": self.id, "seat": seat, "owner": seat}
            given = answer or self.answer_of(seat)
            with self.service.connect() as conn:
                counting.receive_decryption(conn, TENANT, {**told, "partial_decryption": given})
        return self

    def archive(self, client: Any = None, **headers: str) -> Any:
        """Download the archive."""
        return (client or self.service.app.test_client()).get(f"{self.board}/archive", headers=headers)

    def records(self) -> list[str]:
        """Give the texts of all records."""
        with self.service.connect() as conn:
            rows = conn.execute("SELECT body FROM record WHERE ballot_id = %s ORDER BY number", [self.id]).fetchall()
        return [row[0] for row in rows]


def electronic(service: Service, electors: int = 4, key: SeatedKey | None = KEY, **changes: Any) -> Voted:
    """Let the service hear of an electronic ballot, whose key stands already (unless it is `None`)."""
    ballot_id = uuid4()
    codes = [credential.new_code() for _ in range(electors)]
    uuid = credential.election_uuid(ballot_id)
    public = load(listed([credential.public(code, uuid) for code in codes]))
    hall = {"entitled": 6, "present": 4, "secrecy_minimum": 3}
    given = {"channel": "electronic", **hall, "credentials": public, "ballot_id": ballot_id, **changes}
    called = call(service, **given)
    if key is not None:
        with service.connect() as conn:
            row = conn.execute("SELECT count(*) FROM ceremony WHERE state = 'made'").fetchone()
            if row == (0,):
                conn.execute("DELETE FROM ceremony")
                keep_key(conn, TENANT, PERIOD, replace(key, ceremony_id=uuid4()))
    return Voted(service, called.id, codes, key or KEY)


def tomorrow() -> str:
    """Give a deadline as the API takes it."""
    return (clock.now() + timedelta(days=1)).isoformat()


def totals(candidates: Sequence[dict[str, Any]]) -> list[int]:
    """Give the votes that are shown."""
    return [each["votes"] for each in candidates]


def said(voted: Voted, by: int, answer: str, **changes: Any) -> dict[str, Any]:
    """What a seat says of the sum under its seal, with some of it changed afterwards."""
    facts = {"ballot_id": voted.id, "seat": by, "owner": by, "partial_decryption": answer}
    return {**facts, "seal": seal.sign(IDENTITIES[by], DecryptionMade, TENANT, facts), **changes}
