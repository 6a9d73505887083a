"""What operators discard: taken out of the queue only once it is written down."""

import signal

import pytest
from typer.testing import CliRunner

from shared.messaging.consumer import fate
from tests.letters import REASON, do, kept, killed, lay_aside, letters, lie, malformed
from tests.trial import TENANT, Trial

POINTS = {
    "before it is written": "discarded.keep = dies",
    "written and not committed": "keep = discarded.keep; discarded.keep = lambda *a, **k: (keep(*a, **k), dies())",
    "committed and not taken from the queue": "dead.Box.drop = dies",
}


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


def test_without_the_database_of_its_service_no_letter_is_discarded(
    trial: Trial, operator: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (letter,) = lay_aside(trial, 1)
    variable = f"{trial.name.upper()}_DATABASE_URL"
    monkeypatch.setenv(variable, "postgresql://nobody@127.0.0.1:1/nothing")
    assert do(operator, "discard", letter, *REASON).exit_code == 1
    listed = do(operator, "discarded")
    assert listed.exit_code == 1, "what was not looked at is not nothing"
    assert "不可用" in listed.stdout
    assert do(operator, "show", letter).exit_code == 0
    monkeypatch.delenv(variable)
    monkeypatch.setenv("DATABASE_URL", trial.database_url)
    done = do(operator, "discard", letter, *REASON)
    assert done.exit_code == 2
    assert variable in done.stdout
    lie(trial, 1)
    assert kept(trial) == []
