"""Sign-ins: only roster's key signs them, they end."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared import clock
from shared.auth import session
from tests.services import PRIVATE, PUBLIC
from tests.university import TENANT, uid


def token(key: str = PRIVATE) -> str:
    return session.issue(key, tenant_id=TENANT, person_id=uid("T001"), epoch=3)


def test_a_signed_token_names_person_tenant_and_epoch() -> None:
    claims = session.verify(PUBLIC, token())
    assert (claims["sub"], claims["tenant"], claims["epoch"]) == (str(uid("T001")), str(TENANT), 3)


def test_a_token_of_another_key_is_void() -> None:
    other = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, token(other.decode()))


def test_a_token_ends_after_twelve_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    made = token()
    later = clock.real() + session.LASTS + timedelta(seconds=1)
    monkeypatch.setattr(clock, "real", lambda: later)
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, made)


def test_travelling_does_not_end_a_sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = token()
    (tmp_path / "clock").write_text(str(40 * 86400))
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    assert clock.now() - clock.real() > timedelta(days=39)
    assert session.verify(PUBLIC, made)["epoch"] == 3


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, text)
