"""A table of pledges against the roster."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.pledge.imports import columns, table
from services.pledge.imports.domain import Known, Plan
from services.pledge.imports.surroundings import Surroundings
from services.pledge.pledge.domain import Author, Consultation, Kind
from services.pledge.pledge.window import of
from shared.directory.domain import Kind as OrganizationKind
from shared.directory.domain import Organization
from shared.sheet import Row
from tests.unit.pledge.pledges import NOW, person, scheme, who
from tests.university import TENANT

BRANCH = Organization(TENANT, who("b"), 1, None, OrganizationKind.BRANCH, "教工党支部", "b", "b/", None, "", "", True)
WORDS = "每月走访学生寝室2次"


OTHER = person(id=who("T004"), number="T004", name="毛建国")
AWAY = person(id=who("T021"), number="T021", name="李会计", organization_id=who("c"))


def planned(
    *rows: dict[str, Any], known: tuple[Known, ...] = (), allowed: bool = True, promised: dict[str, UUID] | None = None
) -> Plan:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    found, wrong = columns.recognised(headings)
    assert wrong == []
    around = Surroundings(
        people={"T003": person(), "T004": OTHER, "T021": AWAY},
        organizations={BRANCH.name: [BRANCH], "同名党支部": [BRANCH, replace(BRANCH, id=who("b2"))]},
        known=known,
        home_of=lambda _: BRANCH,
        may_enter=lambda _: allowed,
        scheme_of=lambda _: scheme(),
        window_of=lambda _, year: of(year, scheme(), None),
        colleagues=lambda _: {person().id: person(), OTHER.id: OTHER},
        promised=lambda *_: promised or {},
        entered_by=who("T002"),
        reason="据“纸质台账.xlsx”导入",
        now=NOW,
    )
    return table.plan([Row(place, row) for place, row in enumerate(rows, 2)], found, around)


def line(**changes: Any) -> dict[str, Any]:
    return {"学号": "T003", "承诺人": "尤文静", "承诺年度": 2013, "承诺内容": WORDS, **changes}


def test_a_table_with_people_s_own_headings_becomes_pledges() -> None:
    (entry,) = planned(line()).entries
    pledge = entry.pledge
    assert (pledge.kind, pledge.year, entry.version.headline, pledge.entry_reason) == (
        Kind.ANNUAL, 2013, WORDS, "据“纸质台账.xlsx”导入",
    )  # fmt: skip
    assert pledge.by_another
    assert not pledge.late


def test_rows_with_the_same_sentence_are_the_items_of_one_pledge() -> None:
    """R-034: 几件办得到的实事好事"""
    (entry,) = planned(
        line(承诺事项="每周答疑1次", 完成时限="2013年12月31日"), line(承诺事项="资助2名学生", 完成时限=None)
    ).entries
    assert [(item.content, item.due_on) for item in entry.version.items] == [
        ("每周答疑1次", date(2013, 12, 31)),
        ("资助2名学生", None),
    ]


def test_what_is_there_already_is_not_entered_again() -> None:
    known = Known(person().id, 2013, "annual", "", "individual", WORDS)
    assert planned(line(), known=(known,)) == Plan(unchanged=1)


def test_another_annual_pledge_of_the_same_year_is_a_fault() -> None:
    known = Known(person().id, 2013, "annual", "", "individual", "别的一句话")
    for plan in (planned(line(), known=(known,)), planned(line(), line(承诺内容="别的一句话"))):
        assert plan.entries == ()
        assert "已有另一份2013年度承诺" in str(plan.faults[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"学号": "T999"}, "第2行“学工号”：名册中没有“T999”。"),
        ({"承诺人": "别人"}, "第2行“姓名”：学工号 T003 在名册中是尤文静。"),
        ({"承诺内容": None}, "第2行“承诺内容”：必须填写。"),
        ({"承诺年度": "明年"}, "第2行“承诺年度”：“明年”不是年度，请写成 2013。"),
        ({"学号": 1.5e17}, "第2行“学号”：不是编号，或已被 Excel 改动，请把单元格设为文本格式后重新填写。"),
        ({"完成时限": "年底"}, "第2行“完成时限”：“年底”不是日期，请写成 2013-04-01 或 2013年4月1日。"),
        ({"完成时限": "2013-02-30"}, "第2行“完成时限”：“2013-02-30”不是日期，请写成 2013-04-01 或 2013年4月1日。"),
        ({"种类": "季度"}, "第2行“种类”：“季度”不在可选范围内，可填：年度承诺、即时承诺、年度、即时。"),
        ({"种类": "即时承诺"}, "第2行：即时承诺请写明因何事提出。"),
        (
            {"种类": "即时承诺", "何事": "迎新"},
            "第2行：即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。",
        ),
        ({"因何提出": "临时性任务"}, "第2行：只有即时承诺才选“因何提出”；年度承诺请不要选。"),
        ({"方面": "别的"}, "第2行：写了措施、时限等的，承诺事项也须填写。"),
        ({"承诺内容": "很" * 61}, "第2行：一句话承诺共61个字，超过60个字。"),
    ],
)
def test_every_fault_names_its_row_and_column(change: dict[str, Any], said: str) -> None:
    plan = planned(line(**change), line(承诺内容="第二份"))
    assert plan.entries == ()
    assert said in [str(fault) for fault in plan.faults]


def test_nobody_is_entered_for_another_branch() -> None:
    assert str(planned(line(), allowed=False).faults[0]) == "第2行“学工号”：尤文静不属于您可以办理的组织。"


def test_headings_that_nobody_knows_or_needs_twice_are_named() -> None:
    _, wrong = columns.recognised(["学工号", "学号", "星座", "序号"])
    assert wrong == [
        "“学号”与另一列都表示“学工号”，请只保留一列。",
        "不认识列名“星座”。请改用模板中的列名，或删去这一列。",
        "缺少“年度”一列。",
        "缺少“一句话承诺”一列。",
    ]


def ours(**changes: Any) -> dict[str, Any]:
    """Give a row of an organisation's pledge."""
    facts = {
        "学号": None,
        "承诺人": BRANCH.name,
        "党组织": BRANCH.name,
        "承诺方式": "党组织承诺",
        "承诺内容": "办好实事",
    }
    return line(
        **{**facts, "承诺内容": "办好实事", "征求方式": "座谈会", "征求时间": "1月", "征求人数": "30人", **changes}
    )


