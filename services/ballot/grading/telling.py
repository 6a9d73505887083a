"""What is told of gradings, to the service that called them; nothing of them is told as of an election."""

from collections.abc import Sequence
from typing import Any

from services.ballot.ballot.domain import Ballot
from services.ballot.grading.domain import Asked
from services.ballot.key import seals
from shared.db import Connection
from shared.events.ballot import GradingAnnulled, GradingCounted, GradingOpened
from shared.messaging import tell


def tell_opened(conn: Connection, ballot: Ballot) -> None:
    """Tell that the form can be filled in."""
    tell(conn, GradingOpened, tenant_id=ballot.tenant_id, subject=ballot.id, **_of(ballot))


def tell_counted(conn: Connection, ballot: Ballot, asked: Sequence[Asked]) -> None:
    """Tell the totals as they stand."""
    totals = [{"subject_id": each.subject_id, "counts": each.counts, "blank": each.blank} for each in asked]
    tell(
        conn, GradingCounted, tenant_id=ballot.tenant_id, subject=ballot.id, **_of(ballot),
        issued=ballot.total.issued, returned=ballot.total.returned, totals=totals,
    )  # fmt: skip


def tell_annulled(conn: Connection, ballot: Ballot) -> None:
    """Tell that a grading is void."""
    seals.tell(
        conn, GradingAnnulled, tenant_id=ballot.tenant_id, subject=ballot.id, **_of(ballot),
        reason=ballot.annulment, statement=ballot.statement,
    )  # fmt: skip


def _of(ballot: Ballot) -> dict[str, Any]:
    return {
        "ballot_id": ballot.id, "assessment_id": ballot.assessment_id, "organization_id": ballot.organization_id,
    }  # fmt: skip
