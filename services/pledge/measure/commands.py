"""Taking measures: proposing, hearing, deciding, accepting what was put right; every step by a person."""

import json
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.measure import rules, store
from services.pledge.measure.domain import Announcement, Kind, Measure, MeasureState, Text
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.progress import commands as progress
from services.pledge.progress import rules as progress_rules
from services.pledge.supervision import reach
from services.pledge.turning import Page
from shared import audit, clock, workdays
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.errors import NotAllowed
from shared.events.pledge import MeasureDecided, MeasureProposed
from shared.messaging import tell


def access(
    conn: Connection, viewer: Viewer, permission: Permission, measure_id: UUID, *, hold: bool = False
) -> Measure:
    """Open the door to a measure: who is concerned, and the officers; to act beyond help one stands above.

    Who makes the pledge with the pledger takes none (R-033), nor reads what the pledger says to it.
    Raises `MeasureNotFound`, `NotAllowed`, `OwnMeasure`.
    """
    measure = (store.get if hold else store.read)(conn, viewer.tenant_id, measure_id)
    organization = require(conn, viewer, permission, measure.organization_id, person_id=measure.person_id)
    if permission is permissions.TAKE_MEASURE:
        _stands_above(viewer, measure.person_id, organization)
        if together.is_named(conn, pledge_store.read(conn, measure.tenant_id, measure.pledge_id), viewer.id):
            raise rules.OwnMeasure
    return measure


def _stands_above(viewer: Viewer, person_id: UUID | None, organization: Organization) -> None:
    if not reach.is_above(viewer, permissions.TAKE_MEASURE, organization):
        raise NotAllowed
    if person_id is None and not takes(viewer, None, organization):
        raise rules.OwnMeasure


def takes(viewer: Viewer, person_id: UUID | None, organization: Organization) -> bool:
    """Say whether somebody stands above and is not the one on whose pledge, or on whose organisation's, it is."""
    return reach.is_above(viewer, permissions.TAKE_MEASURE, organization) and not answers(
        viewer, person_id, organization
    )


def propose(
    conn: Connection, viewer: Viewer, vault: Vault, pledge_id: UUID, kind: Kind, text: Text, *,
    item_id: UUID | None = None, on: date | None = None, skip_reason: str = "",
) -> Measure:  # fmt: skip
    """Record help that was given, or propose a measure of the superior's, on which who is concerned is heard.

    Raises `NotAllowed`, `PledgeNotPublic`, `OwnMeasure`, `NotOnLadder`, `RungSkipped`, `MatterNotFound`.
    """
    permission = permissions.RECORD_HELP if kind is Kind.HELP else permissions.TAKE_MEASURE
    pledge, organization = pledges.access(conn, viewer, permission, pledge_id, hold=True)
    if kind is not Kind.HELP:
        _stands_above(viewer, pledge.person_id, organization)
    rules.check_pledge(pledge, by=viewer.id, together=together.is_named(conn, pledge, viewer.id))
    scheme = pledges.scheme_of(conn, pledge)
    earlier = store.list_of_pledge(conn, pledge.tenant_id, pledge.id)
    rules.check_order(kind, scheme.supervision.ladder, earlier, skip_reason)
    if item_id is not None:
        progress_rules.matter_of(progress.table(conn, pledge), item_id)
    now = clock.now()
    today = clock.day_of(now)
    made = Measure(
        pledge.tenant_id, uuid4(), pledge.id, item_id, pledge.organization_id, pledge.person_id, kind,
        MeasureState.PROPOSED, _seal(text, vault), skip_reason.strip(), viewer.id, now,
        reply_by_on=workdays.after(conn, pledge.tenant_id, today, scheme.eligibility.reply_days),
    )  # fmt: skip
    measure = rules.begin(made, on or today, now)
    store.save(conn, measure)
    if measure.state is MeasureState.PROPOSED:
        tell(conn, MeasureProposed, tenant_id=measure.tenant_id, subject=measure.id, **_facts(measure))
    return measure


def hear(
    conn: Connection, viewer: Viewer, vault: Vault, measure_id: UUID, reply: str, *, waived: bool = False,
    source: str = "",
) -> Measure:  # fmt: skip
    """Take the reply of who is concerned; another enters it from paper with its source.

    Raises `NotAllowed`, `HearingOver`, `OnlySelfWaives`, `ReplyNeedsSource`.
    """
    measure = access(conn, viewer, permissions.REPLY_MEASURE, measure_id, hold=True)
    organization = directory.get_organization(conn, viewer.tenant_id, measure.organization_id)
    concerned = answers(viewer, measure.person_id, organization)
    measure = rules.hear(
        measure, by=viewer.id, concerned=concerned, waived=waived or not reply.strip(), source=source, now=clock.now()
    )
    return _write(conn, measure, vault, reply=reply.strip(), entry_reason="" if concerned else source.strip())


