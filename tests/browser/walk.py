"""What the acts of the walk share: the branch, the quarter, and where its meeting, ballot and awards are."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared import period
from tests.browser.cast import Cast, Person

LONGEST_SEARCH = 12
"""Quarters among which one without a meeting is looked for."""


@dataclass
class Walk:
    """One quarter of the branch of the first sample secretary."""

    cast: Cast
    period: str = ""
    meeting: str = ""
    """address of the meeting's page"""
    ballot: str = ""
    """address of the ballot's page"""
    ousted: str = ""
    """name of the member who is found ineligible while the ballot runs"""
    winners: list[str] = field(default_factory=list)
    """names of those who are published at the end"""

    @property
    def branch(self) -> str:
        return str(self.cast.system.account("secretary")["organization_id"])

    @property
    def branch_name(self) -> str:
        return str(self.cast.system.account("secretary")["organization"])

    @property
    def secretary(self) -> Person:
        return self.cast.role("secretary")

    @property
    def superior(self) -> Person:
        return self.cast.role("general_branch_secretary", phone=False)

    @property
    def clerk(self) -> Person:
        return self.cast.role("general_branch_clerk", phone=False)

    @property
    def department(self) -> Person:
        return self.cast.role("organization_department", phone=False)

    def members(self) -> list[str]:
        """Name the branch's members who have an account, each once."""
        own = [each for each in self.cast.system.accounts() if each["organization_id"] == self.branch]
        return list(dict.fromkeys(each["name"] for each in own))

    def committee(self) -> set[str]:
        offices = {"secretary", "deputy_secretary", "committee_member"}
        return {each["name"] for each in self.cast.system.accounts() if each["role"] in offices}

    def reach_a_free_quarter(self) -> None:
        """Go on to the first quarter in which the branch has no meeting yet, and early enough to report one."""
        page = self.secretary.page
        for _ in range(LONGEST_SEARCH):
            today = self.cast.now.date()
            self.period = period.of(today + timedelta(days=12))
            if self.period != period.of(today):
                self.cast.travel(period.first_day(self.period).isoformat())
            self.secretary.go(f"/evaluation/meetings/?period={self.period}")
            if page.get_by_role("link", name="安排会议").count():
                return
            self.cast.travel(period.first_day(period.following(self.period)).isoformat())
        raise AssertionError(f"{LONGEST_SEARCH}个季度都不能安排会议")
