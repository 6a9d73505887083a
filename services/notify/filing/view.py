"""A filing as both doors show it: lines with their branches, history with names and opened statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.notify.award import store as awards
from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.filing import rules, store
from services.notify.filing.domain import Act, Filing, State, Step, round_of, titles
from services.notify.notice import store as notices
from shared.auth import Permission, Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization


@dataclass(frozen=True)
class Line:
    """A line of the 登记表."""

    id: UUID
    name: str
    identity: str
    organization_id: UUID
    organization: str
    state: AwardState


@dataclass(frozen=True)
class Form:
    """What a 登记表 says of its winners."""

    star: str
    """what the honour is called, as the awards were given; a filing has at least one"""
    lines: list[Line]
    """in 姓氏笔画 order"""


@dataclass(frozen=True)
class Past:
    """Something that happened."""

    act: Act
    title: str
    """报送（第1次）"""
    revision: int
    at: datetime
    person: str
    statement: str


@dataclass(frozen=True)
class Whole:
    """A filing with everything that its page shows."""

    id: UUID
    organization_id: UUID
    organization: str
    period: str
    batch: int
    state: State
    revision: int
    due_on: date
    submitted_at: datetime
    number: str | None
    acknowledged_on: date | None
    notice_id: UUID | None
    star: str
    """what the honour is called on the form"""
    lines: list[Line]
    history: list[Past]
    rounds: int
    """how often it was submitted, without what the system added meanwhile"""


def list_visible(
    conn: Connection, viewer: Viewer, permission: Permission, *, period: str | None = None, state: str | None = None
) -> list[tuple[Filing, str]]:
    """Give the filings that somebody may read, each with its organisation's name."""
    found = store.list_filings(conn, viewer.tenant_id, period=period, state=State(state) if state else None)
    organizations = directory.list_organizations(conn, viewer.tenant_id, {filing.organization_id for filing in found})
    homes = [organizations[filing.organization_id] for filing in found]
    return [(filing, home.name) for filing, home in zip(found, homes, strict=True) if viewer.may(permission, home.path)]


def forms(conn: Connection, tenant_id: UUID, filing_ids: Sequence[UUID]) -> dict[UUID, Form]:
    """Give what the 登记表 of several filings say, by filing, without the lines that were withdrawn."""
    found = awards.list_of_filings(conn, tenant_id, filing_ids)
    ids = {award.organization_id for given in found.values() for award in given}
    homes = directory.list_organizations(conn, tenant_id, ids)
    return {filing_id: _form(given, homes) for filing_id, given in found.items()}


def _form(given: Sequence[Award], homes: Mapping[UUID, Organization]) -> Form:
    on_form = [(award, homes[award.organization_id]) for award in rules.on_form(given)]
    return Form(
        "、".join(dict.fromkeys(award.star_title for award in given)),
        [Line(award.id, award.name, award.identity, home.id, home.name, award.state) for award, home in on_form],
    )


def whole(conn: Connection, filing: Filing, vault: Vault) -> Whole:
    """Give a filing with its lines and history."""
    steps = store.list_steps(conn, filing.tenant_id, filing.id)
    notice = notices.of_filing(conn, filing.tenant_id, filing.id)
    form = forms(conn, filing.tenant_id, [filing.id])[filing.id]
    return Whole(
        id=filing.id,
        organization_id=filing.organization_id,
        organization=directory.get_organization(conn, filing.tenant_id, filing.organization_id).name,
        period=filing.period,
        batch=filing.batch,
        state=filing.state,
        revision=filing.revision,
        due_on=filing.due_on,
        submitted_at=filing.submitted_at,
        number=filing.number,
        acknowledged_on=filing.acknowledged_on,
        notice_id=notice.id if notice else None,
        star=form.star,
        lines=form.lines,
        history=_history(conn, filing, steps, vault),
        rounds=round_of(steps),
    )


def _history(conn: Connection, filing: Filing, steps: Sequence[Step], vault: Vault) -> list[Past]:
    people = directory.list_named(conn, filing.tenant_id, [step.person_id for step in steps if step.person_id])
    past = []
    for step, title in zip(steps, titles(steps), strict=True):
        person = people.get(step.person_id) if step.person_id else None
        statement = vault.open(step.statement) if step.statement else ""
        past.append(Past(step.act, title, step.revision, step.at, person.name if person else "系统自动", statement))
    return past
