"""What becomes of a pledge and of its versions: handed in, revised, deleted, withdrawn."""

from datetime import timedelta

import pytest

from services.pledge.pledge import rules
from services.pledge.pledge.domain import IN_REVIEW, PledgeState, VersionState
from tests.unit.pledge.pledges import NOW, pledge, version, who


def test_a_draft_is_handed_in_once() -> None:
    handed = rules.submit(pledge(), version(), found=[], at=NOW)
    assert (handed.state, handed.submitted_at) == (VersionState.SUBMITTED, NOW)
    with pytest.raises(rules.VersionNotDraft):
        rules.submit(pledge(), handed, found=[], at=NOW)
    with pytest.raises(rules.BadPledge) as refused:
        rules.submit(pledge(), version(), found=["请写一句话承诺。"], at=NOW)
    assert refused.value.details == ["请写一句话承诺。"]


@pytest.mark.parametrize("state", sorted(IN_REVIEW))
def test_nothing_changes_while_it_is_reviewed(state: VersionState) -> None:
    with pytest.raises(rules.VersionInReview):
        rules.change(pledge(), version(state=state))
    with pytest.raises(rules.VersionInReview):
        rules.revise(pledge(), version(state=state), version("改"), last=1, by=who("T003"), at=NOW)
    assert rules.change(pledge(), version(state=VersionState.RETURNED)) is VersionState.RETURNED


def test_a_published_pledge_is_revised_with_a_reason_as_a_new_version() -> None:
    """R-045"""
    old = version(state=VersionState.PUBLISHED, number=2)
    ours = pledge(version=2, published_version=2)
    with pytest.raises(rules.RevisionNeedsReason):
        rules.revise(ours, old, version("新的承诺"), last=2, by=who("T003"), at=NOW)
    new = rules.revise(ours, old, version("新的承诺", reason="任务调整"), last=2, by=who("T003"), at=NOW)
    assert (new.number, new.state, new.headline) == (3, VersionState.DRAFT, "新的承诺")
    shown = version(
        "再改", state=VersionState.PUBLISHED, reason="调整", submitted_at=NOW, published_at=NOW, made_by=who("T001")
    )
    later = NOW + timedelta(days=1)
    again = rules.revise(ours, old, shown, last=3, by=who("T003"), at=later)
    assert (again.state, again.made_by, again.made_at) == (VersionState.DRAFT, who("T003"), later)
    assert (again.submitted_at, again.published_at) == (None, None)


@pytest.mark.parametrize("state", [VersionState.RETURNED, VersionState.APPROVED, VersionState.DRAFT])
def test_a_revision_in_work_keeps_its_reason_and_is_never_without_one(state: VersionState) -> None:
    """R-045"""
    ours = pledge(version=2, published_version=1)
    reasoned = version(state=state, number=2, reason="任务调整")
    assert rules.reason_for(ours, reasoned, version("又改一次")) == "任务调整"
    assert rules.reason_for(ours, reasoned, version("又改一次", reason="又有变化")) == "又有变化"
    with pytest.raises(rules.RevisionNeedsReason):
        rules.reason_for(ours, version(state=state, number=2), version("又改一次"))


def test_after_a_return_the_next_text_is_a_version_of_its_own() -> None:
    """R-054: every round of text is kept."""
    new = rules.revise(
        pledge(), version(state=VersionState.RETURNED), version("改过的承诺"), last=1, by=who("T003"), at=NOW
    )
    assert (new.number, new.state) == (2, VersionState.DRAFT)


def test_a_number_that_a_withdrawn_text_had_is_not_given_again() -> None:
    """R-054"""
    ours = pledge(version=1, published_version=1)
    old = version(state=VersionState.PUBLISHED)
    assert rules.revise(ours, old, version("新", reason="调整"), last=2, by=who("T003"), at=NOW).number == 3


def test_what_is_public_is_not_taken_back_but_a_revision_of_it_is() -> None:
    """R-045: the text that stands on the wall is again the one that counts."""
    with pytest.raises(rules.AlreadyPublished):
        rules.withdraw(pledge(published_version=1), version(state=VersionState.PUBLISHED))
    kept, gone = rules.withdraw(pledge(version=2, published_version=1), version(number=2))
    assert (kept.state, kept.version, gone.state) == (PledgeState.OPEN, 1, VersionState.WITHDRAWN)
    taken, gone = rules.withdraw(pledge(), version())
    assert (taken.state, gone.state) == (PledgeState.WITHDRAWN, VersionState.WITHDRAWN)


@pytest.mark.parametrize("state", [PledgeState.WITHDRAWN, PledgeState.CLOSED])
def test_a_pledge_that_ended_does_not_change(state: PledgeState) -> None:
    ended = pledge(state=state)
    with pytest.raises(rules.PledgeClosed):
        rules.change(ended, version())
    with pytest.raises(rules.PledgeClosed):
        rules.submit(ended, version(), found=[], at=NOW)
    with pytest.raises(rules.PledgeClosed):
        rules.withdraw(ended, version())
    with pytest.raises(rules.PledgeClosed):
        rules.require_unsent(ended)
    assert not rules.is_unsent(ended)


def test_a_text_that_nobody_else_saw_is_deleted_what_was_handed_in_is_withdrawn() -> None:
    """R-054"""
    rules.require_unsent(pledge())
    for sent in (pledge(submitted_at=NOW), pledge(published_version=1)):
        assert not rules.is_unsent(sent)
        with pytest.raises(rules.AlreadySent):
            rules.require_unsent(sent)


def test_the_reason_of_what_is_public_is_not_that_of_the_next_text() -> None:
    """R-045"""
    public = version(state=VersionState.PUBLISHED, number=2, reason="任务调整")
    with pytest.raises(rules.RevisionNeedsReason):
        rules.reason_for(pledge(version=2, published_version=2), public, version("又改", reason=" "))
    assert rules.reason_for(pledge(), version(), version("又改")) == ""
