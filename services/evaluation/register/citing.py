"""What deeds refer to, in words: a pledge, the item of it, and the organisation's promise that the item serves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.evaluation.pledge import store as pledges
from services.evaluation.pledge.domain import Cited, Item
from services.evaluation.register.domain import Deed
from shared.db import Connection


@dataclass(frozen=True)
class Citation:
    """What one deed refers to (R-139)."""

    pledge_id: UUID
    words: str
    item: str = ""
    """the item by its place, in the words in which it was chosen; empty for the whole pledge"""
    serves: str = ""
    """the organisation's promise that the item serves (R-046)"""

    @property
    def label(self) -> str:
        """Say it in one line."""
        return f"{self.words}　{self.item}" if self.item else self.words

    @property
    def whole(self) -> str:
        """Say it with what the item serves."""
        return f"{self.label}（服务于{self.serves}）" if self.serves else self.label


def of(conn: Connection, tenant_id: UUID, deeds: Sequence[Deed]) -> dict[UUID, Citation]:
    """Give by deed what it refers to; a pledge that its member no longer makes with others is left out (R-033)."""
    citing = [(deed, deed.pledge_id) for deed in deeds if deed.pledge_id]
    if not citing:
        return {}
    words = pledges.list_words(conn, tenant_id, list({deed.person_id for deed, _ in citing}))
    of_items = {pledge_id for deed, pledge_id in citing if deed.pledge_item_id}
    items = {_key(one): one for one in pledges.list_items(conn, tenant_id, list(of_items))} if of_items else {}
    found = {}
    for deed, pledge_id in citing:
        if (deed.person_id, pledge_id) in words:
            item = items.get((pledge_id, deed.pledge_item_id, deed.pledge_version))
            shown = (item.label, item.serves) if item else ("", "")
            found[deed.id] = Citation(pledge_id, words[deed.person_id, pledge_id], *shown)
    return found


def choices(conn: Connection, tenant_id: UUID, person_id: UUID, deed: Deed | None = None) -> list[Cited]:
    """Give to what a member's deed may refer: published pledges with their current items (R-139).

    An item that `deed` cites stays among them in its words, also where the pledge was revised since; beside it stands
    the item as it is worded now, so that the deed can be moved to it.
    """
    found = pledges.list_of_person(conn, tenant_id, person_id)
    items = pledges.list_items(conn, tenant_id, [one.id for one in found])
    kept = (deed.pledge_id, deed.pledge_item_id, deed.pledge_version) if deed else None
    older = next((one for one in items if _key(one) == kept and not one.current), None)
    return [replace(one, items=_offered([item for item in items if item.pledge_id == one.id], older)) for one in found]


def _offered(items: Sequence[Item], older: Item | None) -> tuple[Item, ...]:
    current = [one for one in items if one.current]
    if older is None or older not in items:
        return tuple(current)
    same = next((one for one in current if one.item_id == older.item_id), None)
    if same and same.content == older.content:
        return tuple(current)
    return (*current, older)


def _key(item: Item) -> tuple[UUID, UUID | None, int | None]:
    return item.pledge_id, item.item_id, item.version
