"""What an officer sees of 亮诺: what waits to be shown, and in which ways it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import window
from services.pledge.pledge.domain import VersionState
from services.pledge.pledge.window import Round
from services.pledge.publication import rules
from services.pledge.publication.domain import Scope
from services.pledge.review import store as reviews
from services.pledge.review.store import Waiting
from services.pledge.round import store as set_rounds
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.scheme import Scheme

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
    keys = {(viewer.tenant_id, one.scheme_id, one.scheme_version) for one in found}
    known, rounds = schemes.versions(conn, keys), _rounds(conn, viewer, found)
    # What runs under a scheme that is not heard of yet comes with it.
    return [
        _group(members, scheme, rounds)
        for members in groups.values()
        if (scheme := known.get((viewer.tenant_id, members[0].scheme_id, members[0].scheme_version)))
    ]


def _rounds(conn: Connection, viewer: Viewer, found: list[Waiting]) -> Mapping[tuple[str, int], Round]:
    paths = {path for one in found for path in directory.lineage(one.path)}
    return set_rounds.list_near(conn, viewer.tenant_id, paths, {one.year for one in found})


def _group(members: list[Waiting], scheme: Scheme, rounds: Mapping[tuple[str, int], Round]) -> Group:
    first = members[0]
    near = [rounds[path, first.year] for path in directory.lineage(first.path) if (path, first.year) in rounds]
    return Group(
        first.organization_id, first.organization, first.year, members, rules.channels(scheme), rules.scopes(scheme),
        window.of(first.year, scheme, near[-1] if near else None).publish_by_on,
    )  # fmt: skip
