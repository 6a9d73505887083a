"""A draft on its page: what keeps it from being handed in, and its deletion; and a university without a scheme."""

import re
from collections.abc import Callable

import pytest

from tests.integration.pledge.test_pledge_pages import post
from tests.integration.pledge.writing import HEADLINE, YEAR, submitted
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def test_who_finds_no_scheme_is_led_to_the_schemes(pledge: Service, university: University) -> None:
    with pledge.connect() as conn:
        conn.execute("DELETE FROM adoption")
    page = pledge.client(university.people["尤文静"]).get("/pledge/")
    assert page.status_code == 409
    assert 'href="/roster/schemes/"' in page.text


def test_what_keeps_a_draft_from_being_handed_in_stays_on_its_page(pledge: Service, university: University) -> None:
    """R-030: a sentence of 73 characters would be refused whenever one tried; what helps is to change it."""
    me = university.people["尤文静"]
    place = post(pledge, me, "/pledge/pledges/", headline="诺" * 73, year=YEAR)
    client = pledge.client(me)
    client.get(place)  # shows what was refused once
    page = client.get(place).text
    assert "一句话承诺共73个字，超过60个字。" in page
    assert f'action="{place}/submit"' not in page
    assert re.search(f'class="btn btn-primary" href="{place}/edit"', page)
    post(pledge, me, place, headline=HEADLINE, then="draft")
    mended = client.get(place).text
    assert f'action="{place}/submit"' in mended
    assert "还不能提交审诺" not in mended


def test_a_draft_that_was_never_handed_in_is_deleted_and_leaves_nothing(
    pledge: Service, university: University
) -> None:
    me, other = university.people["尤文静"], university.people["毛建国"]
    place = post(pledge, me, "/pledge/pledges/", headline=HEADLINE, year=YEAR, then="draft", item_content="答疑1次")
    page = pledge.client(me).get(place).text
    assert f'action="{place}/discard"' in page
    assert f'action="{place}/withdraw"' not in page
    assert pledge.client(other).post(f"{place}/discard").status_code == 403
    assert post(pledge, me, f"{place}/discard") == "/pledge/"
    assert pledge.client(me).get(place).status_code == 404
    with pledge.connect() as conn:
        kept = conn.execute("SELECT (SELECT count(*) FROM pledge) + (SELECT count(*) FROM pledge_item)").fetchone()
    assert kept == (0,)


def test_what_was_handed_in_is_taken_back_not_deleted(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = submitted(pledge, me)
    client = pledge.client(me)
    assert "删除草稿" not in client.get(f"/pledge/pledges/{pledge_id}").text
    assert client.delete(f"/pledge/api/pledges/{pledge_id}").json["code"] == "already_sent"
    assert client.get(f"/pledge/pledges/{pledge_id}").status_code == 200
