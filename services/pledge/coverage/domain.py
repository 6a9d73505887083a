"""What coverage counts (R-042, R-043). Numbers say where help is needed; nothing ranks people or branches."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Status(StrEnum):
    """How somebody stands in a year."""

    PLEDGED = "pledged"
    ORAL = "oral"
    ENCOURAGED = "encouraged"
    EXEMPT = "exempt"
    MISSING = "missing"


STATUS_NAMES = {
    Status.PLEDGED: "已承诺",
    Status.ORAL: "口头承诺",
    Status.ENCOURAGED: "鼓励办理",
    Status.EXEMPT: "免予参加",
    Status.MISSING: "没有承诺",
}


@dataclass(frozen=True)
class Coverage:
    """The numbers of an organisation with all below it."""

    organization_id: UUID
    name: str
    kind: str
    members: int
    pledged: int
    oral: int
    encouraged: int
    exempt: int
    missing: int
    staff: int
    staff_pledged: int
    organizations: int
    """organisations here and below that pledge themselves"""
    organizations_pledged: int

    @property
    def asked(self) -> int:
        """Count the members of whom a pledge is asked: without the exempt, unless these pledged (R-014)."""
        return self.members - self.exempt

    @property
    def covered(self) -> int:
        """Count those of them who pledged or are encouraged to other work."""
        return self.asked - self.missing


@dataclass(frozen=True)
class Standing:
    """One person of a branch in a year."""

    person_id: UUID
    name: str
    number: str
    party: bool
    secretary: bool
    status: Status
    pledge_id: UUID | None
    """the annual pledge; also one that is not handed in yet"""
