"""Reading an archive strictly: every byte of it must be the one a writer would have put there."""

import hashlib
import json
import re
from dataclasses import dataclass

from services.ballot.archive import records
from services.ballot.archive.fault import Fault
from services.ballot.archive.records import BLOCK, OPENING_NAME, Kind, Record

LARGEST = 32 * 1024 * 1024
NAME = re.compile(rb"([0-9a-f]{64})\.(data|event)\.json")
OCTAL = re.compile(rb"[0-7]{11}\0")
FIELDS = (
    (0, "name"), (100, "mode"), (108, "owner"), (116, "group"), (124, "size"), (136, "time"),
    (148, "checksum"), (156, "type"), (157, "rest"),
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """One record as found: which name it bears, where it begins in the file, and its text."""

    name: str
    start: int
    record: Record

    @property
    def end(self) -> int:
        """Give the offset of the next record."""
        return self.start + self.record.size


class Reader:
    """Takes the bytes of an archive in pieces of any length and gives its records, naming every byte that is wrong.

    `timestamp` is None until the opening was read. A reader that lost its place in the file reads no further (`lost`).
    """

    def __init__(self, begin: int = 0, timestamp: int | None = None):
        self.begin = begin
        self.timestamp = timestamp
        self.faults: list[Fault] = []
        self.lost = False
        self._waiting = bytearray()

    @property
    def offset(self) -> int:
        """Give the offset of the byte to be fed next."""
        return self.begin + len(self._waiting)

    @property
    def torn(self) -> bool:
        """Say whether the bytes so far end within a record."""
        return bool(self._waiting)

    def feed(self, data: bytes) -> list[Read]:
        """Take the next bytes; give the records that are now whole."""
        self._waiting += data
        found = []
        while not self.lost and (size := self._next_size()) is not None:
            if len(self._waiting) < size:
                break
            block = bytes(self._waiting[:size])
            if not self.begin:
                self._opening(block)
            elif (read := self._record(block)) is not None:
                found.append(read)
            del self._waiting[:size]
            self.begin += size
        return found

    def _next_size(self) -> int | None:
        """Give the bytes of the next record, None while its header is not there or cannot be used."""
        if len(self._waiting) < BLOCK:
            return None
        field = bytes(self._waiting[124:136])
        if not OCTAL.fullmatch(field):
            self._lose("header_unreadable")
            return None
        size = int(field[:11], 8)
        if size > LARGEST:
            self._lose("record_too_large")
            return None
        return BLOCK + records.padded(size)

    def _lose(self, code: str) -> None:
        self.lost = True
        self._fault(code, "")

    def _fault(self, code: str, detail: str, place: str = "") -> None:
        self.faults.append(Fault(place or f"byte {self.begin}", code, detail))

    def _opening(self, block: bytes) -> None:
        """Check the first record; it alone says the time that every header bears."""
        content = _content(block)
        try:
            stamp = json.loads(content)["timestamp"]
            timestamp = int(stamp) if isinstance(stamp, str) and re.fullmatch(r"[0-9]{1,10}", stamp) else -1
        except (ValueError, KeyError, TypeError, RecursionError):
            timestamp = -1
        if timestamp < 0 or content != records.opening_text(timestamp).encode():
            self._lose("opening_form")
            return
        self.timestamp = timestamp
        self._compare(block, OPENING_NAME, content)

    def _record(self, block: bytes) -> Read | None:
        content = _content(block)
        found = NAME.match(block, 0, 100)
        if not found or block[found.end() : 100].strip(b"\0"):
            self._fault("record_name", "")
            return None
        name = found[0].decode()
        self._compare(block, name, content)
        if hashlib.sha256(content).hexdigest() != found[1].decode():
            self._fault("content_hash", "", name)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            self._fault("not_utf8", "", name)
            return None
        return Read(name, self.begin, Record(Kind(found[2].decode()), text))

    def _compare(self, block: bytes, name: str, content: bytes) -> None:
        """Hold a record to the very bytes it must have."""
        right = records.header(name, len(content), self.timestamp or 0)
        if block[:BLOCK] != right:
            first = next(place for place in range(BLOCK) if block[place] != right[place])
            self._fault("header_bytes", [field for start, field in FIELDS if start <= first][-1], name)
        if block[BLOCK + len(content) :].strip(b"\0"):
            self._fault("padding", "", name)


def _content(block: bytes) -> bytes:
    return block[BLOCK : BLOCK + int(block[124:135], 8)]
