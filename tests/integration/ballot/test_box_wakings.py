"""The times at which a worker was woken are forgotten."""

from datetime import timedelta

from services.ballot.box import sealing
from services.ballot.box.feeding import WINDOW, Feeder
from shared import clock
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST, SECRETARY
from tests.services import Service
from tests.university import TENANT


def wake(ballot: Service, voted: Voted) -> None:
    """Let four vote one after another; every waking is told, confirmed and heard in its own second."""
    for elector in range(4):
        voted.cast(elector, 0)
        feeder = Feeder()
        with ballot.connect() as conn:
            feeder.run(conn, clock.now())
            assert feeder.run(conn, clock.now() + WINDOW) == 1
        voted.verify()
    with ballot.connect() as conn:
        conn.execute("UPDATE outbox SET published_at = occurred_at WHERE name = 'ballot.cast'")
        conn.execute(
            "INSERT INTO inbox (tenant_id, queue, event_id, name, received_at)"
            " SELECT tenant_id, 'ballot.verify', id, name, occurred_at FROM outbox WHERE name = 'ballot.cast'"
        )
    assert remembered(ballot) == (4, 4)


def remembered(ballot: Service) -> tuple[int, int]:
    with ballot.connect() as conn:
        row = conn.execute("SELECT count(*) FROM inbox WHERE name = 'ballot.cast'").fetchone()
    return len(ballot.told("ballot.cast")), row[0] if row else 0


def test_when_the_box_is_sealed_the_times_of_wakings_are_forgotten(ballot: Service) -> None:
    """R-130 decision 15: one waking after another says when somebody voted; nothing depends on them afterwards."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    voted.post(FIRST, "close")
    with ballot.connect() as conn:
        sealing.seal_drained(conn, clock.now())
    assert remembered(ballot) == (0, 0)
    assert len(ballot.told("decryption.requested")) == 1


def test_when_a_ballot_is_annulled_the_times_of_wakings_are_forgotten_with_it(ballot: Service) -> None:
    """R-130 decision 15: by the secretary's decision, and by rule where more papers came back than went out."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    voted.post(SECRETARY, "annul", reason="停电")
    assert remembered(ballot) == (0, 0)
    voted = electronic(ballot, channel="mixed").begin(present=6, issued=2)
    wake(ballot, voted)
    assert voted.post(FIRST, "close", returned=3, void=True).json["state"] == "annulled"
    assert remembered(ballot) == (0, 0)


def test_while_a_box_is_open_wakings_that_were_heard_are_forgotten_after_a_minute(ballot: Service) -> None:
    """R-130 decision 15: a box may be open for thirty days; what the relay has not confirmed yet stays."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    with ballot.connect() as conn:
        conn.execute("UPDATE outbox SET published_at = NULL WHERE id = (SELECT id FROM outbox"
                     " WHERE name = 'ballot.cast' ORDER BY position LIMIT 1)")  # fmt: skip
    ballot.due(clock.now())
    assert remembered(ballot) == (4, 4)
    ballot.due(clock.now() + timedelta(minutes=2))
    assert remembered(ballot) == (1, 0)


def test_a_waking_that_an_operator_discarded_is_forgotten_after_a_minute_and_nothing_else_is(ballot: Service) -> None:
    """R-130 decision 15: its time, too, says when somebody voted."""
    with ballot.connect() as conn:
        for number, name in enumerate(("ballot.cast", "ballot.called")):
            conn.execute(
                "INSERT INTO discarded (tenant_id, digest, letter_id, name, cause, body, around, reason, discarded_by,"
                " discarded_at) VALUES (%s, %s, '', %s, '', '', '', 'gone', '', %s)",
                [TENANT, str(number), name, clock.now()],
            )
    ballot.due(clock.now())
    assert discarded(ballot) == ["ballot.called", "ballot.cast"]
    ballot.due(clock.now() + timedelta(minutes=2))
    assert discarded(ballot) == ["ballot.called"]


def discarded(ballot: Service) -> list[str]:
    with ballot.connect() as conn:
        return [row[0] for row in conn.execute("SELECT name FROM discarded ORDER BY name")]
