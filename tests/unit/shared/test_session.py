"""Sign-ins: only roster's key signs them, they end."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared import clock
from shared.auth import session
from tests.services import PRIVATE, PUBLIC
from tests.university import TENANT, uid


def token(key: str = PRIVATE) -> str:
    return session.issue(key, tenant_id=TENANT, person_id=uid("T001"), epoch=3)


def test_a_signed_token_names_person_tenant_and_epoch() -> None:
    claims = session.verify(PUBLIC, token())
    assert (claims["sub"], claims["tenant"], claims["epoch"]) == (str(uid("T001")), str(TENANT), 3)


def test_who_knows_a_password_that_another_set_is_told_apart() -> None:
    """Whoever set it knows it too: until it is changed the token opens little."""
    given = session.issue(PRIVATE, tenant_id=TENANT, person_id=uid("T001"), epoch=3, must_change=True)
    assert session.verify(PUBLIC, given)["must_change"] is True
    assert "must_change" not in session.verify(PUBLIC, token())


@pytest.mark.parametrize("lacking", ["exp", "sub"])
def test_a_token_without_an_end_or_a_person_is_void(lacking: str) -> None:
    claims = {"sub": str(uid("T001")), "exp": int((clock.real() + session.LASTS).timestamp())}
    key = OKPKey.import_key(PRIVATE)
    for kept, good in ((claims, True), ({name: one for name, one in claims.items() if name != lacking}, False)):
        made = jwt.encode({"alg": session.ALGORITHM}, kept, key, algorithms=[session.ALGORITHM])
        if good:
            assert session.verify(PUBLIC, made)["sub"] == str(uid("T001"))
            continue
        with pytest.raises(session.SessionOver):
            session.verify(PUBLIC, made)


def test_a_token_of_another_key_is_void() -> None:
    other = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, token(other.decode()))


def test_a_token_ends_after_twelve_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.real()
    monkeypatch.setattr(clock, "real", lambda: moment)
    made = token()
    claims = session.verify(PUBLIC, made)
    assert (claims["iat"], claims["exp"]) == (int(moment.timestamp()), int(moment.timestamp()) + 12 * 3600)
    monkeypatch.setattr(clock, "real", lambda: moment + session.LASTS - timedelta(seconds=1))
    assert session.verify(PUBLIC, made)["epoch"] == 3
    monkeypatch.setattr(clock, "real", lambda: moment + session.LASTS + timedelta(seconds=1))
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, made)


def test_travelling_does_not_end_a_sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = token()
    (tmp_path / "clock").write_text(str(40 * 86400))
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    assert clock.now() - clock.real() > timedelta(days=39)
    assert session.verify(PUBLIC, made)["epoch"] == 3


def header(fields: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=") + ".e30.AAAA"


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "\ud800.a.b", header([]), header("x")])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, text)


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "x", [], [1], [None], ["x"], {}, {"a": 1}])
@pytest.mark.parametrize("name", ["alg", "crit", "b64", "kid", "typ", "jwk", "zip"])
def test_a_header_that_somebody_made_up_is_no_sign_in_and_no_fault_of_ours(name: str, value: object) -> None:
    """Anybody can send any cookie."""
    with pytest.raises(session.SessionOver):
        session.verify(PUBLIC, header({"alg": session.ALGORITHM, name: value}))
