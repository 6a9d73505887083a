"""Which calls can be carried out: every fault by itself, of tellers, candidates, places and credentials."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.ballot.ballot import rules
from services.ballot.ballot.domain import Annulment, State
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.papers import AT, FIRST, SECOND, ballot, candidates

LISTED = sorted(GROUP.text(GROUP.power(GROUP.g, each)) for each in (3, 5, 7))


def faults(**changes: Any) -> list[str]:
    given = {"channel": "paper", "tellers": [FIRST, SECOND], "candidates": candidates(), "places": 1, **changes}
    try:
        rules.check_call(**given)
    except rules.BallotCannotBeCalled as refused:
        return list(refused.details)
    return []


def test_a_call_in_order_is_taken_on_paper_and_electronically() -> None:
    """R-130"""
    assert faults() == []
    assert faults(candidates=candidates(1), places=1) == []
    for channel in ("electronic", "mixed"):
        assert faults(channel=channel, credentials=LISTED) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tellers": [FIRST]}, "监票人须为两名不同的人。"),
        ({"tellers": [FIRST, FIRST]}, "监票人须为两名不同的人。"),
        ({"tellers": [FIRST, SECOND, UUID(int=9)]}, "监票人须为两名不同的人。"),
        ({"tellers": [FIRST, SECOND, FIRST]}, "监票人须为两名不同的人。"),
        ({"tellers": [FIRST, candidates()[0].person_id]}, "候选人不得担任监票人。"),
        ({"candidates": []}, "没有候选人。"),
        ({"candidates": candidates() + candidates(1)}, "同一候选人在选票上出现了两次。"),
        ({"places": 0}, "名额须为正整数。"),
        ({"channel": "pigeon"}, "不能办理“pigeon”方式的投票。"),
        ({"credentials": LISTED}, "纸质投票不发电子投票凭证。"),
        ({"channel": "electronic"}, "电子投票没有投票凭证。"),
        ({"channel": "mixed", "credentials": [LISTED[0], *LISTED]}, "同一电子投票凭证出现了两次。"),
        ({"channel": "electronic", "credentials": LISTED[::-1]}, "电子投票凭证须按文字排序，不得保留选民的次序。"),
        ({"channel": "electronic", "credentials": sorted([*LISTED, "1"])}, "电子投票凭证不合格式。"),
        ({"channel": "electronic", "credentials": sorted([*LISTED, "2"])}, "电子投票凭证不合格式。"),
        ({"channel": "electronic", "credentials": sorted([*LISTED, "甲"])}, "电子投票凭证不合格式。"),
    ],
)
def test_each_fault_of_a_call_is_named_alone(changes: dict[str, Any], said: str) -> None:
    """R-130, requirements 2.3"""
    assert faults(**changes) == [said]


def test_an_annulment_says_why_by_whom_and_when_and_leaves_the_numbers() -> None:
    """requirements 2.3"""
    counted = ballot(state=State.COUNTED, present=12, issued=12, returned=12, valid=11, invalid=1, abstained=0)
    void = rules.annul(counted, Annulment.DECISION, "程序有误", by=FIRST, at=AT)
    assert void == replace(
        counted, state=State.ANNULLED, annulment=str(Annulment.DECISION), statement="程序有误", annulled_by=FIRST,
        annulled_at=AT,
    )  # fmt: skip
