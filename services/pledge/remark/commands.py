"""Making remarks and summaries, and the overview of a period."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.gap import reading as gaps
from services.pledge.pledge.domain import Form, Pledge
from services.pledge.progress import commands as progress
from services.pledge.progress.domain import Table
from services.pledge.remark import rhythm, rules, store
from services.pledge.remark.domain import Kind, Line, Overview, Remark, Summary
from services.pledge.remark.rules import Said
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.errors import Invalid
from shared.events.pledge import PledgeCommented
from shared.messaging import tell


class EmptySummary(Invalid):
    """请写明本期承诺事项的落实情况。"""


def write(conn: Connection, viewer: Viewer, organization_id: UUID, period: str, said: Sequence[Said]) -> list[Remark]:
    """Remark on pledgers in a period, or say why not; the same again has no effect, other words take its place.

    Gives the new remarks. Raises `NotAllowed`, `BadPeriod`, `PeriodAhead`, `BadRemarks`.
    """
    organization = require(conn, viewer, permissions.WRITE_REMARKS, organization_id)
    now = clock.now()
    rules.check_period(period, clock.day_of(now))
    store.hold(conn, organization.id, period)
    pledges = gaps.pledgers(conn, organization, period)
    people = directory.list_named(conn, viewer.tenant_id, list(pledges))
    rules.check(said, {person.id: person.name for person in people.values()}, by=viewer.id)
    standing = store.list_remarks(conn, viewer.tenant_id, organization.id, period)
    made = [
        Remark(
            viewer.tenant_id, uuid4(), organization.id, one.person_id, period,
            standing[one.person_id].position + 1 if one.person_id in standing else 1, pledges[one.person_id],
            one.kind, one.text, viewer.id, now,
        )
        for one in rules.news(said, standing)
    ]  # fmt: skip
    for remark in made:
        store.add(conn, remark)
        _tell(conn, remark)
    return made


def sum_up(conn: Connection, viewer: Viewer, organization_id: UUID, period: str, text: str) -> Summary:
    """Sum up what became of an organisation's pledges in a period (R-074); the same again has no effect.

    Raises `NotAllowed`, `BadPeriod`, `PeriodAhead`, `EmptySummary`.
    """
    organization = require(conn, viewer, permissions.WRITE_REMARKS, organization_id)
    now = clock.now()
    rules.check_period(period, clock.day_of(now))
    if not text.strip():
        raise EmptySummary
    store.hold(conn, organization.id, period)
    earlier = store.list_summaries(conn, viewer.tenant_id, organization.id, period)
    if earlier and earlier[0].text == text.strip():
        return earlier[0]
    summary = Summary(
        viewer.tenant_id, uuid4(), organization.id, period, len(earlier) + 1, text.strip(), viewer.id, now
    )
    store.add_summary(conn, summary)
    return summary


def overview(conn: Connection, viewer: Viewer, organization_id: UUID, period: str) -> Overview:
    """Give all pledgers of an organisation in a period, in 姓氏笔画 order, with what was said. Raises `BadPeriod`."""
    organization = require(conn, viewer, permissions.READ_REMARKS, organization_id)
    return overview_of(conn, organization, rhythm.check(period))


def overview_of(conn: Connection, organization: Organization, period: str) -> Overview:
    """Give the overview of a period; the caller has checked that it may be read."""
    tenant_id = organization.tenant_id
    pledges = gaps.pledgers(conn, organization, period)
    people = directory.list_named(conn, tenant_id, list(pledges)).values()
    here = {one.id for one in gaps.of_branches(conn, tenant_id, pledges).get(organization.id, ())}
    remarks = store.list_remarks(conn, tenant_id, organization.id, period)
    tables = progress.tables_of(conn, organization, rhythm.year(period))
    known = {table.pledge.id for table in tables}
    tables += progress.tables(conn, tenant_id, [one for one in pledges.values() if one not in known])
    return Overview(
        organization, period, schemes.current(conn, organization).supervision.rhythm != "none",
        [
            Line(person, pledges[person.id], person.id in here, _of(tables, person),
                 remarks.get(person.id))
            for person in sorted(people, key=lambda person: (person.stroke_key, person.number))
        ],
        [table for table in tables if table.pledge.form is Form.ORGANIZATION],
        store.list_summaries(conn, tenant_id, organization.id, period),
    )  # fmt: skip


def list_own(conn: Connection, viewer: Viewer) -> list[Remark]:
    """Give what was said of the viewer, without the reasons why nothing was."""
    found = store.list_of_person(conn, viewer.tenant_id, viewer.id)
    return [remark for remark in found if remark.kind is not Kind.SKIPPED]


def list_beside(conn: Connection, viewer: Viewer, pledge: Pledge) -> list[Remark]:
    """Give what was said of the viewer in the year of a pledge that the viewer made, alone or with others (R-072)."""
    authors = {one.person_id for one in together.list_authors(conn, pledge.tenant_id, pledge.id)}
    if viewer.id not in {pledge.person_id, *authors}:
        return []
    return [remark for remark in list_own(conn, viewer) if rhythm.year(remark.period) == pledge.year]


def _of(tables: list[Table], person: Person) -> list[Table]:
    return [table for table in tables if table.pledge.person_id == person.id]


def _tell(conn: Connection, remark: Remark) -> None:
    if remark.kind is Kind.SKIPPED:
        return
    tell(
        conn, PledgeCommented, tenant_id=remark.tenant_id, subject=remark.pledge_id, pledge_id=remark.pledge_id,
        organization_id=remark.organization_id, person_id=remark.person_id, period=remark.period, kind=remark.kind,
    )  # fmt: skip
