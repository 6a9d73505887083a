"""Messages name nobody; mail rests at night and is tried again ever more slowly."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.message import rules
from services.notify.message.domain import TEXTS, Kind, Mail, Message
from services.notify.message.mailing import compose
from shared import clock

SOMEBODY, ANOTHER = UUID(int=1), UUID(int=2)
AT = datetime(2013, 4, 8, 2, tzinfo=UTC)


def message(kind: Kind = Kind.FILING_SUBMITTED, **changes: str) -> Message:
    return Message(SOMEBODY, UUID(int=3), SOMEBODY, kind, changes.get("href", "/notify/filings/1"), AT, None)


def mail(address: str = "a@example.edu.cn") -> Mail:
    return Mail(SOMEBODY, UUID(int=9), SOMEBODY, address, 0, AT)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(21, False), (22, True), (23, True), (0, True), (6, True), (7, False), (12, False)]
)
def test_no_mail_from_ten_at_night_to_seven(hour: int, quiet: bool) -> None:
    """requirements 4.6: quiet hours, by the clock of Asia/Shanghai."""
    assert rules.is_quiet(datetime(2013, 4, 8, hour, 59, tzinfo=clock.SHANGHAI)) is quiet


@given(st.integers(1, 20))
def test_each_pause_is_longer_than_the_last_until_the_mail_is_given_up(attempts: int) -> None:
    before, after = rules.next_try(attempts, AT), rules.next_try(attempts + 1, AT)
    assert (before is not None) == (attempts <= len(rules.PAUSES))
    if before and after:
        assert timedelta() < before - AT < after - AT


def test_every_kind_has_a_text_of_its_own_words() -> None:
    """requirements 2.10: no names, results or findings; nothing is filled into a text."""
    assert set(TEXTS) == set(Kind)
    for text in TEXTS.values():
        assert "{" not in text
        assert not any(word in text for word in ("情形", "认定", "处分", "信访", "票数", "当选", "落选", "取消"))


def test_a_message_is_read_by_its_person_only() -> None:
    rules.check_own(message(), SOMEBODY)
    with pytest.raises(rules.NotYours):
        rules.check_own(message(), ANOTHER)


def test_a_mail_gathers_messages_under_its_own_id() -> None:
    written = compose(mail(), [message(), message(Kind.HEARING_OPENED, href="/evaluation/findings/2")], "http://x.cn")
    assert written["Subject"] == "闪光：您有2条消息"
    assert written["Message-ID"] == f"<{UUID(int=9)}@x.cn>"
    text = written.get_content()
    assert "1. 有新报送的备案材料，请办理。\n2. 有一件与您有关的事项请您答复。\n" in text


@pytest.mark.parametrize("kind", list(Kind))
def test_a_mail_says_no_more_of_what_happened_than_its_neutral_sentence(kind: Kind) -> None:
    """requirements 2.10: whoever sees the mail learns of no finding and no objection."""
    text = compose(mail(), [message(kind, href="/evaluation/findings/2")], "https://x.cn").get_content()
    assert re.findall(r"https?://\S+", text) == ["https://x.cn/notify/messages/"]
    assert "findings" not in text


def test_an_address_that_would_add_a_line_is_refused() -> None:
    with pytest.raises(ValueError):
        compose(mail("a@x.cn\nBcc: b@x.cn"), [message()], "http://x.cn")