def test_an_organisation_s_pledge_comes_in_by_its_name_with_how_the_masses_were_asked() -> None:
    """R-040 R-190"""
    (entry,) = planned(ours(承诺事项="延长开馆", 年度工作目标="先进支部", 采纳情况="列入")).entries
    assert (entry.name, entry.pledge.person_id, entry.pledge.organization_id) == (BRANCH.name, None, BRANCH.id)
    assert entry.version.consultation == Consultation("座谈会", "1月", 30, "", "列入")
    assert entry.version.goals == "先进支部"


def test_a_member_s_matter_is_tied_to_what_the_same_table_or_the_organisation_promises() -> None:
    """R-046"""
    there = who("item")
    plan = planned(
        line(承诺事项="值班", 对应的党组织承诺="延长开馆"), ours(承诺事项="延长开馆"),
        line(学号="T004", 承诺人="毛建国", 承诺事项="助学", 对应的党组织承诺="资助学生"), promised={"资助学生": there},
    )  # fmt: skip
    theirs, mine, other = plan.entries
    assert mine.version.items[0].linked_item_id == theirs.version.items[0].item_id
    assert other.version.items[0].linked_item_id == there


def test_who_promises_together_is_found_by_number_and_others_by_name() -> None:
    """R-033"""
    (entry,) = planned(line(承诺方式="党员带领群众共同承诺", 共同承诺人="老毛（T004）、大三班学生30人、邻居甲")).entries
    assert entry.version.authors == [
        Author("毛建国", OTHER.id), Author("大三班学生", headcount=30), Author("邻居甲"),
    ]  # fmt: skip


def test_origin_and_tags_come_in_too() -> None:
    """R-047"""
    (entry,) = planned(line(承诺事项="每周答疑1次", 来源="突出问题", 标签="窗口、品牌")).entries
    assert (entry.version.items[0].origin, entry.version.items[0].tags) == ("突出问题", ["窗口", "品牌"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ours(党组织="别的党支部"), "第2行“党组织”：没有名为“别的党支部”的党组织。"),
        (ours(党组织="同名党支部"), "第2行“党组织”：有2个党组织都叫“同名党支部”，请分别在各自的页面导入。"),
        (ours(征求人数="很多"), "第2行“征求人数”：“很多”不是人数，请只写数字。"),
        (ours(征求方式=None), "第2行：党组织承诺请写明怎样征求群众意见。"),
        (line(承诺方式="党员集体承诺"), "第2行：集体承诺请写明还有哪些党员。"),
        (
            line(承诺方式="党员集体承诺", 共同承诺人="李会计（T021）"),
            "第2行：李会计不是本支部的党员，不能列为共同承诺人；其他人请写姓名或人数。",
        ),
        (line(承诺方式="党员集体承诺", 共同承诺人="谁（T999）"), "第2行：共同承诺人：名册中没有“谁（T999）”。"),
        (
            line(共同承诺人="毛建国（T004）"),
            "第2行：只有集体承诺和带领群众共同承诺才写共同承诺人，请去掉共同承诺人，或另作一份。",
        ),
        (
            line(承诺事项="值班", 对应的党组织承诺="没有这一项"),
            "第2行“对应的党组织承诺”：本组织及其上级没有承诺“没有这一项”。",
        ),
    ],
)
def test_every_fault_of_the_other_forms_is_named(row: dict[str, Any], said: str) -> None:
    """R-033 R-040 R-046"""
    assert said in [str(fault) for fault in planned(row).faults]
