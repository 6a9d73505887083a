"""The thread that ties facts together, and what the log may say of an error."""

import json
import logging
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from shared import log
from shared.messaging import thread


def test_a_thread_ends_with_the_work_that_opened_it() -> None:
    outer, inner = uuid.uuid4(), uuid.uuid4()
    with thread.correlation(outer):
        with thread.correlation(inner, outer):
            assert thread.current() == (inner, outer)
        assert thread.current() == (outer, None)
    assert thread.current() != thread.current()


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    log._processors("", "")


@pytest.mark.usefixtures("logging_restored")
def test_an_error_is_logged_by_its_kind_and_place_never_by_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ballot", "work")
    finding = "受到警告处分"
    try:
        try:
            raise psycopg.DataError(finding)
        except psycopg.DataError as error:
            raise ValueError(finding) from error
    except ValueError:
        log.get().warning("event_retried", exc_info=True)
        logging.getLogger("a library").exception("it broke")
    printed = capsys.readouterr().out
    ours, theirs = [json.loads(line) for line in printed.splitlines()]
    assert (ours["event"], ours["service"], ours["process"]) == ("event_retried", "ballot", "work")
    assert (ours["error"], ours["cause"]) == ("builtins.ValueError", "psycopg.DataError")
    assert theirs["error"] == "builtins.ValueError"
    assert finding not in printed
    assert __file__ in ours["trace"][0]
