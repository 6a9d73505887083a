"""What was discarded is sent back to its queue, whole, and never twice by mistake."""

import signal

from typer.testing import CliRunner

from shared.messaging.consumer import broker
from tests.letters import REASON, do, kept, killed, lay_aside, lie
from tests.trial import Trial, until


def test_a_discarded_letter_is_sent_back_whole_and_acted_on_once(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 1)
    with trial.connect() as conn:  # only now may it be acted on
        conn.execute("DELETE FROM inbox")
    do(operator, "discard", letter, *REASON)
    assert do(operator, "replay", letter).exit_code == 0
    assert trial.depth(trial.name) == 1
    assert do(operator, "replay", letter).exit_code == 1, "it was sent back already"
    assert trial.depth(trial.name) == 1
    assert "重新投递" in do(operator, "discarded").stdout
    with trial.running(relay=False):  # refused again: another death of the same event
        lie(trial, 1)
    do(operator, "discard", letter, "--reason", "第二次")
    assert sorted(row[8] is None for row in kept(trial)) == [False, True]


def test_a_killed_return_can_be_done_again(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 1)
    do(operator, "discard", letter, *REASON)
    assert killed(trial, "discarded.note_return = dies", "replay", letter) == -signal.SIGKILL
    assert trial.depth(trial.name) == 1
    until(lambda: do(operator, "replay", letter).exit_code == 0)
    assert trial.depth(trial.name) == 2, "heard twice, and acted on once by the inbox"
    assert kept(trial)[0][8] is not None


def test_a_letter_written_down_but_still_in_the_queue_is_sent_back_once(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 1)
    killed(trial, "dead.Box.drop = dies", "discard", letter, *REASON)
    lie(trial, 1)
    assert "已重新投递 1 封" in do(operator, "replay", letter).stdout
    assert trial.depth(trial.name) == 1
    assert kept(trial)[0][8] is not None


def test_all_that_is_sent_back_leaves_what_was_discarded(trial: Trial, operator: CliRunner) -> None:
    gone, _ = lay_aside(trial, 1, 2)
    do(operator, "discard", gone, *REASON)
    lie(trial, 1)
    assert "已重新投递 1 封" in do(operator, "replay", "--all").stdout
    assert trial.depth(trial.name) == 1
    assert kept(trial)[0][8] is None


def test_a_letter_whose_queue_is_gone_stays_where_it_lies(trial: Trial, operator: CliRunner) -> None:
    first, second = lay_aside(trial, 1, 2)
    do(operator, "discard", second, *REASON)
    with broker.connection(trial.amqp_url) as conn:
        conn.default_channel.queue_delete(trial.name)
    for letter in (first, second):
        done = do(operator, "replay", letter)
        assert done.exit_code == 1
        assert "不可用" in done.stdout
    lie(trial, 1)
    assert kept(trial)[0][8] is None
