"""What a quota is, and what a general branch allots to its branches before they vote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from uuid import UUID


@dataclass(frozen=True)
class Quota:
    """How many places a branch has, and how that was worked out."""

    base: int
    share: Fraction
    """base × ratio, exact"""
    places: int
    line: str
    """13 × 15% = 1.95，四舍五入，取2名"""


@dataclass(frozen=True)
class Pool:
    """What the largest remainders give each branch; equal remainders at the last places are left to people."""

    total: int
    line: str
    places: dict[UUID, int]
    tied: tuple[UUID, ...]
    """branches of equal remainder, more than the places that are open"""
    open: int
    """places that the general branch must give among `tied`"""
    least: Mapping[UUID, int] = field(default_factory=dict)
    """what the scheme guarantees each branch"""


@dataclass(frozen=True)
class Allotment:
    """The places that a general branch gave a branch for a quarter."""

    tenant_id: UUID
    period: str
    organization_id: UUID
    pool_id: UUID
    base: int
    places: int
    calculation: str
    decided_by: UUID
    decided_at: datetime
