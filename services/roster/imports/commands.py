"""What is done with a table: read, planned against the roster, entered as a whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from services.roster.imports import organizations as organization_table
from services.roster.imports import people as people_table
from services.roster.imports import store
from services.roster.imports.columns import meant, recognised
from services.roster.imports.domain import IMPORT_NAMES, Act, Fault, ImportKind, Plan, Run
from services.roster.imports.offices import Offices, Release, at_will
from services.roster.imports.places import Places
from services.roster.organization import commands as organizations
from services.roster.organization import store as organization_store
from services.roster.permissions import IMPORT
from services.roster.person import commands as people
from services.roster.person import store as person_store
from services.roster.position import commands as positions
from services.roster.position import store as position_store
from services.roster.session.rules import require_lower
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization, Position, Role
from shared.errors import Invalid, RuleBroken
from shared.sheet import Table, read

KEEP = timedelta(hours=24)
BATCH = 100


class TableFaulty(Invalid):
    """表中有错误，没有导入任何一行。"""


class AlreadyEntered(RuleBroken):
    """这个文件已经导入过了。"""


class RosterMoved(RuleBroken):
    """名册在预览之后有变动，请重新核对后再导入。"""


def upload(conn: Connection, viewer: Viewer, kind: ImportKind, filename: str, content: bytes, *, whole: bool) -> Run:
    """Keep a file between its preview and its entry. Raises the refusals of `sheet.read`."""
    read(content)
    run = Run(viewer.tenant_id, uuid4(), kind, filename[:200], whole, content, viewer.id, clock.now())
    store.save(conn, run)
    return run


def planned(conn: Connection, viewer: Viewer, kind: ImportKind, content: bytes, *, whole: bool) -> Plan:
    """Plan what a file would change against the roster as it stands, which stays locked until the transaction ends."""
    table = read(content)
    columns, wrong = recognised(kind, table.headings)
    if (other := meant(kind, table.headings)) is not None:
        wrong = [f"这是{IMPORT_NAMES[other]}表，请返回重新上传，“表的种类”选“{IMPORT_NAMES[other]}”。"]
    if wrong:
        return Plan(faults=tuple(Fault(1, "", text) for text in wrong))
    organization_store.lock_roster(conn, viewer.tenant_id)
    existing = organization_store.list_all(conn, viewer.tenant_id)
    if kind is ImportKind.ORGANIZATIONS:
        return organization_table.plan(table.rows, columns, existing, viewer.tenant_id)
    return people_table.plan(table.rows, columns, _roster(conn, viewer, existing), whole=whole)


def enter(conn: Connection, viewer: Viewer, kind: ImportKind, content: bytes, *, whole: bool) -> Plan:
    """Enter a file. Raises `TableFaulty` with every fault; then nothing is changed."""
    plan = planned(conn, viewer, kind, content, whole=whole)
    if plan.faults:
        raise TableFaulty(details=[str(fault) for fault in plan.faults])
    carry_out(conn, plan)
    return plan


def enter_run(conn: Connection, viewer: Viewer, run_id: UUID, digest: str) -> Run:
    """Enter an uploaded file as it was previewed. Raises `AlreadyEntered`, `RosterMoved`, `TableFaulty`."""
    run = store.get(conn, viewer.tenant_id, run_id)
    if run.content is None:
        raise AlreadyEntered
    plan = planned(conn, viewer, run.kind, run.content, whole=run.whole)
    if plan.faults:
        raise TableFaulty(details=[str(fault) for fault in plan.faults])
    if digest_of(plan) != digest:
        raise RosterMoved
    carry_out(conn, plan)
    after = replace(
        run,
        content=None,
        committed_at=clock.now(),
        created=plan.count(Act.CREATED),
        changed=plan.count(Act.CHANGED),
        gone=plan.count(Act.GONE),
    )
    store.save(conn, after)
    return after


def carry_out(conn: Connection, plan: Plan) -> None:
    """Save and tell everything of a plan; the statements travel together."""
    with conn.pipeline():
        for organization in plan.organizations:
            organizations.publish(conn, organization)
        for kept in plan.people:
            people.keep(conn, kept.before, kept.after)
        for position in plan.positions:
            positions.publish(conn, position)


def preview(conn: Connection, viewer: Viewer, run_id: UUID) -> tuple[Run, Plan, Table]:
    """Give an uploaded file with its plan as of now. Raises `RunNotFound`, `AlreadyEntered`."""
    run = store.read(conn, viewer.tenant_id, run_id)
    if run.content is None:
        raise AlreadyEntered
    return run, planned(conn, viewer, run.kind, run.content, whole=run.whole), read(run.content)


def digest_of(plan: Plan) -> str:
    """Give a short name for exactly these changes, so that what was previewed is what is entered."""
    return hashlib.sha256(repr((plan.changes, plan.unchanged, plan.absent)).encode()).hexdigest()[:32]


def forget(conn: Connection, now: datetime) -> int:
    """Delete uploads of more than a day ago that nobody entered; give how many."""
    return store.delete_abandoned(conn, now - KEEP, BATCH)


def _release(viewer: Viewer, existing: Sequence[Organization]) -> Release:
    if Role.ADMINISTRATOR in viewer.roles():
        return at_will
    paths = {place.id: place.path for place in existing}

    def refuse(held: Sequence[Position]) -> None:
        require_lower(viewer.places(IMPORT), [paths[each.organization_id] for each in held])

    return refuse


def _roster(conn: Connection, viewer: Viewer, existing: Sequence[Organization]) -> people_table.Roster:
    records = person_store.list_records(conn, viewer.tenant_id)
    names = {record.person.id: record.person.name for record in records}
    held = position_store.list_lasting(conn, viewer.tenant_id, clock.today())
    offices = Offices(
        held, lambda person_id: names.get(person_id, "他人"), viewer.may, _release(viewer, existing), viewer.id
    )
    return people_table.Roster(
        tenant_id=viewer.tenant_id,
        places=Places(existing),
        records=records,
        offices=offices,
        today=clock.today(),
    )
