"""The slot of the box answers as the route behind it does, and leaves to the route whatever is not the usual ballot."""

from typing import Any

import psycopg
import pytest

from services.ballot.box.line import Line
from services.ballot.box.slot import Slot
from tests.integration.ballot.boxes import Voted, electronic
from tests.services import Service

ROUTE = "application/json; charset=utf-8"
"""A content type that is as lawful as the usual one and that the slot leaves to the route."""


@pytest.fixture
def voted(ballot: Service) -> Voted:
    return electronic(ballot).begin()


class Passed(Exception):  # noqa: N818 — says where a request went
    """The request went on to the application."""


@pytest.fixture
def alone(voted: Voted, monkeypatch: pytest.MonkeyPatch) -> Voted:
    """Let nothing stand behind the slot."""

    def behind(*_: Any) -> Any:
        raise Passed

    voted.facts()
    slot = voted.service.app.wsgi_app
    assert isinstance(slot, Slot)
    monkeypatch.setattr(slot, "_application", behind)
    return voted


def test_the_usual_ballot_is_taken_without_the_application(alone: Voted) -> None:
    """R-130: and it lies before the box, once."""
    body = alone.make(0, 0)
    first, again = alone.hand_in(body), alone.hand_in(body)
    assert first.json == again.json == {"tracker": first.json["tracker"], "state": "waiting", "code": ""}
    assert alone.verify() == 1


def test_the_slot_and_the_route_answer_alike(voted: Voted) -> None:
    body = voted.make(0, 0)
    client = voted.service.app.test_client()
    slot: Any = voted.hand_in(body)
    route: Any = client.post(voted.box, data=body, content_type=ROUTE)
    assert (slot.status, slot.json) == (route.status, route.json)
    shown = [{name: value for name, value in each.headers if name != "Content-Length"} for each in (slot, route)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "unusual",
    [
        {"content_type": ROUTE},
        {"method": "PUT"},
        {"environ_overrides": {"CONTENT_LENGTH": None}},
        {"environ_overrides": {"CONTENT_LENGTH": "9" * 5000}},
        {"environ_overrides": {"CONTENT_LENGTH": "²"}},
        {"headers": {"Transfer-Encoding": "chunked"}},
        {"path": "/ballot/api/box/2dd0ce3e-1e6c-4d2c-8f35-6d1b6f9c3f58"},
        {"path": "/ballot/api/box/2DD0CE3E-1E6C-4D2C-8F35-6D1B6F9C3F58"},
        {"path": "/ballot/api/box/"},
    ],
    ids=str,
)
def test_what_is_unusual_goes_on(alone: Voted, unusual: dict[str, Any]) -> None:
    request = {"path": alone.box, "method": "POST", "data": b"{}", "content_type": "application/json", **unusual}
    with pytest.raises(Passed):
        alone.service.app.test_client().open(**request)


def test_a_body_longer_than_any_ballot_goes_on_unread(alone: Voted) -> None:
    with pytest.raises(Passed):
        alone.hand_in(b" " * (alone.facts().limit + 1))


def test_where_the_database_is_away_the_route_says_so(voted: Voted, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-130: nothing is said to be taken that is not, and the refusal is the usual one."""

    def away(*_: Any, **__: Any) -> str:
        raise psycopg.OperationalError("the server closed the connection")

    body = voted.make(0, 0)
    monkeypatch.setattr(Line, "receive", away)
    answer = voted.hand_in(body)
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "unavailable", "5")
    assert voted.verify() == 0
