"""Who plays a year: the branch with its officers and members, those above it, and how many act at once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from infra.quarter.client import Actor
from infra.quarter.stage import Stage, Stuck
from infra.year import plan
from infra.year.plan import Plan
from shared import clock

AT_ONCE = 4
ON_PAPER = "本人提交纸质材料，由支部代录"
Given = TypeVar("Given")
Gained = TypeVar("Gained")


@dataclass(frozen=True)
class Member:
    """A member of the branch; who has no account hands in paper, which the secretary enters."""

    person_id: str
    name: str
    actor: Actor
    on_paper: bool = False

    @property
    def entry(self) -> dict[str, str]:
        """Give the reason why another enters something, where another does."""
        return {"entry_reason": ON_PAPER} if self.on_paper else {}


@dataclass
class Cast:
    """One branch in one year, and what has come of its pledges so far."""

    stage: Stage
    year: int
    rules: dict[str, Any]
    """the preset's values by setting"""
    branch_id: str
    general_id: str
    members: list[Member] = field(default_factory=list)
    pledges: dict[str, str] = field(default_factory=dict)
    """each member's annual pledge by person"""
    others: dict[str, str] = field(default_factory=dict)
    """what is pledged beside, by what it is: organization, general_branch, group, instant"""

    @property
    def secretary(self) -> Actor:
        """Give the secretary of the branch."""
        return self.stage.role("secretary")

    @property
    def deputy(self) -> Actor:
        """Give the deputy secretary of the branch."""
        return self.stage.role("deputy_secretary")

    @property
    def above(self) -> Actor:
        """Give the secretary of the 党总支."""
        return self.stage.role("general_branch_secretary")

    @property
    def department(self) -> Actor:
        """Give somebody of the 党委组织部."""
        return self.stage.role("organization_department")

    def ordinary(self) -> list[Member]:
        """Give the members with an account and without an office."""
        ranks = {account["person_id"] for account in self.stage.accounts if account["role"] == "member"}
        return [member for member in self.members if member.person_id in ranks and not member.on_paper]

    def officer_beside(self, person_id: str | None) -> Actor:
        """Give an officer of the branch who is somebody else."""
        return self.deputy if person_id == self.secretary.id else self.secretary

    @property
    def plan(self) -> Plan:
        """Give the days on which things are done."""
        return plan.of(self.say("pledge.window_opens"), before=self.say("pledge.window_before"))

    def say(self, key: str) -> Any:
        """Give what the scheme says of something."""
        return self.rules[key]

    def go(self, month_and_day: str, *, year: int | None = None) -> None:
        """Travel to a day, unless it has passed already."""
        day = date.fromisoformat(f"{year or self.year}-{month_and_day}")
        if clock.today() < day:
            self.stage.travel(day.isoformat())

    def at_once(self, act: Callable[[Given], Gained], all_given: Iterable[Given]) -> list[Gained]:
        """Let several people act beside each other; give what came of it in their order."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(act, all_given))


def gather(stage: Stage, year: int, rules: dict[str, Any]) -> Cast:
    """Sign everybody in and give the cast. Raises `Stuck` where the sample has too few people."""
    branch_id, general_id = places(stage)
    cast = Cast(stage, year, rules, branch_id, general_id)
    shown = stage.role("secretary").get("/pledge/api/coverage", organization_id=branch_id, year=str(year))
    people = [each for each in shown["people"] if each["party"]]
    accounts = {account["person_id"]: account for account in stage.accounts}
    own = cast.at_once(stage.account, [accounts[each["person_id"]] for each in people if each["person_id"] in accounts])
    actors = {actor.id: actor for actor in own}
    for each in people:
        actor = actors.get(each["person_id"])
        cast.members.append(Member(each["person_id"], each["name"], actor or cast.secretary, on_paper=actor is None))
    if len(cast.ordinary()) < 8:
        raise Stuck("支部里有账号的普通党员不够")
    return cast


def places(stage: Stage) -> tuple[str, str]:
    """Give the branch and its 党总支."""
    found = {account["role"]: account["organization_id"] for account in stage.accounts}
    return str(found["secretary"]), str(found["general_branch_secretary"])
