"""The sample as the two tables that a university would upload."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from infra.sample.people import Somebody
from infra.sample.structure import Unit

ORGANIZATION_HEADINGS = ("组织编号", "组织全称", "组织类别", "上级组织", "单位类型", "公开电话", "意见箱")
PEOPLE_HEADINGS = (
    "学工号", "姓名", "所在党支部", "人员类别", "身份", "性别", "出生年份", "入党时间", "转正时间", "担任领导职务",
    "处级以上", "流动党员", "外出时间", "党内职务", "任职组织", "任职时间", "邮箱",
)  # fmt: skip


def organizations(path: Path, units: Sequence[Unit]) -> None:
    """Write the table of organisations."""
    phone, box = "0571-00000000", "行政楼一楼大厅意见箱"
    rows = ((each.code, each.name, each.kind, each.parent, each.unit_type, phone, box) for each in units)
    _write(path, "组织", ORGANIZATION_HEADINGS, rows)


def people(path: Path, everybody: Sequence[Somebody]) -> None:
    """Write the table of people."""
    _write(
        path,
        "人员",
        PEOPLE_HEADINGS,
        (
            (
                *(each.number, each.name, each.branch, each.standing, each.identity, each.gender, each.birth_year),
                *(each.joined, each.formal, each.leader, each.division_rank, each.floating, each.floating_since),
                *(each.roles, each.roles_organization, each.roles_since, each.email),
            )
            for each in everybody
        ),
    )


def _write(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(headings)
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])
    book.save(path)
