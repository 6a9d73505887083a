"""How the value of a setting is written in Chinese, and how a form's text becomes a value again."""

import re
from fractions import Fraction
from typing import Any

from werkzeug.datastructures import MultiDict

from shared.errors import Invalid
from shared.scheme import Setting
from shared.scheme.setting import in_order
from shared.scheme.settings import BY_KEY

GROUPS = {
    "basis": "依据的上级文件",
    "labels": "名称",
    "register": "登记",
    "meeting": "会议",
    "ballot": "投票",
    "eligibility": "不能评选的情形",
    "after": "备案与公示",
    "pledge": "承诺",
    "supervision": "督诺",
    "appraisal": "评诺",
}
_OFF = re.compile(r"0 为(\w+)")
EXAMPLES = {
    "count": "请填整数，如 5",
    "fraction": "请填百分数或分数，如 15% 或 1/2",
    "pairs": "请每行写一项，写成“名称：内容”，如“学生：多读书”",
    "conditions": "请每行写一种，如“受到党纪处分的〔内容保密〕”",
}
COMPUTED = {"attendance": "由系统按出勤记录提示", "register": "由系统按登记和介绍交流提示"}


class ValueUnread(Invalid):
    """填写的设置无法识别。"""


def lines(setting: Setting, value: Any) -> list[str]:
    """Write a value, one line for each of its parts; a 0 that switches something off says so."""
    off = _OFF.search(setting.title)
    if off and str(value) == "0":
        return [off[1]]
    return _lines(setting, value)


def _lines(setting: Setting, value: Any) -> list[str]:
    match setting.kind:
        case "flag":
            return ["是" if value else "否"]
        case "fraction":
            return [share(value)]
        case "choice":
            return [dict(setting.choices)[value]]
        case "choices" | "ordered":
            return [dict(setting.choices)[item] for item in value]
        case "texts":
            return [str(item) for item in value]
        case "pairs":
            names = dict(setting.choices)
            return [f"{names.get(key, key)}：{text}" for key, text in in_order(setting, value).items()]
        case "conditions":
            return [condition(item) for item in value]
        case _:
            return [str(value)]


def typed(setting: Setting, value: Any) -> str:
    """Write a value as a form shows it, so that `read` reads the same value again."""
    return share(value) if setting.kind == "fraction" else "\n".join(_lines(setting, value))


def condition(item: dict[str, Any]) -> str:
    """Write a condition with its number and how it is treated."""
    notes = ["内容保密"] if item["sensitive"] else []
    if item.get("computed"):
        notes.append(COMPUTED[item["computed"]])
    return f"（{item['number']}）{item['text']}" + (f"〔{'，'.join(notes)}〕" if notes else "")


def share(value: str) -> str:
    """Write 15% where that is exact, else 1/3."""
    fraction = Fraction(value)
    percent = fraction * 100
    if percent.denominator == 1:
        return f"{percent}%"
    tenths = percent * 10
    return f"{tenths.numerator / 10}%" if tenths.denominator == 1 else str(fraction)


def read(form: MultiDict[str, str], keys: list[str]) -> dict[str, Any]:
    """Read the settings with these keys from a form that `lines` and `field` filled; absent ones are left out.

    A list of boxes of which none is ticked is not sent at all, and is read as none.
    Raises `ValueUnread` with every field that makes no sense.
    """
    found: dict[str, Any] = {}
    wrong: list[str] = []
    for key in keys:
        setting = BY_KEY[key]
        if key not in form and setting.kind != "choices":
            continue
        try:
            found[key] = _read(setting, form)
        except (ValueError, ZeroDivisionError):
            wrong.append(f"“{setting.title}”填写的内容无法识别。{EXAMPLES.get(setting.kind, '请重新填写')}。")
    if wrong:
        raise ValueUnread(details=wrong)
    return found


def _read(setting: Setting, form: MultiDict[str, str]) -> Any:
    text = form.get(setting.key, "").strip()
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    match setting.kind:
        case "flag":
            return text == "1"
        case "count":
            return int(text)
        case "fraction":
            return _fraction(text)
        case "texts":
            return rows
        case "choices" | "ordered":
            return [item for item in form.getlist(setting.key) if item]
        case "pairs":
            return _pairs(setting, rows)
        case "conditions":
            return _conditions(rows)
        case _:
            return text


def _fraction(text: str) -> str:
    plain = text.replace("％", "%").replace("／", "/")
    return str(Fraction(plain.removesuffix("%")) / 100) if plain.endswith("%") else str(Fraction(plain))


def _pairs(setting: Setting, rows: list[str]) -> dict[str, str]:
    """Read rows such as 个人自评：30%; a name that the setting does not know stays, for `check` to name it."""
    keys = {key: key for key, _ in setting.choices} | {name: key for key, name in setting.choices}
    found: dict[str, str] = {}
    for row in rows:
        name, colon, text = (part.strip() for part in row.replace(":", "：", 1).partition("："))
        key = keys.get(name, name)
        if not colon or not name or not text or key in found:
            raise ValueError(row)
        found[key] = text
    return found


def _conditions(rows: list[str]) -> list[dict[str, Any]]:
    words = {text: key for key, text in COMPUTED.items()}
    found = []
    for number, row in enumerate(rows, start=1):
        body = row.partition("）")[2] if row.startswith("（") else row
        text, _, notes = body.rstrip("〕").partition("〔")
        marks = notes.split("，") if notes else []
        if not text.strip() or any(mark != "内容保密" and mark not in words for mark in marks):
            raise ValueError(row)
        computed = next((words[mark] for mark in marks if mark in words), None)
        found.append({"number": number, "text": text.strip(), "sensitive": "内容保密" in marks, "computed": computed})
    return found
