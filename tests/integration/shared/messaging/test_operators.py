"""What operators do from the command line: look at dead letters, send them back, tell facts again."""

import re
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner

from services.ballot import events as ballot
from services.ballot.key import __main__ as key
from shared.messaging import Handlers, deadletters, queues, retell
from shared.messaging.consumer import broker
from shared.messaging.pauses import BrokerTrouble
from tests.letters import lay_aside, letters
from tests.trial import Trial, event, leave_mark, tell_one, until


def count(trial: Trial) -> int:
    return len(letters(trial))


def mended(trial: Trial) -> Handlers:
    """Give handlers in which the refusal has been mended."""

    def handler(conn: object, message: object) -> None:
        message.data["does"] = ""  # type: ignore[attr-defined]
        leave_mark(conn, message)  # type: ignore[arg-type]

    return {trial.event: handler}


def test_letters_are_listed_as_often_as_one_likes_and_none_is_lost(trial: Trial, operator: CliRunner) -> None:
    told = lay_aside(trial, 1, 2, 3)
    for _ in range(25):  # RabbitMQ 4 gives a queue without a limit of its own one of 20
        shown = operator.invoke(deadletters.app, ["list"]).stdout
    assert all(letter in shown for letter in told)
    assert "试验中的拒绝。" in shown


def test_what_no_queue_was_there_to_hear_is_counted_beside_the_letters(trial: Trial, operator: CliRunner) -> None:
    """As while a queue is deleted that another service has not declared again yet; the facts stay in the ledger."""
    counted = re.compile(r"另有 (\d+) 条消息发出时没有队列接收（shanguang\.unrouted，最多保留 100000 条）")

    def unrouted() -> int:
        found = counted.search(operator.invoke(deadletters.app, ["list"]).stdout)
        return int(found[1]) if found else 0

    trial.declare()
    before = unrouted()
    with trial.connect() as conn:
        tell_one(conn, event(trial.name, "unheard"), 1)
    with trial.running(listener=False):
        until(lambda: trial.waiting() == 0)
        until(lambda: unrouted() > before)
    assert "没有队列接收" not in operator.invoke(deadletters.app, ["list", "--service", trial.name]).stdout


def test_a_letter_is_shown_without_what_it_says(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 987654321)
    shown = operator.invoke(deadletters.app, ["show", letter[:8]]).stdout
    assert "trial_refused" in shown
    assert "does、number" in shown
    assert trial.event.event_name in shown
    assert "refuse" not in shown.replace("trial_refused", "")


def test_a_letter_that_cannot_be_read_is_shown_too(trial: Trial, operator: CliRunner) -> None:
    trial.declare()
    trial.put(b"[red]not an envelope")
    with trial.running(relay=False):
        until(lambda: count(trial) == 1)
    shown = operator.invoke(deadletters.app, ["list"]).stdout
    assert "（无法读取）" in shown
    assert "not an envelope" not in shown


def test_after_a_fix_one_letter_is_sent_back_and_acted_on_once(trial: Trial, operator: CliRunner) -> None:
    first, _ = lay_aside(trial, 1, 2)
    assert operator.invoke(deadletters.app, ["replay", first]).exit_code == 0
    with trial.running(relay=False, handlers=mended(trial)):
        until(lambda: trial.effects())
    assert trial.effects() == [1]
    assert count(trial) == 1


def test_all_letters_are_sent_back(trial: Trial, operator: CliRunner) -> None:
    lay_aside(trial, *range(30))
    assert "30" in operator.invoke(deadletters.app, ["replay", "--all"]).stdout
    with trial.running(relay=False, handlers=mended(trial)):
        until(lambda: len(trial.effects()) == 30)
    assert count(trial) == 0


@pytest.mark.parametrize(
    "arguments", [["show", "nothing"], ["replay", "nothing"], ["replay"], ["replay", "x", "--all"]]
)
def test_what_cannot_be_done_is_said_and_fails(trial: Trial, operator: CliRunner, arguments: list[str]) -> None:
    lay_aside(trial, 1)
    assert operator.invoke(deadletters.app, arguments).exit_code > 0
    assert count(trial) == 1


def test_the_letters_of_the_trustees_seats_are_listed_up_to_the_last_seat(
    trial: Trial, operator: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadletters, "services", lambda: [])
    monkeypatch.setattr(deadletters, "seats", lambda: iter([trial.name, f"{trial.name}x", "never asked for"]))
    lay_aside(trial, 1)
    assert "共 1 封" in operator.invoke(deadletters.app, ["list"]).stdout


def lines(trial: Trial) -> list[queues.Line]:
    try:
        return [line for line in queues.lines(trial.amqp_url) if trial.name in line.name]
    except BrokerTrouble:
        return []


