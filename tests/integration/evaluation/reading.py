"""How tests read a page of evaluation and send its forms."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def page(branch: Voting, who: str, url: str, status: int = 200) -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/{url}")
    text: str = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return text


def send(branch: Voting, who: str, url: str, form: dict[str, Any], status: int = 303) -> Any:
    answer = branch.service.client(uid(who)).post(f"/evaluation/{url}", data=form)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer
