"""What may be promised and what may become of a pledge."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge import rules
from services.pledge.pledge.domain import (
    IN_REVIEW,
    Author,
    Consultation,
    Form,
    Kind,
    PledgeState,
    Trigger,
    VersionState,
)
from shared.directory.domain import Standing
from tests.unit.pledge.pledges import NOW, TODAY, found, item, person, pledge, scheme, version, who
from tests.unit.pledge.test_imports_table import BRANCH


def test_one_sentence_is_enough() -> None:
    """R-037: 承诺事项一目了然"""
    assert found() == []


def test_all_obstacles_are_shown_at_once() -> None:
    wrong = found(
        pledge(kind=Kind.INSTANT, trigger=Trigger.TASK, year=2020), version("", items=[item("", aspect="别的")])
    )
    assert wrong == [
        "即时承诺请写明因何事提出。",
        "年度只能是去年、今年或明年；去年的据纸质承诺补录。",
        "请写一句话承诺。",
        "第1项没有写内容。",
        "“别的”不在承诺的方面之列。",
    ]


def test_an_instant_pledge_says_what_it_answers() -> None:
    """R-030 R-032"""
    assert found(pledge(kind=Kind.INSTANT, trigger=Trigger.EMERGENCY, trigger_text="台风“海葵”抢险")) == []
    assert found(the_scheme=scheme(pledge__kinds=["instant"])) == ["本方案没有这种承诺。"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"kind": Kind.INSTANT, "trigger_text": "迎新"},
            "即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。",
        ),
        ({"trigger": Trigger.TASK}, "只有即时承诺才选“因何提出”；年度承诺请不要选。"),
    ],
)
def test_only_an_instant_pledge_has_a_trigger_and_it_has_one(changes: dict[str, Any], said: str) -> None:
    """R-032"""
    assert found(pledge(**changes)) == [said]


def test_what_no_rewriting_mends_is_refused_before_anything_is_kept_with_all_that_is_wrong() -> None:
    """R-032 R-017: form, kind, trigger and year stay as they were begun."""
    ours = pledge(kind=Kind.INSTANT, year=2020, form=Form.STAFF, entered_by=who("T002"))
    with pytest.raises(rules.BadPledge) as refused:
        rules.begin(ours, BRANCH, scheme(), person=person(), today=TODAY)
    assert refused.value.details == [
        "本方案没有这种承诺方式。",
        "党外干部职工请选“党外干部职工承诺”。",
        "即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。",
        "即时承诺请写明因何事提出。",
        "年度只能是去年、今年或明年；去年的据纸质承诺补录。",
        "教工党支部的纸质承诺书可以代为录入，请写明来由。",
    ]
    with pytest.raises(rules.EntryNeedsReason):
        rules.begin(pledge(entered_by=who("T002")), BRANCH, scheme(), person=person(), today=TODAY)
    rules.begin(pledge(entered_by=who("T002"), entry_reason="口述"), BRANCH, scheme(), person=person(), today=TODAY)


@pytest.mark.parametrize("year", [2012, 2013, 2014])
def test_a_pledge_is_for_last_year_from_paper_this_year_or_the_next(year: int) -> None:
    """R-031: late entries warn, they do not block."""
    assert found(pledge(year=year)) == []


def test_group_and_joint_pledges_name_who_promises_too() -> None:
    """R-033: 党员个人承诺、党员集体承诺、党员带领群众共同承诺"""
    assert found(pledge(form=Form.GROUP)) == ["集体承诺请写明还有哪些党员。"]
    assert found(pledge(form=Form.JOINT)) == ["带领群众共同承诺请写明有哪些群众，或有多少人。"]
    others = [Author("大三班学生", headcount=30)]
    assert found(pledge(form=Form.GROUP), version(authors=others)) == ["集体承诺请写明还有哪些党员。"]
    assert found(pledge(form=Form.GROUP), version(authors=[*others, Author("毛建国", who("T004"))])) == []
    assert found(pledge(form=Form.JOINT), version(authors=others)) == []


def test_staff_outside_the_party_pledge_only_where_the_scheme_has_them() -> None:
    """R-017 C19"""
    staff = person(standing=Standing.NONPARTY)
    ours = pledge(form=Form.STAFF)
    assert found(ours, the_person=staff) == ["本方案没有这种承诺方式。"]
    assert found(ours, the_person=staff, the_scheme=scheme(pledge__forms=["staff"])) == []
    assert found(pledge(), the_person=staff) == ["只有党员可以作这种承诺。"]


def test_leaders_promise_more_and_two_aspects_more_from_division_rank_on() -> None:
    """R-007 R-008"""
    rules_of = scheme(
        pledge__leader_minimum=2, pledge__items_minimum=1, pledge__leader_aspects=["一岗双责", "廉洁从政"]
    )
    chief = person(leader=True, division_rank=True)
    assert found(the_version=version(items=[item()]), the_scheme=rules_of, the_person=chief) == [
        "至少承诺2项，现有1项。",
        "处级以上党员领导干部还要就“一岗双责”作出承诺。",
        "处级以上党员领导干部还要就“廉洁从政”作出承诺。",
    ]
    both = version(items=[item("抓好党建", aspect="一岗双责"), item("不收礼金", aspect="廉洁从政")])
    assert found(the_version=both, the_scheme=rules_of, the_person=chief) == []


def test_a_spoken_pledge_names_who_wrote_it_down_where_the_scheme_has_it() -> None:
    """R-012 C16"""
    spoken = pledge(oral=True, recorded_by="区小宁", recorded_on=TODAY, witness="毛建国")
    assert found(spoken) == []
    assert found(replace(spoken, recorded_by="")) == ["口头承诺请写明由谁、何时记录。"]
    assert found(spoken, the_scheme=scheme(pledge__treatments=["exempt"])) == ["本方案没有口头承诺。"]


def test_an_organisation_tells_how_it_asked_the_masses() -> None:
    """R-040 R-190 R-192"""
    ours = pledge(form=Form.ORGANIZATION, person_id=None)
    asked = Consultation("座谈会", "2013年1月", 30, "希望延长开馆时间", "已列入第1项")
    text = version(items=[item(aspect="为群众办实事")])
    assert rules.obstacles(ours, text, scheme(), person=None, today=TODAY) == ["党组织承诺请写明怎样征求群众意见。"]
    assert rules.obstacles(ours, replace(text, consultation=asked), scheme(), person=None, today=TODAY) == []


def test_a_second_pledge_goes_to_the_community_of_residence() -> None:
    """R-010"""
    assert found(pledge(community="文鼎苑社区党支部")) == []
    joined = version(authors=[Author("邻居", headcount=3)])
    assert found(pledge(community="文鼎苑社区党支部", form=Form.JOINT), joined) == [
        "对社区党组织的承诺由党员个人作出。"
    ]


@given(st.integers(1, 80), st.integers(1, 80))
def test_a_headline_is_as_long_as_the_scheme_allows(length: int, limit: int) -> None:
    wrong = found(the_version=version("诺" * length), the_scheme=scheme(pledge__headline_length=limit))
    assert bool(wrong) == (length > limit)


def test_a_draft_is_handed_in_once() -> None:
    handed = rules.submit(pledge(), version(), scheme(), found=[], at=NOW)
    assert (handed.state, handed.submitted_at) == (VersionState.SUBMITTED, NOW)
    with pytest.raises(rules.VersionNotDraft):
        rules.submit(pledge(), handed, scheme(), found=[], at=NOW)
    with pytest.raises(rules.BadPledge) as refused:
        rules.submit(pledge(), version(), scheme(), found=["请写一句话承诺。"], at=NOW)
    assert refused.value.details == ["请写一句话承诺。"]


@pytest.mark.parametrize("state", sorted(IN_REVIEW))
def test_nothing_changes_while_it_is_reviewed(state: VersionState) -> None:
    with pytest.raises(rules.VersionInReview):
        rules.change(pledge(), version(state=state))


def test_a_published_pledge_is_revised_with_a_reason_as_a_new_version() -> None:
    """R-045"""
    old = version(state=VersionState.PUBLISHED, number=2)
    ours = pledge(version=2, published_version=2)
    with pytest.raises(rules.RevisionNeedsReason):
        rules.revise(ours, old, version("新的承诺"), last=2, by=who("T003"), at=NOW)
    new = rules.revise(ours, old, version("新的承诺", reason="任务调整"), last=2, by=who("T003"), at=NOW)
    assert (new.number, new.state, new.headline) == (3, VersionState.DRAFT, "新的承诺")


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
    taken, _ = rules.withdraw(pledge(), version())
    assert taken.state is PledgeState.WITHDRAWN


@pytest.mark.parametrize("state", [PledgeState.WITHDRAWN, PledgeState.CLOSED])
def test_a_pledge_that_ended_does_not_change(state: PledgeState) -> None:
    ended = pledge(state=state)
    with pytest.raises(rules.PledgeClosed):
        rules.change(ended, version())
    with pytest.raises(rules.PledgeClosed):
        rules.submit(ended, version(), scheme(), found=[], at=NOW)
    with pytest.raises(rules.PledgeClosed):
        rules.withdraw(ended, version())


def test_the_aspects_are_the_scheme_s_and_by_default_the_five_leads_in_their_order() -> None:
    """R-035 R-036 C14: 带头学习提高、带头争创佳绩、带头服务群众、带头遵纪守法、带头弘扬正气"""
    assert scheme().pledge.aspects == (
        "带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气",
    )  # fmt: skip
    five = ["学习提高", "发展业绩", "为民服务", "遵纪守法", "模范带头"]
    ours = version(items=[item(aspect="发展业绩")])
    assert found(the_version=ours, the_scheme=scheme(pledge__aspects=five)) == []
    assert found(the_version=ours) == ["“发展业绩”不在承诺的方面之列。"]
