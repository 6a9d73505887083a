"""What an organisation is beyond what all services know: which kinds stand under which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.directory.domain import Kind, Organization

PARENTS: Mapping[Kind, frozenset[Kind]] = {
    Kind.SUPERIOR: frozenset(),
    Kind.COMMITTEE: frozenset({Kind.SUPERIOR, Kind.COMMITTEE}),
    Kind.GENERAL_BRANCH: frozenset({Kind.COMMITTEE}),
    Kind.DIRECT_BRANCH: frozenset({Kind.COMMITTEE}),
    Kind.BRANCH: frozenset({Kind.COMMITTEE, Kind.GENERAL_BRANCH}),
    Kind.GROUP: frozenset({Kind.BRANCH, Kind.DIRECT_BRANCH}),
}
"""Under which kinds each kind may stand (R-001, R-002, R-003); committees to any depth."""


@dataclass(frozen=True)
class Branching:
    """An organisation on the page of the tree."""

    organization: Organization
    depth: int
    members: int
    """正式和预备党员 of it and of all below"""


def facts(organization: Organization) -> dict[str, Any]:
    """Give what `organization.changed` tells."""
    return {
        "organization_id": organization.id,
        "version": organization.version,
        "parent_id": organization.parent_id,
        "kind": organization.kind.value,
        "name": organization.name,
        "code": organization.code,
        "path": organization.path,
        "unit_type": organization.unit_type,
        "phone": organization.phone,
        "address": organization.address,
        "active": organization.active,
    }
