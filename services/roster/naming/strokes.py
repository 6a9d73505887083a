"""姓氏笔画 order: for every name a text that sorts, under byte order, as official lists sort (requirements 4.3).

First the surname's first character, then, as official lists do, names of two characters before longer ones, then the
other characters one by one. A character is ordered by its number of strokes, then by their kinds (横竖撇点折), then by
its official rank; characters outside the table follow all others, by code point.
"""

from functools import cache
from pathlib import Path

from services.roster.naming.names import DOT, normalise

TABLE = Path(__file__).with_name("strokes.tsv")
_UNKNOWN = "99"
"""No character of the table has so many strokes."""


def key(name: str) -> str:
    """Give the sort key of a name:王伟 sorts before 王小明."""
    characters = normalise(name).replace(DOT, "")
    if not characters:
        return ""
    length = "0" if len(characters) <= 2 else "1"
    return _of(characters[0]) + length + "".join(map(_of, characters[1:]))


def _of(character: str) -> str:
    # Self-delimiting: the first two digits say how many strokes follow, the rank has a fixed width. So no key of a
    # character is the beginning of another's, and keys of names compare character by character.
    return _known().get(character) or f"{_UNKNOWN}{ord(character):07}"


@cache
def _known() -> dict[str, str]:
    keys = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        character, rank, count, code, _source = line.split("\t")
        keys[character] = f"{int(count):02}{code}{int(rank):05}"
    return keys
