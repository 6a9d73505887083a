"""Positions in a table of people: who takes up what, checked as if done one by one."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.roster.imports.cells import CellFault
from services.roster.imports.domain import Difference
from services.roster.imports.places import Places
from services.roster.position import rules
from services.roster.position.domain import OFFICES, Holder
from shared.auth import Permission
from shared.directory.domain import ROLE_NAMES, Organization, Person, Position, Role

_BETWEEN = re.compile(r"[、,，;；/\s]+")

Release = Callable[[Sequence[Position]], None]
"""Takes what somebody who would leave holds and will hold, and refuses if the importing person may not end it."""


def at_will(_held: Sequence[Position]) -> None:
    """Let anybody go: what an administrator may."""


class Offices:
    """The positions of the university that have not ended, as the table leaves them."""

    def __init__(
        self,
        held: Sequence[Position],
        names: Callable[[UUID], str],
        may: Callable[[Permission, str], bool],
        release: Release,
        by: UUID,
    ) -> None:
        """Take the positions, a person's name by id, and what the importing person may give at which path.

        `release` says whom the importing person may let go; `by` is that person.
        """
        self._held = {each.id: each for each in held}
        self._before = dict(self._held)
        self._names = names
        self._may = may
        self._release = release
        self._by = by
        self._in: dict[UUID, set[UUID]] = defaultdict(set)
        for each in held:
            self._in[each.organization_id].add(each.id)

    def changed(self) -> list[Position]:
        """Give the positions that are new or end."""
        return [each for key, each in self._held.items() if self._before.get(key) is not each]

    def take(
        self, person: Person, home: Organization, values: dict[str, Any], places: Places, today: date
    ) -> list[Difference]:
        """Give a person the roles of a row, except those held already; give the differences.

        Raises `CellFault`, `NotAppointable`.
        """
        if "roles" not in values:
            return []
        reference = values.get("roles_organization")
        organization = places.find(reference) if reference else home
        since = values.get("roles_since", today)
        found = []
        for role in _roles(values["roles"]):
            holders = list(self._holders(organization.id))
            if any(one.person_id == person.id and one.role is role and rules.lasts(one, since) for one in holders):
                continue
            if not self._may(rules.permission_for(role), organization.path):
                raise CellFault(f"您不能任命{ROLE_NAMES[role]}。")
            position = rules.appointed(person, organization, role, since, holders, by=self._by)
            self._held[position.id] = position
            self._in[organization.id].add(position.id)
            found.append(Difference("任职", "", f"{organization.name}{ROLE_NAMES[role]}"))
        return found

    def leave(self, person: Person, day: date) -> None:
        """End all positions of somebody who leaves. Raises `HigherOffice`, `LastAdministrator`."""
        theirs = [each for each in self._held.values() if each.person_id == person.id]
        self._release(theirs)
        for each in theirs:
            if each.ends_on is not None:
                continue
            if each.role is Role.ADMINISTRATOR:
                rules.refuse_last(self._administrators())
            self._held[each.id] = rules.cut(each, day)

    def _administrators(self) -> int:
        return sum(each.role is Role.ADMINISTRATOR and each.ends_on is None for each in self._held.values())

    def _holders(self, organization_id: UUID) -> Iterable[Holder]:
        for key in self._in[organization_id]:
            each = self._held[key]
            if each.ends_on is None or each is self._before.get(key):  # whom this table lets go has made room
                name = self._names(each.person_id)
                yield Holder(each.id, each.person_id, name, "", each.role, each.starts_on, each.ends_on)


def _roles(text: str) -> list[Role]:
    found = []
    for word in filter(None, _BETWEEN.split(text)):
        if word not in OFFICES:
            raise CellFault(f"不认识职务“{word}”，可填：书记、副书记、支部委员等。")
        found.append(OFFICES[word])
    return list(dict.fromkeys(found))
