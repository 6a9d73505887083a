"""What a reader sees of a pledge: the published text, or all texts and hints for those who may see drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.pledge import commands, further, hints, store
from services.pledge.pledge.domain import Author, Form, Pledge, PledgeState, Version, VersionState
from services.pledge.pledge.window import Window
from services.pledge.tie import store as ties
from services.pledge.tie.store import Serving
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person, Standing
from shared.scheme import Scheme

REVIEWED = {VersionState.APPROVED, VersionState.PUBLISHED, VersionState.SUPERSEDED}


@dataclass(frozen=True)
class View:
    """A pledge as one person may see it."""

    pledge: Pledge
    organization: Organization
    person: Person | None
    versions: list[Version]
    whole: bool
    """drafts and hints too"""

    @property
    def newest(self) -> Version:
        """Give the newest text that stands and that the reader may see; one that was taken back is not it."""
        number = self.pledge.version if self.whole else self.pledge.published_version
        return next(one for one in self.versions if one.number == number)

    @property
    def authors(self) -> list[Author]:
        """Give who promises together in that text, without who declined."""
        return self.newest.companions

    @property
    def declined(self) -> list[Author]:
        """Give who is named in that text and said that it is a mistake; for who may see drafts."""
        return [one for one in self.newest.authors if one.declined] if self.whole else []

    @property
    def others(self) -> list[Version]:
        """Give the other texts, the newest first."""
        return [one for one in self.versions if one.number != self.newest.number]

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
        store.list_versions(conn, pledge, numbers),
        whole,
    )


def serving(conn: Connection, view: View) -> dict[UUID, list[Serving]]:
    """Give, of an organisation's public pledge, the published matters that serve its own, by matter (R-046)."""
    if view.pledge.form is not Form.ORGANIZATION or view.pledge.published_version is None:
        return {}
    found: dict[UUID, list[Serving]] = {}
    items = [item.item_id for version in view.versions for item in version.items]
    for one in ties.list_serving(conn, view.pledge.tenant_id, items):
        found.setdefault(one.served_id, []).append(one)
    return found


def asked(conn: Connection, viewer: Viewer, view: View) -> bool | None:
    """Give what the viewer, named on an open pledge, said of it so far: joins or nothing; none for everybody else."""
    named = view.pledge.state is PledgeState.OPEN and together.is_named(conn, view.pledge, viewer.id)
    return bool(together.find_answer(conn, view.pledge, viewer.id)) if named else None


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
    # Officers of the branch in which somebody is now see of earlier branches what is published (decision 0013).
    drafts = viewer.may(permissions.READ_DRAFT, organization.path)
    return [
        one
        for one in found
        if one.published_version is not None
        or one.person_id == viewer.id
        or (drafts and one.organization_id == organization.id)
    ]


@dataclass(frozen=True)
class Due:
    """A year whose pledges are wanted, with its window."""

    year: int
    window: Window


def due(conn: Connection, organization: Organization, scheme: Scheme, today: date) -> Due:
    """Give the year for which pledges are made on a day: next year's once its window is open, else this year's."""
    following = commands.window_of(conn, organization, scheme, today.year + 1)
    if following.opens_on <= today:
        return Due(today.year + 1, following)
    return Due(today.year, commands.window_of(conn, organization, scheme, today.year))


def writes(person: Person, scheme: Scheme) -> bool:
    """Say whether a person makes pledges under a scheme: members, and staff where it has them (R-017, C19)."""
    return person.is_member or (person.standing is Standing.NONPARTY and "staff" in scheme.pledge.forms)


def stages(scheme: Scheme, view: View, links: Sequence[further.Further]) -> list[dict[str, Any]]:
    """Give the stages as the scheme names them, with how far a pledge has come and the links of each (C3, C4)."""
    pledge, newest = view.pledge, view.newest
    public = pledge.published_version is not None
    closed = pledge.state is PledgeState.CLOSED
    done: Mapping[str, bool] = {
        "make": pledge.submitted_at is not None,
        "review": public or newest.state in REVIEWED,
        "publish": public,
        "fulfil": closed,
        "supervise": closed,
        "appraise": closed,
    }
    ahead = [stage for stage in scheme.pledge.stages if not done.get(stage)]
    current = set(ahead[:1]) if pledge.state is PledgeState.OPEN else set()
    if "fulfil" in current:
        current.add("supervise")
    return [
        {
            "title": label,
            "done": done.get(stage),
            "current": stage in current,
            "links": [(link.label, link.href) for link in links if link.stage == stage],
        }
        for stage, label in scheme.pledge.stages.items()
    ]
