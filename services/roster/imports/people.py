"""The plan of a table of people: who is new, who changes how, who left, who takes up which position."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.roster.imports import cells
from services.roster.imports.cells import CellFault
from services.roster.imports.columns import Column
from services.roster.imports.differences import between
from services.roster.imports.domain import Act, Change, Fault, Kept, Plan
from services.roster.imports.offices import Offices
from services.roster.imports.organizations import read_row
from services.roster.imports.places import Places
from services.roster.person import address, rules
from services.roster.person.domain import Gender, Record
from shared.directory.domain import IDENTITY_NAMES, STANDING_NAMES, Identity, Organization, Person, Standing
from shared.errors import Refusal
from shared.sheet import Row

STANDINGS: Mapping[str, Standing] = {
    **{name: standing for standing, name in STANDING_NAMES.items()},
    **dict.fromkeys(("中共党员", "党员", "正式", "01"), Standing.FORMAL),
    **dict.fromkeys(("中共预备党员", "预备", "02"), Standing.PROBATIONARY),
    **dict.fromkeys(("积极分子",), Standing.ACTIVIST),
    **dict.fromkeys(("党外", "党外群众", "群众", "非党员", "共青团员", "民主党派"), Standing.NONPARTY),
}
IDENTITIES: Mapping[str, Identity] = {
    **{name: identity for identity, name in IDENTITY_NAMES.items()},
    **dict.fromkeys(("教职工", "教工", "教师", "职工", "在职", "在职教职工"), Identity.STAFF),
    **dict.fromkeys(("本科生", "研究生", "学生党员"), Identity.STUDENT),
    **dict.fromkeys(("离休", "退休", "离退休党员"), Identity.RETIRED),
}
GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE}
STATES = {"在册": True, "在校": True, "在职": True, "是": True} | dict.fromkeys(
    ("毕业", "转出", "离校", "离职", "去世", "否"), False
)
_READING = re.compile("^[A-Za-züÜ ]{1,80}$")


def _text(most: int) -> Callable[[object], str]:
    return lambda cell: "" if cell == cells.CLEAR else cells.text(cell, most=most)


def _day(cell: object) -> Any:
    return None if cell == cells.CLEAR else cells.day(cell)


def _identity(cell: object) -> Identity:
    if cells.text(cell) in STANDINGS:
        raise CellFault(f"“{cells.text(cell)}”请填在“人员类别”一列，这里填身份，如学生。")
    return cells.choice(cell, IDENTITIES)


def _reading(cell: object) -> str:
    if not _READING.match(cells.text(cell)):
        raise CellFault("只填写拼音字母和空格。")
    return cells.text(cell)


def _email(cell: object) -> str:
    text = _text(address.LONGEST)(cell)
    if text and not address.is_address(text):
        raise CellFault(address.FAULT)
    return text


READERS: Mapping[str, Callable[[object], Any]] = {
    "number": cells.number,
    "name": lambda cell: cells.text(cell, most=40),
    "organization": cells.text,
    "standing": lambda cell: cells.choice(cell, STANDINGS),
    "identity": _identity,
    "gender": lambda cell: cells.choice(cell, GENDERS),
    "birth_year": cells.year,
    "joined": _day,
    "formal": _day,
    "leader": cells.flag,
    "division_rank": cells.flag,
    "without_office": cells.flag,
    "post": _text(100),
    "floating": cells.flag,
    "floating_since": cells.day,
    "roles": cells.text,
    "roles_organization": cells.text,
    "roles_since": cells.exact_day,
    "email": _email,
    "phone": lambda cell: "" if cell == cells.CLEAR else cells.number(cell),
    "reading": _reading,
    "remark": _text(500),
    "active": lambda cell: cells.choice(cell, STATES),
}
_ELSEWHERE = {"organization", "roles", "roles_organization", "roles_since"}


@dataclass(frozen=True)
class Roster:
    """The roster as it stands, against which a table is planned."""

    tenant_id: UUID
    places: Places
    records: Sequence[Record]
    offices: Offices
    today: date


def plan(rows: Sequence[Row], columns: Mapping[str, Column], roster: Roster, *, whole: bool) -> Plan:
    """Plan what a table of people changes; `whole` says that who is missing from it has left."""
    planner = _Planner(columns, roster)
    for row in rows:
        planner.take(row)
    planner.miss(whole)
    return planner.plan()


class _Planner:
    """Changes gathered row by row."""

    def __init__(self, columns: Mapping[str, Column], roster: Roster) -> None:
        self.columns = columns
        self.headings = {column.key: heading for heading, column in columns.items()}
        self.roster = roster
        self.known = {record.person.number: record for record in roster.records}
        self.rows: dict[str, int] = {}
        self.homes: set[UUID] = set()
        self.faults: list[Fault] = []
        self.changes: list[Change] = []
        self.kept: list[Kept] = []
        self.unchanged = 0
        self.absent: list[str] = []

    def plan(self) -> Plan:
        if self.faults:
            return Plan(faults=tuple(self.faults))
        return Plan(
            changes=tuple(self.changes),
            unchanged=self.unchanged,
            absent=tuple(self.absent),
            people=tuple(self.kept),
            positions=tuple(self.roster.offices.changed()),
        )

    def take(self, row: Row) -> None:
        """Plan one row."""
        values, faults = read_row(row, self.columns, READERS)
        home = self._home(row, values, faults)
        number = values.get("number")
        if number in self.rows:
            faults.append(Fault(row.number, self.headings["number"], f"“{number}”与第{self.rows[number]}行重复。"))
        elif number is not None:
            self.rows[number] = row.number
        before = self.known.get(number or "")
        if before is None:
            faults += self._needed(row, values, {fault.column for fault in faults})
        if not faults and home is not None:
            faults += self._record(row, values, home, before)
        self.faults += faults

    def miss(self, whole: bool) -> None:
        """Note who stands in the branches of the table but not in it; with `whole` they leave."""
        for record in self.roster.records:
            person = record.person
            if not person.active or person.organization_id not in self.homes or person.number in self.rows:
                continue
            if not whole:
                self.absent.append(_subject(person))
                continue
            try:
                self._leave(0, record, record)
            except Refusal as refusal:
                self.faults.append(Fault(0, "", f"{_subject(person)}：{refusal.message}"))

    def _needed(self, row: Row, values: dict[str, Any], faulty: set[str]) -> list[Fault]:
        """A new person must have these; a column whose cell is faulty is not missed as well."""
        names = ((key, self.headings.get(key, name)) for key, name in (("standing", "人员类别"), ("identity", "身份")))
        return [
            Fault(row.number, name, "新登记的人员必须填写。")
            for key, name in names
            if key not in values and name not in faulty
        ]

    def _home(self, row: Row, values: dict[str, Any], faults: list[Fault]) -> Organization | None:
        if "organization" not in values:
            return None
        try:
            home = self.roster.places.find(values["organization"])
        except CellFault as fault:
            faults.append(Fault(row.number, self.headings["organization"], str(fault)))
            return None
        self.homes.add(home.id)
        return home

    def _record(self, row: Row, values: dict[str, Any], home: Organization, old: Record | None) -> list[Fault]:
        before = old or rules.drafted(self.roster.tenant_id, values["number"], values["name"], home.id)
        given = {key: value for key, value in values.items() if key not in _ELSEWHERE}
        if "floating_since" in given:
            given["floating_since"] = given["floating_since"].since(before.detail.floating_since, self.roster.today)
        after = rules.changed(before, {**given, "organization_id": home.id})
        faults = [Fault(row.number, "", text) for text in rules.obstacles(after, home)]
        try:
            if before.person.active and not after.person.active and old:
                self._leave(row.number, before, after)
            else:
                taken = self.roster.offices.take(after.person, home, values, self.roster.places, self.roster.today)
                self._keep(row.number, old, before, after, taken)
        except CellFault as fault:
            faults.append(Fault(row.number, "党内职务", str(fault)))
        except Refusal as refusal:
            faults.append(Fault(row.number, "党内职务", "".join([refusal.message, *refusal.details])))
        return faults

    def _keep(self, row: int, old: Record | None, before: Record, after: Record, taken: Sequence[Any]) -> None:
        found = (*between(before, after, self.roster.places), *taken) if old else ()
        if old is None:
            self.changes.append(Change(row, Act.CREATED, _subject(after.person)))
        elif found:
            self.changes.append(Change(row, Act.CHANGED, _subject(after.person), found))
        else:
            self.unchanged += 1
        if old is None or before != after:
            self.kept.append(Kept(before, after))

    def _leave(self, row: int, before: Record, after: Record) -> None:
        self.roster.offices.leave(before.person, self.roster.today)
        self.changes.append(Change(row, Act.GONE, _subject(before.person)))
        self.kept.append(Kept(before, rules.gone(after)))


def _subject(person: Person) -> str:
    return f"{person.name}（{person.number}）"
