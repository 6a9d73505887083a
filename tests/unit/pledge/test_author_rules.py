"""Who promises together: members of the branch by id, others by name, each once, and nobody against his word."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.pledge.author import rules
from services.pledge.pledge.domain import Author, Form, PledgeState
from tests.unit.pledge.pledges import person, pledge, who

MAO, QIU = Author("毛建国", who("T004")), Author("仇大海", who("T005"))
PEOPLE = {who("T004"): person(id=who("T004"), name="毛建国")}
GROUP = pledge(form=Form.GROUP)


def test_only_a_pledge_of_several_names_others() -> None:
    """R-033"""
    for form in (Form.INDIVIDUAL, Form.STAFF, Form.ORGANIZATION):
        assert len(rules.obstacles(pledge(form=form), [MAO], PEOPLE, set())) == 1
        assert rules.obstacles(pledge(form=form), [], PEOPLE, set()) == []
    for form in (Form.GROUP, Form.JOINT):
        assert rules.obstacles(pledge(form=form), [MAO, Author("大三班学生", headcount=30)], PEOPLE, set()) == []


def test_each_is_named_once_and_the_pledger_not_again() -> None:
    """R-033"""
    own = Author("尤文静", who("T003"))
    assert rules.obstacles(GROUP, [MAO, MAO, own], PEOPLE, set()) == [
        "毛建国写了两次。",
        "承诺人本人不必再列为共同承诺人。",
    ]
    same_name = [Author("学生甲"), Author("学生甲")]
    assert rules.obstacles(GROUP, [MAO, *same_name], PEOPLE, set()) == []


def test_who_is_of_another_branch_is_named_without_id_but_who_moved_since_stays() -> None:
    """R-033"""
    (line,) = rules.obstacles(GROUP, [MAO, QIU], PEOPLE, set())
    assert line.startswith("仇大海不是本支部的党员")
    assert rules.obstacles(GROUP, [MAO, QIU], PEOPLE, {who("T005")}) == []


def test_who_declined_counts_nowhere_and_is_taken_off_before_it_is_handed_in() -> None:
    """R-033"""
    off = replace(MAO, declined=True)
    assert rules.names("尤文静", [off, Author("学生", headcount=30), QIU]) == "尤文静、学生30人、仇大海"
    assert rules.lacking(GROUP, [off]) == [
        "集体承诺请写明还有哪些党员。",
        "毛建国说明不参加这份承诺，请去掉其姓名。",
    ]
    assert rules.lacking(GROUP, [off, QIU]) == ["毛建国说明不参加这份承诺，请去掉其姓名。"]
    joint = pledge(form=Form.JOINT)
    assert len(rules.lacking(joint, [off])) == 2
    assert rules.lacking(joint, [QIU]) == rules.lacking(pledge(), []) == []


def test_a_member_is_written_as_the_roster_has_him_and_is_asked_anew() -> None:
    """R-033"""
    written = [replace(MAO, name="毛某", headcount=5, declined=True), Author("学生", headcount=30, declined=True), QIU]
    assert rules.registered(written, PEOPLE) == [MAO, Author("学生", headcount=30), QIU]


def test_who_is_named_answers_while_the_pledge_binds() -> None:
    """R-033"""
    rules.check_answer(GROUP, named=True)
    with pytest.raises(rules.NotNamed):
        rules.check_answer(GROUP, named=False)
    with pytest.raises(rules.PledgeOver):
        rules.check_answer(replace(GROUP, state=PledgeState.CLOSED, id=uuid4()), named=True)
