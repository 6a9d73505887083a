"""What came of a pledge as a reader of its page sees it: deeds and stars beside the items from which they grew."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.pledge.deed import store
from services.pledge.deed.domain import Deed
from services.pledge.pledge.domain import Pledge
from services.pledge.star import store as star_store
from services.pledge.star.domain import Star
from shared.auth import Permission, Reach, Viewer
from shared.db import Connection
from shared.directory.domain import Organization, Role

OPEN = Permission(
    "deed.open",
    "打开闪光言行的登记",
    {Role.SECRETARY: Reach.OWN, Role.DEPUTY_SECRETARY: Reach.OWN, Role.COMMITTEE_MEMBER: Reach.OWN},
)
"""Evaluation's table as far as a link needs it, beside the member's own: no link leads to a refusal."""


@dataclass(frozen=True)
class Grown:
    """The deeds and stars of one pledge."""

    deeds: list[Deed]
    stars: list[Star]
    openable: Collection[UUID]
    """the deeds whose page the reader may open"""

    def deeds_of(self, item_id: UUID) -> list[Deed]:
        """Give the deeds that refer to an item."""
        return [one for one in self.deeds if one.item_id == item_id]

    def stars_of(self, item_id: UUID) -> list[Star]:
        """Give the published awards whose deed refers to an item."""
        return [one for one in self.stars if one.item_id == item_id]

    def apart_from(self, item_ids: Collection[UUID]) -> list[Deed]:
        """Give the deeds that refer to none of these items: to the whole pledge, or to what was revised away."""
        return [one for one in self.deeds if one.item_id not in item_ids]


def of(conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> Grown:
    """Give what came of a pledge, to who reads its page; a deed that was heard of before the pledge is there too."""
    deeds = store.list_of_pledge(conn, pledge.tenant_id, pledge.id)
    runs = viewer.may(OPEN, organization.path)
    openable = {
        one.deed_id for one in deeds
        if one.person_id == viewer.id or (runs and one.organization_id == organization.id)
    }  # fmt: skip
    return Grown(deeds, star_store.list_of_pledge(conn, pledge.tenant_id, pledge.id), openable)
