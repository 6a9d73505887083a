"""Who votes by phone, whom each of them names, and all of them voting at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from infra.quarter import booth
from infra.quarter.client import Actor
from infra.quarter.stage import Stage

AT_ONCE = 16
"""A hall: who votes within the same two seconds goes into the box together."""


@dataclass(frozen=True)
class Choice:
    """What one elector does: each of the votes replaces the one before it."""

    account: dict[str, Any]
    votes: tuple[frozenset[str], ...]

    @property
    def last(self) -> frozenset[str]:
        """Give the vote that counts."""
        return self.votes[-1]


Voting = Callable[[Stage, list[Choice]], None]
"""How the electors come to vote, until all of their ballots are in the box."""


def plan(stage: Stage, winners: list[str]) -> list[Choice]:
    """Let everybody name the winners, but the last who votes blank; the first votes blank and thinks better of it."""
    here = [each for each in stage.accounts if _votes(stage, each.get("person_id"))]
    electors = list({account["person_id"]: account for account in here}.values())
    names, blank = frozenset(winners), frozenset[str]()
    choices = [Choice(account, (names,)) for account in electors]
    return [Choice(electors[0], (blank, names)), *choices[1:-1], Choice(electors[-1], (blank,))]


def _votes(stage: Stage, person_id: Any) -> bool:
    person = stage.people.get(str(person_id))
    return person is not None and person["presence"] == "present" and str(person_id) not in stage.on_paper


def named(choices: list[Choice]) -> Counter[str]:
    """Count how many name each person in the end."""
    return Counter(person_id for choice in choices for person_id in choice.last)


def vote(stage: Stage, choices: list[Choice]) -> None:
    """Have every elector vote by a client of the own, several at once."""

    def one(choice: Choice) -> None:
        device = booth.enter(_elector(stage, choice), stage.ballot_id)
        for chosen in choice.votes:
            device.vote(chosen)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, choices))


def _elector(stage: Stage, choice: Choice) -> Actor:
    return stage.account(choice.account)
