"""What a table changes: planned against the roster, with every fault."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.roster.imports import organizations, people
from services.roster.imports.columns import recognised
from services.roster.imports.domain import Act, ImportKind, Plan
from services.roster.imports.offices import Offices, Release, at_will
from services.roster.imports.places import Places
from services.roster.person.domain import Record
from shared.directory.domain import Kind, Organization, Position, Role, Standing
from shared.sheet import Row
from tests.unit.roster.test_organization_rules import TENANT, TOP, organization

TODAY = date(2013, 4, 1)
JIN = organization(Kind.GENERAL_BRANCH, "zjy/jin/", parent_id=TOP.id, name="金融学院党总支")
JG = organization(Kind.BRANCH, "zjy/jin/jg/", parent_id=JIN.id, name="金融学院教工党支部")
XS = organization(Kind.BRANCH, "zjy/jin/xs/", parent_id=JIN.id, name="金融学院学生党支部")
TREE = [TOP, JIN, JG, XS]
SOMEBODY = UUID(int=8)


def rows(table: list[dict[str, Any]]) -> list[Row]:
    return [Row(number, each) for number, each in enumerate(table, start=2)]


def of_organizations(*table: dict[str, Any], existing: list[Organization] | None = None) -> Plan:
    columns, wrong = recognised(ImportKind.ORGANIZATIONS, ["组织编号", "组织全称", "组织类别", "上级组织", "公开电话"])
    assert not wrong
    return organizations.plan(rows(list(table)), columns, existing or TREE, TENANT)


def unit(code: str, kind: str = "党支部", parent: str = "jin", name: str = "", **more: str) -> dict[str, Any]:
    return {"组织编号": code, "组织全称": name or f"{code}党支部", "组织类别": kind, "上级组织": parent, **more}


def test_rows_stand_in_any_order_and_parents_come_first() -> None:
    """R-001."""
    plan = of_organizations(unit("b", parent="kuai"), unit("kuai", "党总支", "zjy"))
    assert [each.path for each in plan.organizations] == ["zjy/kuai/", "zjy/kuai/b/"]
    assert plan.count(Act.CREATED) == 2


def test_a_parent_is_meant_by_code_path_or_name() -> None:
    for word in ("jin", "zjy/jin", "zjy/jin/", "金融学院党总支"):
        assert of_organizations(unit("n", parent=word)).organizations[0].parent_id == JIN.id


def test_the_same_table_again_changes_nothing() -> None:
    table = [unit("kuai", "党总支", "zjy"), unit("b", parent="kuai")]
    first = of_organizations(*table)
    again = of_organizations(*table, existing=[*TREE, *first.organizations])
    assert (again.changes, again.organizations, again.unchanged) == ((), (), 2)


def test_a_move_takes_everything_below_along() -> None:
    group = organization(Kind.GROUP, "zjy/jin/jg/one/", parent_id=JG.id)
    kuai = organization(Kind.GENERAL_BRANCH, "zjy/kuai/", parent_id=TOP.id)
    table = unit("jg", parent="kuai", name=JG.name)
    plan = of_organizations(table, existing=[*TREE, group, kuai])
    assert {each.path for each in plan.organizations} == {"zjy/kuai/jg/", "zjy/kuai/jg/one/"}
    assert [(each.label, each.old, each.new) for each in plan.changes[0].differences] == [
        ("上级组织", "金融学院党总支", "zjy/kuai/")
    ]


def test_every_fault_is_named_by_row_and_column_and_nothing_is_planned() -> None:
    plan = of_organizations(
        unit("a", "小组织"),
        unit("b", parent="没有的组织"),
        unit("b"),
        unit("c", "党总支", "jg"),
        unit("d", parent="e"),
        unit("e", parent="d"),
        {**unit("f"), "组织全称": None},
        unit("支部"),
    )
    assert [str(fault) for fault in plan.faults][:4] == [
        "第2行“组织类别”：“小组织”不在可选范围内，可填：上级组织、党委、党总支、直属党支部、党支部、党小组。",
        "第3行“上级组织”：没有“没有的组织”这个组织，请先登记或核对名称。",
        "第4行“组织编号”：“b”与第3行重复。",
        "第5行：党总支不能设在党支部之下。可设在：党委。",
    ]
    assert {fault.row for fault in plan.faults} == set(range(2, 10))
    assert plan.organizations == ()


def test_an_empty_cell_leaves_what_is_known() -> None:
    known = [replace(each, phone="0571-1") if each is JG else each for each in TREE]
    assert of_organizations(unit("jg", name=JG.name), existing=known).organizations == ()
    cleared = of_organizations(unit("jg", name=JG.name, 公开电话="无"), existing=known)
    assert cleared.organizations[0].phone == ""


HEADINGS = [
    "学工号",
    "姓名",
    "所在党支部",
    "人员类别",
    "身份",
    "入党时间",
    "流动党员",
    "外出时间",
    "党内职务",
    "任职时间",
    "在册状态",
]


def of_people(
    *table: dict[str, Any],
    records: list[Record] | None = None,
    held: list[Position] | None = None,
    whole: bool = False,
    may: bool = True,
    release: Release = at_will,
    by: UUID = SOMEBODY,
) -> Plan:
    columns, wrong = recognised(ImportKind.PEOPLE, HEADINGS)
    assert not wrong
    known = records or []
    names = {record.person.id: record.person.name for record in known}
    offices = Offices(held or [], lambda key: names.get(key, "他人"), lambda _permission, _path: may, release, by)
    roster = people.Roster(TENANT, Places(TREE), known, offices, TODAY)
    return people.plan(rows(list(table)), columns, roster, whole=whole)


def row(number: str = "T001", name: str = "王一鸣", **more: Any) -> dict[str, Any]:
    usual = {"学工号": number, "姓名": name, "所在党支部": "jg", "人员类别": "正式党员", "身份": "在岗教职工"}
    return {**usual, **more}


def entered(plan: Plan) -> list[Record]:
    assert plan.faults == ()
    return [replace(kept.after, person=replace(kept.after.person, version=1)) for kept in plan.people]


def test_a_new_member_is_entered_with_everything_known() -> None:
    """R-004, R-017, R-018."""
    (record,) = entered(of_people(row(入党时间=2013.4, 党内职务="书记、组织委员")))
    assert (record.person.name, record.person.organization_id) == ("王一鸣", JG.id)
    assert record.detail.joined_on == date(2013, 4, 1)


def test_the_same_people_again_change_nothing() -> None:
    plan = of_people(row(党内职务="书记"), row("T002", "区小宁"))
    again = of_people(row(党内职务="书记"), row("T002", "区小宁"), records=entered(plan), held=list(plan.positions))
    assert (again.changes, again.people, again.positions, again.unchanged) == ((), (), (), 2)


def test_a_transfer_and_a_new_name_show_old_and_new() -> None:
    known = entered(of_people(row()))
    plan = of_people(row(name="王一明", 所在党支部="金融学院学生党支部"), records=known)
    assert [(each.label, each.old, each.new) for each in plan.changes[0].differences] == [
        ("所在党支部", "金融学院教工党支部", "金融学院学生党支部"),
        ("姓名", "王一鸣", "王一明"),
    ]


def test_graduates_leave_and_their_positions_end() -> None:
    first = of_people(row(党内职务="书记"))
    plan = of_people(row(在册状态="毕业"), records=entered(first), held=list(first.positions))
    assert plan.count(Act.GONE) == 1
    assert not plan.people[0].after.person.active
    assert [position.ends_on for position in plan.positions] == [TODAY]


def test_who_is_missing_is_shown_and_leaves_only_from_a_whole_roster() -> None:
    known = entered(of_people(row(), row("T002", "区小宁"), row("S001", "赵晓明", 所在党支部="xs")))
    assert of_people(row(), records=known).absent == ("区小宁（T002）",)
    whole = of_people(row(), records=known, whole=True)
    assert [(change.act, change.subject) for change in whole.changes] == [(Act.GONE, "区小宁（T002）")]


def test_every_fault_of_the_people_is_named() -> None:
    plan = of_people(
        row(入党时间="昨天", 所在党支部="不存在"),
        row(),
        {"学工号": "T003", "姓名": "尤文静", "所在党支部": "jg"},
        row("T004", 人员类别="党外干部职工", 流动党员="是"),
        row("T005", 党内职务="皇帝"),
        row("T006", 人员类别="预备党员", 党内职务="书记"),
        row("T007", 身份="正式党员"),
        row("3.30E+17"),
    )
    assert {fault.row for fault in plan.faults} == set(range(2, 10))
    assert "第3行“学工号”：“T001”与第2行重复。" in [str(fault) for fault in plan.faults]
    assert plan.people == ()


def test_two_secretaries_in_one_table_are_noticed() -> None:
    plan = of_people(row(党内职务="书记"), row("T002", "区小宁", 党内职务="书记"))
    assert ["党支部书记" in fault.text for fault in plan.faults] == [True]


def test_nobody_gives_a_role_that_they_may_not_give() -> None:
    assert of_people(row(党内职务="书记"), may=False).faults[0].text == "您不能任命党支部书记。"


def test_the_last_administrator_does_not_leave_by_a_table() -> None:
    known = entered(of_people(row()))
    held = [Position(TENANT, UUID(int=9), 1, known[0].person.id, TOP.id, Role.ADMINISTRATOR, TODAY, None)]
    plan = of_people(row(在册状态="转出"), records=known, held=held)
    assert [fault.text for fault in plan.faults] == ["这是最后一位系统管理员，请先任命另一位。"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("王区尤毛仇"), st.sampled_from(["jg", "xs"]), st.sampled_from(["正式党员", "预备党员"])
        ),
        max_size=8,
    )
)
def test_whatever_was_entered_once_is_unchanged_the_second_time(given_rows: list[tuple[str, str, str]]) -> None:
    table = [
        row(f"T{index}", name + "明", 所在党支部=branch, 人员类别=standing)
        for index, (name, branch, standing) in enumerate(given_rows)
    ]
    first = of_people(*table)
    assert first.count(Act.CREATED) == len(table)
    assert all(kept.after.person.standing in set(Standing) for kept in first.people)
    again = of_people(*table, records=entered(first))
    assert (again.changes, again.unchanged) == ((), len(table))
