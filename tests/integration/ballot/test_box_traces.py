"""Tracing, where it is on, says nothing of when somebody fetched a credential or voted (R-130, decision 15)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.ballot import events
from services.ballot.app import create_app
from services.ballot.box.feeding import Feeder
from services.ballot.box.verifying import AT_ONCE
from services.evaluation.app import create_app as create_evaluation
from shared import telemetry
from shared.db import Pool, open_pool
from shared.events.ballot import BallotCast
from shared.messaging import deadlines, envelope, handling
from shared.messaging.outbox import COLUMNS, Told
from shared.messaging.reading import Reader
from tests import services
from tests.integration.ballot.boxes import electronic
from tests.integration.ballot.calls import MEMBER
from tests.services import Service


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """Trace every statement from now on; give what was traced since the last look."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setattr(telemetry, "configure", lambda *_: None)
    PsycopgInstrumentor().instrument(skip_dep_check=True, tracer_provider=provider)

    def look() -> list[str]:
        found = [span.name for span in exporter.get_finished_spans()]
        exporter.clear()
        return found

    yield look
    PsycopgInstrumentor().uninstrument()


@pytest.fixture
def pool(ballot: Service, seen: Callable[[], list[str]]) -> Iterator[Pool]:
    with open_pool(ballot.url, size=2) as made:
        yield made


def traced(seen: Callable[[], list[str]], act: Callable[[], Any]) -> tuple[Any, list[str]]:
    seen()
    done = act()
    return done, seen()


def test_no_statement_of_a_vote_is_traced_at_the_door(ballot: Service, seen: Callable[[], list[str]]) -> None:
    """R-130: the first ballot goes by the route, the second by the slot; both, and the search, leave nothing."""
    app = create_app(services.config("ballot", ballot.url))
    voted = electronic(Service("ballot", ballot.url, app)).begin()
    bodies = [voted.make(elector, 0) for elector in (0, 1)]
    assert traced(seen, lambda: voted.get(MEMBER))[1], "what is looked for is there to be found"
    for body in bodies:
        answer, spans = traced(seen, partial(voted.hand_in, body))
        assert (answer.status_code, spans) == (202, [])
    assert traced(seen, lambda: voted.where(answer.json["tracker"]))[1] == []
    assert traced(seen, lambda: app.test_client().get(f"/ballot/box/{voted.id}"))[1] == []


def test_no_statement_of_waking_and_verifying_is_traced(
    ballot: Service, pool: Pool, seen: Callable[[], list[str]]
) -> None:
    """R-130: neither what feeds the workers nor the message that wakes one nor what it then does."""
    voted = electronic(ballot, AT_ONCE, entitled=AT_ONCE, present=AT_ONCE).begin(present=AT_ONCE)
    for elector in range(AT_ONCE):
        voted.cast(elector, 0)
    feed = next(each for each in events.DEADLINES if each.name == "box.feed")
    assert feed.run.__self__.__class__ is Feeder  # type: ignore[attr-defined]
    _, spans = traced(seen, lambda: deadlines.once(feed, pool))
    assert spans == []
    with ballot.connect() as conn:
        row = conn.execute(f"SELECT {COLUMNS} FROM outbox WHERE name = 'ballot.cast'").fetchone()
    assert row
    heard = Reader(events.EXTRA_HANDLERS["ballot.verify"]).read(envelope.encode(Told(*row), "ballot"))
    assert heard
    assert heard.message.name == BallotCast.event_name
    done, spans = traced(seen, lambda: handling.handle(pool, "ballot.verify", [heard]))
    assert (done, spans) == (1, [])
    assert len(voted.records()) == 5 + 2 * AT_ONCE, "it was verified meanwhile"
    seal = next(each for each in events.DEADLINES if each.name == "box.close")
    assert traced(seen, lambda: deadlines.once(seal, pool))[1], "other deadlines are traced"


def test_no_statement_of_fetching_a_credential_is_traced(
    service: Callable[[str], Service], seen: Callable[[], list[str]]
) -> None:
    """R-130: whose credential is fetched when would name the voter of the next ballot."""
    evaluation = service("evaluation")
    app = create_evaluation(services.config("evaluation", evaluation.url))
    client = Service("evaluation", evaluation.url, app).client(MEMBER)
    path = f"/evaluation/api/ballots/{MEMBER}/credential"
    answer, spans = traced(seen, lambda: client.get(path))
    assert (answer.status_code, spans) == (404, [])
    assert traced(seen, lambda: client.get(f"/evaluation/api/meetings/{MEMBER}"))[1]
