"""How many seats a key needs, when a key can be put together, and what ends a ceremony without one."""

from dataclasses import replace
from datetime import datetime

from services.ballot.key.domain import Ceremony, Offers, State, Step
from services.ballot.protocol import ceremony as protocol
from services.ballot.protocol.trustees import Trustees
from shared.errors import RuleBroken
from shared.voting.group import Group


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


def fail(ceremony: Ceremony, accused: int, code: str, *, by: int, at: datetime) -> Ceremony:
    """End a ceremony without a key, naming the seat at fault and the seat that says so (0 is ballot)."""
    return replace(ceremony, state=State.FAILED, fault=f"{accused}:{code}:{by}", ended_at=at)
