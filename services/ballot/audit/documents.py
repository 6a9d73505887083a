"""Which documents an event names, and whether exactly these stand before it in the archive."""

from collections.abc import Sequence
from typing import Any

from services.ballot.archive.chain import Event, Type, is_hash
from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Read
from services.ballot.protocol.text import Malformed, canonical, fields

Documents = dict[str, Read]
MOST = 4
"""No event names more documents than a Setup, so that a fifth before it says that the first is nobody's."""

SETUP = ("election", "trustees", "credentials")
SIZED = ("num_tallied", "total_weight", "encrypted_tally")
# The document that an event names directly, the code when its form is wrong, its fields, and which of them name others.
LISTS: dict[Type, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    Type.SETUP: ("setup", "setup_form", SETUP, SETUP),
    Type.ENCRYPTED_TALLY: ("sized", "sized_form", SIZED, ("encrypted_tally",)),
    Type.PARTIAL_DECRYPTION: ("owned", "owned_form", ("owner", "payload"), ("payload",)),
    Type.BALLOT: ("ballot", "", (), ()),
    Type.RESULT: ("result", "", (), ()),
}


def gather(event: Event, waiting: Sequence[Read]) -> tuple[Documents | None, list[Fault]]:
    """Give the documents of an event by name (None when one is not there or unreadable) and all that is wrong."""
    there = {read.record.hash: read for read in waiting}
    named, faults = _named(event, there)
    hashes = list(named.values())
    missing = [Fault(hash_, "data_missing", name) for name, hash_ in named.items() if hash_ not in there]
    readable = bool(hashes) and not faults and not missing
    faults += [*missing, *unnamed([read for read in waiting if read.record.hash not in hashes])]
    present = [read.record.hash for read in waiting if read.record.hash in hashes]
    if present != [hash_ for hash_ in hashes if hash_ in there]:
        faults.append(Fault(waiting[0].name, "data_order", str(event.type)))
    return ({name: there[hash_] for name, hash_ in named.items()} if readable else None), faults


def unnamed(reads: Sequence[Read]) -> list[Fault]:
    """Name documents that no event names."""
    return [Fault(read.name, "data_unnamed") for read in reads]


def content(read: Read, names: tuple[str, ...]) -> dict[str, Any]:
    """Read a document that has these fields and is written as the format writes it; Malformed."""
    return fields(canonical(read.record.text), *names)


def _named(event: Event, there: dict[str, Read]) -> tuple[dict[str, str], list[Fault]]:
    """Give the hash of every document the event names, in the order in which they must stand."""
    if event.payload is None or event.type not in LISTS:
        return {}, []
    name, code, names, naming = LISTS[event.type]
    first = {name: event.payload}
    if not names or event.payload not in there:
        return first, []
    listing = there[event.payload]
    try:
        plain = content(listing, names)
    except Malformed as trouble:
        return first, [Fault(listing.name, code, trouble.detail)]
    if not all(is_hash(plain[key]) for key in naming):
        return first, [Fault(listing.name, code, "hash")]
    return {key: plain[key] for key in naming} | first, []
