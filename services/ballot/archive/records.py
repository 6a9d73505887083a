"""The records of an archive and the bytes each of them takes in the file."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

BLOCK = 512
OPENING_NAME = "BELENIOS"
OPENING_SIZE = 2 * BLOCK


class Kind(StrEnum):
    """What a record holds: a document, or an event that names documents."""

    DATA = "data"
    EVENT = "event"


@dataclass(frozen=True)
class Record:
    """One text of the archive; its name in the file is the hash of its content."""

    kind: Kind
    text: str

    @cached_property
    def content(self) -> bytes:
        """Give the bytes that are hashed and stored."""
        return self.text.encode()

    @cached_property
    def hash(self) -> str:
        """Give the lower-case hexadecimal SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def name(self) -> str:
        """Give the name of the record in the file."""
        return f"{self.hash}.{self.kind}.json"

    @property
    def size(self) -> int:
        """Give the number of bytes the record takes in the file, header and padding included."""
        return BLOCK + padded(len(self.content))


def padded(size: int) -> int:
    """Give the whole blocks, in bytes, that `size` bytes of content fill."""
    return -(-size // BLOCK) * BLOCK


def header(name: str, size: int, timestamp: int) -> bytes:
    """Give the 512 bytes before a record's content: the oldest form of tar, without any magic word.

    Every record bears the time of the archive itself, so that no header says when a ballot came (ballot format 1.5).
    """
    block = bytearray(BLOCK)
    for start, field in (
        (0, name.encode("ascii")),
        (100, b"0000644"),
        (108, b"0000000"),
        (116, b"0000000"),
        (124, b"%011o" % size),
        (136, b"%011o" % timestamp),
        (148, b" " * 8),
        (156, b"0"),
    ):
        block[start : start + len(field)] = field
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def block(name: str, content: bytes, timestamp: int) -> bytes:
    """Give a whole record of the file: header, content, padding."""
    return header(name, len(content), timestamp) + content.ljust(padded(len(content)), b"\0")


def opening_text(timestamp: int) -> str:
    """Give the content of the first record; the time is a text there."""
    return json.dumps({"version": 1, "timestamp": str(timestamp)}, separators=(",", ":"))


def opening(timestamp: int) -> bytes:
    """Give the first record of every archive, always `OPENING_SIZE` bytes."""
    return block(OPENING_NAME, opening_text(timestamp).encode(), timestamp)


def encode(record: Record, timestamp: int) -> bytes:
    """Give the bytes of `record` in the file."""
    return block(record.name, record.content, timestamp)
