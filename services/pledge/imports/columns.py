"""The columns of a table of pledges: headings, what else people call them, how a cell is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, TRIGGER_NAMES, Form, Kind, Trigger
from services.pledge.pledge.rules import LONGEST

_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_YEAR = re.compile(r"^(\d{4})(?:年度?)?$")
_DAMAGED = re.compile(r"^-?\d+(\.\d+)?[eE]\+?\d+$")
_EXACT = 10**15
"""Beyond this Excel has lost digits of a number."""


_APART = re.compile(r"[、，,；;\n]+")
_MEMBER = re.compile(r"^(.+?)\s*[（(]([0-9A-Za-z_-]+)[）)]$")
_COUNTED = re.compile(r"^(.+?)\s*(\d{1,5})\s*[人名]$")


@dataclass(frozen=True)
class Named:
    """Who promises together, as a table names them: a member by 学工号, others by name or number."""

    name: str
    number: str = ""
    headcount: int = 1


class CellFault(ValueError):  # noqa: N818 — it is shown to who filled the cell
    """What is wrong with a cell; its text is shown."""


@dataclass(frozen=True)
class Column:
    """One column; `choices` fill its drop-down in the template."""

    key: str
    heading: str
    read: Callable[[object], Any]
    note: str = ""
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()


def text(most: int) -> Callable[[object], str]:
    """Make a reader of texts up to a length; takes off the apostrophe that neutralises a formula."""

    def read(cell: object) -> str:
        found = re.sub(r"^'(?=[=+\-@])", "", written(cell))
        if any(ord(character) < 32 and character not in "\n\t" for character in found):
            raise CellFault("含有不能识别的字符。")
        if len(found) > most:
            raise CellFault(f"不能超过{most}字。")
        return found

    return read


def written(cell: object) -> str:
    """Give a cell as it is written, a whole number as its digits."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip()


def number(cell: object) -> str:
    """Read a 学工号; refuses what Excel damaged."""
    damaged = isinstance(cell, bool | date) or (isinstance(cell, int | float) and abs(cell) >= _EXACT)
    if damaged or (isinstance(cell, float) and not cell.is_integer()) or _DAMAGED.match(str(cell).strip()):
        raise CellFault("不是编号，或已被 Excel 改动，请把单元格设为文本格式后重新填写。")
    return text(40)(cell)


