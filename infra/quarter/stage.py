"""What the acts share: the cast, the diary, the clock, and waiting for what the system does by itself."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.local import travel
from infra.quarter.client import Actor
from infra.quarter.diary import Diary

PATIENCE = 300.0


class Stuck(Exception):  # noqa: N818
    """What the system should have done by itself did not happen."""


@dataclass
class Stage:
    """One branch, its people, and what has come of the quarter so far."""

    base: str
    diary: Diary
    accounts: list[dict[str, Any]]
    clock_file: Path
    channel: str = "electronic"
    """electronic, paper or mixed"""
    on_paper: list[str] = field(default_factory=list)
    """who votes on paper where the ballot is held both ways, by person id"""
    organization_id: str = ""
    meeting_id: str = ""
    ballot_id: str = ""
    period: str = ""
    ousted_id: str = ""
    """the member who is found ineligible between the ballot and the verification"""
    cited: dict[str, dict[str, str]] = field(default_factory=dict)
    """to which pledge and item of it deeds refer, by whose they are"""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    """attendees of the meeting by person id"""
    _signed_in: dict[str, Actor] = field(default_factory=dict)

    def role(self, role: str) -> Actor:
        """Give the first sample account of a role, signed in. Raises `Stuck` when the sample has none."""
        for account in self.accounts:
            if account["role"] == role:
                return self.account(account)
        raise Stuck(f"示例账号中没有 {role}")

    def account(self, account: dict[str, Any]) -> Actor:
        """Sign an account in, once."""
        number = account["number"]
        if number not in self._signed_in:
            self._signed_in[number] = Actor(self.base, number, account["password"]).sign_in()
        return self._signed_in[number]

    def person(self, person_id: str) -> Actor | None:
        """Sign in the person with this id, if the sample gives the person's account."""
        for account in self.accounts:
            if account.get("person_id") == person_id:
                return self.account(account)
        return None

    def public(self) -> Actor:
        """Give somebody who does not sign in."""
        return Actor(self.base)

    def travel(self, word: str) -> None:
        """Let days pass: `+3d`, or a day."""
        travel.set_clock(self.clock_file, word)

    def wait(self, what: str, ready: Callable[[], Any]) -> Any:
        """Ask again until the system has done something by itself. Raises `Stuck`."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := ready():
                return found
            time.sleep(0.1)
        raise Stuck(f"等了 {PATIENCE:.0f} 秒，还没有{what}")


def begin(channel: str = "electronic") -> Stage:
    """Read the local runner's environment and the sample accounts."""
    base = os.environ["BASE_URL"]
    clock_file = Path(os.environ["CLOCK_FILE"])
    var = clock_file.parent
    accounts = json.loads((var / "accounts.json").read_text(encoding="utf-8"))
    return Stage(base, Diary(base, var / "quarter.json"), accounts, clock_file, channel)
