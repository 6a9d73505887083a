"""Where one goes on from a pledge that is being appraised."""

from collections.abc import Sequence

from services.pledge import permissions
from services.pledge.appraisal import store
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.further import Further
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


def provider(conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> Sequence[Further]:
    """Add the appraisals of a pledge for its pledger and the officers."""
    officer = viewer.may(permissions.COMMENT_APPRAISAL, organization.path)
    if not officer and viewer.id != pledge.person_id:
        return []
    return [
        Further("appraise", title, f"/pledge/appraisals/{appraisal_id}")
        for appraisal_id, title in store.list_of_pledge(conn, pledge.tenant_id, pledge.id)
    ]
