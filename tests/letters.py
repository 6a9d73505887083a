"""Dead letters of a trial, the operator's command upon them, and what was written down of those discarded."""

import os
import subprocess
import sys

from typer.testing import CliRunner, Result

from shared.messaging import deadletters
from shared.messaging.consumer import dead
from shared.messaging.consumer.dead import DeadLetter
from shared.messaging.pauses import BrokerTrouble
from tests.trial import Trial, until

REASON = ("--reason", "发出的一方已经停用，无法补正")


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
