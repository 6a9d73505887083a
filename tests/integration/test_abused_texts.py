"""Markup and SQL stay texts, and a request's number serves one person for one matter."""

from collections.abc import Callable
from typing import Any

from tests.integration.abuse import contents, entries, faults
from tests.services import Service
from tests.university import uid


def test_markup_and_sql_in_a_text_are_stored_as_they_are_and_shown_as_text(service: Callable[[str], Service]) -> None:
    text = "<script>alert(1)</script><img src=x onerror=alert(2)>'; DROP TABLE deed; -- {{ 7*7 }} %(x)s %s"
    made = service("evaluation")
    client: Any = made.client(uid("T003"))
    address, body, key = entries("evaluation")[0]
    answer = client.post(address, json={**body, key: text})
    assert answer.status_code == 201, answer.json
    assert client.get(f"{address}?period=2013Q1").json[0]["text"] == text
    page = client.get(f"/evaluation/register/deeds/{answer.json['id']}")
    assert page.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "{{ 7*7 }}" in page.text


def test_markup_in_the_name_of_an_organisation_is_shown_as_text(service: Callable[[str], Service]) -> None:
    made = service("roster")
    client: Any = made.client(uid("T053"))
    address, body, key = entries("roster")[0]
    answer = client.post(address, json={**body, key: "<script>alert(1)</script>党支部"})
    assert answer.status_code == 201, answer.json
    for path in ("/roster/organizations/", f"/roster/organizations/{answer.json['id']}"):
        page = client.get(path)
        assert "&lt;script&gt;alert(1)" in page.text, path
        assert "<script>alert" not in page.text, path


def test_a_request_s_number_serves_for_one_matter_only(service: Callable[[str], Service]) -> None:
    """R-204: the same key on another route is refused; on the same route it has one effect."""
    made = service("roster")
    client: Any = made.client(uid("T053"))
    address, body, key = entries("roster")[0]
    headers = {"Idempotency-Key": "one"}
    first = client.post(address, json={**body, key: "新党支部"}, headers=headers)
    again = client.post(address, json={**body, key: "新党支部"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    before = contents(made)
    other = client.post(f"{address}/{first.json['id']}/close", headers=headers)
    assert faults(other, 422) == ""
    assert other.json["code"] == "request_reused"
    assert contents(made) == before


def test_a_request_s_number_of_one_person_is_not_another_s(service: Callable[[str], Service]) -> None:
    made = service("evaluation")
    address, body, key = entries("evaluation")[0]
    answers: list[Any] = [
        made.client(uid(number)).post(address, json={**body, key: "帮助同事"}, headers={"Idempotency-Key": "one"})
        for number in ("T003", "T004")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["id"] != answers[1].json["id"]
