"""Awards: the second verification, the state that only moves forward, who files (R-134, R-170, R-172)."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from services.evaluation.award import rules
from services.evaluation.award.domain import Award, AwardState
from services.evaluation.election.domain import ORDER, Election, ElectionState
from services.evaluation.election.rules import advanced, listed
from services.evaluation.eligibility.domain import Obstacle, Reviewed, Weight
from services.evaluation.eligibility.rules import afterwards
from services.evaluation.register.domain import DeedState
from shared.directory.domain import Identity, Kind, Organization, Standing
from tests.unit.evaluation.cases import NOBODY, case, months, person, scheme
from tests.unit.evaluation.meetings import deed

NOW = datetime(2013, 4, 1, tzinfo=UTC)


def election() -> Election:
    ids = [uuid.uuid4() for _ in range(5)]
    return Election(
        ids[0], ids[1], ids[2], ids[3], "2013Q1", None, "first", "评选", "paper", ElectionState.CALLED, [], 1, 8, "",
        None, False, 8, 8, [], [], "", ids[4], 1, None, NOW,
    )  # fmt: skip


def organization(kind: Kind, name: str) -> Organization:
    return Organization(NOBODY, uuid.uuid4(), 1, None, kind, name, name, f"{name}/", None, "", "", True)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([Kind.SUPERIOR, Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH], 2),
        ([Kind.COMMITTEE, Kind.DIRECT_BRANCH], 1),
        ([Kind.COMMITTEE, Kind.BRANCH], 0),
        ([Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH], 3),
    ],
)
def test_the_nearest_general_branch_files_a_direct_branch_for_itself(kinds: list[Kind], expected: int) -> None:
    """R-001, R-170"""
    lineage = [organization(kind, str(at)) for at, kind in enumerate(kinds)]
    assert rules.filing_organization(lineage) == lineage[expected]


def reviewed(*obstacles: Obstacle) -> Reviewed:
    return Reviewed(person(), obstacles)


def test_the_second_verification_gives_all_reasons_as_codes() -> None:
    """R-134: a finding, or what people confirmed, shows as `finding`, never which one."""
    winner = case(person=person(active=False, standing=Standing.PROBATIONARY, exempt=True), findings=[2], here=False)
    found = rules.verdict(Reviewed(winner.person, tuple(afterwards(winner, scheme()))))
    assert found.reasons == ("not_active", "not_formal", "exempt", "finding")
    confirmed = Obstacle("absences_total", "", Weight.PROPOSED, confirmed=True)
    assert rules.verdict(reviewed(confirmed)).reasons == ("finding",)
    assert rules.verdict(None).reasons == ("not_active",)


def test_a_winner_of_whom_something_is_proposed_anew_waits_for_people() -> None:
    """R-134, R-158, R-159: all nine conditions again; the system proposes, people decide."""
    clean = rules.verdict(Reviewed(person(), tuple(afterwards(case(), scheme()))))
    assert (clean.state, clean.reasons) == (AwardState.VERIFIED, ())
    missed = case(deeds=0, attendance=months("x", "x"))
    found = rules.verdict(Reviewed(missed.person, tuple(afterwards(missed, scheme()))))
    assert found.state is AwardState.ELECTED
    assert {one.code for one in found.undecided} == {"no_entry", "absences_consecutive"}
    dismissed = Obstacle("no_entry", "", Weight.PROPOSED, confirmed=False, reason="已补录")
    assert rules.verdict(reviewed(dismissed)).state is AwardState.VERIFIED
    both = rules.verdict(reviewed(Obstacle("moved", "", Weight.FIXED), *found.undecided))
    assert both.state is AwardState.WITHHELD


def test_the_form_knows_three_identities() -> None:
    """R-172"""
    found = {rules.identity(person(identity=identity), scheme()) for identity in Identity}
    assert found == {"教师", "学生", "离退休同志"}


def test_an_identity_that_the_form_does_not_know_waits_for_people() -> None:
    """R-172: an older scheme may write 行政人员; it is not put on the form, and nothing is guessed."""
    old = scheme(
        after__identities={"leader": "领导干部", "staff": "行政人员", "student": "学生", "retired": "离退休同志"}
    )
    assert rules.identity(person(identity=Identity.STAFF), old) == ""
    assert rules.identity(person(identity=Identity.STUDENT), old) == "学生"
    assert rules.identity(person(identity=Identity.STAFF), scheme(after__identities={})) == "教师"
    assert rules.verdict(reviewed(), "").state is AwardState.ELECTED
    assert rules.verdict(reviewed(), "学生").state is AwardState.VERIFIED
    assert rules.verdict(reviewed(Obstacle("moved", "", Weight.FIXED)), "").state is AwardState.WITHHELD


@pytest.mark.parametrize("steps", list(permutations(ORDER[1:])))
def test_an_election_ends_the_same_in_whatever_order_its_steps_are_heard(steps: tuple[ElectionState, ...]) -> None:
    """Redelivery breaks order; what is annulled stays annulled, and what was noted once is not noted again."""
    made = election()
    for step in steps:
        made = advanced(made, step, NOW)
    again = advanced(made, steps[0], NOW + timedelta(days=1))
    assert made.state is ElectionState.ANNULLED
    assert again == made


def test_two_candidates_of_one_name_are_told_apart() -> None:
    """R-130"""
    twins = [person(number="T001"), person(number="T002"), person(name="尤文静", number="T003")]
    assert [row["note"] for row in listed(twins)] == ["学工号T001", "学工号T002", ""]
    assert [row["person_id"] for row in listed(twins)] == [str(one.id) for one in twins]


def award(**changes: Any) -> Award:
    ids = [uuid.UUID(int=at) for at in range(7)]
    made = Award(
        ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], "2013Q1", "王一鸣", "", "教师", True, "",
        AwardState.ELECTED, NOW,
    )  # fmt: skip
    return replace(made, **changes)


@pytest.mark.parametrize("state", list(AwardState))
@pytest.mark.parametrize("reasons", [[], ["finding"], ["finding", "moved"], ["moved"]])
def test_an_award_is_verified_again_while_it_waits_or_only_a_finding_withholds_it(
    state: AwardState, reasons: list[str]
) -> None:
    """R-134"""
    made = award(state=state, withheld_reasons=reasons)
    again = state is AwardState.ELECTED or (state is AwardState.WITHHELD and reasons == ["finding"])
    assert rules.verifiable(made) is again
    if again:
        assert rules.may_verify(made, by=NOBODY) is made
    else:
        with pytest.raises(rules.NothingToVerify):
            rules.may_verify(made, by=NOBODY)


def test_nobody_verifies_the_own_award() -> None:
    made = award()
    with pytest.raises(rules.OwnAward):
        rules.may_verify(made, by=made.person_id)


def test_people_choose_the_identity_only_where_the_form_knows_none() -> None:
    """R-172"""
    assert rules.identified(award(identity=""), "学生").identity == "学生"
    with pytest.raises(rules.IdentityKnown):
        rules.identified(award(), "学生")


def test_outsiders_read_the_newest_confirmed_deed_and_the_path_the_newest_that_cites_a_pledge() -> None:
    """R-123, R-139"""
    first = deed(text="一", state=DeedState.CONFIRMED, pledge_id=NOBODY)
    second = deed(text="二", state=DeedState.CONFIRMED)
    shown = deed(text="三", state=DeedState.PRESENTED, pledge_id=NOBODY)
    assert rules.public_deed([first, second, shown]) == "二"
    assert rules.citing_deed([first, second, shown]) is first
    assert rules.citing_deed([first, replace(first, text="四")]) == replace(first, text="四")
    assert (rules.public_deed([shown]), rules.citing_deed([second, shown])) == ("", None)


def test_without_a_general_branch_or_committee_whoever_stands_highest_files() -> None:
    """R-170: a directory that is not yet whole leaves nobody without somebody who files."""
    above = organization(Kind.SUPERIOR, "s")
    assert rules.filing_organization([above, organization(Kind.BRANCH, "a")]) is above


def test_the_same_winner_of_the_same_count_has_the_same_award() -> None:
    assert rules.award_id(NOBODY, award().person_id) == rules.award_id(NOBODY, award().person_id)
    assert rules.award_id(NOBODY, award().person_id) != rules.award_id(award().person_id, NOBODY)
