"""What is done with a table of pledges: read, planned against the roster, entered as a whole or not at all."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.imports import lookups, store, table
from services.pledge.imports.columns import Column, recognised, written
from services.pledge.imports.domain import Fault, Plan, Run
from services.pledge.ledger import reading as ledger
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.domain import FORM_NAMES, Form
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.errors import Invalid, RuleBroken, TooLarge
from shared.sheet import Table, read

KEEP = timedelta(hours=24)
BATCH = 100
MOST = 5000
NUMBERED = re.compile(r"[（(]([0-9A-Za-z_-]+)[）)]")
"""A 学工号 behind a name: 毛建国（T004）."""


class TableFaulty(Invalid):
    """表中有错误，没有导入任何一行。"""


class AlreadyEntered(RuleBroken):
    """这个文件已经导入过了。"""


class PledgesMoved(RuleBroken):
    """承诺或名册在预览之后有变动，请重新核对后再导入。"""


class TooManyPledges(TooLarge):
    """一次最多导入5000行，请分成几个文件。"""


def upload(conn: Connection, viewer: Viewer, organization_id: UUID | None, filename: str, content: bytes) -> Run:
    """Keep a file between its preview and its entry. Raises `NotAllowed` and the refusals of `sheet.read`."""
    organization = ledger.place(conn, viewer, permissions.IMPORT_PLEDGES, organization_id)
    _table(content)
    run = Run(viewer.tenant_id, uuid4(), organization.id, filename[:200], content, viewer.id, clock.now())
    store.save(conn, run)
    return run


def planned(conn: Connection, viewer: Viewer, content: bytes, filename: str) -> Plan:
    """Plan what a file would enter against pledges and roster as they stand."""
    found = _table(content)
    columns, wrong = recognised(found.headings)
    if wrong:
        return Plan(faults=tuple(Fault(1, "", text) for text in wrong))
    numbers, named = _mentioned(found, columns)
    around = lookups.around(conn, viewer, filename, numbers=sorted(numbers), named=sorted(named))
    return table.plan(found.rows, columns, around)


def _mentioned(found: Table, columns: Mapping[str, Column]) -> tuple[set[str], set[str]]:
    """Give every 学工号 and every organisation's name that a table mentions."""
    heading = {column.key: name for name, column in columns.items()}
    numbers, named = set(), set()
    for row in found.rows:
        cells = {key: written(row.cells.get(name)) for key, name in heading.items()}
        numbers |= {cells["number"], *NUMBERED.findall(cells.get("authors", ""))}
        if FORM_NAMES[Form.ORGANIZATION] == cells.get("form", ""):
            named.add(cells.get("organization") or cells.get("name", ""))
    return numbers, named


def enter(conn: Connection, viewer: Viewer, content: bytes, filename: str) -> Plan:
    """Enter a file. Raises `TableFaulty` with every fault; then nothing is changed."""
    plan = planned(conn, viewer, content, filename)
    if plan.faults:
        raise TableFaulty(details=[str(fault) for fault in plan.faults])
    return _carry_out(conn, plan)


def enter_run(conn: Connection, viewer: Viewer, run_id: UUID, digest: str) -> Run:
    """Enter an uploaded file as it was previewed. Raises `AlreadyEntered`, `PledgesMoved`, `TableFaulty`."""
    run = store.get(conn, viewer.tenant_id, run_id)
    require(conn, viewer, permissions.IMPORT_PLEDGES, run.organization_id)
    if run.content is None:
        raise AlreadyEntered
    plan = planned(conn, viewer, run.content, run.filename)
    if plan.faults:
        raise TableFaulty(details=[str(fault) for fault in plan.faults])
    if digest_of(plan) != digest:
        raise PledgesMoved
    _carry_out(conn, plan)
    after = replace(run, content=None, entered_at=clock.now(), created=len(plan.entries), unchanged=plan.unchanged)
    store.save(conn, after)
    return after


def preview(conn: Connection, viewer: Viewer, run_id: UUID) -> tuple[Run, Plan]:
    """Give an uploaded file with its plan as of now. Raises `RunNotFound`, `AlreadyEntered`, `NotAllowed`."""
    run = store.read(conn, viewer.tenant_id, run_id)
    require(conn, viewer, permissions.IMPORT_PLEDGES, run.organization_id)
    if run.content is None:
        raise AlreadyEntered
    return run, planned(conn, viewer, run.content, run.filename)


def digest_of(plan: Plan) -> str:
    """Give a short name for exactly these pledges, so that what was previewed is what is entered."""
    words = [
        (
            entry.row,
            entry.name,
            str(entry.pledge.person_id),
            entry.pledge.year,
            entry.version.headline,
            len(entry.version.items),
        )
        for entry in plan.entries
    ]
    return hashlib.sha256(repr((words, plan.unchanged)).encode()).hexdigest()[:32]


def forget(conn: Connection, now: datetime) -> int:
    """Delete uploads of more than a day ago that nobody entered; give how many."""
    return store.delete_abandoned(conn, now - KEEP, BATCH)


def _carry_out(conn: Connection, plan: Plan) -> Plan:
    for entry in plan.entries:
        pledges.hand_in(conn, entry.pledge, entry.version)
    return plan


def _table(content: bytes) -> Table:
    found = read(content, titled=True)
    if len(found.rows) > MOST:
        raise TooManyPledges
    return found
