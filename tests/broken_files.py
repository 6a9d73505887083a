"""Workbooks as accidents and malice leave them: bytes flipped, cut off, damaged inside a sound zip, zip bombs."""

import io
import zipfile
from collections.abc import Iterator
from random import Random
from typing import Any

from openpyxl import Workbook

ENTITIES = b'<!DOCTYPE s [<!ENTITY a "%s">%s]><s>&i;</s>' % (
    b"x" * 100,
    b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8)),
)


def workbook(*rows: list[Any]) -> bytes:
    """Make a workbook of these rows, with numbers, so that every kind of part is in it."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def flipped(whole: bytes, count: int, *, seed: int = 20130401) -> Iterator[bytes]:
    """Give the file with one to eight bytes changed, `count` times."""
    chance = Random(seed)
    for _ in range(count):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] ^= chance.randint(1, 255)
        yield bytes(damaged)


def cut(whole: bytes, count: int) -> Iterator[bytes]:
    """Give the file cut off at `count` places."""
    for place in range(count):
        yield whole[: 4 + place * (len(whole) - 5) // count]


def damaged_inside(whole: bytes, count: int, *, seed: int = 2013) -> Iterator[bytes]:
    """Give sound zips in which one part is damaged: flipped, cut off, emptied, left out, or with entities."""
    chance = Random(seed)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(count):
        name = chance.choice(sorted(parts))
        data = parts[name]
        wrecks = (next(flipped(data, 1, seed=chance.randrange(10**9))), data[: chance.randrange(len(data))],
                  b"", ENTITIES, data.replace(b"<v>", b"<v>nan"), data.replace(b"<v>", b"<v>9e99"))  # fmt: skip
        yield zipped({**parts, name: chance.choice(wrecks)})
    for name in parts:
        yield zipped({other: data for other, data in parts.items() if other != name})


def bomb(size: int) -> bytes:
    """Give a zip of a few kilobytes that claims to be a workbook and unpacks to `size` bytes."""
    return zipped({"xl/worksheets/sheet1.xml": b"0" * size})


def zipped(parts: dict[str, bytes]) -> bytes:
    """Pack parts as a workbook is packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
