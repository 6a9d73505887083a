"""Everything on their way is killed while ballots pour in: each that was answered with 202 is in the archive, once."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra.quarter import booth, meeting, vote
from infra.quarter.electors import AT_ONCE, Choice
from infra.quarter.stage import Stage
from tests import auditors
from tests.blows import Striker
from tests.system import System

VICTIMS = ("ballot-web", "ballot-verify", "ballot-work", "trustee1-work", "rabbitmq", "postgres", "nginx")
"""The door, the verifier, what feeds it, a trustee, the broker, the database, the gateway."""
EACH = 6
"""How many ballots must have got through between one blow and the next."""
ROUNDS = 3


class Downpour:
    """Every elector votes again and again and last as the plan says, while one thing after the other is killed."""

    def __init__(self, system: System, seed: int) -> None:
        self.striker, self.dice = Striker(system, random.Random(seed)), random.Random(seed + 1)
        self.taken: list[str] = []
        """tracking numbers of all ballots that were answered with 202"""
        self.dealt: list[str] = []
        self.ended = threading.Event()

    def __call__(self, stage: Stage, choices: list[Choice]) -> None:
        people = [each["person_id"] for each in stage.accounts if each["person_id"] in stage.people]
        plans = [(choice, [frozenset(self.dice.sample(people, 1)) for _ in range(ROUNDS)]) for choice in choices]
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            storm = pool.submit(self.strike_on)
            try:
                list(pool.map(lambda each: self.vote(stage, *each), plans))
            finally:
                self.ended.set()
            storm.result()

    def vote(self, stage: Stage, choice: Choice, before: list[frozenset[str]]) -> None:
        device = booth.enter(stage.account(choice.account), stage.ballot_id)
        for chosen in (*before, choice.last):
            standing = chosen & set(device.candidates)
            tracker = device.hand_in(device.make(standing))
            self.taken.append(tracker)
            device.await_box(tracker)

    def strike_on(self) -> None:
        order = list(VICTIMS)
        self.dice.shuffle(order)
        for name in order:
            enough = len(self.taken) + EACH
            while len(self.taken) < enough and not self.ended.is_set():
                time.sleep(0.01)
            self.striker.strike(name)
            self.dealt.append(name)


@pytest.fixture(scope="module")
def downpour(system: System) -> Downpour:
    """Play until the count, which must be what the last ballots say; the killed trustee is not waited for."""
    downpour = Downpour(system, seed=1)
    with system.acting() as stage:
        meeting.play(stage)
        vote.play(stage, downpour)
    downpour.striker.await_health()
    return downpour


def test_everything_on_the_way_was_killed_while_ballots_came(downpour: Downpour) -> None:
    assert set(downpour.dealt) == set(VICTIMS)
    assert len(downpour.taken) > len(VICTIMS) * EACH


def test_every_accepted_ballot_is_in_the_archive_once_and_the_chain_is_valid(
    downpour: Downpour, system: System, tmp_path: Path
) -> None:
    """Nothing else is in it, and both auditors come to the result that the tellers were told."""
    (address,) = [each for each in system.played()["documents"] if each.endswith(".bel")]
    archive = auditors.download(address, tmp_path)
    assert sorted(auditors.trackers(archive)) == sorted(downpour.taken)
    auditors.pass_both(archive)
