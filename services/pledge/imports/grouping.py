"""The rows of a table read cell by cell, with who pledges, and put together to pledges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from services.pledge.imports.columns import CellFault, Column
from services.pledge.imports.domain import Fault, Pledger
from services.pledge.imports.surroundings import Surroundings
from services.pledge.pledge.domain import Form, Kind
from shared.directory.domain import Standing
from shared.sheet import Row


class Key(NamedTuple):
    """What makes rows those of one pledge."""

    pledger_id: UUID
    year: int
    kind: Kind
    community: str
    form: Form
    headline: str


@dataclass(frozen=True)
class Group:
    """The rows of one pledge, with their numbers."""

    key: Key
    pledger: Pledger
    rows: list[tuple[int, dict[str, Any]]]


def gathered(
    rows: Sequence[Row], columns: Mapping[str, Column], around: Surroundings
) -> tuple[list[Group], list[Fault]]:  # fmt: skip
    """Put the rows together, pledges of organisations first, and give every fault of a cell or of who pledges."""
    faults: list[Fault] = []
    groups: dict[Key, Group] = {}
    for row in rows:
        values, wrong = _read(row, columns)
        pledger, unknown = (None, []) if wrong else _pledger(row, values, around)
        faults += wrong + unknown
        if pledger is not None:
            key = _key(values, pledger)
            groups.setdefault(key, Group(key, pledger, [])).rows.append((row.number, values))
    return sorted(groups.values(), key=lambda group: group.key.form is not Form.ORGANIZATION), faults


def _read(row: Row, columns: Mapping[str, Column]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for heading, column in columns.items():
        cell = row.cells.get(heading)
        if cell is None or not str(cell).strip():
            continue
        try:
            values[column.key] = column.read(cell)
        except CellFault as fault:
            faults.append(Fault(row.number, heading, str(fault)))
    wrong = {fault.column for fault in faults}
    bodies = values.get("form") is Form.ORGANIZATION
    for heading, column in columns.items():
        wanted = column.required and not (bodies and column.key == "number")
        if wanted and column.key not in values and heading not in wrong:
            faults.append(Fault(row.number, heading, "必须填写。"))
    return values, faults


def _pledger(row: Row, values: dict[str, Any], around: Surroundings) -> tuple[Pledger | None, list[Fault]]:
    if values.get("form") is Form.ORGANIZATION:
        return _organization(row, values, around)
    found = around.people.get(values["number"])
    if found is None:
        return None, [Fault(row.number, "学工号", f"名册中没有“{values['number']}”。")]
    if "".join(values.get("name", found.name).split()) != found.name:
        return None, [Fault(row.number, "姓名", f"学工号 {values['number']} 在名册中是{found.name}。")]
    pledger = Pledger(found, around.home_of(found))
    if not around.may_enter(pledger):
        return None, [Fault(row.number, "学工号", f"{found.name}不属于您可以办理的组织。")]
    return pledger, []


def _organization(row: Row, values: dict[str, Any], around: Surroundings) -> tuple[Pledger | None, list[Fault]]:
    name = values.get("organization") or values.get("name", "")
    named = [Pledger(None, one) for one in around.organizations.get(name, [])]
    found = [one for one in named if around.may_enter(one)]
    if not name:
        return None, [Fault(row.number, "党组织", "党组织承诺请填写是哪个党组织。")]
    if not named:
        return None, [Fault(row.number, "党组织", f"没有名为“{name}”的党组织。")]
    if not found:
        return None, [Fault(row.number, "党组织", f"{name}不属于您可以办理的组织。")]
    if len(found) > 1:
        return None, [Fault(row.number, "党组织", f"有{len(found)}个党组织都叫“{name}”，请分别在各自的页面导入。")]
    return found[0], []


def _key(values: dict[str, Any], pledger: Pledger) -> Key:
    usual = Form.STAFF if pledger.person and pledger.person.standing is Standing.NONPARTY else Form.INDIVIDUAL
    return Key(
        pledger.id, values["year"], values.get("kind", Kind.ANNUAL), values.get("community", ""),
        values.get("form", usual), values["headline"],
    )  # fmt: skip
