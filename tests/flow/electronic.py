"""The five services with the three seats of the key: a quarter whose ballot is cast by phone, step by step."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from werkzeug.serving import make_server

from infra.quarter import electors
from infra.quarter.booth import Booth
from infra.quarter.electors import Choice
from infra.quarter.stage import Stage
from services.ballot import events as ballot_events
from services.ballot.key import events as key_events
from services.ballot.protocol import election as elections
from shared import clock
from shared.events import Event
from shared.events.ballot import BallotCast
from shared.events.trustee import DecryptionDeclined, DecryptionMade
from tests.flow.world import World
from tests.seats import Place, Table, run_errands, seat_handlers
from tests.trustees import SEATS


@dataclass
class VotingWorld(World):
    """Services and seats; what a seat does by itself happens when deadlines run."""

    table: Table = field(default_factory=lambda: Table({}))
    board_url: str = ""
    looks: int = 0

    def carry(self) -> int:
        effects = super().carry()
        before = len(self.table.done)
        self.table.carry(copies=self.copies, shuffled=self.shuffled)
        return effects + len(self.table.done) - before

    def due(self) -> None:
        super().due()
        self.looks += 1
        self.services["ballot"].due(self._later())
        self.carry()
        for seat in SEATS:
            run_errands(self.table.places[f"trustee{seat}"], seat, self.board_url, self._later)

    def _later(self) -> datetime:
        """Seats look, and ballots wait for company, some seconds; here they have always passed."""
        return clock.now() + timedelta(seconds=3 * self.looks)


@contextmanager
def seated(world: VotingWorld, database: Callable[[str], str]) -> Iterator[VotingWorld]:
    """Seat the trustees, with the public board on real HTTP."""
    ballot = world.services["ballot"]
    server = make_server("127.0.0.1", 0, ballot.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    world.board_url = f"http://127.0.0.1:{server.server_port}"
    places = {f"trustee{n}": Place(f"trustee{n}", database(f"trustee{n}"), seat_handlers(n, "")) for n in SEATS}
    said: list[type[Event]] = [*key_events.HANDLERS, DecryptionMade, DecryptionDeclined]
    heard = {event: ballot_events.HANDLERS[event] for event in said}
    verify = ballot_events.EXTRA_HANDLERS["ballot.verify"][BallotCast]
    places["ballot"] = Place("ballot", ballot.url, heard)
    places["ballot.verify"] = Place("ballot.verify", ballot.url, {BallotCast: verify})
    callers = [service for name, service in world.services.items() if name in {"evaluation", "pledge"}]
    places |= {caller.name: Place(caller.name, caller.url, {}) for caller in callers}
    world.table = Table(places)
    try:
        yield world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Cast:
    """What one elector did, as only the test knows it."""

    person_id: str
    number: str
    name: str
    code: str
    chosen: frozenset[str]
    tracker: str
    text: str


@dataclass
class Polling:
    """Votes as the electors of the plan do, in an order that the dice give, and keeps what each did."""

    before: Callable[[], None]
    """called when every ballot waits before the box"""
    cast: list[Cast] = field(default_factory=list)

    def __call__(self, stage: Stage, choices: list[Choice]) -> None:
        world = world_of(stage)
        choices[:] = [each for each in choices if self._on_the_roll(stage, each.account)]
        world.dice.shuffle(choices)
        for choice in choices:
            self.cast.append(self._vote(stage, choice.account, choice.last))
        self.before()
        world.carry()
        world.due()
        # one comes back for another vote, which replaces the first
        again = choices[0]
        self.cast.append(self._vote(stage, again.account, again.last))
        world.due()

    def _on_the_roll(self, stage: Stage, account: dict[str, str]) -> bool:
        with world_of(stage).services["evaluation"].connect() as conn:
            row = conn.execute("SELECT FROM elector WHERE person_id = %s", [account["person_id"]]).fetchone()
        return row is not None

    def _vote(self, stage: Stage, account: dict[str, str], chosen: frozenset[str]) -> Cast:
        elector = stage.account(account)
        code = elector.get(f"/evaluation/api/ballots/{stage.ballot_id}/credential")["credential"]
        line = stage.public()
        box = line.get(f"/ballot/api/box/{stage.ballot_id}")
        election = elections.parse(box["election"])
        booth = Booth(line, stage.ballot_id, code, election, [each["person_id"] for each in box["candidates"]])
        text = booth.make(chosen)
        tracker = booth.hand_in(text)
        return Cast(account["person_id"], account["number"], account["name"], code, chosen, tracker, text)


def world_of(stage: Stage) -> VotingWorld:
    """Give the world behind a stage."""
    found: VotingWorld = stage.world  # type: ignore[attr-defined]
    return found


def expected(cast: list[Cast]) -> dict[str, int]:
    """Count what was chosen in the end, by person."""
    last = {each.person_id: each for each in cast}
    return dict(electors.named([Choice({}, (each.chosen,)) for each in last.values()]))


def addresses(world: VotingWorld) -> dict[str, str]:
    """Give the address of everybody's database."""
    seats = {name: place.url for name, place in world.table.places.items() if name.startswith("trustee")}
    return {**{name: service.url for name, service in world.services.items()}, **seats}
