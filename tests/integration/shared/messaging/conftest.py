"""A trial service on a fresh database, and what it left on the broker taken away again."""

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from shared.messaging import deadletters
from tests.trial import Trial


@pytest.fixture
def trial(database: Callable[[str], str], servers: dict[str, str]) -> Iterator[Trial]:
    made = Trial(database("trial"), servers["TEST_AMQP_URL"])
    made.create_tables()
    yield made
    made.remove()


@pytest.fixture
def operator(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("AMQP_URL", trial.amqp_url)
    monkeypatch.setenv(f"{trial.name.upper()}_DATABASE_URL", trial.database_url)
    monkeypatch.setattr(deadletters, "services", lambda: [trial.name, f"{trial.name}x"])
    monkeypatch.setattr(deadletters, "seats", lambda: iter(()))
    return CliRunner()
