"""What the minutes say of the votes of a meeting: as it was when they were locked, and what came of it later."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.evaluation.election import shortage
from services.evaluation.election.domain import REASON_NAMES, Election
from services.evaluation.election.rules import resolution
from services.evaluation.roll.domain import CHANNEL_NAMES
from shared.web.words import moment

Resolved = tuple[str, datetime] | None


def recorded(
    chain: Sequence[Election], resolved: Resolved, names: Mapping[UUID, str], locked_at: datetime | None
) -> list[str]:
    """Write every vote that was called before the minutes were locked, with the numbers that were announced (2.3)."""
    told = [_as_of(one, locked_at) for one in chain if _by(one.called_at, locked_at)]
    lines = [line for one in told for line in _election(one, told, names, locked_at)]
    if resolved and _by(resolved[1], locked_at):
        lines.append(_resolution(told, resolved))
    return lines or ["尚未组织投票。"]


def supplement(
    chain: Sequence[Election], resolved: Resolved, names: Mapping[UUID, str], locked_at: datetime | None
) -> list[str]:
    """Write what became of the votes after the minutes were locked, each with its time; what they say stays."""
    if locked_at is None:
        return []
    found: list[tuple[datetime, str]] = []
    for one in chain:
        if not _by(one.called_at, locked_at):
            found += [(one.counted_at or one.called_at, line) for line in _election(one, chain, names, None)]
        else:
            if one.counted_at and not _by(one.counted_at, locked_at):
                found += [(one.counted_at, line) for line in _count(one)]
            if one.annulled_at and not _by(one.annulled_at, locked_at):
                found.append((one.annulled_at, _annulled(one, chain)))
    if resolved and not _by(resolved[1], locked_at):
        found.append((resolved[1], _resolution(chain, resolved)))
    return [f"{moment(at)}　{line}" for at, line in found]


def _election(one: Election, chain: Sequence[Election], names: Mapping[UUID, str], until: datetime | None) -> list[str]:
    lines = [
        f"{REASON_NAMES[one.reason]}（{CHANNEL_NAMES[one.channel]}），名额{one.places}名"
        f"（{one.calculation}）。监票人：{_names(one.tellers, names)}。",
        f"候选人（按姓氏笔画为序）：{'、'.join(each.name for each in one.standing())}。",
    ]
    if one.declined:
        lines.append(f"声明不参选：{_names(one.declined, names)}。")
    if one.exceptions_reason:
        lines.append(f"介绍、点评未完成而先行投票的原因：{one.exceptions_reason}")
    if one.counted_at and _by(one.counted_at, until):
        lines += _count(one)
    elif not (one.annulled_at and _by(one.annulled_at, until)):
        lines.append("已发起无记名投票，尚未计票完毕。")
    if one.annulled_at and _by(one.annulled_at, until):
        lines.append(_annulled(one, chain))
    return lines


def _count(one: Election) -> list[str]:
    outcome = one.outcome or {}
    lines = [f"计票结果：{one.tally}。"]
    lines.append(f"当选（按姓氏笔画为序）：{'、'.join(one.elected)}。" if one.elected else "没有人当选。")
    lines += outcome.get("notes", [])
    return [*lines, *([_empty(one.empty)] if one.empty else [])]


def _annulled(one: Election, chain: Sequence[Election]) -> str:
    gone = shortage.lost(chain, resolved=False).get(one.id)
    return f"{one.title}已作废：{one.annul_statement}{f'　{_empty(gone)}' if gone else ''}"


def _resolution(chain: Sequence[Election], resolved: tuple[str, datetime]) -> str:
    gone = shortage.lost(chain, resolved=True).get(chain[-1].id) if chain else None
    return f"经讨论，{resolution(chain)}。原因：{resolved[0]}{f'　{_empty(gone)}' if gone else ''}"


def _empty(places: int) -> str:
    return f"空缺{places}名，不递补。"


def _by(at: datetime, until: datetime | None) -> bool:
    return until is None or at <= until


def _as_of(one: Election, until: datetime | None) -> Election:
    """Give a vote without what made it void later."""
    return one if one.annulled_at is None or _by(one.annulled_at, until) else replace(one, annulled_at=None)


def _names(people: Sequence[UUID], names: Mapping[UUID, str]) -> str:
    return "、".join(names[one] for one in people if one in names)
