"""Mail about what is unread goes out in the daytime, together, once, and holds nothing up."""

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from services.notify.events import HANDLERS
from services.notify.message import gateway, mailing, rules
from services.notify.message.domain import Outcome
from shared.events import Event
from shared.events.notify import (
    FilingReturned,
    FilingSubmitted,
)
from tests.integration.notify.desk import MONDAY, Desk
from tests.integration.notify.facts import FILING
from tests.rows import one
from tests.services import envelope
from tests.university import uid


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let mail leave into a folder."""
    monkeypatch.setenv("MAIL_URL", f"file://{tmp_path}/mail")
    monkeypatch.setenv("BASE_URL", "http://shanguang.example.edu.cn")
    return tmp_path / "mail"


def tell(desk: Desk, at: datetime, *events: type[Event]) -> None:
    """Let a filing's events happen at a moment."""
    for event in events:
        with desk.service.connect() as conn:
            HANDLERS[event](conn, replace(envelope(event, **FILING), time=at))


def test_messages_of_a_few_minutes_go_in_one_mail(desk: Desk, outbox: Path) -> None:
    """requirements 4.6: digest instead of one by one; 2.10: neutral, with a link."""
    tell(desk, MONDAY, FilingReturned)
    assert desk.run_deadlines(MONDAY + timedelta(minutes=2)) == 0
    tell(desk, MONDAY + timedelta(minutes=2), FilingSubmitted)
    with desk.service.connect() as conn:
        conn.execute("UPDATE message SET person_id = %s WHERE kind = 'filing_submitted'", [uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=3))
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(outbox.glob("*.eml"))]
    assert {mail["To"]: mail["Subject"] for mail in mails} == {
        "t041@example.edu.cn": "闪光：您有2条消息",
        "t042@example.edu.cn": "闪光：您有1条消息",
    }
    for mail in mails:
        text = mail.get_content()
        assert re.findall(r"http\S+", text) == ["http://shanguang.example.edu.cn/notify/messages/"]
        assert not any(name in text for name in desk.university.people)
    assert desk.run_deadlines(MONDAY + timedelta(minutes=30)) == 0


def test_no_mail_goes_out_at_night(desk: Desk, outbox: Path) -> None:
    night = MONDAY.replace(hour=23)
    tell(desk, night, FilingReturned)
    assert desk.run_deadlines(night + timedelta(minutes=10)) == 0
    desk.run_deadlines((night + timedelta(days=1)).replace(hour=7, minute=0))
    assert len(list(outbox.glob("*.eml"))) == 2


def test_what_was_read_or_has_no_address_is_not_mailed(desk: Desk, outbox: Path) -> None:
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = '' WHERE id = %s", [uid("T041")])
    desk.post("/messages/read", "冯文员")
    desk.run_deadlines(MONDAY + timedelta(minutes=10))
    assert not outbox.exists()


def test_a_mail_that_cannot_leave_is_tried_again_later_and_given_up_at_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_URL", "smtp://127.0.0.1:1")
    tell(desk, MONDAY, FilingSubmitted)
    moment = MONDAY + timedelta(minutes=5)
    desk.run_deadlines(moment)
    assert row(desk) == ("waiting", 1, "ConnectionRefusedError")
    assert desk.run_deadlines(moment + timedelta(seconds=30)) == 0
    for day in range(1, 8):
        desk.run_deadlines(moment + timedelta(days=day))
    assert row(desk) == ("failed", 8, "ConnectionRefusedError")


def row(desk: Desk) -> tuple[Any, ...]:
    with desk.service.connect() as conn:
        found: tuple[Any, ...] = one(conn.execute("SELECT state, attempts, fault FROM mail"))
    return found


