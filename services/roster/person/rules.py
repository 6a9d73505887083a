"""What may be changed of a person, and how one change draws others after it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.roster.naming import readings, strokes
from services.roster.naming.names import normalise
from services.roster.person.days import Day
from services.roster.person.domain import Detail, Record
from shared.directory.domain import MEETS, PARTY, Identity, Kind, Organization, Person, Standing
from shared.errors import RuleBroken

HOMES = frozenset({Kind.BRANCH, Kind.DIRECT_BRANCH, Kind.GENERAL_BRANCH, Kind.COMMITTEE})
"""Kinds of organisation that people belong to; a member belongs to one that meets (R-001)."""
_PERSON = {field.name for field in fields(Person)}
_DETAIL = {field.name for field in fields(Detail)}


class PersonUnfit(RuleBroken):
    """所填情况互相矛盾。"""


class NumberTaken(RuleBroken):
    """这个学工号已经登记。"""


class NotFloating(RuleBroken):
    """此人不是流动党员，不需登记联系情况。"""


class ContactAhead(RuleBroken):
    """联系日期不能晚于今天。"""


def drafted(tenant_id: UUID, number: str, name: str, organization_id: UUID) -> Record:
    """Give a new person before anything else is known."""
    person_id = uuid4()
    person = Person(
        tenant_id=tenant_id,
        id=person_id,
        version=0,
        organization_id=organization_id,
        number=number,
        name=normalise(name),
        stroke_key="",
        standing=Standing.FORMAL,
        identity=Identity.STAFF,
        leader=False,
        division_rank=False,
        floating=False,
        last_contact_on=None,
        exempt=False,
        counted=True,
        email="",
        active=True,
        session_epoch=1,
    )
    return Record(person, Detail(tenant_id, person_id))


def changed(record: Record, changes: dict[str, Any]) -> Record:
    """Give the record with other values, and with everything that follows from them.

    `changes` may name fields of the person and of the detail, and `joined` and `formal` as `Day`. Versions stay.
    """
    given = _days_apart(changes)
    person = replace(record.person, **{key: value for key, value in given.items() if key in _PERSON})
    detail = replace(record.detail, **{key: value for key, value in given.items() if key in _DETAIL})
    person = replace(person, name=normalise(person.name))
    person = replace(person, stroke_key=strokes.key(person.name))
    detail = replace(detail, keys=readings.keys(person.name, person.number, detail.reading))
    return _floating_settled(record, person, detail)


def refuse_unfit(record: Record, organization: Organization) -> None:
    """Refuse a record that contradicts itself. Raises `PersonUnfit` with all contradictions."""
    if reasons := obstacles(record, organization):
        raise PersonUnfit(details=reasons)


def obstacles(record: Record, organization: Organization) -> list[str]:
    """List what in a record contradicts itself or the place."""
    person, detail = record.person, record.detail
    found = []
    if person.active and not organization.active:
        found.append(f"{organization.name}已经撤销，不能再有人员。")
    if person.active and organization.kind not in HOMES:
        found.append(f"{organization.name}不能直接管理人员，请选择党支部。")
    elif person.active and person.standing in PARTY and organization.kind not in MEETS:
        found.append(f"{organization.name}不召开支部会议，党员须编入党支部，请选择党支部或直属党支部。")
    if person.standing not in PARTY and person.floating:
        found.append("只有党员可以登记为流动党员。")
    if person.floating and detail.floating_since is None:
        found.append("流动党员须填写外出时间。")
    if detail.joined_on and detail.formal_on and detail.formal_on < detail.joined_on:
        found.append("转正时间不能早于入党时间。")
    if person.standing is Standing.PROBATIONARY and detail.formal_on:
        found.append("预备党员不应有转正时间。")
    return found


def gone(record: Record) -> Record:
    """Give the record of somebody who left: graduated, was transferred, died. Sign-ins end at once."""
    return replace(record, person=replace(record.person, active=False, session_epoch=record.person.session_epoch + 1))


def touches_sign_in(before: Person, after: Person) -> bool:
    """Say whether a change ends somebody's sign-in or gives it another number, under which another might sign in."""
    return before.number != after.number or (before.active and not after.active)


def contacted(record: Record, made_on: date, *, by_member: bool, today: date) -> Record:
    """Give the record after a contact; only the member's own initiative counts (requirements 2.8, R-016).

    Raises `NotFloating`, `ContactAhead`.
    """
    if not record.person.floating:
        raise NotFloating
    if made_on > today:
        raise ContactAhead
    last = record.person.last_contact_on
    if not by_member or (last and last >= made_on):
        return record
    return replace(record, person=replace(record.person, last_contact_on=made_on))


def _days_apart(changes: dict[str, Any]) -> dict[str, Any]:
    given = dict(changes)
    for name in ("joined", "formal"):
        if name in given:
            day: Day | None = given.pop(name)
            given[f"{name}_on"] = day.on if day else None
            if day:
                given[f"{name}_precision"] = day.precision
    return given


def _floating_settled(before: Record, person: Person, detail: Detail) -> Record:
    """Count from the departure until the first contact; forget both on return."""
    if not person.floating:
        return Record(replace(person, last_contact_on=None), replace(detail, floating_since=None))
    left_anew = not before.person.floating or before.detail.floating_since != detail.floating_since
    if left_anew and detail.floating_since:
        last = person.last_contact_on if before.person.floating else None
        person = replace(person, last_contact_on=max(filter(None, (last, detail.floating_since))))
    return Record(person, detail)
