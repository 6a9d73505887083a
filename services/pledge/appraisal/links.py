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
    """Add the appraisals of a pledge: to who made it the own one, to the officers all of them."""
    officer = viewer.may(permissions.COMMENT_APPRAISAL, organization.path)
    found = store.list_of_pledge(conn, pledge.tenant_id, pledge.id)
    several = len({person_id for _, person_id, _, _ in found}) > 1
    return [
        Further("appraise", f"{title}（{name}）" if several and name else title, f"/pledge/appraisals/{appraisal_id}")
        for appraisal_id, person_id, name, title in found
        if officer or person_id == viewer.id
    ]
