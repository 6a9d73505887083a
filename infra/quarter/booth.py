"""An elector's device: takes the elector's own credential, encrypts the choice, hands it in as nobody in particular."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.quarter.client import Actor, Refused
from infra.quarter.stage import PATIENCE, Stuck
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election
from shared.voting import credential

TOO_OFTEN = 429
REFILL = 6.0
"""Seconds after which the door lets a credential in once more."""


@dataclass
class Booth:
    """One elector's device before one ballot; `line` is a connection on which nobody is signed in."""

    line: Actor
    ballot_id: str
    code: str
    election: Election
    candidates: list[str]
    """person ids, in the order of the ballot"""

    def make(self, chosen: Collection[str]) -> str:
        """Encrypt a choice of persons; nobody at all is a blank ballot."""
        weights = [int(not chosen), *(int(person_id in chosen) for person_id in self.candidates)]
        return ballots.make(self.election, self.code, [weights])

    def hand_in(self, text: str) -> str:
        """Put a ballot into the box, over every broken line; give its tracking number. Raises `Refused`."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return str(self.line.put(f"/ballot/api/box/{self.ballot_id}", text)["tracker"])
            except Refused as refusal:
                # Every try that reached the door was counted there, also those that the line did not answer.
                if refusal.status != TOO_OFTEN or time.monotonic() > until:
                    raise
            time.sleep(REFILL)

    def where(self, tracker: str) -> str:
        """Say where a ballot is."""
        asked = self.line.get(f"/ballot/api/box/{self.ballot_id}/ballots", tracker=tracker)
        return f"{asked['state']} {asked['code']}".strip()

    def await_box(self, tracker: str) -> None:
        """Wait until a ballot is in the box. Raises `Stuck`."""
        until = time.monotonic() + PATIENCE
        while (state := self.where(tracker)) != "accepted":
            if state != "waiting" or time.monotonic() > until:
                raise Stuck(f"选票没有进入票箱：{state}")
            time.sleep(0.1)

    def vote(self, chosen: Collection[str]) -> str:
        """Vote, and wait until the ballot is in the box; give its tracking number."""
        tracker = self.hand_in(self.make(chosen))
        self.await_box(tracker)
        return tracker


def enter(elector: Actor, ballot_id: str) -> Booth:
    """Take somebody's credential to an open box. Raises `Refused`, and `Stuck` where the election is another one."""
    ticket: dict[str, Any] = elector.get(f"/evaluation/api/ballots/{ballot_id}/credential")
    line = Actor(elector.base)
    box: dict[str, Any] = line.get(f"/ballot/api/box/{ballot_id}")
    election = elections.parse(str(box["election"]))
    if election.uuid != credential.election_uuid(UUID(ballot_id)):
        raise Stuck("票箱给出的不是这次选举")
    compare_rolls(ticket, box)
    return Booth(
        line, ballot_id, str(ticket["credential"]), election, [each["person_id"] for each in box["candidates"]]
    )


def compare_rolls(ticket: Mapping[str, Any], box: Mapping[str, Any]) -> None:
    """Raise `Stuck` where the box has other electors than were called (decision 25); a call before that has no mark."""
    if ticket.get("roll") and ticket["roll"] != box.get("roll"):
        raise Stuck("票箱里的选民名单与发起投票时的不一致")
