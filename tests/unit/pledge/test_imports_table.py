"""A table of pledges against the roster."""

from datetime import date
from typing import Any

import pytest

from services.pledge.imports import columns, table
from services.pledge.imports.domain import Known, Plan, Pledger
from services.pledge.pledge.domain import Kind
from services.pledge.pledge.window import of
from shared.directory.domain import Kind as OrganizationKind
from shared.directory.domain import Organization
from shared.sheet import Row
from tests.unit.pledge.pledges import NOW, person, scheme, who
from tests.university import TENANT

BRANCH = Organization(TENANT, who("b"), 1, None, OrganizationKind.BRANCH, "教工党支部", "b", "b/", None, "", "", True)
WORDS = "每月走访学生寝室2次"


def planned(*rows: dict[str, Any], known: tuple[Known, ...] = (), allowed: bool = True) -> Plan:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    found, wrong = columns.recognised(headings)
    assert wrong == []
    member = Pledger(person(), BRANCH)
    around = table.Surroundings(
        {"T003": member}, known, lambda _: allowed, lambda _: scheme(), lambda _, year: of(year, scheme(), None),
        who("T002"), "据“纸质台账.xlsx”导入", NOW,
    )  # fmt: skip
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
    known = Known(person().id, 2013, "annual", "", WORDS)
    assert planned(line(), known=(known,)) == Plan(unchanged=1)


def test_another_annual_pledge_of_the_same_year_is_a_fault() -> None:
    known = Known(person().id, 2013, "annual", "", "别的一句话")
    for plan in (planned(line(), known=(known,)), planned(line(), line(承诺内容="别的一句话"))):
        assert plan.entries == ()
        assert "已有另一份2013年度承诺" in str(plan.faults[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"学号": "T999"}, "第 2 行“学工号”：名册中没有“T999”。"),
        ({"承诺人": "别人"}, "第 2 行“姓名”：学工号 T003 在名册中是尤文静。"),
        ({"承诺内容": None}, "第 2 行“承诺内容”：必须填写。"),
        ({"承诺年度": "明年"}, "第 2 行“承诺年度”：“明年”不是年度，请写成 2013。"),
        ({"学号": 1.5e17}, "第 2 行“学号”：不是编号，或已被 Excel 改动，请把单元格设为文本格式后重新填写。"),
        ({"完成时限": "年底"}, "第 2 行“完成时限”：“年底”不是日期，请写成 2013-04-01 或 2013年4月1日。"),
        ({"完成时限": "2013-02-30"}, "第 2 行“完成时限”：“2013-02-30”不是日期，请写成 2013-04-01 或 2013年4月1日。"),
        ({"种类": "季度"}, "第 2 行“种类”：“季度”不在可选范围内，可填：年度承诺、即时承诺、年度、即时。"),
        ({"种类": "即时承诺"}, "第 2 行：即时承诺请写明因何事提出。"),
        (
            {"种类": "即时承诺", "何事": "迎新"},
            "第 2 行：即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。",
        ),
        ({"因何提出": "临时性任务"}, "第 2 行：只有即时承诺才选“因何提出”；年度承诺请不要选。"),
        ({"方面": "别的"}, "第 2 行：写了措施、时限等的，承诺事项也须填写。"),
        ({"承诺内容": "很" * 61}, "第 2 行：一句话承诺共61个字，超过60个字。"),
    ],
)
def test_every_fault_names_its_row_and_column(change: dict[str, Any], said: str) -> None:
    plan = planned(line(**change), line(承诺内容="第二份"))
    assert plan.entries == ()
    assert said in [str(fault) for fault in plan.faults]


def test_nobody_is_entered_for_another_branch() -> None:
    assert str(planned(line(), allowed=False).faults[0]) == "第 2 行“学工号”：尤文静不属于您可以办理的组织。"


def test_headings_that_nobody_knows_or_needs_twice_are_named() -> None:
    _, wrong = columns.recognised(["学工号", "学号", "星座", "序号"])
    assert wrong == [
        "“学号”与另一列都表示“学工号”，请只保留一列。",
        "不认识列名“星座”。请改用模板中的列名，或删去这一列。",
        "缺少“年度”一列。",
        "缺少“一句话承诺”一列。",
    ]
