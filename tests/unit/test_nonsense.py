"""What of all nonsense is sent in one run: some of each page's, the same for the same day, all when asked."""

from collections import Counter

import pytest

from tests import nonsense

NAMES = {"name", "period"}


def sent(page: str) -> list[str]:
    return nonsense.some(nonsense.queries(NAMES), page)


@pytest.fixture(autouse=True)
def some_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonsense, "ALL", False)


def test_a_day_sends_each_page_its_own_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonsense, "SEED", "2013-04-01")
    assert len(sent("GET /a")) == nonsense.SOME
    assert sent("GET /a") == sent("GET /a") != sent("GET /b")


def test_over_the_days_everything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Counter[str] = Counter()
    for day in range(200):
        monkeypatch.setattr(nonsense, "SEED", str(day))
        found.update(sent("GET /a"))
    assert found.keys() == set(nonsense.queries(NAMES))


def test_all_are_sent_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonsense, "ALL", True)
    assert sent("GET /a") == list(nonsense.queries(NAMES))
