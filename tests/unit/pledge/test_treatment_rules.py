"""Who need not pledge, and who decides."""

from typing import Any

import pytest

from services.pledge.treatment import rules
from services.pledge.treatment.domain import Treatment, TreatmentKind, TreatmentState
from shared.directory.domain import Kind, Organization, Standing
from tests.unit.pledge.pledges import NOW, person, scheme, who
from tests.university import TENANT

BRANCH = Organization(TENANT, who("b"), 1, None, Kind.BRANCH, "教工党支部", "b", "b/", None, "", "", True)


def treatment(kind: TreatmentKind = TreatmentKind.EXEMPT, **changes: Any) -> Treatment:
    facts: dict[str, Any] = {
        "tenant_id": TENANT, "id": who("t"), "person_id": who("T005"), "organization_id": BRANCH.id, "year": 2013,
        "kind": kind, "reason": "sealed", "work": "", "state": TreatmentState.APPLIED, "applied_by": who("T002"),
        "applied_at": NOW,
    }  # fmt: skip
    return Treatment(**{**facts, **changes})


def test_encouraged_work_is_the_branch_s_own_decision_where_the_scheme_knows_nothing_else() -> None:
    """R-013 C16: not counted as a gap"""
    made = rules.applied(treatment(TreatmentKind.ENCOURAGED), scheme(), by=who("T002"), at=NOW)
    assert (made.state, made.decided_by) == (TreatmentState.CONSENTED, who("T002"))


def test_where_a_scheme_knows_exemptions_encouraged_work_waits_for_the_superior_too() -> None:
    """R-013 R-014 C16: exemption or encouraged work with the superior's consent"""
    both = scheme(pledge__treatments=["encouraged", "exempt"])
    waiting = rules.applied(treatment(TreatmentKind.ENCOURAGED), both, by=who("T002"), at=NOW)
    assert (waiting.state, waiting.decided_by) == (TreatmentState.APPLIED, None)
    assert rules.decided(waiting, consents=True, advice="", by=who("T041"), at=NOW).state is TreatmentState.CONSENTED


def test_an_exemption_waits_for_the_superior() -> None:
    """R-014: 经上级党组织同意"""
    waiting = rules.applied(treatment(), scheme(), by=who("T002"), at=NOW)
    assert (waiting.state, waiting.decided_by) == (TreatmentState.APPLIED, None)
    consented = rules.decided(waiting, consents=True, advice="", by=who("T041"), at=NOW)
    assert consented.state is TreatmentState.CONSENTED
    with pytest.raises(rules.AlreadyDecided):
        rules.decided(consented, consents=False, advice="不合条件", by=who("T041"), at=NOW)


def test_a_refusal_says_why_and_nobody_decides_on_the_own_application() -> None:
    """R-014"""
    with pytest.raises(rules.RefusalNeedsAdvice):
        rules.decided(treatment(), consents=False, advice=" ", by=who("T041"), at=NOW)
    for own in ("T002", "T005"):
        with pytest.raises(rules.OwnApplication):
            rules.decided(treatment(), consents=True, advice="", by=who(own), at=NOW)


def test_only_what_the_scheme_has_is_allowed_and_all_faults_are_shown() -> None:
    """R-012 R-013 C16"""
    with pytest.raises(rules.NotTreatable) as refused:
        rules.check(
            person(standing=Standing.ACTIVIST), BRANCH, TreatmentKind.ENCOURAGED, scheme(pledge__treatments=[]), ""
        )
    assert len(refused.value.details) == 3
    rules.check(person(), BRANCH, TreatmentKind.ENCOURAGED, scheme(), "为学生讲校史")


def test_a_treatment_is_taken_back_once() -> None:
    for state in (TreatmentState.APPLIED, TreatmentState.CONSENTED):
        gone = rules.withdrawn(treatment(state=state))
        assert gone.state is TreatmentState.WITHDRAWN
    for state in (TreatmentState.REFUSED, TreatmentState.WITHDRAWN):
        with pytest.raises(rules.NotInForce):
            rules.withdrawn(treatment(state=state))


def test_a_decision_is_kept_with_who_when_and_why() -> None:
    """R-014"""
    refused = rules.decided(treatment(), consents=False, advice=" 不合条件 ", by=who("T041"), at=NOW)
    assert refused == treatment(state=TreatmentState.REFUSED, decided_by=who("T041"), decided_at=NOW, advice="不合条件")
    made = rules.applied(treatment(TreatmentKind.ENCOURAGED), scheme(), by=who("T002"), at=NOW)
    assert made == treatment(
        TreatmentKind.ENCOURAGED, state=TreatmentState.CONSENTED, decided_by=who("T002"), decided_at=NOW
    )


def test_only_encouraged_work_is_named() -> None:
    """R-013"""
    both = scheme(pledge__treatments=["encouraged", "exempt"])
    rules.check(person(), BRANCH, TreatmentKind.EXEMPT, both, "")
    with pytest.raises(rules.NotTreatable) as refused:
        rules.check(person(), BRANCH, TreatmentKind.ENCOURAGED, both, " ")
    assert refused.value.details == ["请写明鼓励其做哪些力所能及的工作。"]
