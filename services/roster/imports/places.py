"""Which organisation a table means by a code, a path or a name."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from services.roster.imports.cells import CellFault
from shared.directory.domain import Organization


class Places:
    """The organisations of the university, to be found as people write them."""

    def __init__(self, organizations: Sequence[Organization]) -> None:
        """Take all organisations, closed ones too."""
        self._codes: dict[str, list[Organization]] = defaultdict(list)
        self._words: dict[str, list[Organization]] = defaultdict(list)
        self._ids = {each.id: each for each in organizations}
        for each in organizations:
            self._codes[each.code].append(each)
            if each.active:
                for word in {each.code, each.path.rstrip("/"), each.name}:
                    self._words[word].append(each)

    def by_code(self, code: str) -> list[Organization]:
        """Give the organisations with a code, closed ones too."""
        return self._codes.get(code, [])

    def by_id(self, organization_id: UUID) -> Organization:
        """Give an organisation."""
        return self._ids[organization_id]

    def find(self, reference: str) -> Organization:
        """Give the one active organisation that has this code, path or full name. Raises `CellFault`."""
        found = self._words.get(reference.strip().strip("/"), [])
        if not found:
            raise CellFault(f"没有“{reference}”这个组织，请先登记或核对名称。")
        if len(found) > 1:
            raise CellFault(f"有{len(found)}个组织都叫“{reference}”，请改填组织编号。")
        return found[0]
