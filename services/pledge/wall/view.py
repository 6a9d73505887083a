"""The public wall of an organisation for a year, and one pledge of it, as every door shows them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.pledge.domain import Author, Pledge, Version
from services.pledge.publication import rules as publication_rules
from services.pledge.publication import store as publications
from services.pledge.publication.domain import Record, Scope
from services.pledge.wall import rules, store
from services.pledge.wall.domain import Eye, Hung, Secretary, Turn
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.errors import Refusal

PAGE = 50
SCREENFUL = 4
YEARS = 6


@dataclass(frozen=True)
class Wall:
    """A page of the wall."""

    organization: Organization
    year: int
    years: list[int]
    page: int
    pages: int
    total: int
    hung: list[Hung]
    secretaries: list[Secretary]
    """on the first page, where the scheme shows pledges to this reader"""
    stage: str
    """what the scheme calls the showing (C3)"""

    @property
    def following(self) -> UUID | None:
        """Give the pledge after which the next page begins."""
        return self.hung[-1].pledge_id if self.hung and self.page < self.pages else None

    @property
    def preceding(self) -> UUID | None:
        """Give the pledge before which the page before ends."""
        return self.hung[0].pledge_id if self.hung and self.page > 1 else None

    @property
    def missing(self) -> list[Secretary]:
        """Give the secretaries without a public pledge."""
        return [one for one in self.secretaries if one.published_on is None]


@dataclass(frozen=True)
class Single:
    """One pledge as the public reads it."""

    pledge: Pledge
    organization: Organization
    person: Person | None
    version: Version
    records: list[Record]
    signed: bool
    """opinions must be signed"""

    @property
    def authors(self) -> list[Author]:
        """Give who promises together in the public text."""
        return self.version.companions


def eye(conn: Connection, viewer: Viewer | None, organization: Organization) -> Eye:
    """Give what somebody sees of the wall of an organisation and those below it."""
    if viewer is None or viewer.tenant_id != organization.tenant_id:
        return Eye(rules.scopes(at_school=False))
    scopes = rules.scopes(at_school=True)
    if viewer.may(permissions.READ_PLEDGE, f"{organization.path}anything/"):
        return Eye([*scopes, Scope.BRANCH])
    inside: list[UUID] = []
    for root in directory.list_at(conn, viewer.tenant_id, viewer.places(permissions.READ_PLEDGE)):
        if root.path.startswith(organization.path):
            below = directory.list_below(conn, root)
            inside += [one.id for one in below if viewer.may(permissions.READ_PLEDGE, one.path)]
    return Eye(scopes, inside)


@dataclass(frozen=True)
class Asked:
    """Which page of which year's wall; without a year this one's."""

    year: int | None = None
    page: int = 1
    after: UUID | None = None
    before: UUID | None = None


def wall(
    conn: Connection, organization: Organization, viewer: Viewer | None, asked: Asked, *, today: date, size: int = PAGE
) -> Wall:
    """Give a page of the wall at and below an organisation."""
    looking = eye(conn, viewer, organization)
    place = store.place(organization, asked.year or today.year)
    total = store.count_hung(conn, place, looking)
    last = rules.pages(total, size)
    page = rules.clamped(asked.page, last, follows=bool(asked.after or asked.before))
    heads = store.list_secretaries(conn, organization, place["year"], today)
    turn = Turn((page - 1) * size, asked.after, asked.before)
    hung = store.list_hung(conn, place, [one.person_id for one in heads], looking, turn, size)
    stage, scope = _scheme(conn, organization)
    shown = heads if page == 1 and looking.sees(scope, organization.id) else []
    years = _years(conn, place, looking, today)
    return Wall(organization, place["year"], years, page, last, total, hung, shown, stage)


def _years(conn: Connection, place: dict[str, Any], looking: Eye, today: date) -> list[int]:
    found = store.list_years(conn, place, range(today.year + 1, today.year - YEARS, -1), looking)
    return sorted({*found, place["year"]}, reverse=True)


def single(conn: Connection, viewer: Viewer | None, pledge_id: UUID) -> Single:
    """Give one pledge that hangs for this reader. Raises `NotOnWall`."""
    tenant_id, organization_id, scope = store.find_scope(conn, pledge_id)
    organization = directory.get_organization(conn, tenant_id, organization_id)
    if not eye(conn, viewer, organization).sees(scope, organization_id):
        raise rules.NotOnWall
    pledge = pledge_store.read(conn, tenant_id, pledge_id)
    if pledge.published_version is None:
        raise rules.NotOnWall
    person = directory.get_person(conn, tenant_id, pledge.person_id) if pledge.person_id else None
    records = publications.list_records(conn, tenant_id, pledge_id)
    return Single(
        pledge,
        organization,
        person,
        pledge_store.get_version(conn, pledge, pledge.published_version),
        publication_rules.standing(records, pledge.published_version),
        pledges.scheme_of(conn, pledge).pledge.opinions_signed,
    )


def for_paper(conn: Connection, organization: Organization, year: int, pledge_id: UUID | None = None) -> list[Hung]:
    """Give what is printed of an organisation's year, or one pledge. Raises `NothingToPrint`, `TooManyToPrint`."""
    heads = [one.person_id for one in store.list_secretaries(conn, organization, year, clock.today())]
    place = store.place(organization, year)
    found = store.list_for_paper(conn, place, heads, pledge_id=pledge_id, most=rules.MOST_ON_PAPER + 1)
    rules.check_printable(len(found))
    return found


def _scheme(conn: Connection, organization: Organization) -> tuple[str, Scope]:
    try:
        found = schemes.current(conn, organization).pledge
    except Refusal:
        return "亮诺", Scope.PUBLIC
    return found.stages.get("publish", "亮诺"), Scope(found.scope)
