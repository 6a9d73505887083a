"""The plan of a table of organisations: rows in any order, a parent before its children in the result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.roster.imports import cells
from services.roster.imports.cells import CellFault
from services.roster.imports.columns import Column
from services.roster.imports.domain import Act, Change, Difference, Fault, Plan
from services.roster.imports.places import Places
from services.roster.organization import rules
from shared.directory.domain import KIND_NAMES, UNIT_TYPES, Kind, Organization
from shared.errors import Refusal
from shared.sheet import Row

KINDS: Mapping[str, Kind] = {
    **{name: kind for kind, name in KIND_NAMES.items()},
    "党工委": Kind.COMMITTEE,
    "党组": Kind.COMMITTEE,
    "总支": Kind.GENERAL_BRANCH,
    "总支部": Kind.GENERAL_BRANCH,
    "直属支部": Kind.DIRECT_BRANCH,
    "支部": Kind.BRANCH,
    "小组": Kind.GROUP,
}
READERS: Mapping[str, Callable[[object], Any]] = {
    "code": cells.number,
    "name": lambda cell: cells.text(cell, most=100),
    "kind": lambda cell: cells.choice(cell, KINDS),
    "parent": cells.text,
    "unit_type": lambda cell: cells.choice(cell, {name: name for name in UNIT_TYPES}),
    "phone": lambda cell: "" if cell == cells.CLEAR else cells.number(cell),
    "address": lambda cell: "" if cell == cells.CLEAR else cells.text(cell),
}
_SHOWN = (("name", "组织全称"), ("unit_type", "单位类型"), ("phone", "公开电话"), ("address", "意见箱"))


def plan(rows: Sequence[Row], columns: Mapping[str, Column], existing: Sequence[Organization], tenant_id: UUID) -> Plan:
    """Plan what a table of organisations changes; everything wrong is in `faults`."""
    return _Planner(rows, columns, existing, tenant_id).plan()


class _Planner:
    """The tree as it becomes, row by row, parents first."""

    def __init__(
        self, rows: Sequence[Row], columns: Mapping[str, Column], existing: Sequence[Organization], tenant_id: UUID
    ) -> None:
        self.tenant_id = tenant_id
        self.columns = columns
        self.before = {each.id: each for each in existing}
        self.after = dict(self.before)
        self.places = Places(existing)
        self.faults: list[Fault] = []
        self.given: dict[str, tuple[Row, dict[str, Any]]] = {}
        self.ids: dict[str, UUID] = {}
        for row in rows:
            self._take(row)

    def plan(self) -> Plan:
        for code in self.given:
            self._place(code, ())
        if self.faults:
            return Plan(faults=tuple(sorted(self.faults, key=lambda fault: fault.row)))
        changed = [each for key, each in self.after.items() if self.before.get(key) != each]
        changes = [change for code in self.given if (change := self._change(code))]
        return Plan(
            changes=tuple(changes),
            unchanged=len(self.given) - len(changes),
            organizations=tuple(
                replace(each, version=each.version + 1) for each in sorted(changed, key=lambda each: len(each.path))
            ),
        )

    def _take(self, row: Row) -> None:
        values, faults = read_row(row, self.columns, READERS)
        self.faults += faults
        code = values.get("code")
        if code is None:
            return
        if code in self.given:
            self.faults.append(Fault(row.number, "组织编号", f"“{code}”与第{self.given[code][0].number}行重复。"))
            return
        self.given[code] = (row, values)

    def _place(self, code: str, above: tuple[str, ...]) -> UUID | None:
        """Bring one row's organisation into the tree, its parent first; give its id, or nothing when it has faults."""
        if code in self.ids:
            return self.ids[code]
        row, values = self.given[code]
        if code in above:
            return self._wrong(row, "上级组织", "上下级互相包含。")
        known = self.places.by_code(code)
        if len(known) > 1:
            return self._wrong(row, "组织编号", f"“{code}”已有几个组织使用，请在系统中逐个修改。")
        old = known[0] if known else None
        if old is not None and not old.active:
            return self._wrong(row, "组织编号", f"“{code}”是已撤销的组织，请换一个编号。")
        try:
            parent = self._parent(values, old, (*above, code))
            self._set(code, values, old, parent)
        except CellFault as fault:
            return self._wrong(row, "上级组织", str(fault))
        except Refusal as refusal:
            return self._wrong(row, "", "".join([refusal.message, *refusal.details]))
        return self.ids[code]

    def _parent(self, values: dict[str, Any], old: Organization | None, above: tuple[str, ...]) -> Organization | None:
        reference = values.get("parent")
        if reference is None:
            return self.after[old.parent_id] if old and old.parent_id else None
        named = [code for code, (_, each) in self.given.items() if reference in (code, each.get("name"))]
        if len(named) == 1:
            found = self._place(named[0], above)
            if found is None:
                raise CellFault(f"“{reference}”一行有误。")
            return self.after[found]
        return self.after[self.places.find(reference).id]

    def _set(self, code: str, values: dict[str, Any], old: Organization | None, parent: Organization | None) -> None:
        kind = values.get("kind") or (old.kind if old else Kind.BRANCH)
        blank = Organization(self.tenant_id, uuid4(), 0, None, kind, "", code, "", None, "", "", True)
        start = self.after[old.id] if old else blank
        if old and kind is not old.kind:
            raise rules.Misplaced("组织类别不能更改，请撤销后另行登记。")
        particulars = {key: values[key] for key, _ in _SHOWN if key in values}
        draft = replace(start, **particulars)
        after = rules.placed(draft, parent, first=old is not None and old.parent_id is None)
        self.ids[code] = after.id
        self.after[after.id] = after
        if old and after.path != start.path:
            below = [each for each in self.after.values() if each.path.startswith(start.path) and each.id != after.id]
            self.after.update({each.id: each for each in rules.moved(below, start.path, after.path)})

    def _wrong(self, row: Row, column: str, text: str) -> UUID | None:
        self.faults.append(Fault(row.number, column, text))
        return None

    def _change(self, code: str) -> Change | None:
        row, _ = self.given[code]
        after = self.after[self.ids[code]]
        before = self.before.get(after.id)
        if before is None:
            return Change(row.number, Act.CREATED, after.name)
        found = [
            Difference(label, str(getattr(before, key) or ""), str(getattr(after, key) or ""))
            for key, label in _SHOWN
            if getattr(before, key) != getattr(after, key)
        ]
        if before.parent_id != after.parent_id:
            found.append(Difference("上级组织", self._name(before.parent_id), self._name(after.parent_id)))
        return Change(row.number, Act.CHANGED, after.name, tuple(found)) if found else None

    def _name(self, organization_id: UUID | None) -> str:
        return self.after[organization_id].name if organization_id else ""


def read_row(
    row: Row, columns: Mapping[str, Column], readers: Mapping[str, Callable[[object], Any]]
) -> tuple[dict[str, Any], list[Fault]]:
    """Read the cells of a row that are filled, by column key; give the faults beside."""
    values, faults = {}, []
    for heading, column in columns.items():
        cell = row.cells.get(heading)
        if cells.blank(cell):
            if column.required:
                faults.append(Fault(row.number, heading, "必须填写。"))
            continue
        try:
            values[column.key] = readers[column.key](cell)
        except CellFault as fault:
            faults.append(Fault(row.number, heading, str(fault)))
    return values, faults
