"""Checking that a matter is tied only to what an organisation of the same line promised."""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.pledge.pledge.domain import Item, Pledge
from services.pledge.tie import store
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization


def obstacles(
    conn: Connection, pledge: Pledge, organization: Organization, items: Sequence[Item], known: Collection[UUID] = ()
) -> list[str]:
    """List the matters tied to what no organisation of the line promised for the year (R-046).

    `known` stood on the text before: what an organisation has changed since keeps its ties.
    """
    if not any(item.linked_item_id for item in items):
        return []
    paths = directory.lineage(organization.path)
    offered = {one.item_id for one in store.list_offered(conn, pledge.tenant_id, paths, pledge.year, but=pledge.id)}
    return [
        f"第{place}项所对应的党组织承诺事项，本组织及其上级没有公示过。"
        for place, item in enumerate(items, 1)
        if item.linked_item_id and item.linked_item_id not in {*offered, *known}
    ]
