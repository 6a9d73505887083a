"""What a position is beyond what all services know: where each role can be held, and who holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from shared.directory.domain import Kind, Position, Role

_BRANCHES = frozenset({Kind.BRANCH, Kind.DIRECT_BRANCH})
_GENERAL = frozenset({Kind.GENERAL_BRANCH})
_TOP = frozenset({Kind.COMMITTEE})

PLACES: Mapping[Role, frozenset[Kind]] = {
    Role.SECRETARY: _BRANCHES,
    Role.DEPUTY_SECRETARY: _BRANCHES,
    Role.COMMITTEE_MEMBER: _BRANCHES,
    Role.GENERAL_BRANCH_SECRETARY: _GENERAL,
    Role.GENERAL_BRANCH_CLERK: _GENERAL,
    Role.ORGANIZATION_DEPARTMENT: _TOP,
    Role.DISCIPLINE_OFFICER: _TOP,
    Role.ADMINISTRATOR: _TOP,
    Role.PROVINCE: frozenset({Kind.SUPERIOR}),
}
"""In which kinds of organisation a role can be held."""

BRANCH_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER})
"""Roles of a branch's own committee: members only."""

ALONE = frozenset({Role.SECRETARY, Role.GENERAL_BRANCH_SECRETARY})
"""Roles of which an organisation has one holder at a time."""

OFFICES: Mapping[str, Role] = {
    "书记": Role.SECRETARY,
    "支部书记": Role.SECRETARY,
    "党支部书记": Role.SECRETARY,
    "副书记": Role.DEPUTY_SECRETARY,
    "支部副书记": Role.DEPUTY_SECRETARY,
    "党支部副书记": Role.DEPUTY_SECRETARY,
    "委员": Role.COMMITTEE_MEMBER,
    "支部委员": Role.COMMITTEE_MEMBER,
    "支委": Role.COMMITTEE_MEMBER,
    "组织委员": Role.COMMITTEE_MEMBER,
    "宣传委员": Role.COMMITTEE_MEMBER,
    "纪检委员": Role.COMMITTEE_MEMBER,
    "青年委员": Role.COMMITTEE_MEMBER,
    "党总支书记": Role.GENERAL_BRANCH_SECRETARY,
    "总支书记": Role.GENERAL_BRANCH_SECRETARY,
    "党总支秘书": Role.GENERAL_BRANCH_CLERK,
    "党总支组织员": Role.GENERAL_BRANCH_CLERK,
    "组织员": Role.GENERAL_BRANCH_CLERK,
    "党委组织部": Role.ORGANIZATION_DEPARTMENT,
    "组织部": Role.ORGANIZATION_DEPARTMENT,
    "纪检干部": Role.DISCIPLINE_OFFICER,
    "系统管理员": Role.ADMINISTRATOR,
    "省委教育工委": Role.PROVINCE,
}
"""What people write for a role in their tables."""


@dataclass(frozen=True)
class Holder:
    """A position with the person who holds it."""

    id: UUID
    person_id: UUID
    name: str
    number: str
    role: Role
    starts_on: date
    ends_on: date | None


def facts(position: Position) -> dict[str, Any]:
    """Give what `position.changed` tells."""
    return {
        "position_id": position.id,
        "version": position.version,
        "person_id": position.person_id,
        "organization_id": position.organization_id,
        "role": position.role.value,
        "starts_on": position.starts_on,
        "ends_on": position.ends_on,
    }
