"""What may be promised, by whom, and in which words."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge import rules
from services.pledge.pledge.domain import Author, Consultation, Form, Kind, Trigger
from shared.directory.domain import Standing
from tests.unit.pledge.pledges import TODAY, found, item, person, pledge, scheme, version, who
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


@pytest.mark.parametrize("year", [2011, 2015])
def test_other_years_are_refused(year: int) -> None:
    """R-031"""
    assert found(pledge(year=year)) == ["年度只能是去年、今年或明年；去年的据纸质承诺补录。"]


def test_who_promises_for_himself_needs_no_word_of_where_it_comes_from() -> None:
    """R-017: but what is wrong with it is said alone."""
    rules.begin(pledge(), BRANCH, scheme(), person=person(), today=TODAY)
    with pytest.raises(rules.BadPledge) as refused:
        rules.begin(pledge(year=2020), BRANCH, scheme(), person=person(), today=TODAY)
    assert refused.value.details == ["年度只能是去年、今年或明年；去年的据纸质承诺补录。"]


@pytest.mark.parametrize("form", [Form.INDIVIDUAL, Form.GROUP, Form.JOINT])
def test_only_a_member_makes_a_member_s_pledge(form: Form) -> None:
    """R-017 R-033"""
    named = [Author("毛建国", who("T004"))]
    outside = rules.obstacles(
        pledge(form=form), version(authors=named), scheme(), person=person(standing=Standing.ACTIVIST), today=TODAY
    )
    assert "只有党员可以作这种承诺。" in outside
    assert "只有党员可以作这种承诺。" in rules.obstacles(
        pledge(form=form), version(), scheme(), person=None, today=TODAY
    )


def test_a_member_does_not_promise_as_staff_and_neither_does_nobody() -> None:
    """R-017 C19"""
    staff = scheme(pledge__forms=["staff"])
    for somebody in (person(), None):
        assert rules.obstacles(pledge(form=Form.STAFF), version(), staff, person=somebody, today=TODAY) == [
            "党外干部职工请选“党外干部职工承诺”。"
        ]


def test_an_item_is_named_by_its_place_and_not_longer_than_the_limit() -> None:
    """R-037"""
    items = [item("诺" * rules.LONGEST), item("诺" * (rules.LONGEST + 1)), item(" ")]
    assert found(the_version=version(items=items)) == ["第3项没有写内容。", "第2项超过1000字。"]


def test_a_pledge_without_items_is_one_sentence_also_for_a_leader() -> None:
    """R-007: the leader's number binds who lists items, or whom the scheme asks for them."""
    asks = scheme(pledge__leader_minimum=2)
    assert found(the_scheme=asks, the_person=person(leader=True)) == []
    one = version(items=[item()])
    assert found(the_version=one, the_scheme=asks, the_person=person(leader=True)) == ["至少承诺2项，现有1项。"]
    assert found(the_version=one, the_scheme=asks) == []
    outside = person(leader=True, standing=Standing.NONPARTY)
    staff = scheme(pledge__leader_minimum=2, pledge__forms=["staff"])
    assert found(pledge(form=Form.STAFF), one, staff, outside) == [], "what leaders owe they owe as members"
    many = scheme(pledge__leader_minimum=2, pledge__items_minimum=3)
    assert found(the_scheme=many, the_person=person(leader=True)) == ["至少承诺3项，现有0项。"]


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
    one = scheme(pledge__leader_minimum=2, pledge__leader_aspects=["一岗双责"])
    two = version(items=[item("甲"), item("乙")])
    assert found(the_version=two, the_scheme=one, the_person=person(leader=True)) == []
    both = version(items=[item("抓好党建", aspect="一岗双责"), item("不收礼金", aspect="廉洁从政")])
    assert found(the_version=both, the_scheme=rules_of, the_person=chief) == []


def test_a_spoken_pledge_names_who_wrote_it_down_where_the_scheme_has_it() -> None:
    """R-012 C16"""
    spoken = pledge(oral=True, recorded_by="区小宁", recorded_on=TODAY, witness="毛建国")
    assert found(spoken) == []
    for lacking in ({"recorded_by": ""}, {"recorded_on": None}):
        assert found(replace(spoken, **lacking)) == ["口头承诺请写明由谁、何时记录。"]
    assert found(the_scheme=scheme(pledge__treatments=["exempt"])) == [], "who writes needs no oral pledges"
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


def test_the_aspects_are_the_scheme_s_and_by_default_the_five_leads_in_their_order() -> None:
    """R-035 R-036 C14: 带头学习提高、带头争创佳绩、带头服务群众、带头遵纪守法、带头弘扬正气"""
    assert scheme().pledge.aspects == (
        "带头学习提高", "带头争创佳绩", "带头服务群众", "带头遵纪守法", "带头弘扬正气",
    )  # fmt: skip
    five = ["学习提高", "发展业绩", "为民服务", "遵纪守法", "模范带头"]
    ours = version(items=[item(aspect="发展业绩")])
    assert found(the_version=ours, the_scheme=scheme(pledge__aspects=five)) == []
    assert found(the_version=ours) == ["“发展业绩”不在承诺的方面之列。"]
