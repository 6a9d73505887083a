"""What a reader sees of a pledge: the published text, or all texts and hints for those who may see drafts."""

from dataclasses import dataclass
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import commands, hints, store
from services.pledge.pledge.domain import Author, Pledge, Version
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person


@dataclass(frozen=True)
class View:
    """A pledge as one person may see it."""

    pledge: Pledge
    organization: Organization
    person: Person | None
    authors: list[Author]
    versions: list[Version]
    whole: bool
    """drafts and hints too"""

    @property
    def newest(self) -> Version:
        """Give the newest text that the reader may see."""
        return self.versions[0]

    @property
    def hints(self) -> list[str]:
        """Give what the newest text lacks."""
        return hints.hints(self.newest) if self.whole else []


def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> View:
    """Show a pledge through the access door. Raises `PledgeNotFound`, `NotAllowed`."""
    pledge, organization, whole = commands.readable(conn, viewer, pledge_id)
    numbers = None if whole else [pledge.published_version or 0]
    named = directory.list_named(conn, pledge.tenant_id, [pledge.person_id]) if pledge.person_id else {}
    return View(
        pledge,
        organization,
        named.get(pledge.person_id) if pledge.person_id else None,
        store.list_authors(conn, pledge.tenant_id, pledge.id),
        store.list_versions(conn, pledge, numbers),
        whole,
    )


def list_readable(
    conn: Connection, viewer: Viewer, *, person_id: UUID | None, organization_id: UUID | None, year: int | None
) -> list[Pledge]:
    """List pledges: one's own when nothing is named, a person's, or those of an organisation in a year.

    Who may not see drafts gets those that are published. Raises `NotAllowed`.
    """
    if organization_id is not None and year is not None:
        organization = require(conn, viewer, permissions.READ_PLEDGE, organization_id)
        found = store.list_of_organization(conn, viewer.tenant_id, organization_id, year)
    else:
        person = directory.get_person(conn, viewer.tenant_id, person_id) if person_id else viewer.person
        organization = branches.of(conn, viewer.tenant_id, person.organization_id)
        found = store.list_of_person(conn, viewer.tenant_id, person.id, year)
        if person.id == viewer.id:
            return found
        require(conn, viewer, permissions.READ_PLEDGE, organization.id)
    if viewer.may(permissions.READ_DRAFT, organization.path):
        return found
    return [one for one in found if one.published_version is not None or one.person_id == viewer.id]
