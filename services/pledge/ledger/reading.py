"""A page of the ledger through the access door, and all of it for export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar
from uuid import UUID

from services.pledge import permissions
from services.pledge.ledger import store
from services.pledge.ledger.domain import Count, Detail, Line, Wanted
from services.pledge.pledge.domain import Form, Kind
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.errors import NotAllowed

PAGE = 50
L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Ledger:
    """A page of a ledger."""

    organization: Organization
    wanted: Wanted
    lines: list[Line]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Give how many pages there are."""
        return max(1, -(-self.total // PAGE))


def place(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID | None) -> Organization:
    """Give an organisation if the viewer has the permission there; when none is named, the highest with it.

    Raises `NotAllowed`, `OrganizationNotFound`.
    """
    if organization_id is not None:
        return require(conn, viewer, permission, organization_id)
    places = [path for path in viewer.places(permission) if viewer.may(permission, path)]
    if not places:
        raise NotAllowed
    return directory.list_at(conn, viewer.tenant_id, [min(places, key=lambda path: (path.count("/"), path))])[0]


def show(
    conn: Connection, viewer: Viewer, *, organization_id: UUID | None, year: int, kind: Kind | None = None,
    form: Form | None = None, tag: str = "", page: int = 1,
) -> Ledger:  # fmt: skip
    """Show a page; who may not see drafts gets what is published. Raises `NotAllowed`."""
    organization = place(conn, viewer, permissions.READ_PLEDGE, organization_id)
    published = not viewer.may(permissions.READ_DRAFT, organization.path)
    wanted = Wanted(year, published, below(viewer, permissions.READ_PLEDGE, organization), kind, form, tag)
    counts = store.list_counts(conn, viewer.tenant_id, organization.path, wanted)
    ids, offset = shown(counts, (page - 1) * PAGE, PAGE)
    lines = store.list_lines(conn, viewer.tenant_id, ids, wanted, clock.today(), offset=offset, limit=PAGE)
    return Ledger(organization, wanted, lines if ids else [], sum(count.number for count in counts), page)


def below(viewer: Viewer, permission: Permission, organization: Organization) -> bool:
    """Say whether somebody who has a permission in an organisation has it in those below too."""
    return viewer.may(permission, f"{organization.path}any/")


def shown(counts: Sequence[Count], first: int, most: int) -> tuple[list[UUID], int]:
    """Give the organisations in which lines `first` … `first + most` stand, and how many of theirs come before."""
    ids, before, passed = [], 0, 0
    for count in counts:
        if passed + count.number <= first:
            before = passed + count.number
        elif passed < first + most:
            ids.append(count.organization_id)
        passed += count.number
    return ids, first - before


def export(
    conn: Connection, viewer: Viewer, *, organization_id: UUID | None, year: int, kind: Kind | None, form: Form | None,
    tag: str = "",
) -> tuple[Organization, Iterator[Line]]:  # fmt: skip
    """Give every line, one after the other. Raises `NotAllowed`."""
    organization, wanted = _exported(conn, viewer, organization_id, year, kind, form, tag)
    return organization, _begun(store.stream(conn, viewer.tenant_id, organization.path, wanted, clock.today()))


def details(
    conn: Connection, viewer: Viewer, *, organization_id: UUID | None, year: int, kind: Kind | None, form: Form | None,
    tag: str = "",
) -> tuple[Organization, Iterator[Detail]]:  # fmt: skip
    """Give every line with all that belongs to it, one after the other. Raises `NotAllowed`."""
    organization, wanted = _exported(conn, viewer, organization_id, year, kind, form, tag)
    return organization, _begun(store.stream_details(conn, viewer.tenant_id, organization.path, wanted, clock.today()))


def _begun(lines: Iterator[L]) -> Iterator[L]:
    """Take the first line at once: what the database refuses shows before any of a document is written."""
    return chain(list(islice(lines, 1)), lines)


def _exported(
    conn: Connection, viewer: Viewer, organization_id: UUID | None, year: int, kind: Kind | None, form: Form | None,
    tag: str,
) -> tuple[Organization, Wanted]:  # fmt: skip
    organization = place(conn, viewer, permissions.EXPORT_LEDGER, organization_id)
    return organization, Wanted(year, False, below(viewer, permissions.EXPORT_LEDGER, organization), kind, form, tag)
