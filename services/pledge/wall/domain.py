"""What hangs on the public wall, and who may see how much of it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.pledge.pledge.domain import TOGETHER, Author, Form, Item, Kind
from services.pledge.publication.domain import Scope

NAMED = 3
"""So many who promise together are all named."""


@dataclass(frozen=True)
class Eye:
    """Who looks: the scopes that are open everywhere, and the organisations whose branch scope is open too."""

    scopes: list[Scope]
    inside: list[UUID] = field(default_factory=list)

    def sees(self, scope: Scope, organization_id: UUID) -> bool:
        """Say whether a pledge is shown to this eye."""
        return scope in self.scopes or organization_id in self.inside


@dataclass(frozen=True)
class Hung:
    """A pledge as it hangs on the wall."""

    pledge_id: UUID
    organization_id: UUID
    organization: str
    person_id: UUID | None
    name: str
    secretary: bool
    form: Form
    kind: Kind
    year: int
    scope: Scope
    headline: str
    version: int
    items: list[Item] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    """who promises together with the pledger"""

    @property
    def together(self) -> bool:
        """Say whether others may be named on it."""
        return self.form in TOGETHER

    @property
    def signature(self) -> str:
        """Name all who promise, or the first with their number: 尤文静、毛建国; 文思远等33人 (R-033)."""
        total = 1 + sum(one.headcount for one in self.authors)
        if len(self.authors) < NAMED:
            return "、".join([self.name, *(one.label for one in self.authors)])
        return f"{self.name}等{total}人"

    @property
    def address(self) -> str:
        """Give where it is read alone."""
        return f"/pledge/wall/pledges/{self.pledge_id}"


@dataclass(frozen=True)
class Turn:
    """Where a page of the wall begins: at a place, or (whatever the place) after or before a pledge."""

    first: int = 0
    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True)
class Secretary:
    """Whether a secretary has pledged in public (R-009)."""

    person_id: UUID
    name: str
    organization: str
    published_on: date | None


class Sign(StrEnum):
    """What is printed (R-061)."""

    A3 = "a3"
    A4 = "a4"
    CARD = "card"
    DESK = "desk"
    POST = "post"


SIGN_NAMES = {
    Sign.A3: "承诺展示板A3",
    Sign.A4: "承诺展示板A4",
    Sign.CARD: "承诺名片",
    Sign.DESK: "承诺桌牌",
    Sign.POST: "岗位牌",
}
