"""How many took part in an occasion, of how many who were asked, and which members it does not cover."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from uuid import UUID

from services.pledge.assessment.domain import FORMS, Assessment, AssessmentKind, Source
from services.pledge.coverage import store as coverage
from services.pledge.coverage.domain import Standing, Status
from services.pledge.form import store as forms
from services.pledge.grading import store as gradings
from shared import clock
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import MEETS, Organization
from shared.scheme import Scheme

WHY = {
    Status.MISSING: "没有承诺",
    Status.EXEMPT: "免予参加",
    Status.ENCOURAGED: "鼓励办理，不作承诺",
    Status.PLEDGED: "承诺没有公示，或已另行评定",
    Status.ORAL: "口头承诺没有公示，或已另行评定",
}


@dataclass(frozen=True)
class Participation:
    """How many handed a form in: on the page, on counted paper, in the electronic ballot; of how many (R-095)."""

    source: Source
    online: int
    paper: int
    unconfirmed: int
    """on paper, not yet confirmed by a second person: they do not count"""
    ballots: int
    asked: int
    """who are expected: members but the exempt (R-014), or who of the masses was invited"""
    able: int
    """who may take part: the exempt too"""

    @property
    def people(self) -> int:
        """Count all that count."""
        return self.online + self.paper + self.ballots

    @property
    def excess(self) -> int:
        """Say how many more forms there are than people who may fill one in; none where nobody is known."""
        return max(self.people - self.able, 0) if self.able else 0

    @property
    def whole(self) -> int:
        """Say of how many the rate is.

        Forms are anonymous: where more come than people were expected, some of the exempt took part, who then count.
        """
        return max(self.asked, min(self.people, self.able))

    @property
    def rate(self) -> str:
        """Write the share that took part in per cent (R-095), one place, half up; nothing where nobody is asked."""
        if not self.whole:
            return ""
        return f"{floor(Fraction(self.people * 1000, self.whole) + Fraction(1, 2)) / 10:.1f}%"


@dataclass(frozen=True)
class Uncovered:
    """A member whom an occasion does not appraise, and why (R-091)."""

    person_id: UUID
    name: str
    why: str


def of(conn: Connection, assessment: Assessment, scheme: Scheme) -> list[Participation]:
    """Count those who took part, by the kind of form."""
    papers = forms.list_papers(conn, assessment)
    grading = gradings.find_standing(conn, assessment.tenant_id, assessment.id)
    expected, members = _members(conn, assessment)
    found = []
    for source in FORMS:
        if source in scheme.appraisal.sources:
            mine = [one for one in papers if one.source is source]
            counted = sum(one.papers for one in mine if one.confirmed_at is not None)
            peer = source is Source.PEER
            found.append(
                Participation(
                    source, forms.read_box(conn, assessment, source).answers, counted,
                    sum(one.papers for one in mine) - counted,
                    (grading.returned or 0) if grading and peer else 0, expected if peer else assessment.invited,
                    members if peer else assessment.invited,
                )
            )  # fmt: skip
    return found


def _members(conn: Connection, assessment: Assessment) -> tuple[int, int]:
    """Count the members who are expected, and all who may fill in the members' form."""
    organization = directory.get_organization(conn, assessment.tenant_id, assessment.organization_id)
    able = {one.id for one in branches.list_members(conn, organization.tenant_id, organization.id)}
    people = coverage.list_people(conn, organization, assessment.year, clock.today())
    return len(able - {one.person_id for one in people if one.status is Status.EXEMPT}), len(able)


def uncovered(
    conn: Connection, assessment: Assessment, organization: Organization, covered: Collection[UUID | None], today: date
) -> list[Uncovered]:
    """Give the members of a branch whom its yearly occasion leaves out, by name in 姓氏笔画 order."""
    if assessment.kind is not AssessmentKind.YEARLY or organization.kind not in MEETS:
        return []
    people = coverage.list_people(conn, organization, assessment.year, today)
    left = {one.person_id: one for one in people if one.party and one.person_id not in covered}
    known = branches.list_members(conn, organization.tenant_id, organization.id)
    return [_why(left[person.id]) for person in known if person.id in left]


def _why(one: Standing) -> Uncovered:
    return Uncovered(one.person_id, one.name, WHY[one.status])
