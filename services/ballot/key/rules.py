"""How many seats a key needs, when a key can be put together, and what ends a ceremony without one."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.ballot.key.domain import Ceremony, Offers, State, Step, Wanted
from services.ballot.protocol import ceremony as protocol
from services.ballot.protocol.trustees import Trustees
from shared.errors import RuleBroken
from shared.voting.group import Group

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=1)


class OfferContradicted(RuleBroken):
    """同一席位在同一次密钥生成中提出了两种内容。"""


def majority(seats: int) -> int:
    """Give how many of the seats suffice to decrypt: more than half, so that 2 of 3 do (DESIGN §6)."""
    return seats // 2 + 1


def complete(ceremony: Ceremony, offers: Offers) -> bool:
    """Say whether every seat has offered everything."""
    return all(set(offers[step]) >= set(ceremony.seats) for step in Step)


def make(group: Group, ceremony: Ceremony, offers: Offers, at: datetime) -> Ceremony:
    """Put the key together and check every proof in it; raises `AtFault`."""
    steps = (Step.CERTIFICATE, Step.COEFEXPS, Step.VERIFICATION)
    text = protocol.trustees_of(group, ceremony.threshold, *(offers[step] for step in steps))
    public_key = group.text(Trustees.parse(text, group).public_key)
    return replace(ceremony, state=State.MADE, trustees=text, public_key=public_key, ended_at=at)


def pause(failures: int) -> timedelta:
    """Give how long to wait after so many ceremonies of a period failed: twice as long each time, at most an hour."""
    return min(FIRST * (1 << min(max(failures - 1, 0), 20)), LONGEST)


def retire(ceremony: Ceremony, at: datetime) -> Ceremony:
    """End a key that stood: the seats erase their shares, and a later ballot of the period gets another."""
    return replace(ceremony, state=State.RETIRED, retired_at=at)


def is_due(wanted: Wanted, now: datetime) -> bool:
    """Say whether it is time to ask for a key anew."""
    return wanted.failed_at is None or now >= wanted.failed_at + pause(wanted.failures)


def fail(ceremony: Ceremony, accused: int, code: str, *, by: int, at: datetime) -> Ceremony:
    """End a ceremony without a key, naming the seat at fault and the seat that says so (0 is ballot)."""
    return replace(ceremony, state=State.FAILED, fault=f"{accused}:{code}:{by}", ended_at=at)
