"""What an inspection needs, and what may follow from it."""

from dataclasses import replace
from datetime import date

from services.pledge.inspection.domain import Inspection, Kind, Observation
from shared.errors import Invalid, RuleBroken

MOST = 1000


class BadInspection(Invalid):
    """检查记录填写有误。"""


class NothingToFollow(RuleBroken):
    """这条记录没有待整改的事项，或整改结果已经登记。"""


def obstacles(kind: Kind, size: int, listed: int, held_on: date, today: date) -> list[str]:
    """List everything that keeps an inspection from being entered."""
    found = []
    if held_on > today:
        found.append("检查日期不能晚于今天。")
    if kind is Kind.RANDOM and size < 1:
        found.append("请写明抽取几份。")
    if kind is Kind.RANDOM and not listed:
        found.append("所辖党组织本年度还没有已公示的承诺，无从抽取。")
    return found


def observe(inspection: Inspection, observation: Observation) -> Observation:
    """Judge what was found: with a day there is something to put right. Raises `BadInspection`."""
    found = []
    if not observation.text:
        found.append("请写明发现的情况。")
    if observation.follow_up_on and not observation.follow_up:
        found.append("写了整改期限的，请写明整改要求。")
    if observation.pledge_id and inspection.kind is Kind.RANDOM and observation.pledge_id not in inspection.drawn:
        found.append("所写的承诺不在抽取的样本中。")
    if found:
        raise BadInspection(details=found)
    return observation


def finish(observation: Observation, result: str, on: date, today: date) -> Observation:
    """Note what was put right. Raises `NothingToFollow`, `BadInspection`."""
    if not observation.open:
        raise NothingToFollow
    if not result or on > today:
        raise BadInspection(details=["请写明整改结果，日期不能晚于今天。"])
    return replace(observation, result=result, done_on=on)
