"""Verifying a winner again after the count; who files for a branch, and what the form and outsiders read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from services.evaluation.award.domain import IDENTITIES, Award, AwardState
from services.evaluation.eligibility.domain import Obstacle, Reviewed, Weight
from services.evaluation.register.domain import Deed, DeedState
from shared.directory.domain import FILES, Kind, Organization, Person
from shared.errors import NotAllowed, RuleBroken
from shared.scheme.scheme import Scheme

FINDING = "finding"
ORDINARY_IDENTITY = "教师"
"""For a category that the scheme's list does not name (R-172: 行政人员 are written as 教师)."""


class NothingToVerify(RuleBroken):
    """这项当选资格不需要再次复核。"""


class OwnAward(NotAllowed):
    """涉及本人的复核须由其他人办理。"""


class StillWithheld(RuleBroken):
    """仍有已认定的情形，复核不能通过。"""


class IdentityKnown(RuleBroken):
    """登记表的党员身份已经确定，有误的在备案时更正。"""


def award_id(election_id: UUID, person_id: UUID) -> UUID:
    """Give the id of a winner's award: the same count makes the same award."""
    return uuid5(election_id, str(person_id))


@dataclass(frozen=True)
class Verdict:
    """What a verification came to."""

    reasons: tuple[str, ...]
    """codes of everything that keeps the winner from the award; a finding and a confirmed proposal show as `finding`"""
    undecided: tuple[Obstacle, ...] = ()
    """what the system proposes anew, and people must decide (R-158, R-159)"""
    identified: bool = True
    """whether the form knows what to write as 党员身份; else people choose it (R-172)"""

    @property
    def state(self) -> AwardState:
        """Give what follows: withheld, waiting for a decision, or verified."""
        if self.reasons:
            return AwardState.WITHHELD
        return AwardState.ELECTED if self.undecided or not self.identified else AwardState.VERIFIED


def verdict(reviewed: Reviewed | None, identity: str = ORDINARY_IDENTITY) -> Verdict:
    """Judge a winner by all obstacles after the count (R-134); who is not in the directory has left.

    Without an `identity` that the form knows, the award waits for people as it waits for a decision.
    """
    if reviewed is None:
        return Verdict(("not_active",))
    blocking = [one for one in reviewed.obstacles if one.blocks]
    codes = [one.code if one.weight is Weight.FIXED else FINDING for one in blocking]
    undecided = tuple(one for one in reviewed.obstacles if one.undecided)
    return Verdict(tuple(dict.fromkeys(codes)), undecided, identity in IDENTITIES)


def may_verify(award: Award, *, by: UUID) -> Award:
    """Give an award that can be verified again: it waits for a decision, or only a finding withheld it.

    Raises `NothingToVerify`, `OwnAward`.
    """
    if award.person_id == by:
        raise OwnAward
    if not verifiable(award):
        raise NothingToVerify
    return award


def verifiable(award: Award) -> bool:
    """Say whether a decision on proposals, or a finding that was set aside, can change what became of an award."""
    withheld = award.state is AwardState.WITHHELD and award.withheld_reasons == [FINDING]
    return withheld or award.state is AwardState.ELECTED


def filing_organization(lineage: Sequence[Organization]) -> Organization:
    """Give who files for a branch: the branch itself if 直属, else the nearest 党总支, else the 党委 (R-170).

    `lineage` runs from the top down to the branch.
    """
    upward = list(reversed(lineage))
    for organization in upward:
        if organization.kind in FILES:
            return organization
    return next((one for one in upward if one.kind is Kind.COMMITTEE), upward[-1])


def identity(person: Person, scheme: Scheme) -> str:
    """Give the 党员身份 that the form writes (R-172); empty where the scheme writes one that the form does not know."""
    found = scheme.after.identities.get(person.identity, ORDINARY_IDENTITY)
    return found if found in IDENTITIES else ""


def identified(award: Award, chosen: str) -> Award:
    """Give an award with the 党员身份 that people chose for it. Raises `IdentityKnown`."""
    if award.identity in IDENTITIES:
        raise IdentityKnown
    return replace(award, identity=chosen)


def citing_deed(deeds: Sequence[Deed]) -> Deed | None:
    """Give the newest confirmed deed that refers to a pledge, or to an item of one (R-139)."""
    cited = [deed for deed in deeds if deed.state is DeedState.CONFIRMED and deed.pledge_id]
    return cited[-1] if cited else None


def public_deed(deeds: Sequence[Deed]) -> str:
    """Give the newest confirmed deed, which outsiders may read; empty when the secretary confirmed none (R-123)."""
    confirmed = [deed.text for deed in deeds if deed.state is DeedState.CONFIRMED]
    return confirmed[-1] if confirmed else ""
