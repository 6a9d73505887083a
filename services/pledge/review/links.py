"""What 审诺 adds to the page of a pledge."""

from services.pledge import permissions
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.further import Further
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


def provider(_conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> list[Further]:
    """Give the way to the rounds, for who may see drafts once the pledge was handed in."""
    if pledge.submitted_at is None:
        return []
    whole = viewer.may(permissions.READ_DRAFT, organization.path, person_id=pledge.person_id)
    return [Further("review", "审诺意见", f"/pledge/reviews/{pledge.id}")] if whole else []
