"""What operators discard: taken out of the queue only once it is written down, and never lost."""

import os
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

from shared.messaging import deadletters
from shared.messaging.consumer import broker, dead, fate
from shared.messaging.consumer.dead import DeadLetter
from shared.messaging.pauses import BrokerTrouble
from tests.trial import TENANT, Trial, until

REASON = ("--reason", "发出的一方已经停用，无法补正")
POINTS = {
    "before it is written": "discarded.keep = dies",
    "written and not committed": "keep = discarded.keep; discarded.keep = lambda *a, **k: (keep(*a, **k), dies())",
    "committed and not taken from the queue": "dead.Box.drop = dies",
}


@pytest.fixture
def operator(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("AMQP_URL", trial.amqp_url)
    monkeypatch.setenv(f"{trial.name.upper()}_DATABASE_URL", trial.database_url)
    monkeypatch.setattr(deadletters, "services", lambda: [trial.name, f"{trial.name}x"])
    monkeypatch.setattr(deadletters, "seats", lambda: iter(()))
    return CliRunner()


def do(operator: CliRunner, *words: str) -> Result:
    return operator.invoke(deadletters.app, list(words))


def letters(trial: Trial) -> list[DeadLetter]:
    try:
        with dead.opened(trial.amqp_url, trial.name) as box:
            return box.letters() if box else []
    except BrokerTrouble:
        # A queue that was made this moment may not have chosen its leader yet.
        return []


def lie(trial: Trial, number: int) -> None:
    """Wait until so many letters lie there: what a killed process held comes back when its connection ends."""
    until(lambda: len(letters(trial)) == number)


def lay_aside(trial: Trial, *numbers: int) -> list[str]:
    told = trial.tell(*numbers, does="refuse")
    with trial.running():
        lie(trial, len(numbers))
    return [str(each) for each in told]


def malformed(trial: Trial, *bodies: bytes) -> list[str]:
    trial.declare()
    for body in bodies:
        trial.put(body)
    with trial.running(relay=False):
        lie(trial, len(bodies))
    return [letter.id for letter in letters(trial)]


def kept(trial: Trial) -> list[tuple[object, ...]]:
    with trial.connect() as conn:
        return conn.execute(
            "SELECT letter_id, tenant_id, name, cause, body, around, reason, discarded_by, returned_at FROM discarded"
        ).fetchall()


def killed(trial: Trial, point: str, *words: str) -> int:
    """Run the command in a process that is killed at a point; give its exit code."""
    code = f"""
import os, signal
from shared.messaging import deadletters, discarded
from shared.messaging.consumer import dead
def dies(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
{point}
deadletters.app({[*words, "--service", trial.name]!r})
"""
    return subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False, timeout=120).returncode


def test_a_discarded_letter_is_gone_from_the_queue_and_kept_whole(trial: Trial, operator: CliRunner) -> None:
    gone, stays = lay_aside(trial, 1, 2)
    before = next(letter for letter in letters(trial) if letter.id == gone)
    done = do(operator, "discard", gone, *REASON)
    assert done.exit_code == 0, done.output
    lie(trial, 1)
    assert [letter.id for letter in letters(trial)] == [stays]
    ((letter_id, tenant_id, name, cause, body, around, reason, by, returned_at),) = kept(trial)
    assert (letter_id, tenant_id, name, cause) == (gone, TENANT, trial.event.event_name, "trial_refused")
    assert body == before.body
    assert fate.FAILED_AT in str(around)
    assert "message_id" in str(around)
    assert reason == REASON[1]
    assert str(by).strip()
    assert returned_at is None


def test_what_was_discarded_is_listed_and_shown_without_what_it_says(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 1)
    do(operator, "discard", letter[:8], *REASON)
    listed, shown = do(operator, "discarded").stdout, do(operator, "show", letter[:8]).stdout
    for text in (listed, shown):
        assert letter in text
        assert REASON[1] in text
        assert "试验中的拒绝。" in text
        assert "refuse" not in text.replace("trial_refused", "")
    assert "共放弃 1 封" in listed
    assert "没有重新投递" in shown
    assert "没有死信" in do(operator, "list").stdout


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
def test_a_discard_that_is_killed_loses_nothing_and_can_be_done_again(
    trial: Trial, operator: CliRunner, point: str
) -> None:
    (letter,) = lay_aside(trial, 1)
    assert killed(trial, point, "discard", letter, *REASON) == -signal.SIGKILL
    lie(trial, 1)
    assert do(operator, "discard", letter, "--reason", "再做一次").exit_code == 0
    lie(trial, 0)
    (row,) = kept(trial)
    assert row[0] == letter


def test_to_discard_twice_changes_nothing_and_is_said(trial: Trial, operator: CliRunner) -> None:
    (letter,) = lay_aside(trial, 1)
    do(operator, "discard", letter, *REASON)
    once = kept(trial)
    lie(trial, 0)
    again = do(operator, "discard", letter, "--reason", "另一个理由")
    assert again.exit_code == 0
    assert "已经放弃" in again.stdout
    assert kept(trial) == once


