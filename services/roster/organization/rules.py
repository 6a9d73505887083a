"""When an organisation may be entered, moved, renamed or closed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.roster.organization.domain import PARENTS
from shared.directory.domain import KIND_NAMES, Kind, Organization
from shared.errors import Invalid, RuleBroken

CODE = re.compile(r"^[A-Za-z0-9_-]{1,32}$")


class CodeInvalid(Invalid):
    """组织编号只能用字母、数字、“-”和“_”，不超过32位。"""


class CodeTaken(RuleBroken):
    """同一上级下已有这个组织编号（含已撤销的组织），请换一个。"""


class Misplaced(RuleBroken):
    """这类组织不能设在所选上级之下。"""


class SecondTop(RuleBroken):
    """除上级组织外，每个组织都须有上级。"""


class UnderItself(RuleBroken):
    """组织不能移到自己或自己的下级之下。"""


class StillInUse(RuleBroken):
    """组织还不能撤销。"""


class Closed(RuleBroken):
    """这个组织已经撤销。"""


def path_of(parent: Organization | None, code: str) -> str:
    """Give the path under a parent; below an external superior a path begins anew. Raises `CodeInvalid`."""
    if not CODE.fullmatch(code):
        raise CodeInvalid
    return f"{code}/" if parent is None or parent.kind is Kind.SUPERIOR else f"{parent.path}{code}/"


def placed(organization: Organization, parent: Organization | None, *, first: bool = False) -> Organization:
    """Give the organisation as it stands under a parent.

    `first` is the tenant's top, which may have no parent. Raises `Misplaced`, `SecondTop`, `Closed`, `UnderItself`.
    """
    if parent is None:
        if organization.kind is not Kind.SUPERIOR and not first:
            raise SecondTop
    elif parent.id == organization.id or (organization.path and parent.path.startswith(organization.path)):
        raise UnderItself
    elif not parent.active:
        raise Closed
    elif parent.kind not in PARENTS[organization.kind]:
        allowed = "、".join(KIND_NAMES[kind] for kind in Kind if kind in PARENTS[organization.kind]) or "无"
        raise Misplaced(
            f"{KIND_NAMES[organization.kind]}不能设在{KIND_NAMES[parent.kind]}之下。", details=[f"可设在：{allowed}。"]
        )
    return replace(organization, parent_id=parent.id if parent else None, path=path_of(parent, organization.code))


def changed(organization: Organization, changes: dict[str, Any]) -> Organization:
    """Give the organisation with other particulars (not its place). Raises `Closed`."""
    if not organization.active:
        raise Closed
    return replace(organization, **changes)


def moved(below: Sequence[Organization], before: str, after: str) -> list[Organization]:
    """Give all organisations below one whose path became another, with their new paths."""
    return [replace(each, path=after + each.path.removeprefix(before)) for each in below]


def closed(organization: Organization, *, children: int, people: int) -> Organization:
    """Give the organisation closed. Raises `StillInUse` with everything that stands in the way."""
    if reasons := obstacles(organization, children=children, people=people):
        raise StillInUse(details=reasons)
    return replace(organization, active=False)


def obstacles(organization: Organization, *, children: int, people: int) -> list[str]:
    """List why an organisation cannot be closed."""
    found = []
    if not organization.active:
        found.append("它已经撤销。")
    if children:
        found.append(f"它还有{children}个下级组织，请先撤销或移走。")
    if people:
        found.append(f"它还有{people}人在册，请先转出。")
    return found
