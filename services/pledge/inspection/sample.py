"""A random sample that anybody draws again from the seed and the list.

The algorithm: write every id of the list in lower case, as 36 characters; take SHA-256 of `seed:id` in hexadecimal;
put the ids in the order of these digests; the first n are the sample. In a shell, with the ids one per line:

    while read -r id; do printf '%s ' "$id"; printf '%s:%s' "$seed" "$id" | sha256sum; done < list.txt |
        LC_ALL=C sort -k2 | head -n "$n" | cut -d' ' -f1

The seed is made when the sample is drawn, by the machine, and never chosen; the list is kept with it.
"""

import hashlib
import secrets
from collections.abc import Iterable
from uuid import UUID


def seed() -> str:
    """Make a seed of 128 random bits, in hexadecimal."""
    return secrets.token_hex(16)


def draw(seed: str, ids: Iterable[UUID], size: int) -> list[UUID]:
    """Draw `size` ids of a list, or all when there are not so many; their order in the list does not matter."""
    return sorted(set(ids), key=lambda each: _digest(seed, each))[:size]


def digest(ids: Iterable[UUID]) -> str:
    """Give SHA-256 of the list as it can be downloaded: ids in order, one per line."""
    return hashlib.sha256(listed(ids).encode()).hexdigest()


def listed(ids: Iterable[UUID]) -> str:
    """Write the list: ids in order, one per line."""
    return "".join(f"{each}\n" for each in sorted(ids, key=str))


def _digest(seed: str, each: UUID) -> str:
    return hashlib.sha256(f"{seed}:{each}".encode()).hexdigest()
