"""Publishing, stopping and revoking awards, and telling of it inside and outside."""

from datetime import date
from uuid import UUID

from services.notify.award import rules, store
from services.notify.award.domain import Award, Cause
from shared import config
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.events.notify import (
    AwardPublished,
    AwardRevoked,
    AwardStopped,
    PublicAwardPublished,
    PublicAwardRevoked,
)
from shared.messaging import tell
from shared.web import words


def access(conn: Connection, viewer: Viewer, permission: Permission, award_id: UUID) -> Award:
    """Give an award, locked, to somebody who may. Raises `AwardNotFound`, `NotAllowed`."""
    award = store.get(conn, viewer.tenant_id, award_id)
    require(conn, viewer, permission, award.organization_id)
    return award


def publish(conn: Connection, award: Award, day: date) -> None:
    """Publish a locked award; tell the services, and the outside the winner's name and organisation (R-173)."""
    store.save(conn, rules.publish(award, day))
    tell(
        conn,
        AwardPublished,
        tenant_id=award.tenant_id,
        subject=award.id,
        award_id=award.id,
        ballot_id=award.ballot_id,
        organization_id=award.organization_id,
        person_id=award.person_id,
        period=award.period,
        published_on=day,
    )
    tell(
        conn,
        PublicAwardPublished,
        tenant_id=award.tenant_id,
        subject=award.id,
        award_id=award.id,
        award=award.star_title,
        name=award.name,
        organization=directory.get_organization(conn, award.tenant_id, award.organization_id).name,
        university=directory.get_top(conn, award.tenant_id).name,
        period=words.period(award.period),
        published_on=day,
        url=f"{config.base_url()}/notify/awards/{award.id}",
    )


def stop(
    conn: Connection, award: Award, cause: Cause, day: date, reason: bytes | None = None, by_id: UUID | None = None
) -> None:
    """End a locked award before publication and tell of it. Raises `AwardElsewhere`."""
    store.save(conn, rules.stop(award, cause, day, reason))
    tell(
        conn,
        AwardStopped,
        tenant_id=award.tenant_id,
        subject=award.id,
        award_id=award.id,
        organization_id=award.organization_id,
        cause=cause,
        by_id=by_id,
    )


def revoke(conn: Connection, award: Award, reason: bytes | None, day: date, by_id: UUID | None = None) -> None:
    """Take back a locked, published award; the reason, encrypted, stays inside, and is absent where its ballot was
    annulled. Raises `AwardElsewhere`."""
    store.save(conn, rules.revoke(award, day, reason))
    tell(
        conn,
        AwardRevoked,
        tenant_id=award.tenant_id,
        subject=award.id,
        award_id=award.id,
        organization_id=award.organization_id,
        person_id=award.person_id,
        period=award.period,
        revoked_on=day,
        by_id=by_id,
    )
    tell(
        conn,
        PublicAwardRevoked,
        tenant_id=award.tenant_id,
        subject=award.id,
        award_id=award.id,
        revoked_on=day,
    )
