"""What proves a showing: a photo or a paper."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a file is, by its own first bytes."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


BEGINNINGS = {Kind.JPEG: b"\xff\xd8\xff", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.PDF: b"%PDF-"}
TYPES = {Kind.JPEG: "image/jpeg", Kind.PNG: "image/png", Kind.PDF: "application/pdf"}
ENDINGS = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.PDF: "pdf"}


@dataclass(frozen=True)
class Proof:
    """A file that proves a showing."""

    tenant_id: UUID
    id: UUID
    publication_id: UUID
    name: str
    kind: Kind
    added_by: UUID
    added_at: datetime
    content: bytes = field(default=b"", repr=False)
    """empty in lists"""

    @property
    def filename(self) -> str:
        """Give the name with the ending that the content has."""
        return f"{self.name}.{ENDINGS[self.kind]}"
