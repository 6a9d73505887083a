"""The columns of a table of people: what each takes, what 无 empties, what each refuses and who leaves."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.roster.imports import people
from services.roster.imports.columns import PEOPLE, recognised
from services.roster.imports.domain import Act, Change, ImportKind, Plan
from services.roster.imports.offices import Offices, at_will
from services.roster.imports.places import Places
from services.roster.person.domain import Gender, Record
from shared.directory.domain import Identity, Position, Role, Standing
from tests.unit.roster.test_import_plans import JG, SOMEBODY, TODAY, TREE, XS, row, rows
from tests.unit.roster.test_organization_rules import TENANT

HEADINGS = [column.heading for column in PEOPLE]
FULL = row(
    性别="女", 出生年份="1985-04", 入党时间="2005-07-01", 转正时间="2006-07-01", 担任领导职务="是", 处级以上="是",
    无职党员="否", 岗位职责="教学", 邮箱="wang@example.org", 联系电话="0571-1", 姓名拼音="wang yi ming", 备注="返聘",
    身份="离休",
)  # fmt: skip


def plan(*table: dict[str, Any], known: list[Record] | None = None, held: list[Position] | None = None,
         whole: bool = False) -> Plan:  # fmt: skip
    columns, wrong = recognised(ImportKind.PEOPLE, HEADINGS)
    assert not wrong
    offices = Offices(held or [], lambda _key: "他人", lambda _permission, _path: True, at_will, SOMEBODY)
    roster = people.Roster(TENANT, Places(TREE), known or [], offices, TODAY)
    return people.plan(rows(list(table)), columns, roster, whole=whole)


def entered(*table: dict[str, Any]) -> list[Record]:
    made = plan(*table)
    assert made.faults == ()
    return [replace(kept.after, person=replace(kept.after.person, version=1)) for kept in made.people]


def faults(**more: Any) -> list[str]:
    return [str(fault) for fault in plan(row(**more)).faults]


def test_every_column_is_kept() -> None:
    """R-004, R-012, R-017, R-018."""
    (record,) = entered(FULL)
    person, detail = record.person, record.detail
    assert (person.standing, person.identity, person.email) == (Standing.FORMAL, Identity.RETIRED, "wang@example.org")
    assert (person.leader, person.division_rank, person.active, person.organization_id) == (True, True, True, JG.id)
    assert (detail.gender, detail.birth_year, detail.phone, detail.remark) == (Gender.FEMALE, 1985, "0571-1", "返聘")
    assert (detail.joined_on, detail.formal_on) == (date(2005, 7, 1), date(2006, 7, 1))
    assert (detail.without_office, detail.post, detail.reading) == (False, "教学", "wang yi ming")


def test_the_word_for_nothing_empties_what_is_known_and_an_empty_cell_leaves_it() -> None:
    """Requirements 4.4."""
    known = entered(FULL)
    assert plan(row(身份="离休", 邮箱="", 备注=None), known=known).changes == ()
    nothing = {"入党时间": "无", "转正时间": "无", "岗位职责": "无", "邮箱": "无", "联系电话": "无", "备注": "无"}
    (kept,) = plan(row(身份="离休", **nothing), known=known).people
    detail = kept.after.detail
    assert (detail.joined_on, detail.formal_on, detail.post, detail.phone, detail.remark) == (None, None, "", "", "")
    assert (kept.after.person.email, detail.birth_year) == ("", 1985)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"邮箱": "wang"}, "第2行“邮箱”："),
        ({"姓名拼音": "zēng"}, "第2行“姓名拼音”：只填写拼音字母和空格。"),
        ({"姓名拼音": "a" * 81}, "第2行“姓名拼音”：只填写拼音字母和空格。"),
        ({"姓名": "王" * 41}, "第2行“姓名”：不能超过40字。"),
        ({"岗位职责": "教" * 101}, "第2行“岗位职责”：不能超过100字。"),
        ({"备注": "教" * 501}, "第2行“备注”：不能超过500字。"),
        ({"性别": "无"}, "第2行“性别”：“无”不在可选范围内，可填：男、女。"),
        ({"身份": "预备党员"}, "第2行“身份”：“预备党员”请填在“人员类别”一列，这里填身份，如学生。"),
        ({"身份": ""}, "第2行“身份”：新登记的人员必须填写。"),
        ({"人员类别": ""}, "第2行“人员类别”：新登记的人员必须填写。"),
        ({"姓名": ""}, "第2行“姓名”：必须填写。"),
        ({"所在党支部": ""}, "第2行“所在党支部”：必须填写。"),
        ({"学工号": ""}, "第2行“学工号”：必须填写。"),
        ({"任职时间": "2013-04"}, "第2行“任职时间”：请写明到日，如 2013-04-01。"),
        ({"党内职务": "书记", "任职组织": "没有"}, "第2行“党内职务”：没有“没有”这个组织，请先登记或核对名称。"),
    ],
)
def test_each_column_refuses_what_it_cannot_take_and_nothing_else_is_said(changes: dict[str, Any], said: str) -> None:
    """Requirements 4.4."""
    found = faults(**changes)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_the_longest_texts_are_taken() -> None:
    (record,) = entered(row(姓名="王" * 40, 岗位职责="教" * 100, 备注="教" * 500, 姓名拼音="wang Yi lü"))
    assert (len(record.person.name), len(record.detail.post), len(record.detail.remark)) == (40, 100, 500)


STANDINGS = {
    Standing.FORMAL: "正式党员 中共党员 党员 正式 01",
    Standing.PROBATIONARY: "预备党员 中共预备党员 预备 02",
    Standing.ACTIVIST: "积极分子",
    Standing.NONPARTY: "党外 党外群众 群众 非党员 共青团员 民主党派",
}
IDENTITIES = {
    Identity.STAFF: "教职工 教工 教师 职工 在职 在职教职工",
    Identity.STUDENT: "本科生 研究生 学生党员",
    Identity.RETIRED: "离休 退休 离退休党员",
}


def test_a_standing_and_an_identity_are_known_by_what_registers_call_them() -> None:
    """R-004, R-018."""
    for standing, words in STANDINGS.items():
        for word in words.split():
            assert entered(row(人员类别=word))[0].person.standing is standing, word
    for identity, words in IDENTITIES.items():
        for word in words.split():
            assert entered(row(身份=word))[0].person.identity is identity, word


@pytest.mark.parametrize("word", ["在册", "在校", "在职", "是"])
def test_whoever_is_here_stays(word: str) -> None:
    assert plan(row(在册状态=word), known=entered(row())).changes == ()


@pytest.mark.parametrize("word", ["毕业", "转出", "离校", "离职", "去世", "否"])
def test_who_left_is_gone_once_and_whoever_was_never_here_is_entered_as_gone(word: str) -> None:
    known = entered(row())
    left = plan(row(在册状态=word), known=known)
    assert left.changes == (Change(2, Act.GONE, "王一鸣（T001）"),)
    assert left.people[0].after.person.session_epoch == known[0].person.session_epoch + 1
    gone = [left.people[0].after]
    assert plan(row(在册状态=word), known=gone).changes == ()
    back = plan(row(在册状态="在册"), known=gone)
    assert (back.count(Act.CHANGED), back.people[0].after.person.active) == (1, True)


def test_only_who_is_still_there_is_missed_and_only_in_the_branches_of_the_table() -> None:
    here, other, gone = entered(row(), row("T002", "区小宁"), row("T003", "尤文静"))
    elsewhere = entered(row("S001", "赵晓明", 所在党支部=XS.name))
    gone = replace(gone, person=replace(gone.person, active=False))
    found = plan(row(), known=[here, other, gone, *elsewhere])
    assert (found.absent, found.changes) == (("区小宁（T002）",), ())
    whole = plan(row(), known=[here, other, gone, *elsewhere], whole=True)
    assert (whole.absent, whole.changes) == ((), (Change(0, Act.GONE, "区小宁（T002）"),))


def test_who_may_not_leave_is_named_where_a_whole_roster_misses_them() -> None:
    here, other = entered(row(), row("T002", "区小宁"))
    held = [Position(TENANT, UUID(int=9), 1, other.person.id, TREE[0].id, Role.ADMINISTRATOR, TODAY, None)]
    found = plan(row(), known=[here, other], held=held, whole=True)
    assert [fault.text for fault in found.faults] == ["区小宁（T002）：这是最后一位系统管理员，请先任命另一位。"]


def test_roles_are_added_where_and_when_the_table_says_and_shown() -> None:
    """R-023."""
    known = entered(row())
    given = plan(row(党内职务="组织委员；纪检委员", 任职时间="2013-03-01"), known=known)
    assert [(each.label, each.old, each.new) for each in given.changes[0].differences] == [
        ("任职", "", "金融学院教工党支部支部委员")
    ]
    (position,) = given.positions
    assert (position.role, position.organization_id, position.starts_on) == (
        Role.COMMITTEE_MEMBER, JG.id, date(2013, 3, 1),
    )  # fmt: skip
    again = plan(row(党内职务="宣传委员"), known=known, held=[position])
    assert (again.changes, again.positions) == ((), ())
    more = plan(row(党内职务="宣传委员、书记", 任职组织="xs"), known=known, held=[position])
    assert {(each.role, each.organization_id) for each in more.positions} == {
        (Role.COMMITTEE_MEMBER, XS.id), (Role.SECRETARY, XS.id),
    }  # fmt: skip


def test_an_office_that_is_over_is_taken_up_again_and_does_not_end_twice() -> None:
    known = entered(row())
    over = Position(
        TENANT, UUID(int=9), 1, known[0].person.id, JG.id, Role.SECRETARY, date(2012, 1, 1), date(2013, 3, 1)
    )
    assert [each.role for each in plan(row(党内职务="书记"), known=known, held=[over]).positions] == [Role.SECRETARY]
    assert plan(row(在册状态="毕业"), known=known, held=[over]).positions == ()


def test_an_administrator_leaves_while_another_stays() -> None:
    known = entered(row())
    one = Position(TENANT, UUID(int=9), 1, known[0].person.id, TREE[0].id, Role.ADMINISTRATOR, TODAY, None)
    other = replace(one, id=UUID(int=10), person_id=SOMEBODY)
    assert plan(row(在册状态="转出"), known=known, held=[one, other]).count(Act.GONE) == 1
    for useless in (replace(other, role=Role.SECRETARY), replace(other, ends_on=TODAY)):
        found = plan(row(在册状态="转出"), known=known, held=[one, useless])
        assert [fault.text for fault in found.faults] == ["这是最后一位系统管理员，请先任命另一位。"]


def test_who_leaves_makes_room_for_the_next_in_the_same_table() -> None:
    here, other = entered(row(), row("T002", "区小宁"))
    held = [Position(TENANT, UUID(int=9), 1, here.person.id, JG.id, Role.SECRETARY, date(2012, 1, 1), None)]
    table = [row(在册状态="毕业"), row("T002", "区小宁", 党内职务="书记", 任职时间="2013-04-01")]
    found = plan(*table, known=[here, other], held=held)
    assert found.faults == ()
    assert {(each.person_id, each.ends_on) for each in found.positions} == {
        (here.person.id, TODAY), (other.person.id, None),
    }  # fmt: skip
