"""Telling: exactly the declared facts, in the caller's transaction, under the caller's correlation."""

import uuid
from typing import Any

import pytest
from marshmallow import ValidationError

from shared.messaging import outbox, tell, thread
from tests.trial import TENANT, Trial, tell_one


def test_a_fact_told_while_a_message_is_handled_carries_its_thread_on(trial: Trial) -> None:
    correlation, cause = uuid.uuid4(), uuid.uuid4()
    with trial.connect() as conn:
        with thread.correlation(correlation, cause):
            told = tell_one(conn, trial.event, 1)
        (fact,) = outbox.claim(conn, 10)
    assert (fact.id, fact.correlation_id, fact.causation_id) == (str(told), str(correlation), str(cause))


def test_facts_told_by_nobodys_request_begin_threads_of_their_own(trial: Trial) -> None:
    trial.tell(1, 2)
    with trial.connect() as conn:
        first, second = outbox.claim(conn, 10)
    assert first.correlation_id != second.correlation_id


@pytest.mark.parametrize(
    "facts", [{}, {"number": "many"}, {"number": 1, "surplus": 1}, {"number": None}, {"number": [1]}]
)
def test_facts_other_than_those_declared_are_not_told(trial: Trial, facts: dict[str, object]) -> None:
    with trial.connect() as conn:
        with pytest.raises(ValidationError):
            tell(conn, trial.event, tenant_id=TENANT, subject="1", **facts)
        assert outbox.waiting(conn) == 0


def test_facts_are_claimed_in_the_order_of_their_telling_and_by_one_relay_only(trial: Trial) -> None:
    told = trial.tell(*range(5))
    with trial.connect() as first, trial.connect() as second:
        assert [fact.id for fact in outbox.claim(first, 3)] == [str(each) for each in told[:3]]
        assert [fact.id for fact in outbox.claim(second, 3)] == [str(each) for each in told[3:]]


def test_telling_costs_one_statement(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    with trial.connect() as conn:
        statements: list[object] = []
        execute = conn.execute

        def counted(*given: Any, **named: Any) -> object:
            statements.append(given)
            return execute(*given, **named)

        monkeypatch.setattr(conn, "execute", counted)
        tell_one(conn, trial.event, 1)
    assert len(statements) == 1


def test_a_batch_of_a_long_backlog_is_claimed_and_marked_without_reading_the_rest(trial: Trial) -> None:
    with trial.connect() as conn:
        conn.execute("ANALYZE outbox")
        conn.execute(
            "INSERT INTO outbox (tenant_id, id, name, version, exchange, subject, correlation_id, occurred_at, data)"
            " SELECT %s, gen_random_uuid(), %s, 1, 'shanguang.events', '', gen_random_uuid(), now(), '{}'"
            " FROM generate_series(1, 5000)",
            [TENANT, trial.event.event_name],
        )
        conn.commit()
        outbox.expect_a_backlog(conn)
        facts = outbox.claim(conn, 100)
        outbox.mark(conn, [fact.position for fact in facts])
        row = conn.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'outbox'"
        ).fetchone()
        assert row is not None
        assert 200 <= row[0] < 1000
        assert outbox.waiting(conn) == 4900
