"""What a quarter voted by phone, or both ways, leaves behind, read three times, and laid side by side."""

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from infra.quarter import after, meeting, paper, vote
from infra.quarter.stage import Stage
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol import election as elections
from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election
from services.ballot.protocol.tally import Accumulator, read_tally
from services.ballot.protocol.trustees import Trustees, combine, decrypt
from shared.crypto import Vault
from tests import trustees
from tests.flow.electronic import Cast, Polling, VotingWorld, addresses, expected
from tests.flow.world import set_stage
from tests.leavings import Row, everything
from tests.services import DATA_KEY
from tests.trustees import SEATS
from tests.university import uid

BATCH = 8


@dataclass
class Left:
    """What a quarter left: rows by moment, what was logged while people voted, and what only the test knows."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    logged: list[str] = field(default_factory=list)
    cast: list[Cast] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    """who voted on paper, by id"""
    dead: list[tuple[str, str, str]] = field(default_factory=list)
    """what a seat, or ballot hearing one, refused"""
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    """what some are shown once the count stands: by number ("" for nobody in particular) and address"""

    def of(self, moment: str, *owners: str) -> list[Row]:
        return [row for row in self.rows[moment] if not owners or row.owner in owners]

    def table(self, moment: str, owner: str, table: str) -> list[Row]:
        return [row for row in self.of(moment, owner) if row.table == table]

    @cached_property
    def people(self) -> set[str]:
        """What names an elector."""
        return {word for each in self.cast for word in (each.person_id, each.number, each.name)}

    @property
    def codes(self) -> set[str]:
        return {each.code for each in self.cast}

    @cached_property
    def election(self) -> Election:
        return elections.parse(str(self.table("counted", "ballot", "box")[0].raw["election"]))

    @cached_property
    def credentials(self) -> list[str]:
        """Give the public credential of each vote, in the order in which they were cast."""
        return [protocol.read(self.election, each.text).credential for each in self.cast]

    @property
    def credentials_called(self) -> list[str]:
        """Give the public credentials as evaluation told them."""
        told = next(row.raw for row in self.table("over", "evaluation", "outbox") if row.raw["name"] == "ballot.called")
        return list(told["data"]["credentials"])

    @cached_property
    def marks(self) -> dict[str, str]:
        """What names one elector's ballot, and whose it is: credential, tracking number, a ciphertext."""
        found: dict[str, str] = {}
        for each, public in zip(self.cast, self.credentials, strict=True):
            alpha = json.loads(each.text)["answers"][0]["choices"][0]["alpha"]
            found |= dict.fromkeys((public, each.tracker, alpha, each.code), each.person_id)
        return found

    def about_one(self, row: Row) -> bool:
        """Say whether a row singles out some electors' ballots: one that names all electors' singles out none."""
        whose = {self.marks[mark] for mark in row.names(self.marks)}
        return bool(whose) and whose != {each.person_id for each in self.cast}


class Ear(logging.Handler):
    """Writes down all that is logged, with every field."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(level=0)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"{record.msg} {record.args} {record.__dict__}")


def play(world: VotingWorld, folder: Path, found: Left, channel: str) -> None:
    stage = set_stage(world, folder, channel)

    def read(moment: str) -> None:
        found.rows[moment] = [
            row
            for owner, url in addresses(world).items()
            for row in everything(owner, url, [VAULTS.get(owner, Vault((DATA_KEY,)))])
        ]

    meeting.play(stage)
    polling = Polling(lambda: read("waiting"))
    vote.play(stage, polling)
    read("counted")
    found.cast, found.papers = polling.cast, stage.on_paper
    found.totals = dict(paper.named(winners(found), len(stage.on_paper)) + Counter(expected(polling.cast)))
    found.seen = {number: shown(world, stage, number) for number in EYES}
    after.play(stage)
    world.carry()
    world.due()
    read("over")


EYES = ("", "T001", "T003", "T041", "T051")
"""Nobody in particular, secretary, member, 党总支, department."""


def winners(left: Left) -> list[str]:
    """Give whom the electors of the plan name: all of them the same."""
    return sorted(set().union(*(each.chosen for each in left.cast)))


def shown(world: VotingWorld, stage: Stage, number: str) -> dict[str, Any]:
    """Give what somebody is shown of the counted ballot; also the refusal."""
    board, ballot, own = (
        f"/ballot/boards/{stage.ballot_id}", f"/ballot/api/ballots/{stage.ballot_id}",
        f"/evaluation/api/ballots/{stage.ballot_id}",
    )  # fmt: skip
    found: dict[str, Any] = {}
    for name in (board, f"{board}/archive", *((ballot, own) if number else ())):
        service = world.services[name.split("/")[1]]
        answer = (service.client(uid(number)) if number else service.client()).get(name)
        assert answer.status_code in {200, 403}, (number, name)
        found[name.replace(stage.ballot_id, "")] = answer.json if answer.is_json else answer.data
    return found


VAULTS = {f"trustee{seat}": trustees.VAULTS[seat] for seat in SEATS}


def arrived(left: Left) -> list[str]:
    """Give the tracking numbers of those who waited together, in the order in which they came."""
    return [each.tracker for each in left.cast[:-1]]


def orders(left: Left) -> dict[str, list[str]]:
    """Give every order in which ballot's rows can be read, as tracking numbers."""
    waited = set(arrived(left))
    found: dict[str, list[str]] = {}
    for table in sorted({row.table for row in left.of("over", "ballot")}):
        rows = left.table("over", "ballot", table)
        numbers = {name for row in rows for name, value in row.raw.items() if isinstance(value, int)}
        for name in ("place", "transaction", *sorted(numbers)):
            ordered = sorted(rows, key=lambda row: (_by(row, name), row.place))
            trackers = [word for row in ordered for word in trackers_of(row, waited)]
            if trackers:
                found[f"{table} by {name}"] = list(dict.fromkeys(trackers))
    return found


def _by(row: Row, name: str) -> tuple[int, ...]:
    match name:
        case "place":
            return row.place
        case "transaction":
            return (row.transaction,)
        case _:
            return () if row.raw[name] is None else (int(row.raw[name]),)


def trackers_of(row: Row, waited: set[str]) -> list[str]:
    if row.raw.get("tracker") in waited:
        return [row.raw["tracker"]]
    body = str(row.raw.get("body", ""))
    made = protocol.tracker(body) if body.startswith('{"election_uuid"') else ""
    return [made] if made in waited else []


def shares(left: Left, *owners: str) -> dict[int, int]:
    """Give the shares of the key that lie with these: what their rows hold, opened with their own keys."""
    found = {}
    for row in left.of("over", *owners):
        if row.table == "ceremony" and row.raw.get("share"):
            words = row.text.split()
            found[int(row.owner.removeprefix("trustee"))] = max(int(w) for w in words if w.isdecimal() and len(w) > 40)
    return found


def opened(left: Left, ballot: Ballot, held: dict[int, int]) -> list[list[int]]:
    """Decrypt one ballot with shares of the key; raises where they do not suffice."""
    election, alone = left.election, Accumulator(left.election)
    alone.add(ballot)
    tally = read_tally(election, alone.text)
    key = Trustees.parse(str(left.table("counted", "ballot", "box")[0].raw["trustees"]))
    answers = {seat: decrypt(election, tally, share) for seat, share in held.items()}
    return combine(election, key, answers, tally, 1)
