"""How a verified award enters a filing: it finds or opens it, and the filing submits itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from services.notify.award import store as awards
from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.filing import rules, store
from services.notify.filing.domain import Act, Filing, State, Step
from shared import clock, scheme, workdays
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import NotFound, NotYet
from shared.events import Message
from shared.events.notify import FilingSubmitted
from shared.messaging import tell


def take_in(conn: Connection, message: Message) -> None:
    """Enter an award as `award.verified` tells it; a second telling changes nothing.

    Raises `NotYet` while the organisations or the scheme are not known here.
    """
    facts = message.data
    days = _filing_days(conn, message.tenant_id, facts)
    store.lock_intake(conn)
    if store.is_recalled(conn, message.tenant_id, facts["award_id"]):
        return
    if awards.is_known(conn, message.tenant_id, facts["award_id"]):
        return
    filing = _open_filing(conn, message.tenant_id, facts, days)
    award = _award(message.tenant_id, filing.id, facts)
    filing = rules.join(filing, award.received_at)
    store.save(conn, filing)
    awards.add(conn, award)
    if filing.state is State.SUBMITTED:
        store.add_step(conn, filing, Step(Act.SUBMITTED, filing.revision, award.received_at, None, None))
        tell_submitted(conn, filing, [award.id])


def tell_submitted(
    conn: Connection,
    filing: Filing,
    award_ids: list[UUID],
    corrected: Sequence[Award] = (),
    by_id: UUID | None = None,
) -> None:
    """Tell that a filing lies with the department, with the awards that this submission brings, and how its lines read
    where people have been over them."""
    tell(
        conn,
        FilingSubmitted,
        tenant_id=filing.tenant_id,
        subject=filing.id,
        filing_id=filing.id,
        organization_id=filing.organization_id,
        period=filing.period,
        revision=filing.revision,
        award_ids=award_ids,
        lines=[
            {"award_id": line.id, "name": line.name, "identity": line.identity, "stroke_key": line.stroke_key}
            for line in corrected
        ],
        by_id=by_id,
    )


def _filing_days(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> int:
    try:
        directory.get_organization(conn, tenant_id, facts["organization_id"])
        directory.get_organization(conn, tenant_id, facts["filing_organization_id"])
        return scheme.version(conn, tenant_id, facts["scheme_id"], facts["scheme_version"]).after.filing_days
    except (NotFound, scheme.NoScheme) as error:
        raise NotYet(str(error)) from error


def _open_filing(conn: Connection, tenant_id: UUID, facts: dict[str, Any], days: int) -> Filing:
    organization_id, period = facts["filing_organization_id"], facts["period"]
    filing = store.get_open(conn, tenant_id, organization_id, period)
    if filing:
        return filing
    now = clock.now()
    return rules.opened(
        tenant_id,
        uuid4(),
        organization_id,
        period,
        batch=store.next_batch(conn, tenant_id, organization_id, period),
        due_on=workdays.after(conn, tenant_id, clock.day_of(now), days),
        now=now,
    )


def _award(tenant_id: UUID, filing_id: UUID, facts: dict[str, Any]) -> Award:
    copied = (
        "ballot_id", "meeting_id", "organization_id", "person_id", "name", "stroke_key", "identity", "ordinary", "deed",
        "period", "star_title", "scheme_id", "scheme_version",
    )  # fmt: skip
    return Award(
        tenant_id=tenant_id,
        id=facts["award_id"],
        filing_id=filing_id,
        state=AwardState.FILED,
        notice_id=None,
        received_at=clock.now(),
        published_on=None,
        ended_on=None,
        cause=None,
        reason=None,
        **{name: facts[name] for name in copied},
    )