@pytest.mark.usefixtures("operator")
def test_an_operator_sees_how_many_messages_wait_and_how_many_lie_aside(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_aside(trial, 1, 2)
    trial.put(b"one")
    trial.put(b"two", queue=f"{trial.name}.retry.600")
    trial.put(b"three", queue=f"{trial.name}.retry.120")
    until(lambda: lines(trial) == [queues.Line(trial.name, 1, 2, 2)])
    assert queues.main() == 0
    assert "deadletters list" in capsys.readouterr().out


def test_the_heavy_queues_of_which_an_operator_hears_are_those_that_services_have() -> None:
    assert set(queues.HEAVY) == set(ballot.EXTRA_HANDLERS)


@pytest.mark.usefixtures("operator")
def test_without_a_broker_no_number_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMQP_URL", "amqp://x:y@127.0.0.1:1/")
    assert queues.main() == 1
    assert "不可用" in capsys.readouterr().out


def test_without_a_broker_the_operator_is_told_so(operator: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMQP_URL", "amqp://x:y@127.0.0.1:1/")
    done = operator.invoke(deadletters.app, ["list"])
    assert done.exit_code == 1
    assert "不可用" in done.stdout


def test_the_ledger_told_again_reaches_who_has_not_heard_it_and_no_one_else_twice(trial: Trial) -> None:
    trial.tell(*range(10))
    with trial.running():
        until(lambda: len(trial.effects()) == 10)
    with trial.connect() as conn:  # as a repaired projection would, in its migration
        conn.execute("DELETE FROM effect")
        conn.execute("DELETE FROM inbox")
    for _ in range(2):
        reached = list(retell.retell(trial.name, trial.database_url, trial.amqp_url))
    with trial.running(relay=False):
        until(lambda: len(trial.effects()) == 10)
        until(lambda: trial.depth(trial.name) == 0)
    assert trial.effects() == list(range(10))
    assert list(retell.retell(trial.name, trial.database_url, trial.amqp_url, since=reached[-1])) == []


def test_what_a_lost_broker_held_is_told_again_and_heard_once(trial: Trial) -> None:
    """The procedure of docs/operator.md for a broker whose volume is gone."""
    trial.tell(*range(5))
    with trial.running():
        until(lambda: len(trial.effects()) == 5)
    trial.tell(*range(5, 10))
    with trial.running(listener=False):
        until(lambda: trial.waiting() == 0)
    with broker.connection(trial.amqp_url) as conn:
        conn.default_channel.queue_delete(trial.name)
    trial.tell(10)
    trial.declare()
    reached = list(retell.retell(trial.name, trial.database_url, trial.amqp_url))
    with trial.running():
        until(lambda: len(trial.effects()) == 11)
        until(lambda: trial.depth(trial.name) == 0)
    assert sorted(trial.effects()) == list(range(11))
    assert reached


AWAY = "postgresql://nobody@127.0.0.1:1/nothing"


def test_without_its_database_a_service_tells_nothing_again_and_says_so(
    operator: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTER_DATABASE_URL", AWAY)
    done = operator.invoke(retell.app, ["roster"])
    assert done.exit_code == 1
    assert "roster 的数据库现在不可用" in done.output


@pytest.mark.parametrize("words", [["list"], ["again", str(UUID(int=1))], ["ask", str(UUID(int=1))]])
def test_without_ballot_s_database_the_operator_of_keys_is_told_so(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("BALLOT_DATABASE_URL", AWAY)
    done = CliRunner().invoke(key.app, words)
    assert done.exit_code == 1
    assert "ballot 的数据库现在不可用" in done.output


@pytest.mark.parametrize("name", ["nobody", "rosters", ""])
def test_a_service_that_is_none_is_told_again_by_nobody(
    operator: CliRunner, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    done = operator.invoke(retell.app, [name])
    assert done.exit_code == 2
    assert "没有" in done.output


@pytest.mark.parametrize(("command", "words"), [(deadletters.app, ["list"]), (deadletters.app, ["show", "x"])])
def test_without_the_broker_s_address_the_operator_is_told_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, command: typer.Typer, words: list[str]
) -> None:
    monkeypatch.delenv("AMQP_URL", raising=False)
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 1
    assert "缺少环境变量 AMQP_URL" in done.output


@pytest.mark.usefixtures("operator")
def test_the_same_where_queues_are_counted_or_facts_told_again(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMQP_URL")
    with pytest.raises(SystemExit, match="缺少环境变量 AMQP_URL"):
        queues.main()
    done = CliRunner().invoke(retell.app, [trial.name])
    assert "缺少环境变量 AMQP_URL" in done.output
