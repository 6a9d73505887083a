"""What became different of a person, in the words of the table."""

from collections.abc import Callable
from datetime import date

from services.roster.imports.domain import Difference
from services.roster.imports.places import Places
from services.roster.person.days import Day
from services.roster.person.domain import GENDER_NAMES, Record
from services.roster.person.schemas import shown
from shared.directory.domain import IDENTITY_NAMES, STANDING_NAMES

_FIELDS: tuple[tuple[str, Callable[[Record], str]], ...] = (
    ("姓名", lambda each: each.person.name),
    ("人员类别", lambda each: STANDING_NAMES[each.person.standing]),
    ("身份", lambda each: IDENTITY_NAMES[each.person.identity]),
    ("性别", lambda each: GENDER_NAMES[each.detail.gender]),
    ("出生年份", lambda each: str(each.detail.birth_year or "")),
    ("入党时间", lambda each: shown(each, "joined")),
    ("转正时间", lambda each: shown(each, "formal")),
    ("担任领导职务", lambda each: _flag(each.person.leader)),
    ("处级以上", lambda each: _flag(each.person.division_rank)),
    ("无职党员", lambda each: _flag(each.detail.without_office)),
    ("岗位职责", lambda each: each.detail.post),
    ("流动党员", lambda each: _flag(each.person.floating)),
    ("外出时间", lambda each: _day(each.detail.floating_since)),
    ("邮箱", lambda each: each.person.email),
    ("联系电话", lambda each: each.detail.phone),
    ("姓名拼音", lambda each: each.detail.reading),
    ("备注", lambda each: each.detail.remark),
    ("在册状态", lambda each: "在册" if each.person.active else "不在册"),
)


def between(before: Record, after: Record, places: Places) -> tuple[Difference, ...]:
    """Give what became different between two states of a person."""
    found = [
        Difference(label, write(before), write(after)) for label, write in _FIELDS if write(before) != write(after)
    ]
    if before.person.organization_id != after.person.organization_id:
        names = [places.by_id(record.person.organization_id).name for record in (before, after)]
        found.insert(0, Difference("所在党支部", names[0], names[1]))
    return tuple(found)


def _flag(value: bool) -> str:
    return "是" if value else "否"


def _day(value: date | None) -> str:
    return str(Day(value)) if value else ""
