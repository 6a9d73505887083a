"""What a public notice is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Notice:
    """The names of one filing, posted; issuer, phone and address are as they were on that day."""

    tenant_id: UUID
    id: UUID
    filing_id: UUID
    organization_id: UUID
    period: str
    star_title: str
    document: str
    """the scheme's founding document, the basis"""
    issuer: str
    phone: str
    address: str
    days: int
    """working days; 0 means that the names are published without a period (R-173, requirements 2.4)"""
    starts_on: date
    ends_on: date | None
    warning: str
    """a year whose holidays were not known when the days were counted"""
    posted_at: datetime
    concluded_at: datetime | None
