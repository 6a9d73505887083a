"""A table against roster and rules: what it would enter, with every fault."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.pledge.author import rules as authors
from services.pledge.imports.columns import Column, Named
from services.pledge.imports.domain import Entry, Fault, Plan, Pledger
from services.pledge.imports.grouping import Group, gathered
from services.pledge.imports.surroundings import Surroundings
from services.pledge.pledge import rules
from services.pledge.pledge.domain import (
    Author,
    Consultation,
    Form,
    Item,
    Kind,
    Pledge,
    PledgeState,
    Version,
    VersionState,
)
from shared import clock
from shared.directory.store import lineage
from shared.sheet import Row

ITEM = ("content", "measure", "due_on", "responsible", "beneficiaries", "aspect", "origin", "tags")
SAME = (
    "trigger", "trigger_text", "duty", "ability", "goals", "authors", "recorded_by", "recorded_on", "recorded_place",
    "witness", "method", "dates", "asked", "opinions", "use",
)  # fmt: skip
Promised = dict[tuple[str, int], dict[str, UUID]]
"""What organisations promise in the table itself: by path and year, the words with the matter's id."""


def plan(rows: Sequence[Row], columns: Mapping[str, Column], around: Surroundings) -> Plan:
    """Plan what a table enters; with any fault it enters nothing."""
    groups, faults = gathered(rows, columns, around)
    known = {(one.pledger_id, one.year, one.kind, one.community, one.form, one.headline) for one in around.known}
    taken = {(one.pledger_id, one.year, one.community, one.form) for one in around.known if one.kind == Kind.ANNUAL}
    promised: Promised = {}
    entries, unchanged = [], 0
    for group in groups:
        key = group.key
        if tuple(key) in known:
            unchanged += 1
            continue
        entry, wrong = _entry(group, around, promised)
        place = (key.pledger_id, key.year, key.community, key.form)
        if key.kind is Kind.ANNUAL and place in taken:
            wrong = [Fault(entry.row, "", f"{entry.name}已有另一份{key.year}年度承诺，请修改那一份。")]
        if key.kind is Kind.ANNUAL:
            taken.add(place)
        faults += wrong
        entries.append(entry)
    if faults:
        return Plan(faults=tuple(sorted(faults, key=lambda fault: fault.row)))
    return Plan(tuple(entries), unchanged)


def _entry(group: Group, around: Surroundings, promised: Promised) -> tuple[Entry, list[Fault]]:
    pledger, row = group.pledger, group.rows[0][0]
    facts: dict[str, Any] = {}
    for _, values in group.rows:
        facts |= {name: values[name] for name in SAME if name in values}
    pledge = _pledge(group, facts, around)
    items, faults = _items(group, around, promised)
    named, wrong = _authors(pledge, pledger, facts.get("authors", []), around)
    version = Version(
        1, VersionState.DRAFT, group.key.headline, around.entered_by, around.now, items, facts.get("ability", ""),
        facts.get("duty", ""), facts.get("goals", ""), _consultation(facts), authors=named,
    )  # fmt: skip
    today = clock.day_of(around.now)
    scheme = around.scheme_of(pledger.branch)
    wrong += rules.obstacles(pledge, version, scheme, person=pledger.person, today=today)
    if pledge.form is Form.ORGANIZATION:
        promised.setdefault((pledger.branch.path, pledge.year), {}).update({one.content: one.item_id for one in items})
    handed = replace(version, state=VersionState.SUBMITTED, submitted_at=around.now)
    return Entry(row, pledger.name, pledge, handed), [*faults, *(Fault(row, "", text) for text in wrong)]


def _consultation(facts: dict[str, Any]) -> Consultation | None:
    if "method" not in facts:
        return None
    return Consultation(
        facts["method"], facts.get("dates", ""), facts.get("asked", 0), facts.get("opinions", ""), facts.get("use", "")
    )


def _items(group: Group, around: Surroundings, promised: Promised) -> tuple[list[Item], list[Fault]]:
    """Give the matters of a pledge, each tied to what the table itself or an organisation of the line promises."""
    items: list[Item] = []
    faults: list[Fault] = []
    for row, values in group.rows:
        if "content" not in values:
            if {*ITEM, "linked"} & values.keys():
                faults.append(Fault(row, "", "写了措施、时限等的，承诺事项也须填写。"))
            continue
        linked = _linked(group, values, around, promised)
        if "linked" in values and linked is None:
            faults.append(Fault(row, "对应的党组织承诺", f"本组织及其上级没有承诺“{values['linked']}”。"))
        made = {name: values[name] for name in ITEM if name in values}
        items.append(Item(uuid4(), **made, linked_item_id=linked))
    return items, faults


def _linked(group: Group, values: dict[str, Any], around: Surroundings, promised: Promised) -> UUID | None:
    if "linked" not in values:
        return None
    branch, year, words = group.pledger.branch, group.key.year, values["linked"]
    for path in reversed(lineage(branch.path)):
        if found := promised.get((path, year), {}).get(words):
            return found
    return around.promised(branch, year).get(words)


def _authors(
    pledge: Pledge, pledger: Pledger, named: Sequence[Named], around: Surroundings
) -> tuple[list[Author], list[str]]:  # fmt: skip
    """Give who promises together, members under their names in the roster, and what is wrong with them."""
    unknown = [one for one in named if one.number and one.number not in around.people]
    wrong = [f"共同承诺人：名册中没有“{one.name}（{one.number}）”。" for one in unknown]
    found = [
        Author(one.name, around.people[one.number].id if one.number else None, one.headcount)
        for one in named
        if one not in unknown
    ]
    colleagues = around.colleagues(pledger.branch) if found else {}
    return authors.registered(found, colleagues), wrong + authors.obstacles(pledge, found, colleagues, ())


def _pledge(group: Group, facts: dict[str, Any], around: Surroundings) -> Pledge:
    key, pledger = group.key, group.pledger
    scheme = around.scheme_of(pledger.branch)
    late = key.kind is Kind.ANNUAL and around.window_of(pledger.branch, key.year).is_late(clock.day_of(around.now))
    return Pledge(
        pledger.branch.tenant_id, uuid4(), pledger.branch.id, key.form, key.kind, key.year, facts.get("trigger"),
        facts.get("trigger_text", ""), pledger.person.id if pledger.person else None, key.community,
        "recorded_by" in facts, facts.get("recorded_by", ""), facts.get("recorded_on"),
        facts.get("recorded_place", ""), facts.get("witness", ""), PledgeState.OPEN, scheme.id, scheme.version, 1, None,
        around.entered_by, around.reason, around.now, around.now, late,
    )  # fmt: skip
