"""Where one goes on from a pledge that is being fulfilled: its table, difficulties, measures."""

from uuid import UUID

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.further import Further
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory.domain import Organization


def of(viewer: Viewer, pledge: Pledge, organization: Organization, *, mine: bool) -> list[Further]:
    """Give the links of 履诺 and 督诺 that a viewer may follow from a published pledge, `mine` also with others."""

    def may(permission: Permission, person_id: UUID | None) -> bool:
        return viewer.may(permission, organization.path, person_id=person_id)

    found = [Further("fulfil", "履诺进度表", f"/pledge/progress/{pledge.id}")]
    if may(permissions.READ_DIFFICULTY, viewer.id if mine else pledge.person_id):
        found.append(Further("fulfil", "困难和帮助", f"/pledge/difficulties/?pledge_id={pledge.id}"))
    if may(permissions.READ_MEASURE, pledge.person_id):
        found.append(Further("supervise", "提醒、帮助和督促", f"/pledge/measures/?pledge_id={pledge.id}"))
    return found


def provider(conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> list[Further]:
    """Add the links to the page of a pledge once it is public."""
    if pledge.published_version is None:
        return []
    mine = viewer.id == pledge.person_id or together.is_named(conn, pledge, viewer.id)
    return of(viewer, pledge, organization, mine=mine)
