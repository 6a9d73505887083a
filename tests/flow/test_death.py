"""Killed before every exchange with the database and after every commit, then tried again: the quarter ends the same.

Every request that changes something, every handler, deadline and errand of all services and their relays; each event
comes again after such a death, and all of them in any order.
"""

import importlib
import random
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from infra.local import travel
from infra.quarter import after, meeting, vote
from tests import databases
from tests.flow import others
from tests.flow.death import COMMIT, FIRST, LOST, Death
from tests.flow.mortal import RELAYING, Mortal
from tests.flow.trace import Trace, difference, trace
from tests.flow.world import NAMES, handlers, set_stage
from tests.university import University

NOTE = "INSERT INTO noted VALUES (1) ON CONFLICT DO NOTHING RETURNING one"
DAY = "2026-03-09"
"""Every play begins on this morning, so that all have the same days in them."""


@dataclass
class Played:
    """What is left of a play: the databases' traces after the quarter and at the end, the mails, and the deaths."""

    quarter: Trace
    end: Trace
    mails: int
    death: Death
    refused: set[tuple[str, str]]
    """who refused the example of an event that the play does not tell"""


class Theatre:
    """Plays the quarter on fresh databases, as often as asked."""

    def __init__(self, server: str, templates: dict[str, str], parent: Path) -> None:
        self._server, self._templates, self._parent = server, templates, parent

    def play(self, name: str, *, death: Death | None = None, batched: bool = True) -> Played:
        folder = self._parent / name
        (folder / "mail").mkdir(parents=True)
        with ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setenv("CLOCK_FILE", str(folder / "clock"))
            patch.setenv("MAIL_URL", f"file://{folder / 'mail'}")
            travel.set_clock(folder / "clock", DAY)
            urls = stack.enter_context(databases.fresh(self._server, self._templates))
            service = stack.enter_context(databases.filled(urls, University()))
            world = Mortal({each: service(each) for each in NAMES}, random.Random(2013), death, batched=batched)
            stage = set_stage(world, folder)
            with death.at_hand() if death else nullcontext():
                for act in (meeting.play, vote.play, after.play):
                    act(stage)
                world.carry()
                quarter = trace(world)
                others.play(stage)
                refused = others.tell_the_rest(world, stage)
            return Played(quarter, trace(world), len(list((folder / "mail").iterdir())), death or Death(), refused)


@pytest.fixture(scope="module")
def theatre(database_server: str, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    return Theatre(database_server, templates, tmp_path_factory.mktemp("deaths"))


@pytest.fixture(scope="module")
def undisturbed(theatre: Theatre) -> Played:
    return theatre.play("undisturbed")


@pytest.mark.parametrize("batched", [False, True], ids=["one by one", "in batches"])
def test_a_quarter_in_which_everybody_dies_everywhere_ends_the_same(
    theatre: Theatre, undisturbed: Played, batched: bool, record_property: Callable[[str, object], None]
) -> None:
    played = theatre.play(f"deaths-{batched}", death=Death(), batched=batched)
    record_property("covered", tell(played.death))
    assert difference(undisturbed.quarter, played.quarter) == {}
    assert difference(undisturbed.end, played.end) == {}
    assert played.mails == undisturbed.mails
    assert played.mails
    assert covered(played.death) >= (writes(played.death) | works() | (set() if batched else hearers(played)))


def covered(death: Death) -> set[tuple[str, str]]:
    """Give what died first of all, just before its commit, and after it."""
    return {work for work, found in death.deaths.items() if {FIRST, COMMIT, LOST} <= set(found)}


def writes(death: Death) -> set[tuple[str, str]]:
    """Give the requests of the play that change something."""
    found = {(service, work) for service, work in death.deaths if work.startswith(("POST ", "PUT ", "PATCH "))}
    assert len(found) > 30
    return found


def works() -> set[tuple[str, str]]:
    """Give the relay and everything that time makes due, of each service."""
    due = {(name, each.name) for name in NAMES for each in importlib.import_module(f"services.{name}.events").DEADLINES}
    return due | {(name, RELAYING) for name in NAMES}


def hearers(played: Played) -> set[tuple[str, str]]:
    """Give every event with each service that hears it, but where a mere example of it was refused."""
    everybody = {(name, event.event_name) for name in NAMES for event in handlers(name)}
    assert {hearer for hearer in everybody if not played.death.deaths[hearer]} == set()
    print("refused:", sorted(played.refused))
    return everybody - played.refused


def tell(death: Death) -> str:
    """Print what was covered, and give it in a line."""
    number = sum(found.total() for found in death.deaths.values())
    points = sum(len(found) for found in death.deaths.values())
    line = f"{number} deaths at {points} points of {len(death.deaths)} works"
    print(line)
    for (service, work), found in sorted(death.deaths.items()):
        print(f"  {service:10} {work:60} {len(found):3} points {found.total():4} deaths")
    return line


@pytest.mark.parametrize(
    ("steps", "effects"),
    [("note, effect, commit", 1), ("note, commit, effect, commit", 0), ("effect, commit, note, commit", 2)],
    ids=["in one transaction", "noted before", "noted after"],
)
def test_only_what_is_noted_in_the_transaction_of_its_effect_is_done_once(
    database_server: str, steps: str, effects: int
) -> None:
    """The blade is sharp: of a work that commits in its middle the effect is lost, or comes twice."""
    death = Death()
    with death.at_hand(), psycopg.connect(database_server) as conn:
        conn.execute("CREATE TEMPORARY TABLE noted (one int PRIMARY KEY)")
        conn.execute("CREATE TEMPORARY TABLE done (one int)")
        conn.commit()

        def work() -> None:
            with death.lending() as name:
                name(conn)
                for step in steps.split(", "):
                    if step == "note" and not conn.execute(NOTE).fetchone():
                        return
                    if step == "effect":
                        conn.execute("INSERT INTO done VALUES (1)")
                    if step == "commit":
                        conn.commit()

        death.visit("a service", "a work", work)
        assert conn.execute("SELECT count(*) FROM done").fetchone() == (effects,)
