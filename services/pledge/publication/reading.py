"""What an officer sees of 亮诺: what waits to be shown, and in which ways it may be."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.domain import VersionState
from services.pledge.publication import rules
from services.pledge.publication.domain import Scope
from services.pledge.review import store as reviews
from services.pledge.review.store import Waiting
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory

MOST = 300


@dataclass(frozen=True)
class Group:
    """What waits in one organisation, and the ways that its scheme gives."""

    organization_id: UUID
    organization: str
    year: int
    waiting: list[Waiting]
    channels: list[str]
    scopes: list[Scope]
    publish_by_on: date


def waiting(conn: Connection, viewer: Viewer) -> list[Group]:
    """Give what was reviewed and is not shown yet, by organisation and year."""
    spans = viewer.spans(permissions.PUBLISH_PLEDGE)
    found = reviews.list_waiting(conn, viewer.tenant_id, spans, VersionState.APPROVED, MOST) if any(spans) else []
    groups: dict[tuple[UUID, int], list[Waiting]] = {}
    for one in found:
        groups.setdefault((one.organization_id, one.year), []).append(one)
    return [_group(conn, viewer, members) for members in groups.values()]


def _group(conn: Connection, viewer: Viewer, members: list[Waiting]) -> Group:
    first = members[0]
    scheme = schemes.version(conn, viewer.tenant_id, first.scheme_id, first.scheme_version)
    organization = directory.get_organization(conn, viewer.tenant_id, first.organization_id)
    return Group(
        first.organization_id, first.organization, first.year, members, rules.channels(scheme), rules.scopes(scheme),
        pledges.window_of(conn, organization, scheme, first.year).publish_by_on,
    )  # fmt: skip
