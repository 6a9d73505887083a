"""A table against the roster: rows of one pledge put together, checked by the rules, with every fault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from services.pledge.imports.columns import CellFault, Column
from services.pledge.imports.domain import Entry, Fault, Known, Plan, Pledger
from services.pledge.pledge import rules
from services.pledge.pledge.domain import Form, Item, Kind, Pledge, PledgeState, Version, VersionState
from services.pledge.pledge.window import Window
from shared import clock
from shared.directory.domain import Standing
from shared.scheme import Scheme
from shared.sheet import Row

Key = tuple[str, int, str, str, str]
ITEM = ("content", "measure", "due_on", "responsible", "beneficiaries", "aspect")
SAME = ("form", "trigger", "trigger_text", "duty", "ability", "recorded_by", "recorded_on", "recorded_place", "witness")


@dataclass(frozen=True)
class Surroundings:
    """What a table is checked against."""

    pledgers: Mapping[str, Pledger]
    known: Sequence[Known]
    may_enter: Callable[[Pledger], bool]
    scheme_of: Callable[[Pledger], Scheme]
    window_of: Callable[[Pledger, int], Window]
    entered_by: UUID
    reason: str
    now: datetime


def plan(rows: Sequence[Row], columns: Mapping[str, Column], around: Surroundings) -> Plan:
    """Plan what a table enters; with any fault it enters nothing."""
    faults: list[Fault] = []
    groups: dict[Key, list[tuple[Row, dict[str, Any]]]] = {}
    for row in rows:
        values, wrong = _read(row, columns)
        wrong = wrong or _person(row, values, around)
        faults += wrong
        if not wrong:
            groups.setdefault(_key(values), []).append((row, values))
    known = {(one.person_id, one.year, one.kind, one.community, one.headline) for one in around.known}
    taken = {(one.person_id, one.year, one.community) for one in around.known if one.kind == Kind.ANNUAL}
    entries, unchanged = [], 0
    for key, group in groups.items():
        person_id = around.pledgers[key[0]].person.id
        if (person_id, *key[1:]) in known:
            unchanged += 1
            continue
        entry, wrong = _entry(key, group, around)
        if key[2] == Kind.ANNUAL and (person_id, key[1], key[3]) in taken:
            wrong = [Fault(entry.row, "", f"{entry.name}已有另一份{key[1]}年度承诺，请修改那一份。")]
        if key[2] == Kind.ANNUAL:
            taken.add((person_id, key[1], key[3]))
        faults += wrong
        entries.append(entry)
    if faults:
        return Plan(faults=tuple(sorted(faults, key=lambda fault: fault.row)))
    return Plan(tuple(entries), unchanged)


def _read(row: Row, columns: Mapping[str, Column]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for heading, column in columns.items():
        cell = row.cells.get(heading)
        if cell is None or not str(cell).strip():
            if column.required:
                faults.append(Fault(row.number, heading, "必须填写。"))
            continue
        try:
            values[column.key] = column.read(cell)
        except CellFault as fault:
            faults.append(Fault(row.number, heading, str(fault)))
    return values, faults


def _person(row: Row, values: dict[str, Any], around: Surroundings) -> list[Fault]:
    pledger = around.pledgers.get(values["number"])
    if pledger is None:
        return [Fault(row.number, "学工号", f"名册中没有“{values['number']}”。")]
    name = pledger.person.name
    if "".join(values.get("name", name).split()) != name:
        return [Fault(row.number, "姓名", f"学工号 {values['number']} 在名册中是{name}。")]
    if not around.may_enter(pledger):
        return [Fault(row.number, "学工号", f"{name}不属于您可以办理的组织。")]
    return []


def _key(values: dict[str, Any]) -> Key:
    kind = values.get("kind", Kind.ANNUAL)
    return values["number"], values["year"], str(kind), values.get("community", ""), values["headline"]


def _entry(
    key: Key, group: Sequence[tuple[Row, dict[str, Any]]], around: Surroundings
) -> tuple[Entry, list[Fault]]:  # fmt: skip
    pledger, row = around.pledgers[key[0]], group[0][0].number
    facts: dict[str, Any] = {}
    for _, values in group:
        facts |= {name: values[name] for name in SAME if name in values}
    scheme = around.scheme_of(pledger)
    pledge = _pledge(key, facts, pledger, scheme, around)
    items = [
        Item(uuid4(), **{name: values[name] for name in ITEM if name in values})
        for _, values in group
        if "content" in values
    ]
    version = Version(
        1, VersionState.DRAFT, key[4], around.entered_by, around.now, items, facts.get("ability", ""),
        facts.get("duty", ""),
    )  # fmt: skip
    today = clock.day_of(around.now)
    wrong = rules.obstacles(pledge, version, scheme, person=pledger.person, today=today)
    wrong += ["写了措施、时限等的，承诺事项也须填写。"] * any(
        "content" not in values and set(ITEM) & values.keys() for _, values in group
    )
    handed = replace(version, state=VersionState.SUBMITTED, submitted_at=around.now)
    return Entry(row, pledger.person.name, pledge, handed), [Fault(row, "", text) for text in wrong]


def _pledge(key: Key, facts: dict[str, Any], pledger: Pledger, scheme: Scheme, around: Surroundings) -> Pledge:
    person, kind = pledger.person, Kind(key[2])
    form = Form.STAFF if person.standing is Standing.NONPARTY else Form.INDIVIDUAL
    late = kind is Kind.ANNUAL and around.window_of(pledger, key[1]).is_late(clock.day_of(around.now))
    return Pledge(
        person.tenant_id, uuid4(), pledger.branch.id, facts.get("form", form), kind, key[1],
        facts.get("trigger"), facts.get("trigger_text", ""), person.id, key[3], "recorded_by" in facts,
        facts.get("recorded_by", ""),
        facts.get("recorded_on"), facts.get("recorded_place", ""), facts.get("witness", ""), PledgeState.OPEN,
        scheme.id, scheme.version, 1, None, around.entered_by, around.reason, around.now, around.now, late,
    )  # fmt: skip
