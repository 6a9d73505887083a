"""People in front of a browser: each with a context of their own, signed in through the real page, and watched."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from infra.local import travel
from shared import clock
from tests.system import System

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 60.0
"""Seconds for what the services tell one another by themselves."""
LOOKING_AGAIN = 400.0
"""Milliseconds that a page is given before it is loaded anew."""


@dataclass
class Person:
    """Somebody at a phone or a desk; `complaints` collects what no page may do."""

    base: str
    context: BrowserContext
    page: Page
    account: dict[str, Any] | None = None
    complaints: list[str] = field(default_factory=list)
    agrees: bool = True
    """what is answered to a question before something that cannot be undone"""
    refusals: bool = False
    """whether answers of 400 and more are expected just now"""

    @property
    def name(self) -> str:
        return self.account["name"] if self.account else "群众"

    def watch(self) -> None:
        """Note errors of the console, answers that fail, and requests to anywhere else."""
        self.page.on("dialog", self._agree)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"{self.page.url}：{error.error}"))
        self.context.on("request", self._see_request)
        self.context.on("response", self._see_answer)

    def go(self, path: str) -> Page:
        """Open a page; when the sign-in has run out, sign in again and go on to it."""
        if self.account is None:
            self.page.goto(self.base + path)
            return self.page
        with self.refused():
            answer = self.page.goto(self.base + path)
        if answer is not None and answer.status == 401:
            self.sign_in(path)
        elif answer is not None and answer.status >= 400:
            self.complaints.append(f"{path}：{answer.status}")
        return self.page

    def sign_in(self, path: str = "/roster/") -> Page:
        assert self.account is not None
        self.page.goto(f"{self.base}/roster/sign-in?next={path}")
        self.page.get_by_label("学工号").fill(self.account["number"])
        self.page.get_by_label("密码").fill(self.account["password"])
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.page

    def await_on(self, path: str, wanted: Callable[[Page], Locator]) -> Locator:
        """Open a page again and again until it shows what a service hears of by itself."""
        until = time.monotonic() + PATIENCE
        while True:
            with self.refused():
                self.go(path)
            found = wanted(self.page).first
            try:
                expect(found).to_be_visible(timeout=LOOKING_AGAIN)
            except AssertionError:
                if time.monotonic() > until:
                    raise
            else:
                return found

    def press(self, label: str, within: Locator | None = None) -> None:
        """Press a button whose form is sent, agree to what is asked, and wait for the page that follows."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=label, exact=True).first.click()

    @contextmanager
    def refused(self) -> Iterator[None]:
        """While inside, an answer of 400 and more is no complaint."""
        before, self.refusals = self.refusals, True
        try:
            yield
        finally:
            self.refusals = before

    def _agree(self, dialog: Dialog) -> None:
        if self.agrees:
            dialog.accept()
        else:
            dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        failed = "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not failed:
            self.complaints.append(f"{self.page.url}：{message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.complaints.append(f"{self.page.url} 请求了 {request.url}")

    def _see_answer(self, answer: Response) -> None:
        if answer.status >= 400 and not self.refusals:
            self.complaints.append(f"{answer.status} {answer.request.method} {answer.url}")


@dataclass
class Cast:
    """Everybody who has come to a browser in this session, by account and device."""

    system: System
    browser: Browser
    people: dict[tuple[str, bool], Person] = field(default_factory=dict)
    guests: list[Person] = field(default_factory=list)
    states: dict[str, Any] = field(default_factory=dict)
    """what the sign-in left in the browser, by account, so that a second device need not sign in again"""

    def role(self, role: str, *, phone: bool = True) -> Person:
        return self.account(self.system.account(role), phone=phone)

    def account(self, account: dict[str, Any], *, phone: bool = True) -> Person:
        key = (account["number"], phone)
        if key not in self.people:
            person = self.open(account, phone=phone)
            if account["number"] not in self.states:
                person.sign_in()
                self.states[account["number"]] = person.context.storage_state()
            self.people[key] = person
        return self.people[key]

    def named(self, name: str, *, phone: bool = True) -> Person:
        """Give the account of the branch's member with this name."""
        home = self.system.account("secretary")["organization_id"]
        found = [each for each in self.system.accounts() if each["name"] == name and each["organization_id"] == home]
        return self.account(found[0], phone=phone)

    def visitor(self, *, phone: bool = True, **options: Any) -> Person:
        """Give somebody who does not sign in."""
        guest = self.open(None, phone=phone, **options)
        self.guests.append(guest)
        return guest

    def open(self, account: dict[str, Any] | None, *, phone: bool = True, **options: Any) -> Person:
        """Open a context of its own."""
        state = self.states.get(account["number"]) if account else None
        context = self.browser.new_context(
            viewport=PHONE if phone else DESK,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=phone,
            storage_state=state,
            **options,
        )
        context.set_default_timeout(20000)
        person = Person(self.system.base, context, context.new_page(), account)
        person.watch()
        return person

    @property
    def now(self) -> datetime:
        """Give the system's time, wherever its clock has travelled."""
        return datetime.now(clock.SHANGHAI) + travel.read(self.system.layout.clock)

    def travel(self, word: str) -> None:
        """Let days pass for the whole system."""
        travel.set_clock(self.system.layout.clock, word)

    def complaints(self) -> list[str]:
        """Give what was wrong on any page since this was last asked, each thing once."""
        everybody = [*self.people.values(), *self.guests]
        found = [line for person in everybody for line in person.complaints]
        for person in everybody:
            person.complaints.clear()
        return list(dict.fromkeys(found))


def padded(name: str) -> re.Pattern[str]:
    """Match a name as it stands in a list, where short names are spread to the width of three characters."""
    return re.compile(r"\s*".join(map(re.escape, name)))
