"""Who has a new password from somebody else is told each time, and by mail whoever read it in the application."""

from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from services.notify.events import HANDLERS
from shared.events.roster import PasswordReset
from tests.integration.notify.desk import MONDAY, Desk
from tests.services import envelope
from tests.university import uid

RESET = {"person_id": uid("T003"), "by_id": uid("T042")}


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAIL_URL", f"file://{tmp_path}/mail")
    return tmp_path / "mail"


def reset(desk: Desk, at: datetime) -> None:
    with desk.service.connect() as conn:
        HANDLERS[PasswordReset](conn, replace(envelope(PasswordReset, **RESET), time=at))


def told(desk: Desk) -> list[tuple[object, ...]]:
    with desk.service.connect() as conn:
        return conn.execute("SELECT person_id, href FROM message WHERE kind = 'password_reset'").fetchall()


def test_the_person_alone_is_told_and_led_to_the_own_record(desk: Desk) -> None:
    reset(desk, MONDAY)
    ((person_id, href),) = told(desk)
    assert person_id == uid("T003")
    assert str(href).startswith("/roster/me?")


def test_a_second_reset_is_told_though_the_first_was_not_read(desk: Desk) -> None:
    reset(desk, MONDAY)
    reset(desk, MONDAY + timedelta(hours=1))
    assert len(told(desk)) == 2


def test_it_is_mailed_though_somebody_read_it_with_the_new_password(desk: Desk, outbox: Path) -> None:
    reset(desk, MONDAY)
    desk.post("/messages/read", "尤文静")
    desk.run_deadlines(MONDAY + timedelta(minutes=10))
    (mail,) = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in outbox.glob("*.eml")]
    assert mail["To"] == "t003@example.edu.cn"
    assert "如不是您本人要求的" in mail.get_content()
    assert "正在进行电子投票的，同时告诉监票人" in mail.get_content(), "decision 14: who has the password has the vote"
    assert "冯文员" not in mail.get_content()
