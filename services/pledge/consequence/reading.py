"""Which steps followed an appraisal, for the member and for who appraises; to others there are none."""

from services.pledge import permissions
from services.pledge.appraisal import commands as appraisals
from services.pledge.appraisal.domain import Appraisal
from services.pledge.consequence import store
from services.pledge.consequence.domain import Consequence
from shared.auth import Viewer
from shared.db import Connection


def list_of(conn: Connection, viewer: Viewer, appraisal: Appraisal) -> list[Consequence]:
    """Give them without their words."""
    _, _, organization, scheme = appraisals.access(conn, viewer, permissions.READ_APPRAISAL, appraisal.id)
    judging = permissions.DECIDE_APPRAISAL
    if viewer.id != appraisal.person_id and not appraisals.judges(
        conn, viewer, judging, appraisal, organization, scheme
    ):
        return []
    return store.list_of(conn, viewer.tenant_id, appraisal.id)
