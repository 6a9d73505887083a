"""The person who is signed in, with the positions held today, and the doors to organisations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.auth.permission import Permission, Reach
from shared.auth.session import SessionOver
from shared.db import Connection
from shared.directory import store
from shared.directory.domain import Kind, Organization, Person, Role, Standing
from shared.errors import NotAllowed, NotFound

_IMPLIED = {
    Standing.FORMAL: Role.MEMBER,
    Standing.PROBATIONARY: Role.MEMBER,
    Standing.ACTIVIST: Role.ACTIVIST,
    Standing.NONPARTY: Role.STAFF,
}


@dataclass(frozen=True)
class Held:
    """A role and the path of the organisation in which it is held."""

    role: Role
    path: str


@dataclass(frozen=True)
class Viewer:
    """Who is signed in."""

    person: Person
    organization: Organization
    held: tuple[Held, ...]

    @property
    def id(self) -> UUID:
        """Give the person's id."""
        return self.person.id

    @property
    def tenant_id(self) -> UUID:
        """Give the university's id."""
        return self.person.tenant_id

    def roles(self) -> set[Role]:
        """Give all roles held, wherever."""
        return {held.role for held in self.held}

    def holds(self, permission: Permission) -> bool:
        """Say whether the permission is given anywhere."""
        return permission.public or any(held.role in permission.grants for held in self.held)

    def may(self, permission: Permission, path: str, *, person_id: UUID | None = None) -> bool:
        """Say whether the permission is given for a matter of the organisation with this path, of this person."""
        return permission.public or any(
            held.role in permission.grants and self._reaches(permission.grants[held.role], held, path, person_id)
            for held in self.held
        )

    def places(self, permission: Permission) -> list[str]:
        """Give the paths at and, where the reach says so, below which the permission is given."""
        return sorted({held.path for held in self.held if held.role in permission.grants})

    def spans(self, permission: Permission) -> tuple[list[str], list[str]]:
        """Give the paths exactly at which, and those at and below which, the permission is given, for statements.

        What is given for one's own matters alone is in neither.
        """
        exact, within = set(), set()
        for held in self.held:
            match permission.grants.get(held.role):
                case Reach.OWN:
                    exact.add(held.path)
                case Reach.WITHIN:
                    within.add(held.path)
                case Reach.TENANT:
                    within.add("")
        return sorted(exact), sorted(within)

    def _reaches(self, reach: Reach, held: Held, path: str, person_id: UUID | None) -> bool:
        match reach:
            case Reach.SELF:
                return person_id == self.person.id
            case Reach.OWN:
                return path == held.path
            case Reach.WITHIN:
                return path.startswith(held.path)
            case Reach.TENANT:
                return True


def load(conn: Connection, tenant_id: UUID, person_id: UUID, epoch: int, day: date) -> Viewer:
    """Load who is signed in, with the positions of a day. Raises `SessionOver` when the person left or signed out."""
    try:
        person = store.get_person(conn, tenant_id, person_id)
        organization = store.get_organization(conn, tenant_id, person.organization_id)
    except NotFound as error:
        raise SessionOver from error
    if not person.active or person.session_epoch != epoch:
        raise SessionOver
    held = [Held(position.role, path) for position, path in store.list_positions(conn, tenant_id, person_id, day)]
    held += [Held(Role.ANYONE, organization.path)]
    held += [Held(_IMPLIED[person.standing], path) for path in _homes(organization)]
    return Viewer(person, organization, tuple(held))


def _homes(organization: Organization) -> list[str]:
    """Give the paths to which somebody belongs: who is in a 党小组 belongs to the branch above it too (R-003)."""
    homes = store.lineage(organization.path)
    return homes[-2:] if organization.kind is Kind.GROUP else homes[-1:]


def require(
    conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID, *, person_id: UUID | None = None
) -> Organization:
    """Open the door to a matter of an organisation (and of a person), or refuse: every read by id goes through here.

    Raises `NotAllowed`, `OrganizationNotFound`.
    """
    organization = store.get_organization(conn, viewer.tenant_id, organization_id)
    if not viewer.may(permission, organization.path, person_id=person_id):
        raise NotAllowed
    return organization
