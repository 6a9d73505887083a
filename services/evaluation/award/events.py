"""Notify's events → the ledger and the path of every award they name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.evaluation.award import commands
from services.evaluation.award.domain import CAUSE_NAMES, AwardState, Step
from shared.db import Connection
from shared.events import Event, Message
from shared.events.notify import (
    AwardPublished,
    AwardRevoked,
    AwardStopped,
    FilingAcknowledged,
    FilingReturned,
    FilingSubmitted,
    NoticePosted,
    ObjectionDecided,
    ObjectionRaised,
)
from shared.messaging import Handler
from shared.web.words import day


def note_submitted(conn: Connection, message: Message) -> None:
    """Note that awards were filed, and how their lines read where the 党总支 corrected them."""
    data = message.data
    document = f"/notify/filings/{data['filing_id']}/form.pdf"
    facts = {"filing_id": data["filing_id"]}
    note = f"第{data['revision']}稿" + ("，更正后重新报送" if data["lines"] else "")
    _note(conn, message, data["award_ids"], AwardState.FILED, "filed", facts, document=document, note=note)
    commands.correct(conn, message.tenant_id, data["revision"], data["lines"])


def note_returned(conn: Connection, message: Message) -> None:
    """Note that a filing was returned for correction; it stays filed."""
    data = message.data
    document = f"/notify/filings/{data['filing_id']}"
    _note(conn, message, data["award_ids"], AwardState.FILED, "returned", {}, document=document)


def note_acknowledged(conn: Connection, message: Message) -> None:
    """Note number and day of the 备案 (R-170)."""
    data = message.data
    facts = {
        "filing_id": data["filing_id"],
        "filing_number": data["number"],
        "acknowledged_on": data["acknowledged_on"],
    }
    document = f"/notify/filings/{data['filing_id']}/form.pdf"
    note = f"备案号 {data['number']}"
    _note(
        conn, message, data["award_ids"], AwardState.ACKNOWLEDGED, "acknowledged", facts, document=document, note=note
    )


def note_posted(conn: Connection, message: Message) -> None:
    """Note the notice and its days."""
    data = message.data
    facts = {
        "notice_id": data["notice_id"],
        "notice_starts_on": data["starts_on"],
        "notice_ends_on": data["ends_on"],
    }
    until = f"至{day(data['ends_on'])}" if data["ends_on"] else "，只公布"
    document, note = f"/notify/notices/{data['notice_id']}", f"{day(data['starts_on'])}{until}"
    _note(conn, message, data["award_ids"], AwardState.POSTED, "posted", facts, document=document, note=note)


def note_objection(conn: Connection, message: Message) -> None:
    """Note that somebody objected; neither who nor what is known here."""
    _note(conn, message, [message.data["award_id"]], AwardState.POSTED, "objection_raised", {})


def note_decision(conn: Connection, message: Message) -> None:
    """Note how an objection was decided."""
    note = "异议成立" if message.data["upheld"] else "异议不成立"
    _note(conn, message, [message.data["award_id"]], AwardState.POSTED, "objection_decided", {}, note=note)


def note_published(conn: Connection, message: Message) -> None:
    """Note the publication."""
    data = message.data
    facts, document = {"published_on": data["published_on"]}, f"/notify/awards/{data['award_id']}"
    _note(conn, message, [data["award_id"]], AwardState.PUBLISHED, "published", facts, document=document)


def note_stopped(conn: Connection, message: Message) -> None:
    """Note that an award will not be published."""
    cause = message.data["cause"]
    note = CAUSE_NAMES.get(cause, "")
    _note(conn, message, [message.data["award_id"]], AwardState.STOPPED, "stopped", {"stop_cause": cause}, note=note)


def note_revoked(conn: Connection, message: Message) -> None:
    """Note that a published award was revoked."""
    facts = {"revoked_on": message.data["revoked_on"]}
    _note(conn, message, [message.data["award_id"]], AwardState.REVOKED, "revoked", facts)


def _note(
    conn: Connection,
    message: Message,
    award_ids: Sequence[UUID],
    state: AwardState,
    step: str,
    facts: dict[str, Any],
    *,
    document: str = "",
    note: str = "",
) -> None:
    by_id = message.data.get("by_id")
    steps = [Step(award_id, step, message.id, message.time, by_id, document, note) for award_id in award_ids]
    commands.note(conn, message.tenant_id, award_ids, state, facts, steps)


HANDLERS: dict[type[Event], Handler] = {
    FilingSubmitted: note_submitted,
    FilingReturned: note_returned,
    FilingAcknowledged: note_acknowledged,
    NoticePosted: note_posted,
    ObjectionRaised: note_objection,
    ObjectionDecided: note_decision,
    AwardPublished: note_published,
    AwardStopped: note_stopped,
    AwardRevoked: note_revoked,
}
