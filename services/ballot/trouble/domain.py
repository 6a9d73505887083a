"""Which steps can fail, what their tellers are told, and after which pause a step is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=10)


class Step(StrEnum):
    """A step that no person takes."""

    CLOSE = "close"
    SEAL = "seal"
    COUNT = "count"


SENTENCES = {
    Step.CLOSE: "投票已到截止时间，系统没有能够自动结束，正在反复重试；监票人也可以现在结束投票。请告诉管理员。",
    Step.SEAL: "票箱没有能够封存，系统正在反复重试。选票都在票箱里，不会丢失；请告诉管理员查看运行日志。",
    Step.COUNT: "各席已经解密，系统没有能够写成计票结果，正在反复重试。选票和解密都在，不会丢失；请告诉管理员。",
}
IMPOSSIBLE = "ResultImpossible"
FORGED = (
    "解密得出的数字不可能出自票箱里的选票，没有采用。请立即告诉管理员，核对各席密钥持有者和选票档案；"
    "查不出原因的，由书记宣布本次投票作废、重新投票。"
)
"""Said only where the numbers themselves are wrong: it casts doubt on people."""


@dataclass(frozen=True)
class Trouble:
    """A step that failed."""

    tenant_id: UUID
    ballot_id: UUID
    step: Step
    code: str
    """the name of the error"""
    tries: int
    since: datetime
    again_at: datetime

    @property
    def sentence(self) -> str:
        """Say what happened and what to do."""
        return FORGED if self.step is Step.COUNT and self.code == IMPOSSIBLE else SENTENCES[self.step]


def pause(tries: int) -> timedelta:
    """Give how long a step rests that failed so many times: twice as long each time, at most ten minutes."""
    return min(FIRST * (1 << min(tries - 1, 20)), LONGEST)
