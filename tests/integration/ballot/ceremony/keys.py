"""What is asked of the seats around a table, what they say and hold, and what one of them may say wrongly."""

import json
from typing import Any
from uuid import UUID

from services.ballot.key import commands
from services.ballot.protocol.trustees import Trustees
from shared.events import Event
from shared.voting import seal
from shared.voting.group import BELENIOS_2048
from tests import trustees
from tests.seats import Table
from tests.university import TENANT

PERIOD = "2013Q1"


def ask(around: Table, period: str = PERIOD) -> None:
    with around.places["ballot"].connect() as conn:
        commands.request(conn, TENANT, period)


def key(around: Table, period: str = PERIOD) -> Any:
    with around.places["ballot"].connect() as conn:
        return commands.of(conn, TENANT, period)


def states(around: Table) -> set[tuple[str, str]]:
    found = set()
    for name, place in around.places.items():
        with place.connect() as conn:
            found |= {(name, state) for (state,) in conn.execute("SELECT state FROM ceremony")}
    return found


def shares(around: Table) -> dict[int, int]:
    """What each seat holds, opened with its own key."""
    found = {}
    for seat in trustees.SEATS:
        with around.places[f"trustee{seat}"].connect() as conn:
            for (sealed,) in conn.execute("SELECT share FROM ceremony WHERE state = 'made'"):
                found[seat] = int(trustees.VAULTS[seat].open(sealed))
    return found


def everything_told(around: Table) -> str:
    return "".join(told.data for place in around.places.values() for told in place.told())


def assert_key_stands(around: Table) -> None:
    """One key, held by all, of which each holds the share that belongs to its verification key."""
    made = key(around)
    assert made is not None
    read = Trustees.parse(made.trustees)
    assert (read.threshold, len(read.owners)) == (2, 3)
    assert str(read.public_key) == made.public_key
    assert states(around) == {(name, "made") for name in around.places}
    group, held = BELENIOS_2048, shares(around)
    assert {owner.number: owner.key for owner in read.owners} == {
        seat: group.power(group.g, share) for seat, share in held.items()
    }
    assert len(around.places["ballot"].told("key.made")) == 1


def signed(seat: int, event: type[Event], **facts: object) -> dict[str, object]:
    said = {**facts, "seat": seat}
    return {"tenant_id": TENANT, **said, "seal": seal.sign(trustees.IDENTITIES[seat], event, TENANT, said)}


def facts(around: Table, seat: int, name: str) -> dict[str, Any]:
    told = json.loads(around.places[f"trustee{seat}"].told(name)[0].data)
    return {**told, "ceremony_id": UUID(told["ceremony_id"])}
