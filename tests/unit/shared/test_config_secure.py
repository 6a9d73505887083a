"""Cookies travel by https only wherever users come by https, even if the operator forgot to say so twice."""

import pytest

from shared import config


@pytest.mark.parametrize(
    ("address", "secure", "found"),
    [
        ("https://sg.example.edu.cn", "", True),
        ("HTTPS://sg.example.edu.cn/", "0", True),
        ("http://127.0.0.1:8080", "1", True),
        ("http://127.0.0.1:8080", "0", False),
        ("", "", False),
    ],
)
def test_cookies_are_secure_where_the_address_is_https(
    monkeypatch: pytest.MonkeyPatch, address: str, secure: str, found: bool
) -> None:
    for name in ("AMQP_URL", "DATABASE_URL", "SECRET_KEY", "SESSION_PUBLIC_KEY", "DATA_KEYS"):
        monkeypatch.delenv(f"{name}_FILE", raising=False)
        monkeypatch.setenv(name, "x")
    for name, value in (("BASE_URL", address), ("SECURE", secure)):
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("TRUSTEE_SEAT", raising=False)
    assert config.load("pledge").secure is found
