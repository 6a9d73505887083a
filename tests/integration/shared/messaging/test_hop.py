"""From a command's transaction to a handler's effect, over the broker: nothing lost, each effect once."""

from tests.trial import Trial, tell_one, until


def test_what_was_told_is_acted_on_in_the_order_of_telling(trial: Trial) -> None:
    with trial.running():
        trial.tell(*range(300))
        until(lambda: len(trial.effects()) == 300)
    assert trial.effects() == list(range(300))
    assert trial.waiting() == 0


def test_what_was_told_in_a_transaction_that_failed_was_never_told(trial: Trial) -> None:
    with trial.connect() as conn:
        tell_one(conn, trial.event, 1)
        conn.rollback()
    trial.tell(2)
    with trial.running():
        until(lambda: trial.effects())
    assert trial.effects() == [2]
