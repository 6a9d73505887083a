"""Who may give an opinion and how often, and who may read and answer it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.pledge.opinion.domain import Opinion, Said
from shared.errors import Invalid, NotAllowed, NotFound, Refusal, RuleBroken

LONGEST = 1000
PER_HOUR = {True: 400, False: 300}
"""Opinions by the page, signed and unsigned, that one organisation takes within an hour from everybody together."""


class OpinionNotFound(NotFound):
    """没有这条意见。"""


class ReceiptUnknown(NotFound):
    """没有与此查询码相符的意见，请核对后再试。"""


class SubjectNeeded(Invalid):
    """请指明对哪份承诺或哪个党组织提意见。"""


class SignatureNeeded(Invalid):
    """按本方案，意见须署名，请填写姓名和联系方式。"""


class ContactNeeded(Invalid):
    """署名的，请同时填写姓名和联系方式；不愿署名的，两项都不填。"""


class NotReceivedYet(Invalid):
    """收到日期不能晚于今天。"""


class TooManyOpinions(Refusal):
    """短时间内收到的意见太多，请稍后再试，或投入意见箱。"""

    status = 429


class ConcernsYou(NotAllowed):
    """这条意见是对您本人的承诺提的，请由其他支部委员或上级党组织处理。"""


class AnsweredAlready(RuleBroken):
    """这条意见已经答复。"""


def check_said(said: Said, *, signed_only: bool) -> bool:
    """Say whether an opinion is signed. Raises `SignatureNeeded`, `ContactNeeded`."""
    if bool(said.name) != bool(said.contact):
        raise ContactNeeded
    if signed_only and not said.name:
        raise SignatureNeeded
    return bool(said.name)


def check_flood(recent: int, *, signed: bool) -> None:
    """Refuse when an organisation took too many within the hour. Raises `TooManyOpinions`."""
    if recent >= PER_HOUR[signed]:
        raise TooManyOpinions


def check_received(received_on: date, today: date) -> None:
    """Refuse a paper that would come from the future. Raises `NotReceivedYet`."""
    if received_on > today:
        raise NotReceivedYet


def check_impartial(person_id: UUID, pledgers: Collection[UUID]) -> None:
    """Refuse who made the pledge as the one who answers. Raises `ConcernsYou`."""
    if person_id in pledgers:
        raise ConcernsYou


def answer(opinion: Opinion, text: bytes, by: UUID, at: datetime) -> Opinion:
    """Answer an opinion, once. Raises `AnsweredAlready`."""
    if opinion.answered_at is not None:
        raise AnsweredAlready
    return replace(opinion, answer=text, answered_by=by, answered_at=at)
