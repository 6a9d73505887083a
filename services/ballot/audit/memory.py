"""What a follower remembers between two runs, as one small stored text: nothing before it need be read again."""

import json
import zlib
from typing import TYPE_CHECKING, Any

from services.ballot.archive.chain import Head, Type
from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Reader
from services.ballot.audit import setup
from services.ballot.audit.box import Placed
from services.ballot.audit.count import Count
from services.ballot.audit.links import Links
from services.ballot.protocol.tally import Accumulator

if TYPE_CHECKING:
    from services.ballot.audit.follower import Follower

VERSION = 1


def dump(follower: "Follower") -> bytes:
    """Give all that `fill` needs, up to the last whole event."""
    head, found, count = follower.links.head, follower.setup, follower.count
    plain: dict[str, Any] = {
        "version": VERSION,
        "begin": follower.begin,
        "timestamp": follower.reader.timestamp if follower.begin else None,
        "head": [head.hash, head.height, head.type] if head and follower.begin else None,
        "ballots": follower.ballots,
        "faults": [[fault.place, fault.code, fault.detail] for fault in follower.faults],
        "setup": found.texts if found else None,
        "box": _box(follower),
        "count": [list(count.parts.items()), count.result] if count else None,
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode())


def fill(follower: "Follower", state: bytes) -> None:
    """Let a new follower go on where another was when it was dumped; ValueError for another version's dump."""
    plain = json.loads(zlib.decompress(state))
    if plain["version"] != VERSION:
        raise ValueError(f"a dump of version {plain['version']}")
    follower.begin, follower.ballots = plain["begin"], plain["ballots"]
    follower.reader = Reader(plain["begin"], plain["timestamp"])
    if plain["head"]:
        hash_, height, kind = plain["head"]
        follower.links = Links(Head(hash_, height, Type(kind)))
    follower.blame([Fault(*parts) for parts in plain["faults"]])
    if plain["setup"]:
        _fill_box(follower, plain)


def _box(follower: "Follower") -> Any:
    box = follower.box
    if box is None:
        return None
    numbers = {credential: number for number, credential in enumerate(box.setup.credentials)}
    last = [[numbers[name], place.hash, place.start, place.length] for name, place in box.last.items()]
    replaced = sorted(box.seen - {place.hash for place in box.last.values()})
    return [box.product.text, last, replaced]


def _fill_box(follower: "Follower", plain: dict[str, Any]) -> None:
    found = setup.recall(tuple(plain["setup"]))
    product, last, replaced = plain["box"]
    follower.set_up(found, Accumulator.resume(found.election, product, len(last)))
    box = follower.box
    assert box is not None  # noqa: S101 — set_up made it
    box.last = {found.credentials[number]: Placed(*place) for number, *place in last}
    box.seen = {place.hash for place in box.last.values()} | set(replaced)
    if plain["count"]:
        parts, result = plain["count"]
        follower.count = Count(found, box.product.tally, box.num_tallied, dict(parts), result)
