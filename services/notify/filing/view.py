"""A filing as both doors show it: lines with their branches, history with names and opened statements."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.notify.award import store as awards
from services.notify.award.domain import State as AwardState
from services.notify.filing import rules, store
from services.notify.filing.domain import Act, Filing, State
from services.notify.notice import store as notices
from shared.auth import Permission, Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory


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
class Past:
    """Something that happened."""

    act: Act
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


def list_visible(
    conn: Connection, viewer: Viewer, permission: Permission, *, period: str | None = None, state: str | None = None
) -> list[tuple[Filing, str]]:
    """Give the filings that somebody may read, each with its organisation's name."""
    found = store.list_filings(conn, viewer.tenant_id, period=period, state=State(state) if state else None)
    shown = []
    for filing in found:
        organization = directory.get_organization(conn, viewer.tenant_id, filing.organization_id)
        if viewer.may(permission, organization.path):
            shown.append((filing, organization.name))
    return shown


def lines(conn: Connection, filing: Filing) -> list[Line]:
    """Give the lines of the 登记表 in 姓氏笔画 order, without those that were withdrawn."""
    names: dict[UUID, str] = {}
    shown = []
    for award in rules.on_form(awards.list_of_filing(conn, filing.tenant_id, filing.id)):
        if award.organization_id not in names:
            names[award.organization_id] = directory.get_organization(
                conn, filing.tenant_id, award.organization_id
            ).name
        name = names[award.organization_id]
        shown.append(Line(award.id, award.name, award.identity, award.organization_id, name, award.state))
    return shown


def star(conn: Connection, filing: Filing) -> str:
    """Give what the honour is called, as the awards of a filing were given; a filing has at least one."""
    return "、".join(
        dict.fromkeys(award.star_title for award in awards.list_of_filing(conn, filing.tenant_id, filing.id))
    )


def whole(conn: Connection, filing: Filing, vault: Vault) -> Whole:
    """Give a filing with its lines and history."""
    notice = notices.of_filing(conn, filing.tenant_id, filing.id)
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
        star=star(conn, filing),
        lines=lines(conn, filing),
        history=_history(conn, filing, vault),
    )


def _history(conn: Connection, filing: Filing, vault: Vault) -> list[Past]:
    steps = store.list_steps(conn, filing.tenant_id, filing.id)
    people = directory.list_named(conn, filing.tenant_id, [step.person_id for step in steps if step.person_id])
    past = []
    for step in steps:
        person = people.get(step.person_id) if step.person_id else None
        statement = vault.open(step.statement) if step.statement else ""
        past.append(Past(step.act, step.revision, step.at, person.name if person else "系统自动", statement))
    return past
