"""What a reader is told about a text: too vague, no more than duty, much like another one. Hints never refuse."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from services.pledge.pledge.domain import Version

MEASURED = re.compile(
    r"[0-9０-９一二三四五六七八九十百千两]+\s*(?:次|场|个|名|人|篇|项|件|小时|天|周|月|学时|节|门|户|％|%|元|份)"
)
DATED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]+)月|学期|季度|年底|年内|每[天日周月年]|\d{4}年|[上下]半年")
DUTY = ("遵守纪律", "按时上下班", "完成本职工作", "不迟到", "不早退", "服从安排", "做好本职工作", "认真工作")
EMPTY = ("努力学习", "不断提高", "全心全意", "进一步加强", "做出更大贡献", "发挥先锋模范作用")
_NOISE = re.compile(r"[\s\W_]+")


def hints(version: Version) -> list[str]:
    """Tell what a text lacks (R-037, R-038, R-039); empty when nothing stands out."""
    whole = version.headline + "".join(item.content + item.measure for item in version.items)
    due = any(item.due_on for item in version.items)
    found = []
    if not MEASURED.search(whole):
        found.append("没有可以衡量的数量，如“每周1次”“帮助3名同学”。")
    if not due and not DATED.search(whole):
        found.append("没有写明何时完成。")
    if any(phrase in whole for phrase in EMPTY) and not MEASURED.search(whole):
        found.append("内容较泛，请写出具体要办的事。")
    if any(phrase in whole for phrase in DUTY):
        found.append("所写的像是一般的工作和纪律要求，承诺应高于本职要求。")
    return found


def likeness(one: str, other: str) -> Fraction:
    """Measure how alike two texts are: shared pairs of characters among all pairs, 0 … 1; marks do not count."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return Fraction(0)
    shared = sum(min(times, second.get(pair, 0)) for pair, times in first.items())
    return Fraction(2 * shared, sum(first.values()) + sum(second.values()))


def alike(text: str, others: Mapping[UUID, str], limit: Fraction) -> Sequence[UUID]:
    """Give the pledges whose texts are at least as alike as the limit, the most alike first (R-038)."""
    scored = [(likeness(text, other), pledge_id) for pledge_id, other in others.items()]
    close = [(score, pledge_id) for score, pledge_id in scored if score >= limit]
    return [pledge_id for _, pledge_id in sorted(close, key=lambda pair: (-pair[0], str(pair[1])))]


def _pairs(text: str) -> dict[str, int]:
    plain = _NOISE.sub("", text)
    pairs: dict[str, int] = {}
    for place in range(len(plain) - 1):
        pair = plain[place : place + 2]
        pairs[pair] = pairs.get(pair, 0) + 1
    return pairs
