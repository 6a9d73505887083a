"""Occasions of appraisal: what they cover, whom they ask, when they end and how far their results are shown."""

from dataclasses import replace

import pytest

from services.pledge.assessment import rules as occasions
from services.pledge.assessment.domain import AssessmentKind
from services.pledge.pledge.domain import Kind, PledgeState, Trigger
from tests.unit.pledge.pledges import NOW, pledge, scheme
from tests.unit.pledge.test_form_rules import assessment
from tests.university import uid

OVER = assessment(forms_closed_at=NOW, forms_closed_by=uid("T001"))


def test_a_year_covers_what_is_public_and_not_ended() -> None:
    """R-091"""
    public = pledge(published_version=1)
    others = [pledge(), replace(public, state=PledgeState.CLOSED, closed_at=NOW)]
    assert occasions.choose(AssessmentKind.YEARLY, scheme(), [public, *others], []) == [public]
    with pytest.raises(occasions.NothingToAppraise):
        occasions.choose(AssessmentKind.YEARLY, scheme(), others, [])


def test_an_instant_pledge_is_appraised_alone_where_the_scheme_has_it() -> None:
    """R-093"""
    instant = pledge(id=uid("instant"), kind=Kind.INSTANT, trigger=Trigger.TASK, published_version=1)
    both = [instant, pledge(published_version=1)]
    assert occasions.choose(AssessmentKind.INSTANT, scheme(), both, [instant.id]) == [instant]
    with pytest.raises(occasions.OneInstantPledge):
        occasions.choose(AssessmentKind.INSTANT, scheme(), both, [])
    with pytest.raises(occasions.NothingToAppraise):
        occasions.choose(AssessmentKind.INSTANT, scheme(), both, [both[1].id])
    with pytest.raises(occasions.NoInstantAppraisal):
        occasions.choose(AssessmentKind.INSTANT, scheme(appraisal__instant=False), both, [instant.id])


@pytest.mark.parametrize(
    ("scope", "allowed", "fits"),
    [("branch", "branch", True), ("school", "branch", False), ("branch", "none", False), ("public", "public", True)],
)
def test_results_are_shown_no_wider_than_the_scheme_says(scope: str, allowed: str, *, fits: bool) -> None:
    """R-099 R-102 C17"""
    rules_of = scheme(appraisal__scope=allowed)
    if not fits:
        with pytest.raises(occasions.NotPublishable):
            occasions.publish(assessment(), rules_of, scope, undecided=0, by=uid("T001"), at=NOW)
        return
    shown = occasions.publish(assessment(), rules_of, scope, undecided=0, by=uid("T001"), at=NOW)
    assert shown.published_scope == scope
    assert occasions.publish(shown, rules_of, scope, undecided=0, by=uid("T002"), at=NOW) == shown
    with pytest.raises(occasions.NotPublishable):
        occasions.publish(assessment(), rules_of, scope, undecided=1, by=uid("T001"), at=NOW)


def test_an_extra_occasion_covers_those_chosen_or_all_a_year_covers_all() -> None:
    """R-091"""
    one, other = pledge(published_version=1), pledge(id=uid("other"), published_version=1)
    assert occasions.choose(AssessmentKind.EXTRA, scheme(), [one, other], [other.id]) == [other]
    assert occasions.choose(AssessmentKind.EXTRA, scheme(), [one, other], []) == [one, other]
    assert occasions.choose(AssessmentKind.YEARLY, scheme(), [one, other], [other.id]) == [one, other]
    with pytest.raises(occasions.OneInstantPledge):
        occasions.choose(AssessmentKind.INSTANT, scheme(), [one, other], [one.id, other.id])


def test_forms_are_closed_once_for_good() -> None:
    """R-095"""
    closed = occasions.close_forms(assessment(), uid("T001"), NOW)
    assert closed == OVER
    assert occasions.close_forms(closed, uid("T002"), NOW.replace(year=2014)) == closed


def test_few_are_asked_for_the_codes_of_slips() -> None:
    """R-095"""
    assert occasions.asks_for_codes(occasions.MOST_SLIPS)
    assert not occasions.asks_for_codes(occasions.MOST_SLIPS + 1)


def test_how_many_are_invited_changes_until_answers_and_slips_bind_it() -> None:
    """R-095: nobody who answered is uninvited, and no printed code is void."""
    given = assessment(invited=10)
    assert occasions.invite(given, 5, 5) == replace(given, invited=5)
    assert occasions.invite(given, 12, 0, coded=True) == replace(given, invited=12, coded=True)
    coded = replace(given, coded=True)
    assert occasions.invite(coded, 4, 0) == replace(coded, invited=4)
    assert occasions.invite(coded, 10, 1) == coded
    assert occasions.invite(coded, 11, 1) == replace(coded, invited=11)
    for bound, invited, way in ((coded, 9, None), (coded, 10, False), (given, 10, True)):
        with pytest.raises(occasions.FormsUnderway):
            occasions.invite(bound, invited, 1, way)
    with pytest.raises(occasions.FewerThanAnswers):
        occasions.invite(given, 4, 5)
    with pytest.raises(occasions.FormsClosed):
        occasions.invite(OVER, 10, 0)


def test_results_are_published_with_who_and_when() -> None:
    """R-099"""
    shown = occasions.publish(OVER, scheme(appraisal__scope="school"), "branch", undecided=0, by=uid("T001"), at=NOW)
    assert shown == replace(OVER, published_scope="branch", published_by=uid("T001"), published_at=NOW)
    with pytest.raises(occasions.NotPublishable) as refused:
        occasions.publish(OVER, scheme(appraisal__scope="branch"), "school", undecided=2, by=uid("T001"), at=NOW)
    assert len(refused.value.details) == 2
    with pytest.raises(occasions.NotPublishable) as refused:
        occasions.publish(OVER, scheme(appraisal__scope="none"), "branch", undecided=0, by=uid("T001"), at=NOW)
    assert refused.value.details == ["本方案不公示评议结果。"]
