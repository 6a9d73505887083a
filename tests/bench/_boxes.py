"""A whole system without a university, and electronic ballots in it whose electors' codes the measurement holds."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import requests

from infra.local import keys
from infra.local.system import started
from services.ballot.box import facts as boxes
from services.ballot.key import commands as ceremonies
from services.ballot.paper import commands as tellers
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.election import parse
from shared import clock
from shared.auth import viewer as viewers
from shared.events.evaluation import BallotCalled
from shared.messaging import tell
from shared.voting import credential
from tests.integration.ballot import calls
from tests.system import ROOT, System
from tests.university import TENANT, University, uid

PERIOD = "2013Q1"
PATIENCE = 120


@dataclass
class Box:
    """An open electronic ballot of a running system."""

    system: System
    id: UUID
    codes: list[str]
    election: str

    def make(self, pool: Executor, chosen: int) -> list[str]:
        """Encrypt a ballot of each elector, for the first so many candidates."""
        halves = [self.codes[at::2] for at in range(2)]
        made = pool.map(make, [self.election] * 2, halves, [chosen] * 2)
        return [text for half in made for text in half]

    def hand_in(self, texts: list[str]) -> None:
        """Post the ballots at the gateway, one after the other."""
        with requests.Session() as line:
            for text in texts:
                headers = {"Content-Type": "application/json"}
                address = f"{self.system.base}/ballot/api/box/{self.id}"
                line.post(address, data=text, headers=headers, timeout=30).raise_for_status()

    def accepted(self) -> int:
        """Count the ballots in the archive."""
        return int(self._ask("SELECT count(*) FROM accepted_ballot WHERE ballot_id = %s"))

    def state(self) -> str:
        """Give the state of the ballot."""
        return self._ask("SELECT state FROM ballot WHERE id = %s")

    def close(self) -> None:
        """Close it as a teller does; the count follows by itself."""
        with connect(self.system) as conn:
            first = viewers.load(conn, TENANT, calls.FIRST, 1, clock.today())
            tellers.close(conn, first, self.id, returned=0)

    def _ask(self, question: str) -> str:
        with connect(self.system) as conn:
            row = conn.execute(question, [self.id]).fetchone()
        return str(row[0]) if row else ""


def connect(system: System) -> psycopg.Connection[tuple[object, ...]]:
    """Reach the database of ballot."""
    return psycopg.connect(system.environment["BALLOT_DATABASE_URL"])


@contextmanager
def standing() -> Iterator[System]:
    """Bring a system up in which the small university has made the key of its quarter."""
    var = Path(os.environ.get("TEST_SYSTEM_VAR", ROOT / "var" / "bench-boxes"))
    with started(var, with_sample=False) as environment:
        system = System(var, environment)
        os.environ["TRUSTEE_IDENTITIES_FILE"] = str(var / "secrets" / keys.IDENTITIES)
        os.environ["BALLOT_IDENTITY_FILE"] = str(var / "secrets" / keys.BALLOT)
        with connect(system) as conn:
            University().fill(conn)
            ceremonies.request(conn, TENANT, PERIOD)
        until(lambda: _has_key(system))
        yield system


def _has_key(system: System) -> bool:
    with connect(system) as conn:
        return ceremonies.of(conn, TENANT, PERIOD) is not None


def open_one(system: System, electors: int, candidates: int) -> Box:
    """Call and open a ballot."""
    ballot_id = uuid4()
    codes = [credential.new_code() for _ in range(electors)]
    public = sorted(credential.public(code, credential.election_uuid(ballot_id)) for code in codes)
    names = [{"person_id": uid(f"C{at}"), "name": f"候选人{at}", "note": ""} for at in range(candidates)]
    places = max(1, candidates * 3 // 20)
    hall = {"entitled": electors, "present": electors, "places": places, "paper_electors": 0}
    given = {"channel": "electronic", "credentials": public, "secrecy_minimum": 3, "candidates": names}
    facts = calls.facts(ballot_id=ballot_id, **hall, **given)
    # Told as evaluation tells it: the trustees hold the archive against what they heard themselves.
    with psycopg.connect(system.environment["EVALUATION_DATABASE_URL"]) as conn:
        tell(conn, BallotCalled, tenant_id=TENANT, subject=ballot_id, **facts)
    until(lambda: _is_called(system, ballot_id))
    with connect(system) as conn:
        first = viewers.load(conn, TENANT, calls.FIRST, 1, clock.today())
        tellers.open_(conn, first, ballot_id, present=electors, issued=0, secure=True)
        return Box(system, ballot_id, codes, boxes.of(conn, ballot_id).election.text)


def _is_called(system: System, ballot_id: UUID) -> bool:
    with connect(system) as conn:
        return conn.execute("SELECT FROM ballot WHERE id = %s", [ballot_id]).fetchone() is not None


def make(election: str, codes: list[str], chosen: int) -> list[str]:
    """Encrypt a ballot for each code, which names the first so many candidates."""
    asked = parse(election)
    width = asked.questions[0].width - 1
    weights = [0, *[1] * chosen, *[0] * (width - chosen)]
    return [ballots.make(asked, code, [weights]) for code in codes]


def until(true: Callable[[], object], *, every: float = 0.005) -> float:
    """Wait until something is true; give the seconds that it took."""
    began = time.perf_counter()
    while not true():
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("it has not become true")
        time.sleep(every)
    return time.perf_counter() - began
