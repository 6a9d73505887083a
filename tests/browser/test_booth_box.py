"""The booth before the real box: what a phone encrypts is received, verified, put into the chain and found again."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.serving import make_server

from services.ballot.box import verifying
from services.ballot.key import store as keys
from services.ballot.key.domain import Ceremony, State
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol import trustees
from shared import clock
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from shared.voting.roll import fingerprint
from tests.browser.cast import PHONE, Person
from tests.browser.look import picture
from tests.integration.ballot.calls import FIRST, Called, call
from tests.services import Service
from tests.university import TENANT

SECRET = 20130401
PERIOD = "2013Q1"


@dataclass
class Open:
    """An open electronic ballot, the codes of its electors, and where it is served."""

    called: Called
    codes: list[str]
    base: str

    @property
    def path(self) -> str:
        return f"/ballot/box/{self.called.id}"

    def verify(self) -> int:
        """Do what a verification worker does when it is woken."""
        with self.called.service.connect() as conn:
            return verifying.verify(conn, TENANT, self.called.id)

    def weights(self, text: str) -> list[int]:
        """Decrypt a ballot."""
        with self.called.service.connect() as conn:
            found = conn.execute("SELECT election FROM box WHERE ballot_id = %s", [self.called.id]).fetchone()
        assert found is not None
        answer = ballots.read(elections.parse(found[0]), text).answers[0]
        plain = [GROUP.multiply(each.beta, GROUP.invert(GROUP.power(each.alpha, SECRET))) for each in answer.choices]
        return [(1, GROUP.g).index(each) for each in plain]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def make_key(service: Service) -> None:
    now, public = clock.now(), str(GROUP.power(GROUP.g, SECRET))
    asked = Ceremony(TENANT, uuid4(), PERIOD, GROUP.name, 1, [1], State.RUNNING, now)
    made = replace(asked, state=State.MADE, trustees=trustees.single(GROUP, SECRET), public_key=public, ended_at=now)
    with service.connect() as conn:
        keys.add(conn, asked)
        keys.save(conn, made)


@pytest.fixture
def opened(service: Callable[[str], Service]) -> Iterator[Open]:
    ballot = service("ballot")
    make_key(ballot)
    ballot_id = uuid4()
    codes = [credential.new_code() for _ in range(7)]
    public = sorted(credential.public(code, credential.election_uuid(ballot_id)) for code in codes)
    called = call(ballot, ballot_id=ballot_id, channel="electronic", credentials=public, secrecy_minimum=3)
    answer = called.post(FIRST, "open", present=7, issued=0)
    assert answer.status_code == 200, answer.json
    with served(ballot.app) as base:
        yield Open(called, codes, base)


@pytest.fixture
def phone(browser: Browser, opened: Open) -> Iterator[Callable[[str], Person]]:
    """Give the phone of whoever holds a code; evaluation, which is not here, would give it to the phone."""
    people: list[Person] = []
    ids = [each["person_id"] for each in opened.called.get(FIRST).json["candidates"]]
    public = [credential.public(each, credential.election_uuid(opened.called.id)) for each in opened.codes]
    known = {"candidates": [{"person_id": one, "deed": "", "pledge": ""} for one in ids], "roll": fingerprint(public)}

    def take(code: str) -> Person:
        context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True)
        person = Person(opened.base, context, context.new_page())
        person.watch()

        def ticket(route: Route) -> None:
            route.fulfill(json={"credential": code, **known})

        context.route(f"**/evaluation/api/ballots/{opened.called.id}/credential", ticket)
        people.append(person)
        return person

    yield take
    for person in people:
        person.context.close()
    assert [line for person in people for line in person.complaints] == []


def vote(page: Page, *names: str) -> str:
    """Tick names or the blank, confirm; give the text that was posted."""
    for name in names:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="下一步：核对").click()
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("button", name="确认投票").click()
    assert posted.value.status == 202
    return str(posted.value.request.post_data)


def tracker(page: Page) -> str:
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    return re.sub(r"\s", "", page.get_by_label("票号").inner_text())


def accepted(service: Service, ballot_id: UUID) -> int:
    with service.connect() as conn:
        found = conn.execute("SELECT count(*) FROM accepted_ballot WHERE ballot_id = %s", [ballot_id]).fetchone()
    assert found is not None
    return int(found[0])


def test_a_ballot_goes_from_the_phone_through_the_door_into_the_box(
    opened: Open, phone: Callable[[str], Person]
) -> None:
    """R-130: and whoever has the number finds it, without signing in."""
    elector = phone(opened.codes[0])
    page = elector.go(opened.path)
    text = vote(page, "毛建国", "仇大海")
    expect(page.get_by_role("heading", name="已寄出，正在核验")).to_be_visible()
    assert opened.verify() == 1
    shown = tracker(page)
    assert shown == ballots.tracker(text)
    assert opened.weights(text) == [0, 0, 1, 1]
    page.get_by_role("link", name="在公告板查找").click()
    expect(page.get_by_text("这张选票已投入票箱")).to_be_visible()
    picture(elector, "330-查找票号")


def test_electors_vote_at_the_same_time_and_one_of_them_again(opened: Open, phone: Callable[[str], Person]) -> None:
    pages = [phone(code).go(opened.path) for code in opened.codes[:3]]
    for page, name in zip(pages, ("尤文静", "毛建国", "弃权"), strict=True):
        vote(page, name)
    assert opened.verify() == 3
    for page in pages:
        tracker(page)
    pages[0].get_by_role("button", name="再次投票").click()
    text = vote(pages[0], "仇大海")
    assert opened.verify() == 1
    assert tracker(pages[0]) == ballots.tracker(text)
    assert accepted(opened.called.service, opened.called.id) == 4


def test_a_credential_of_another_ballot_is_refused_in_words(opened: Open, phone: Callable[[str], Person]) -> None:
    stranger = phone(credential.new_code())
    page = stranger.go(opened.path)
    page.get_by_role("checkbox", name=re.compile("尤文静")).check()
    page.get_by_role("button", name="下一步：核对").click()
    with stranger.refused():
        page.get_by_role("button", name="确认投票").click()
        expect(page.get_by_role("heading", name="没有投入票箱")).to_be_visible()
    expect(page.locator("[data-scene]").get_by_text("投票凭证不在本次投票的名单中。")).to_be_visible()


def test_after_the_close_the_page_is_closed(opened: Open, phone: Callable[[str], Person]) -> None:
    elector = phone(opened.codes[0])
    page = elector.go(opened.path)
    page.get_by_role("checkbox", name=re.compile("尤文静")).check()
    answer = opened.called.post(FIRST, "close", returned=0, explanation="尚未投票。")
    assert answer.status_code == 200, answer.json
    page.get_by_role("button", name="下一步：核对").click()
    with elector.refused():
        page.get_by_role("button", name="确认投票").click()
        expect(page.get_by_role("heading", name="没有投入票箱")).to_be_visible()
    expect(page.locator("[data-scene]").get_by_text("投票已经结束，选票没有收下。")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=re.compile("截止|作废"))).to_be_visible()
