"""Ballot and the three seats together: a key by messages, an archive over real HTTP, a count by any two (R-130)."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from werkzeug.serving import make_server

from services.ballot import events as ballot_events
from services.ballot.audit.follower import Follower, State
from services.ballot.box.domain import Chain
from services.ballot.ledger import store as ledger
from shared import clock
from shared.events.ballot import BallotCast
from shared.events.evaluation import BallotCalled
from tests.integration.ballot.boxes import Voted, electronic, totals
from tests.integration.ballot.calls import FIRST, MEMBER, facts
from tests.seats import Place, Table, run_errands, seat_handlers
from tests.services import Service
from tests.trustees import SEATS
from tests.university import TENANT


@dataclass
class Branch:
    """Everybody who takes part, with a clock that the test moves."""

    ballot: Service
    table: Table
    board_url: str
    now: datetime = field(default_factory=clock.now)
    away: set[int] = field(default_factory=set)

    def work(self, times: int = 4) -> None:
        """Let messages travel and everybody do what is due."""
        for _ in range(times):
            self.table.carry()
            self.now += timedelta(seconds=3)
            self.ballot.due(self.now)
            for seat in set(SEATS) - self.away:
                run_errands(self.table.places[f"trustee{seat}"], seat, self.board_url, lambda: self.now)

    def leave(self, seat: int) -> None:
        """Let a seat go, for good."""
        self.away.add(seat)
        self.table.absent.add(f"trustee{seat}")

    def told(self, seat: int, name: str) -> int:
        return len(self.table.places[f"trustee{seat}"].told(name))


@pytest.fixture
def branch(ballot: Service, database: Callable[[str], str]) -> Iterator[Branch]:
    server = make_server("127.0.0.1", 0, ballot.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    verify = ballot_events.EXTRA_HANDLERS["ballot.verify"][BallotCast]
    places = {f"trustee{n}": Place(f"trustee{n}", database(f"trustee{n}"), seat_handlers(n, url)) for n in SEATS}
    places["ballot"] = Place("ballot", ballot.url, {**ballot_events.HANDLERS, BallotCast: verify})
    yield Branch(ballot, Table(places), url)
    server.shutdown()
    thread.join()
    server.server_close()


def called(branch: Branch) -> Voted:
    """Call an electronic ballot, and let everybody hear it and make the key."""
    voted = electronic(branch.ballot, key=None)
    with branch.ballot.connect() as conn:
        row = conn.execute("SELECT credentials FROM box").fetchone()
    assert row
    tell_call(branch, voted, row[0])
    branch.work(1)
    return voted


def tell_call(branch: Branch, voted: Voted, listed: str) -> None:
    given = facts(ballot_id=voted.id, channel="electronic", credentials=json.loads(listed), secrecy_minimum=3)
    for seat in SEATS:
        branch.table.forge(f"trustee{seat}", BallotCalled, tenant_id=TENANT, **given)


def votes(branch: Branch, voted: Voted) -> None:
    for elector, chosen in enumerate([(0, 1), (0,), (2,), ()]):
        voted.cast(elector, *chosen)
        branch.work(1)
    branch.work(2)


def test_nobody_holds_the_whole_key_and_two_seats_of_three_count(branch: Branch) -> None:
    """R-130: with one seat lost after the call, the other two give the result, which the archive proves."""
    voted = called(branch).begin()
    branch.leave(2)
    votes(branch, voted)
    voted.cast(0, 1)
    assert voted.post(FIRST, "close").json["state"] == "closing"
    branch.work()
    shown = voted.get(FIRST).json
    assert shown["state"] == "counted"
    assert totals(shown["candidates"]) == [1, 1, 1]
    assert [branch.told(seat, "decryption.made") for seat in SEATS] == [1, 0, 1]
    assert branch.table.dead == []
    data = voted.archive(branch.ballot.client(MEMBER)).data
    follower = Follower(lambda offset, length: data[offset : offset + length])
    follower.feed(data)
    assert (follower.complete(), follower.state, follower.num_tallied) == ((), State.FINISHED, 4)


def test_a_seat_that_comes_back_late_finds_its_place_and_changes_nothing(branch: Branch) -> None:
    voted = called(branch).begin()
    branch.leave(3)
    votes(branch, voted)
    voted.post(FIRST, "close")
    branch.work()
    before = voted.records()
    branch.away.clear()
    branch.table.absent.clear()
    branch.work()
    assert branch.told(3, "decryption.made") == 1
    assert branch.told(3, "decryption.declined") == 0
    assert voted.records() == before


def test_an_electronic_ballot_waits_for_its_key(branch: Branch) -> None:
    branch.table.absent = {"trustee1"}
    voted = called(branch)
    assert voted.post(FIRST, "open", present=4, issued=0).json["code"] == "key_not_ready"
    branch.table.absent.clear()
    branch.work(1)
    voted.begin()


def test_with_one_seat_alone_nothing_is_counted(branch: Branch) -> None:
    voted = called(branch).begin()
    branch.leave(1)
    branch.leave(2)
    votes(branch, voted)
    voted.post(FIRST, "close")
    branch.work()
    assert branch.told(3, "decryption.made") == 1
    assert voted.state() == "tallying"


def rewrite_without(branch: Branch, voted: Voted, lost: str) -> None:
    """Let whoever owns ballot's database write another past, in which one ballot was never cast; all else is right."""
    texts = voted.records()
    ballots = [text for text in texts if text.startswith('{"election_uuid"')]
    chain = Chain(TENANT, voted.id)
    builder = chain.builder()
    records = [*builder.setup(*texts[:3])]
    for text in ballots:
        if text != lost:
            records += builder.ballot(text)
    with branch.ballot.connect() as conn:
        conn.execute("SET session_replication_role = replica")
        for table in ("record", "chain"):
            conn.execute(f"DELETE FROM {table}")
        conn.execute("DELETE FROM accepted_ballot WHERE credential = %s", [json.loads(lost)["credential"]])
        conn.execute("SET session_replication_role = origin")
        ledger.append(conn, chain, builder, records)


def test_a_box_that_lost_a_ballot_which_the_seats_have_seen_is_not_counted(branch: Branch) -> None:
    """The seats remember the chain: a box with another past, right in itself, gets no result from any of them."""
    voted = called(branch).begin()
    votes(branch, voted)
    lost = next(text for text in voted.records() if text.startswith('{"election_uuid"'))
    rewrite_without(branch, voted, lost)
    for elector in range(4):
        voted.cast(elector, 1)
    voted.post(FIRST, "close")
    branch.work()
    assert voted.state() == "tallying"
    data = voted.archive(branch.ballot.client(MEMBER)).data
    follower = Follower(lambda offset, length: data[offset : offset + length])
    follower.feed(data)
    assert (follower.complete(), follower.state) == ((), State.SEALED), "who saw nothing before sees nothing wrong"
    assert [branch.told(seat, "decryption.made") for seat in SEATS] == [0, 0, 0]
    assert all(branch.told(seat, "decryption.declined") for seat in SEATS)
