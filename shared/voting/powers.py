"""Several powers of one number that is met once: its squarings are shared among all of them."""

from collections.abc import Sequence

from gmpy2 import mpz, powmod

WINDOW = 4
"""Bits taken at a time; measured with three exponents of 256 bits, where 3 and 5 are slower."""
MASK = (1 << WINDOW) - 1


def joint_powers(base: int, exponents: Sequence[int], p: int) -> list[int]:
    """Give base^e mod p for each non-negative exponent; not in constant time: for public exponents only.

    Every digit of an exponent puts base^(16^i) into a bucket; a bucket's content counts as often as its digit says. One
    exponent alone is faster with GMP's own exponentiation, from two on this is.
    """
    if len(exponents) < 2:
        return [powmod(base, one, p) for one in exponents]
    step, p, rest = mpz(base), mpz(p), [int(one) for one in exponents]
    filled: list[dict[int, int]] = [{} for _ in rest]
    while any(rest):
        for at, exponent in enumerate(rest):
            digit, buckets = exponent & MASK, filled[at]
            if digit:
                buckets[digit] = buckets[digit] * step % p if digit in buckets else step
            rest[at] = exponent >> WINDOW
        for _ in range(WINDOW):
            step = step * step % p
    return [_emptied(buckets, p) for buckets in filled]


class SharedPowers:
    """Powers that are asked for first and worked out together, base by base, when the first of a base is needed."""

    def __init__(self, p: int) -> None:
        self._p = p
        self._asked: dict[int, set[int]] = {}
        self._known: dict[tuple[int, int], int] = {}

    def ask(self, base: int, exponent: int) -> None:
        """Say that base^exponent will be needed."""
        self._asked.setdefault(base, set()).add(exponent)

    def power(self, base: int, exponent: int) -> int:
        """Give base^exponent, which must have been asked for before any power of that base was taken; else KeyError."""
        if base in self._asked:
            exponents = list(self._asked.pop(base))
            found = joint_powers(base, exponents, self._p)
            self._known |= {(base, one): power for one, power in zip(exponents, found, strict=True)}
        return self._known[base, exponent]


def _emptied(buckets: dict[int, int], p: int) -> int:
    running, total = mpz(1), mpz(1)
    for digit in range(MASK, 0, -1):
        if digit in buckets:
            running = running * buckets[digit] % p
        total = total * running % p
    power: int = total
    return power
