"""A booth, and an elector with a phone in front of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.cast import PHONE, Person
from tests.browser.counter import standing
from tests.browser.stand import Stand


@pytest.fixture(scope="module")
def place() -> Iterator[Stand]:
    with standing() as made:
        yield made


@pytest.fixture
def stand(place: Stand) -> Stand:
    place.again()
    return place


HURRY = "const slow = setTimeout; window.setTimeout = (act, rest, ...given) => slow(act, rest / 10, ...given);"
"""The page waits a tenth of the time between one look or try and the next."""


@pytest.fixture
def elector(patient: Person) -> Person:
    """Somebody with a phone whose page does not let us wait."""
    patient.context.add_init_script(HURRY)
    return patient


@pytest.fixture
def patient(browser: Browser, stand: Stand) -> Iterator[Person]:
    """Somebody with a phone; what no page may do is a failure."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True)
    person = Person(stand.base, context, context.new_page())
    person.watch()
    yield person
    context.close()
    assert person.complaints == []