class Postman(socketserver.StreamRequestHandler):
    """An SMTP server that knows the addresses of example.edu.cn."""

    taken: list[str] = []

    def handle(self) -> None:
        """Speak the protocol."""
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                self.say("250 ok" if "@example.edu.cn" in line else "550 nobody of that name")
            elif verb == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.taken.append(b"".join(lines).decode())
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        """Answer."""
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Run an SMTP server; give what it took."""
    Postman.taken = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
        yield Postman.taken
        server.shutdown()


def test_mail_leaves_through_a_mail_server(desk: Desk, postman: list[str]) -> None:
    tell(desk, MONDAY, FilingSubmitted)
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    assert len(postman) == 1
    assert row(desk) == ("sent", 1, "")


def test_a_mail_that_the_server_refuses_is_given_up_and_the_others_go(desk: Desk, postman: list[str]) -> None:
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = 'x@nowhere.invalid' WHERE id = %s", [uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    assert len(postman) == 1
    with desk.service.connect() as conn:
        found: dict[str, str] = dict(conn.execute("SELECT state, fault FROM mail").fetchall())
    assert found == {"sent": "", "failed": "SMTP 550"}


@pytest.mark.parametrize("address", ["zhang@", " .@x.cn", "a@b@c", "@", "张三", "<", "a b@x.cn\r\nX: y"])
def test_an_address_that_is_none_fails_alone(desk: Desk, outbox: Path, address: str) -> None:
    """requirements 4.6: what was stored before addresses were checked holds up no other mail and sends none twice."""
    tell(desk, MONDAY, FilingReturned)
    with desk.service.connect() as conn:
        conn.execute("UPDATE person SET email = %s WHERE id = %s", [address, uid("T041")])
    desk.run_deadlines(MONDAY + timedelta(minutes=5))
    with desk.service.connect() as conn:
        found: dict[str, str] = dict(
            conn.execute("SELECT address, (state, attempts, fault)::text FROM mail").fetchall()
        )
    assert found[address] in {"(failed,1,address)", '(sent,1,"")'}
    assert found["t042@example.edu.cn"] == '(sent,1,"")'
    assert desk.run_deadlines(MONDAY + timedelta(minutes=25)) == 0


def test_nothing_is_locked_while_a_mail_server_is_spoken_to(desk: Desk, outbox: Path) -> None:
    """Decision 10: a mail that one process claimed is nobody else's, and the claim is kept before anything is sent."""
    tell(desk, MONDAY, FilingSubmitted)
    now = MONDAY + timedelta(minutes=5)
    with desk.service.connect() as conn:
        mailing.gather(conn, now)
    with desk.service.connect() as conn:
        letters = mailing.claim(conn, now)
    with desk.service.connect() as conn:
        assert mailing.claim(conn, now) == []
    outcomes = mailing.send(letters)
    with desk.service.connect() as conn:
        mailing.note(conn, outcomes, now)
    assert row(desk) == ("sent", 1, "")
    assert [path.stem for path in outbox.glob("*.eml")] == [str(letters[0].mail.id)]


def test_a_mail_of_a_process_that_died_is_taken_over_and_only_the_new_holder_speaks_for_it(
    desk: Desk, outbox: Path
) -> None:
    tell(desk, MONDAY, FilingSubmitted)
    claimed_at = MONDAY + timedelta(minutes=5)
    later = claimed_at + rules.CLAIM
    with desk.service.connect() as conn:
        mailing.gather(conn, claimed_at)
        letters = mailing.claim(conn, claimed_at)
    assert desk.run_deadlines(later - timedelta(seconds=1)) == 0
    assert desk.run_deadlines(later) == 1
    with desk.service.connect() as conn:
        mailing.note(conn, [Outcome(letters[0].mail, "ConnectionResetError", again=True)], claimed_at)
    assert row(desk) == ("sent", 1, "")
    assert len(list(outbox.glob("*.eml"))) == 1


def test_a_mail_address_of_another_kind_is_a_defect() -> None:
    with pytest.raises(ValueError, match="gopher"), gateway.open_gateway("gopher://x"):
        pass
