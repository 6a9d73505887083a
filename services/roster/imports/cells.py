"""Cells → values; a cell that cannot be read raises `CellFault` with a Chinese sentence."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from services.roster.person import days

V = TypeVar("V")
CLEAR = "无"
"""What somebody writes to empty a value that the roster has; an empty cell leaves it."""
_DAMAGED = re.compile(r"^-?\d+(\.\d+)?[eE]\+?\d+$")
_EXACT = 10**15
"""Beyond this Excel has lost digits of a number."""


class CellFault(ValueError):  # noqa: N818 — it is shown to who filled the cell
    """What is wrong with a cell; its text is shown."""


def blank(cell: object) -> bool:
    """Say whether a cell is empty."""
    return cell is None or str(cell).strip() == ""


def text(cell: object, *, most: int = 200) -> str:
    """Read a text; a whole number counts as its digits. Takes off the apostrophe that neutralises a formula."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = str(cell).strip()
    if re.match(r"^'[=+\-@]", found):
        found = found[1:]
    if any(ord(character) < 32 and character not in "\n\t" for character in found):
        raise CellFault("含有不能识别的字符。")
    if len(found) > most:
        raise CellFault(f"不能超过{most}字。")
    return found


def number(cell: object) -> str:
    """Read a 学工号 or telephone number; refuses what Excel damaged."""
    if isinstance(cell, bool | date | datetime):
        raise CellFault("应为编号，请把单元格设为文本格式后重新填写。")
    if isinstance(cell, float) and not cell.is_integer():
        raise CellFault("不是编号，请把单元格设为文本格式后重新填写。")
    if isinstance(cell, int | float) and abs(cell) >= _EXACT:
        raise CellFault("数字过长，已被 Excel 改动，请把单元格设为文本格式后重新填写。")
    found = text(cell, most=40)
    if _DAMAGED.match(found):
        raise CellFault(f"“{found}”已被 Excel 改成科学记数，请把单元格设为文本格式后重新填写。")
    return found


def day(cell: object) -> days.Day:
    """Read a day known to the day, the month or the year."""
    # Excel turns 2013.10 typed as a number into 2013.1: October cannot be told from January.
    if isinstance(cell, float) and not cell.is_integer() and 1900 <= cell < 2100:
        month = round(cell % 1 * 100)
        if month % 10 == 0 and month < 20:
            raise CellFault(f"“{cell}”分不清 1 月还是 10 月，请写成 2013年1月 或 2013-10。")
        cell = str(cell)
    try:
        return days.parse(cell)
    except (ValueError, OverflowError):
        raise CellFault(f"“{cell}”不是日期，请写成 2013-04-01、2013.4 或 2013年4月。") from None


def exact_day(cell: object) -> date:
    """Read a day known to the day."""
    found = day(cell)
    if found.precision is not days.Precision.DAY:
        raise CellFault("请写明到日，如 2013-04-01。")
    return found.on


def year(cell: object) -> int:
    """Read the year out of a birth date; of 1985.1 the month does not matter."""
    if isinstance(cell, float) and 1900 <= cell < 2100:
        return int(cell)
    try:
        return days.parse(cell).on.year
    except (ValueError, OverflowError):
        raise CellFault(f"“{cell}”不是年份，请写四位年份，如 1985，或出生年月，如 1985-04。") from None


def flag(cell: object) -> bool:
    """Read 是 or 否."""
    return choice(cell, {"是": True, "有": True, "√": True, "1": True, "true": True, "否": False, "不是": False,
                         "0": False, "false": False, CLEAR: False})  # fmt: skip


def choice(cell: object, choices: Mapping[str, V]) -> V:
    """Read one of the choices."""
    found = "".join(text(cell).split()).lower()
    if found in choices:
        return choices[found]
    shown = "、".join(list(choices)[:6])
    raise CellFault(f"“{text(cell)}”不在可选范围内，可填：{shown}。")
