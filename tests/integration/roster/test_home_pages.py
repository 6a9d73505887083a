"""The first page and the workbench."""

from collections.abc import Callable

import pytest

from tests.services import Service
from tests.university import University


@pytest.mark.parametrize("path", ["/", "/roster/"])
def test_a_stranger_is_told_what_this_is(service: Callable[[str], Service], path: str) -> None:
    page = service("roster").client().get(path)
    assert page.status_code == 200
    assert "/notify/board/" in page.text
    assert "/roster/sign-in" in page.text
    assert "无记名投票" in page.text


def test_the_workbench_loads_the_tasks_of_every_service(
    service: Callable[[str], Service], university: University
) -> None:
    page = service("roster").client(university.people["王一鸣"]).get("/").text
    for name in ("evaluation", "ballot", "notify", "roster", "pledge"):
        assert f'data-fragment="/{name}/tasks"' in page
        assert f'href="/{name}/tasks"' in page  # for a browser without scripts
    assert 'data-fragment="/notify/messages/count"' in page
    assert "党支部书记" in page
    assert "金融学院教工党支部" in page


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("钱多", {"/evaluation/register/"}, {"/notify/filings/", "/roster/schemes/", "/roster/imports/"}),
        ("王一鸣", {"/evaluation/meetings/", "/roster/organizations/"}, {"/notify/filings/", "/roster/imports/"}),
        ("郑总", {"/notify/filings/", "/roster/schemes/"}, {"/roster/imports/"}),
        ("陈部长", {"/notify/filings/", "/roster/schemes/", "/roster/imports/"}, set()),
        ("韩群众", {"/notify/board/"}, {"/evaluation/register/", "/evaluation/awards/", "/roster/organizations/"}),
    ],
)
def test_everybody_sees_the_few_entries_that_the_roles_need(
    service: Callable[[str], Service], university: University, name: str, shown: set[str], hidden: set[str]
) -> None:
    page = service("roster").client(university.people[name]).get("/roster/").text
    assert {href for href in shown if f'href="{href}"' not in page} == set()
    assert {href for href in hidden if f'href="{href}"' in page} == set()


def test_a_sign_in_that_ran_out_shows_the_first_page(service: Callable[[str], Service], university: University) -> None:
    client = service("roster").client(university.people["王一鸣"])
    with service("roster").connect() as conn:
        conn.execute("UPDATE person SET session_epoch = 2 WHERE id = %s", [university.people["王一鸣"]])
    assert "登录办事" in client.get("/").text
