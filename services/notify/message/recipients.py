"""Whom an event concerns: the holders of positions in an organisation and above it, today."""

from uuid import UUID

from shared import clock
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Role
from shared.errors import NotYet

HEADS = [Role.SECRETARY, Role.DEPUTY_SECRETARY]
FILERS = [Role.GENERAL_BRANCH_SECRETARY, Role.GENERAL_BRANCH_CLERK, Role.SECRETARY]
SUPERIORS = [Role.GENERAL_BRANCH_SECRETARY, Role.GENERAL_BRANCH_CLERK, Role.ORGANIZATION_DEPARTMENT]
HANDLERS = [Role.GENERAL_BRANCH_SECRETARY, Role.ORGANIZATION_DEPARTMENT]


def holders(conn: Connection, tenant_id: UUID, organization_id: UUID, roles: list[Role]) -> list[UUID]:
    """Give who holds one of the roles in an organisation. Raises `NotYet` while it is not known here."""
    place = _known(conn, tenant_id, organization_id)
    return [person.id for person in directory.list_holders(conn, tenant_id, place.id, roles, clock.today())]


def department(conn: Connection, tenant_id: UUID) -> list[UUID]:
    """Give the 党委组织部."""
    return holders(conn, tenant_id, directory.get_top(conn, tenant_id).id, [Role.ORGANIZATION_DEPARTMENT])


def handlers(conn: Connection, tenant_id: UUID, organization_id: UUID, winner_id: UUID) -> list[UUID]:
    """Give who may handle an objection: those above, but neither the winner nor the heads of the winner's branch."""
    lineage = directory.list_lineage(conn, _known(conn, tenant_id, organization_id))
    found = {each for place in lineage for each in holders(conn, tenant_id, place.id, HANDLERS)}
    return sorted(found - {winner_id, *holders(conn, tenant_id, organization_id, HEADS)})


def above(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Organization | None:
    """Give the nearest 党总支 or 党委 above an organisation. Raises `NotYet` while it is not known here."""
    return branches.superior_of(conn, _known(conn, tenant_id, organization_id))


def _known(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Organization:
    try:
        return directory.get_organization(conn, tenant_id, organization_id)
    except directory.OrganizationNotFound as error:
        raise NotYet("the organisation of a message") from error
