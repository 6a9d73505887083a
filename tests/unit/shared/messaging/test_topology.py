"""The layout of the broker for a service."""

import pytest

from shared.events import EVENTS, PUBLIC, Event
from shared.messaging import topology
from shared.messaging.pauses import Pauses
from shared.messaging.topology import Binding

Versions = tuple[type[Event], type[Event], type[Event]]


def handler(*_: object) -> None:
    """Do nothing."""


def test_a_service_hears_the_names_of_its_handlers_on_its_own_queue(versions: Versions) -> None:
    plan = topology.plan("ballot", {versions[0]: handler, versions[1]: handler})
    bound = [binding for binding in plan.bindings if binding.exchange == EVENTS]
    assert bound == [Binding("ballot", EVENTS, "tried.out")]


def test_what_a_queue_does_not_hear_is_everything_else_of_the_catalogue(versions: Versions) -> None:
    handlers = {versions[0]: handler}
    plan = topology.plan("ballot", handlers, {"ballot.verify": {}})
    former = topology.unheard(["ballot", "ballot.verify"], plan)
    keys = {queue: {one.key for one in former if one.queue == queue} for queue in ("ballot", "ballot.verify")}
    assert {one.exchange for one in former} == {EVENTS}
    assert keys["ballot.verify"] - keys["ballot"] == {"tried.out"}
    assert {"ballot.called", "pledge.due", "person.changed"} <= keys["ballot"]
    assert not set(former) & set(plan.bindings)


def test_further_queues_hear_their_own_and_share_the_dead_letters(versions: Versions) -> None:
    plan = topology.plan("ballot", {}, {"ballot.verify": {versions[0]: handler}})
    names = {queue.name for queue in plan.queues}
    assert {"ballot", "ballot.dead", "ballot.verify", "ballot.verify.retry.1"} <= names
    assert "ballot.verify.dead" not in names
    assert Binding("ballot.verify", EVENTS, "tried.out") in plan.bindings


def test_every_queue_is_a_quorum_queue_and_what_leaves_one_by_itself_is_handed_over_with_confirmation() -> None:
    for queue in topology.plan("ballot", {}).queues:
        assert queue.arguments["x-queue-type"] == "quorum"
        if "x-dead-letter-exchange" in queue.arguments:
            assert queue.arguments["x-dead-letter-strategy"] == "at-least-once"
            assert queue.arguments["x-overflow"] == "reject-publish"


def test_each_pause_is_a_queue_that_leads_back() -> None:
    queues = {queue.name: queue.arguments for queue in topology.plan("ballot", {}).queues}
    for attempt, pause in enumerate(topology.PAUSES):
        waiting = queues[topology.retry_name("ballot", attempt)]
        assert waiting["x-message-ttl"] == pause * 1000
        assert (waiting["x-dead-letter-exchange"], waiting["x-dead-letter-routing-key"]) == ("", "ballot")
    assert topology.retry_name("ballot", 99) == topology.retry_name("ballot", len(topology.PAUSES) - 1)


def test_a_handler_of_a_public_event_is_a_defect() -> None:
    announced = type("Announced", (Event,), {"exchange": PUBLIC})
    with pytest.raises(TypeError):
        topology.plan("ballot", {announced: handler})


def test_pauses_grow_to_the_longest_and_begin_again_after_success() -> None:
    pauses = Pauses(1, 5)
    assert [pauses.take() for _ in range(5)] == [1, 2, 4, 5, 5]
    pauses.reset()
    assert pauses.take() == 1
