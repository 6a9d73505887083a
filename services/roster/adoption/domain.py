"""What an organisation decided to follow, and what is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Decision:
    """What an organisation decided to follow: a version (or whatever its superior follows), and its changes."""

    tenant_id: UUID
    organization_id: UUID
    version: int
    """of the adoption"""
    basis_id: UUID | None
    """none: follow the superior"""
    basis_version: int | None
    changes: Mapping[str, Any]
    decided_by: UUID
    decided_at: datetime


@dataclass(frozen=True)
class InForce:
    """Which version an organisation follows by a decision of its own."""

    organization_id: UUID
    organization: str
    path: str
    adoption: int
    scheme_id: UUID
    scheme_version: int
    name: str
    decided_at: datetime | None