def answers(viewer: Viewer, person_id: UUID | None, organization: Organization) -> bool:
    """Say whether somebody is the one to reply: the pledger, for an organisation's pledge its own officers."""
    if person_id is not None:
        return viewer.id == person_id
    return reach.is_inside(viewer, permissions.REPLY_MEASURE, organization)


def decide(
    conn: Connection, viewer: Viewer, vault: Vault, measure_id: UUID, decision: str, *, due_on: date | None = None,
    announcement: str = "",
) -> Measure:  # fmt: skip
    """Decide on a measure and tell whom it concerns that it was decided. Raises `NotAllowed` and as `rules.decide`."""
    measure = access(conn, viewer, permissions.TAKE_MEASURE, measure_id, hold=True)
    measure = rules.decide(
        measure, by=viewer.id, due_on=due_on, announcement=announcement, now=clock.now(), today=clock.today()
    )
    tell(conn, MeasureDecided, tenant_id=measure.tenant_id, subject=measure.id, **_facts(measure))
    return _write(conn, measure, vault, decision=decision.strip())


def drop(conn: Connection, viewer: Viewer, vault: Vault, measure_id: UUID, reason: str) -> Measure:
    """Refrain from a measure. Raises `NotAllowed`, `AlreadyDecided`, `OwnMeasure`."""
    measure = access(conn, viewer, permissions.TAKE_MEASURE, measure_id, hold=True)
    return _write(conn, rules.drop(measure, by=viewer.id), vault, result=reason.strip())


def accept(conn: Connection, viewer: Viewer, vault: Vault, measure_id: UUID, result: str, *, passed: bool) -> Measure:
    """Accept what was put right, or not. Raises `NotAllowed`, `NothingToAccept`, `OwnMeasure`."""
    measure = access(conn, viewer, permissions.TAKE_MEASURE, measure_id, hold=True)
    measure = rules.accept(measure, passed=passed, by=viewer.id, today=clock.today())
    return _write(conn, measure, vault, result=result.strip())


def read(conn: Connection, viewer: Viewer, vault: Vault, measure_id: UUID) -> tuple[Measure, Text]:
    """Read a measure with its texts; that it was read is noted."""
    measure = access(conn, viewer, permissions.READ_MEASURE, measure_id)
    return measure, _opened(conn, viewer, vault, measure)


def list_of_pledge(conn: Connection, viewer: Viewer, vault: Vault, pledge_id: UUID) -> list[tuple[Measure, Text]]:
    """Read the measures on a pledge with their texts; that they were read is noted."""
    pledge, _ = pledges.access(conn, viewer, permissions.READ_MEASURE, pledge_id)
    found = store.list_of_pledge(conn, viewer.tenant_id, pledge.id)
    return [(measure, _opened(conn, viewer, vault, measure)) for measure in found]


def list_announced(conn: Connection, viewer: Viewer, number: int) -> Page[Announcement]:
    """Give a page of what was announced where somebody belongs, above it, and in what somebody supervises (R-075)."""
    places = {one.id for one in directory.list_lineage(conn, viewer.organization)}
    places |= {one.id for one in reach.organizations(conn, viewer, permissions.READ_MEASURE)}
    return store.list_announced(conn, viewer.tenant_id, sorted(places), number)


def _facts(measure: Measure) -> dict[str, object]:
    """Give what is told of a measure: whom it concerns, and nothing of what it says."""
    return {
        "measure_id": measure.id, "pledge_id": measure.pledge_id, "organization_id": measure.organization_id,
        "person_id": measure.person_id,
    }  # fmt: skip


def _opened(conn: Connection, viewer: Viewer, vault: Vault, measure: Measure) -> Text:
    if viewer.id != measure.person_id:
        audit.note(
            conn, viewer.tenant_id, viewer.id, permissions.READ_MEASURE.name, subject=str(measure.id),
            organization_id=measure.organization_id,
        )  # fmt: skip
    return _text(measure, vault)


def _write(conn: Connection, measure: Measure, vault: Vault, **changes: str) -> Measure:
    measure = replace(measure, sealed=_seal(replace(_text(measure, vault), **changes), vault))
    store.save(conn, measure)
    return measure


def _seal(text: Text, vault: Vault) -> bytes:
    return vault.seal(json.dumps(asdict(text), ensure_ascii=False))


def _text(measure: Measure, vault: Vault) -> Text:
    return Text(**json.loads(vault.open(measure.sealed)))