def day(cell: object) -> date:
    """Read a day known to the day."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.match(text(20)(cell))
    try:
        return date(*map(int, found.groups())) if found else _no_day(cell)
    except (ValueError, OverflowError):
        return _no_day(cell)


def _no_day(cell: object) -> date:
    raise CellFault(f"“{cell}”不是日期，请写成 2013-04-01 或 2013年4月1日。")


def year(cell: object) -> int:
    """Read a year."""
    found = _YEAR.match(text(20)(cell))
    if not found:
        raise CellFault(f"“{cell}”不是年度，请写成 2013。")
    return int(found[1])


def count(cell: object) -> int:
    """Read a number of people."""
    found = text(10)(cell).removesuffix("人")
    if not found.isdecimal():
        raise CellFault(f"“{found}”不是人数，请只写数字。")
    return int(found)


def tags(cell: object) -> list[str]:
    """Read words apart by “、” or the like."""
    found = [one for one in _APART.split(text(LONGEST)(cell)) if one]
    if any(len(one) > 30 for one in found):
        raise CellFault("每个标签不能超过30字，几个用“、”隔开。")
    return found


def authors(cell: object) -> list[Named]:
    """Read who promises together: 毛建国（T004）、大三班学生30人、邻居甲."""
    found = []
    for word in (one for one in _APART.split(text(LONGEST)(cell)) if one):
        member, counted = _MEMBER.match(word), _COUNTED.match(word)
        if member:
            found.append(Named(member[1], number=member[2]))
        else:
            found.append(Named(counted[1], headcount=int(counted[2])) if counted else Named(word))
    if any(len(one.name) > 60 or not 1 <= one.headcount <= 10_000 for one in found):
        raise CellFault("每个姓名或称呼不能超过60字，人数在1至10000之间。")
    return found


def choice(choices: Mapping[str, Any]) -> Callable[[object], Any]:
    """Make a reader of one of the choices."""

    def read(cell: object) -> Any:
        found = text(60)(cell)
        if found not in choices:
            raise CellFault(f"“{found}”不在可选范围内，可填：{'、'.join(choices)}。")
        return choices[found]

    return read


KINDS = {**{name: kind for kind, name in KIND_NAMES.items()}, "年度": Kind.ANNUAL, "即时": Kind.INSTANT}
FORMS = {FORM_NAMES[form]: form for form in Form}
TRIGGERS = {name: trigger for trigger, name in TRIGGER_NAMES.items() if isinstance(trigger, Trigger)}
COLUMNS: Sequence[Column] = (
    Column("number", "学工号", number, "凭它认出承诺人；党组织承诺不填", ("学号", "工号", "职工号", "人员编号"), True),
    Column("name", "姓名", text(40), "与名册核对", ("承诺人", "党员姓名")),
    Column("organization", "党组织", text(100), "党组织承诺填写，个人的可不填", ("党支部", "所在党支部")),
    Column("year", "年度", year, "承诺是哪一年的，如 2013", ("承诺年度", "年份"), True),
    Column("headline", "一句话承诺", text(200), "同一份承诺有几项的，每项一行，这一列相同", ("承诺内容", "承诺"), True),
    Column("kind", "种类", choice(KINDS), "不填为年度承诺", ("承诺种类", "类别"), choices=tuple(KIND_NAMES.values())),
    Column("form", "承诺方式", choice(FORMS), "不填的，党员为个人承诺", ("方式",), choices=tuple(FORMS)),
    Column("trigger", "因何提出", choice(TRIGGERS), "即时承诺填写", ("提出原因",), choices=tuple(TRIGGERS)),
    Column("trigger_text", "何事", text(200), "即时承诺填写"),
    Column("content", "承诺事项", text(LONGEST), "可不填", ("事项", "实事", "具体事项")),
    Column("measure", "措施", text(LONGEST), "", ("具体措施",)),
    Column("due_on", "完成时限", day, "如 2013-12-31", ("完成时间", "时限")),
    Column("responsible", "责任人", text(100)),
    Column("beneficiaries", "受益对象", text(200), "", ("服务对象",)),
    Column("aspect", "方面", text(60), "制度方案所列的方面", ("承诺方面", "五带头")),
    Column("origin", "来源", text(100), "如重点任务、突出问题", ("承诺来源",)),
    Column("tags", "标签", tags, "三亮三比三评的标签，几个用“、”隔开"),
    Column("linked", "对应的党组织承诺", text(LONGEST), "照抄党组织承诺的事项", ("对应党组织承诺",)),
    Column("authors", "共同承诺人", authors, "如：毛建国（T004）、大三班学生30人"),
    Column("goals", "年度工作目标", text(LONGEST), "党组织承诺填写", ("工作目标",)),
    Column("method", "征求方式", text(200), "党组织承诺须填写", ("征求意见方式",)),
    Column("dates", "征求时间", text(100), "党组织承诺须填写"),
    Column("asked", "征求人数", count, "党组织承诺须填写"),
    Column("opinions", "收到的意见", text(LONGEST)),
    Column("use", "采纳情况", text(LONGEST)),
    Column("duty", "岗位职责", text(200), "", ("岗位",)),
    Column("ability", "能力特长", text(200), "", ("特长",)),
    Column("community", "社区党组织", text(100), "另向居住地社区承诺的填写"),
    Column("recorded_by", "记录人", text(60), "口头承诺填写", ("口头承诺记录人",)),
    Column("recorded_on", "记录日期", day, "口头承诺填写"),
    Column("recorded_place", "记录地点", text(100)),
    Column("witness", "见证人", text(60)),
)
IGNORED = {"序号", "备注", "状态", "提交日期", "公示日期"}
"""Headings of our own ledger and of common lists that carry nothing to enter."""


def recognised(headings: Sequence[str]) -> tuple[dict[str, Column], list[str]]:
    """Give the column of each heading, and what is wrong with the headings, each a Chinese sentence."""
    known = {_bare(word): column for column in COLUMNS for word in (column.heading, *column.synonyms)}
    found: dict[str, Column] = {}
    wrong = []
    for heading in headings:
        column = known.get(_bare(heading))
        if column is None:
            if _bare(heading) not in IGNORED:
                wrong.append(f"不认识列名“{heading}”。请改用模板中的列名，或删去这一列。")
        elif column in found.values():
            wrong.append(f"“{heading}”与另一列都表示“{column.heading}”，请只保留一列。")
        else:
            found[heading] = column
    missing = [column.heading for column in COLUMNS if column.required and column not in found.values()]
    return found, wrong + [f"缺少“{heading}”一列。" for heading in missing]


def _bare(heading: str) -> str:
    """Take off what people add to a heading: spaces, an asterisk, a remark in brackets."""
    return re.split("[（(]", "".join(heading.split()).strip("*＊"))[0]
