"""The star on the page of the pledge that led to it."""

from collections.abc import Sequence

from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.further import Further
from services.pledge.star import store
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


def provider(conn: Connection, _viewer: Viewer, pledge: Pledge, _organization: Organization) -> Sequence[Further]:
    """Add every published award that the pledge led to, for whoever reads the pledge."""
    stars = store.list_of_pledge(conn, pledge.tenant_id, pledge.id)
    return [Further("appraise", f"★ {star.label}", star.href) for star in stars]
