"""The surroundings of a table looked up: each organisation's share once."""

from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID

from services.pledge import permissions
from services.pledge.imports import store
from services.pledge.imports.surroundings import Surroundings
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.window import Window
from services.pledge.tie import store as ties
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.scheme import Scheme


def around(
    conn: Connection, viewer: Viewer, filename: str, *, numbers: Sequence[str], named: Sequence[str]
) -> Surroundings:  # fmt: skip
    """Look up what a table names: people by 学工号, organisations by name."""
    people = store.list_people(conn, viewer.tenant_id, numbers)
    organizations: dict[str, list[Organization]] = {}
    for one in store.list_named(conn, viewer.tenant_id, named):
        organizations.setdefault(one.name, []).append(one)
    ids = [one.id for one in people] + [one.id for found in organizations.values() for one in found]
    look = Lookups(conn, viewer.tenant_id)
    return Surroundings(
        people={person.number: person for person in people},
        organizations=organizations,
        known=store.list_known(conn, viewer.tenant_id, ids),
        home_of=lambda person: look.home(person.organization_id),
        may_enter=lambda pledger: viewer.may(permissions.IMPORT_PLEDGES, pledger.branch.path),
        scheme_of=look.scheme,
        window_of=look.window,
        colleagues=look.colleagues,
        promised=look.promised,
        entered_by=viewer.id,
        reason=f"据“{filename}”导入"[:200],
        now=clock.now(),
    )


class Lookups:
    """What is asked of the database once for each organisation, as long as a table is planned."""

    def __init__(self, conn: Connection, tenant_id: UUID) -> None:
        """Take where to look."""
        self._conn, self._tenant_id = conn, tenant_id
        self.home, self.scheme, self.window = cache(self._home), cache(self._scheme), cache(self._window)
        self.colleagues, self.promised = cache(self._colleagues), cache(self._promised)

    def _home(self, organization_id: UUID) -> Organization:
        return branches.of(self._conn, self._tenant_id, organization_id)

    def _scheme(self, organization: Organization) -> Scheme:
        return schemes.current(self._conn, organization)

    def _window(self, organization: Organization, year: int) -> Window:
        return pledges.window_of(self._conn, organization, self.scheme(organization), year)

    def _colleagues(self, organization: Organization) -> Mapping[UUID, Person]:
        return {one.id: one for one in branches.list_members(self._conn, self._tenant_id, organization.id)}

    def _promised(self, organization: Organization, year: int) -> Mapping[str, UUID]:
        offered = ties.list_offered(self._conn, self._tenant_id, directory.lineage(organization.path), year)
        return {one.content: one.item_id for one in reversed(offered)}
