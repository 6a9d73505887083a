"""The winner is asked once, answers once, and is waited for until the last day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.notify.objection.domain import State
from services.notify.objection.rules import ObjectionDecidedAlready
from services.notify.reply import rules
from services.notify.reply.domain import Reply
from tests.unit.notify.test_objection_rules import HANDLER, NOW, objection

WINNER = uuid4()
LAST = date(2013, 4, 12)
DECIDED = replace(objection(), state=State.DISMISSED)


def reply(text: bytes | None = None) -> Reply:
    """Build a reply that was asked for."""
    one = uuid4()
    return Reply(one, one, WINNER, b"facts", HANDLER, NOW, LAST, text, NOW if text else None)


def test_the_winner_is_asked_once_and_not_about_what_is_decided() -> None:
    """Requirements 2.5."""
    rules.ask(objection(), None)
    with pytest.raises(rules.AskedAlready):
        rules.ask(objection(), reply())
    with pytest.raises(ObjectionDecidedAlready):
        rules.ask(DECIDED, None)


def test_nobody_but_the_winner_sees_the_question() -> None:
    """Requirements 2.5."""
    rules.check_own(reply(), WINNER)
    with pytest.raises(rules.NotYourReply):
        rules.check_own(reply(), HANDLER)


def test_an_answer_is_given_once_and_while_nothing_is_decided() -> None:
    """Requirements 2.5."""
    asked = reply()
    given = rules.answer(asked, objection(), b"words", NOW)
    assert given == replace(asked, text=b"words", replied_at=NOW)
    with pytest.raises(rules.RepliedAlready):
        rules.answer(given, objection(), b"others", NOW)
    with pytest.raises(ObjectionDecidedAlready):
        rules.answer(asked, DECIDED, b"words", NOW)


def test_a_decision_waits_for_the_answer_or_the_end_of_the_last_day() -> None:
    """Requirements 2.5."""
    rules.check_heard(None, LAST)
    rules.check_heard(reply(b"words"), LAST)
    rules.check_heard(reply(), LAST + timedelta(days=1))
    with pytest.raises(rules.ReplyAwaited) as refused:
        rules.check_heard(reply(), LAST)
    assert refused.value.details == ["说明期至2013-04-12。"]
