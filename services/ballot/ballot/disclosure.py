"""Who learns from this service what each candidate got (decision 20); what the archive says is the board's matter."""

from services.ballot import permissions
from services.ballot.ballot.domain import Ballot
from shared.auth import Permission, Viewer
from shared.directory.domain import Organization
from shared.scheme import Scheme


def may(viewer: Viewer, permission: Permission, ballot: Ballot, organization: Organization) -> bool:
    """Say whether a permission reaches the ballot, for its tellers by their own right."""
    own = viewer.id if viewer.id in ballot.tellers else None
    return viewer.may(permission, organization.path, person_id=own)


def sees_totals(viewer: Viewer | None, ballot: Ballot, organization: Organization, scheme: Scheme) -> bool:
    """Say whether every candidate's total may be shown (R-136), also of those who were not elected.

    Of a handful of papers totals would betray votes outside the branch (requirements 5.1).
    """
    if viewer is None or viewer.tenant_id != ballot.tenant_id or ballot.counted_at is None:
        return False
    if not may(viewer, permissions.SEE_TOTALS, ballot, organization):
        return False
    inside = viewer.id in ballot.tellers or viewer.organization.id == organization.id
    return inside or ballot.total.valid >= scheme.ballot.disclosed_from
