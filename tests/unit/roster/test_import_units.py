"""A table of organisations against what is registered: closed codes, other kinds, places that are taken."""

from dataclasses import replace

import pytest

from services.roster.imports.domain import Act, Plan
from shared.directory.domain import Kind, Organization
from tests.unit.roster.test_import_plans import JG, JIN, TREE, of_organizations, unit
from tests.unit.roster.test_organization_rules import TOP, organization


def said(plan: Plan) -> list[str]:
    assert plan.organizations == ()
    return [str(fault) for fault in plan.faults]


def test_a_closed_organisation_is_not_entered_again_under_its_code() -> None:
    closed = [*TREE, organization(Kind.BRANCH, "zjy/jin/alt/", parent_id=JIN.id, active=False)]
    assert said(of_organizations(unit("alt"), existing=closed)) == [
        "第2行“组织编号”：“alt”是已撤销的组织，请换一个编号。"
    ]


def test_a_code_that_several_have_is_not_guessed() -> None:
    twice = [*TREE, organization(Kind.GENERAL_BRANCH, "zjy/kuai/", parent_id=TOP.id)]
    twice.append(organization(Kind.BRANCH, "zjy/kuai/jg/", parent_id=twice[-1].id))
    assert said(of_organizations(unit("jg"), existing=twice)) == [
        "第2行“组织编号”：“jg”已有几个组织使用，请在系统中逐个修改。"
    ]


def test_the_kind_of_an_organisation_stays() -> None:
    assert said(of_organizations(unit("jg", "党小组", name=JG.name))) == ["第2行：组织类别不能更改，请撤销后另行登记。"]


def test_who_stays_where_they_are_need_not_name_their_superior() -> None:
    """R-002: also the top, which has none."""
    named = of_organizations(unit("jg", parent="", name="金融学院教职工党支部"))
    (branch,) = named.organizations
    assert (branch.parent_id, branch.path, branch.version) == (JIN.id, JG.path, JG.version + 1)
    top = of_organizations(unit(TOP.code, "党委", parent="", name="浙江某某学院党委"))
    assert [(one.parent_id, one.path) for one in top.organizations] == [(None, "zjy/")]


def test_a_new_organisation_begins_at_its_first_version_and_below_somebody() -> None:
    (branch,) = of_organizations(unit("n")).organizations
    assert (branch.version, branch.kind, branch.active, branch.unit_type) == (1, Kind.BRANCH, True, None)
    assert said(of_organizations(unit("n", parent=""))) == ["第2行：除上级组织外，每个组织都须有上级。"]


def test_a_move_to_a_place_whose_code_is_taken_is_refused() -> None:
    """A path belongs to one organisation, also to one that is closed."""
    group = organization(Kind.GROUP, "zjy/jin/jg/one/", parent_id=JG.id)
    moved = organization(Kind.BRANCH, "zjy/jin/two/", parent_id=JIN.id)
    below = organization(Kind.GROUP, "zjy/jin/two/one/", parent_id=moved.id)
    twice = [*TREE, group, moved, below]
    plan = of_organizations(unit("one", "党小组", "jg"), existing=twice)
    assert said(plan) == ["第2行“组织编号”：“one”已有几个组织使用，请在系统中逐个修改。"]
    kuai = organization(Kind.GENERAL_BRANCH, "zjy/kuai/", parent_id=TOP.id)
    alone = [*TREE, kuai, replace(moved, code="jg", path="zjy/kuai/jg/", parent_id=kuai.id, active=False)]
    assert said(of_organizations(unit("jg", parent="kuai", name=JG.name), existing=alone)) != []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("党工委", Kind.COMMITTEE),
        ("党组", Kind.COMMITTEE),
        ("总支", Kind.GENERAL_BRANCH),
        ("总支部", Kind.GENERAL_BRANCH),
    ],
)
def test_a_kind_is_known_by_what_it_is_called(word: str, kind: Kind) -> None:
    made: tuple[Organization, ...] = of_organizations(unit("n", word, "zjy")).organizations
    assert [one.kind for one in made] == [kind]


def test_what_changed_is_shown_old_and_new_and_the_rest_counted() -> None:
    plan = of_organizations(unit("jg", name="教工一支部", 公开电话="0571-2"), unit("xs", name="金融学院学生党支部"))
    assert (plan.count(Act.CHANGED), plan.unchanged) == (1, 1)
    assert [(one.label, one.old, one.new) for one in plan.changes[0].differences] == [
        ("组织全称", JG.name, "教工一支部"),
        ("公开电话", "", "0571-2"),
    ]


def test_who_is_moved_comes_before_what_stands_below_in_whatever_order_they_were_registered() -> None:
    group = organization(Kind.GROUP, "zjy/jin/jg/one/", parent_id=JG.id)
    kuai = organization(Kind.GENERAL_BRANCH, "zjy/kuai/", parent_id=TOP.id)
    plan = of_organizations(unit("jg", parent="kuai", name=JG.name), existing=[group, kuai, *TREE[::-1]])
    assert [one.path for one in plan.organizations] == ["zjy/kuai/jg/", "zjy/kuai/jg/one/"]


def test_a_kind_that_is_missing_is_not_taken_for_another_besides() -> None:
    table = {**unit("jin", parent="zjy", name=JIN.name), "组织类别": ""}
    assert said(of_organizations(table)) == ["第2行“组织类别”：必须填写。"]


def test_a_name_that_two_have_is_asked_for_by_its_code() -> None:
    twice = [*TREE, organization(Kind.GENERAL_BRANCH, "zjy/kuai/", parent_id=TOP.id, name=JIN.name)]
    assert said(of_organizations(unit("n", parent=JIN.name), existing=twice)) == [
        "第2行“上级组织”：有2个组织都叫“金融学院党总支”，请改填组织编号。"
    ]
    closed = [*TREE, replace(twice[-1], active=False)]
    assert of_organizations(unit("n", parent=f" {JIN.name} "), existing=closed).organizations[0].parent_id == JIN.id
