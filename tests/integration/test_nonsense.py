"""Nonsense through page forms and addresses: refused in a sentence, never a defect, and nothing is changed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.auth import session
from tests import nonsense
from tests.contract.openapi import everybody
from tests.integration.abuse import contents
from tests.services import Service

SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
ENDS_THE_PLAYER = re.compile(r"sign-out|password")
TAKES_NOTHING = {"/notify/messages/read"}
"""Marks the reader's messages as read, whatever else is sent."""


@pytest.fixture
def browser(standing: Callable[[str], Service]) -> Callable[[str], tuple[Service, FlaskClient]]:
    """Give a service and the browser of somebody who may do everything."""

    def make(name: str) -> tuple[Service, FlaskClient]:
        made = standing(name)
        client = made.client()
        client.set_cookie(session.COOKIE, everybody(made))
        return made, client

    return make


@pytest.mark.parametrize("name", SERVICES)
def test_a_page_with_a_nonsensical_address_is_shown_or_refused_never_a_defect(name: str, browser: Any) -> None:
    made, client = browser(name)
    rules = nonsense.pages(made.app, name, "GET")
    asked = nonsense.learn(made.app, client, rules, "GET")
    before = contents(made)
    wrong = []
    for rule in rules:
        for query in nonsense.some(nonsense.queries(asked[rule.endpoint] or {"period"}), f"GET {rule.rule}"):
            answer = client.get(f"{nonsense.address(rule)}?{query}")
            if answer.status_code >= 500 or "evil.example" in answer.headers.get("Location", ""):
                wrong.append(f"{rule.rule}?{query[:60]}: {answer.status_code}")
    assert wrong == [], nonsense.AGAIN
    assert contents(made) == before


@pytest.mark.parametrize("name", SERVICES)
def test_a_page_that_is_sent_nonsense_refuses_it_and_changes_nothing(name: str, browser: Any) -> None:
    made, client = browser(name)
    rules = [
        rule
        for rule in nonsense.pages(made.app, name, "POST")
        if not ENDS_THE_PLAYER.search(rule.rule) and rule.rule not in TAKES_NOTHING
    ]
    asked = nonsense.learn(made.app, client, rules, "POST")
    assert any(asked.values()) or not rules, "nothing was learnt, so nothing is tried"
    before = contents(made)
    wrong = []
    for rule in rules:
        for kind, sent in nonsense.some(nonsense.forms(asked[rule.endpoint]), f"POST {rule.rule}"):
            answer = client.post(nonsense.address(rule), **sent)
            if not 400 <= answer.status_code < 500:
                wrong.append(f"{rule.rule} {kind}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert wrong == [], nonsense.AGAIN
    assert contents(made) == before