@pytest.mark.parametrize("words", [["nothing", *REASON], ["", *REASON], [], ["{}"], ["{}", "--reason", " \n"]])
def test_what_cannot_be_discarded_is_said_and_stays(trial: Trial, operator: CliRunner, words: list[str]) -> None:
    (letter,) = lay_aside(trial, 1)
    assert do(operator, "discard", *[word.format(letter) for word in words]).exit_code > 0
    lie(trial, 1)
    assert kept(trial) == []


def test_a_beginning_that_several_letters_share_discards_none_of_them(trial: Trial, operator: CliRunner) -> None:
    many = malformed(trial, *(b"malformed %d" % number for number in range(17)))
    shared = next(sign for sign in "0123456789abcdef" if sum(each.startswith(sign) for each in many) > 1)
    done = do(operator, "discard", shared, *REASON)
    assert done.exit_code == 2
    assert all(each in done.stdout for each in many if each.startswith(shared))
    lie(trial, 17)
    assert kept(trial) == []


def test_a_letter_that_two_services_hold_is_discarded_where_the_operator_says(
    trial: Trial, operator: CliRunner
) -> None:
    other = Trial(trial.database_url, trial.amqp_url, f"{trial.name}x")
    try:
        (handle,) = malformed(trial, b"to two")
        malformed(other, b"to two")
        assert do(operator, "discard", handle, *REASON).exit_code == 2
        lie(trial, 1)
        assert do(operator, "discard", handle, *REASON, "--service", trial.name).exit_code == 0
        lie(trial, 0)
        lie(other, 1)
    finally:
        other.remove()


def test_a_message_that_is_no_event_has_a_handle_too(trial: Trial, operator: CliRunner) -> None:
    """Signs of control, halves of characters and zeros end up in no terminal and keep nothing from being written."""
    body = b'\xff\x00 \x1b[31m {"type": "\\ud800\\u0000"}'
    (handle,) = malformed(trial, body)
    assert do(operator, "discard", handle, *REASON).exit_code == 0
    lie(trial, 0)
    ((letter_id, tenant_id, _, cause, *_),) = kept(trial)
    assert (letter_id, str(tenant_id), cause) == (handle, "00000000-0000-0000-0000-000000000000", "malformed_envelope")
    assert "（无法读取）" in do(operator, "discarded").stdout
    assert do(operator, "replay", handle).exit_code == 0
    assert trial.depth(trial.name) == 1
    with trial.running(relay=False):
        lie(trial, 1)
    assert letters(trial)[0].body == body


def test_an_event_whose_names_no_terminal_can_show_is_listed_shown_and_discarded(
    trial: Trial, operator: CliRunner
) -> None:
    (told,) = lay_aside(trial, 1)
    (sound,) = letters(trial)
    strange = b"\\ud800\\u0000\\u001b"
    trial.put(sound.body.replace(trial.event.event_name.encode(), strange), queue=f"{trial.name}.dead")
    lie(trial, 2)
    shown = do(operator, "show", told)
    assert shown.exit_code == 0
    assert "\x1b" not in shown.stdout
    assert do(operator, "list").exit_code == 0
    done = do(operator, "discard", told, *REASON)
    assert done.exit_code == 0, done.output
    lie(trial, 0)
    assert len(kept(trial)) == 2


def test_headers_that_only_a_stranger_writes_keep_no_letter_from_being_looked_at(
    trial: Trial, operator: CliRunner
) -> None:
    trial.declare()
    headers = {"x-death": "no list", "s": "\x00", "n": [1, {"deep": True}], fate.REASON: 7}
    trial.put(b"strange", queue=f"{trial.name}.dead", headers=headers)
    lie(trial, 1)
    (letter,) = letters(trial)
    assert do(operator, "show", letter.id).exit_code == 0
    assert do(operator, "discard", letter.id, *REASON).exit_code == 0
    assert do(operator, "show", letter.id).exit_code == 0


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


def test_without_the_database_of_its_service_no_letter_is_discarded(
    trial: Trial, operator: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (letter,) = lay_aside(trial, 1)
    variable = f"{trial.name.upper()}_DATABASE_URL"
    monkeypatch.setenv(variable, "postgresql://nobody@127.0.0.1:1/nothing")
    assert do(operator, "discard", letter, *REASON).exit_code == 1
    assert "不可用" in do(operator, "discarded").stdout
    assert do(operator, "show", letter).exit_code == 0
    monkeypatch.delenv(variable)
    monkeypatch.setenv("DATABASE_URL", trial.database_url)
    done = do(operator, "discard", letter, *REASON)
    assert done.exit_code == 2
    assert variable in done.stdout
    lie(trial, 1)
    assert kept(trial) == []


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
