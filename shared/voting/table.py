"""Powers of one number that is raised very often: its multiples of two-powers are worked out once, and looked up."""

from threading import Lock

from gmpy2 import mpz, powmod

WINDOW = 9
PATIENCE = 100
"""Plain powers before a table pays: building one costs as much as about this many of them."""


class FixedBase:
    """Powers of `base` modulo `p` for exponents of at most `bits` bits; not in constant time: no secret keys."""

    def __init__(self, base: int, p: int, bits: int) -> None:
        self.base, self.p, self.bits = mpz(base), mpz(p), bits
        self._used = 0
        self._rows: list[list[int]] = []
        self._building = Lock()

    def __reduce__(self) -> tuple[type["FixedBase"], tuple[int, int, int]]:
        """Travel to another process without the table, which is built there if it pays."""
        return (type(self), (self.base, self.p, self.bits))

    def power(self, exponent: int) -> int:
        """Give base^exponent mod p for 0 <= exponent < 2^bits."""
        if not self._rows:
            self._used += 1
            # One thread builds; the others do without a table meanwhile.
            if self._used <= PATIENCE or not self._building.acquire(blocking=False):
                power: int = powmod(self.base, exponent, self.p)
                return power
            self._rows = self._rows or self._build()
            self._building.release()
        return self._look_up(int(exponent))

    def _look_up(self, exponent: int) -> int:
        if exponent < 0 or exponent >> self.bits:
            raise ValueError("The exponent is outside the table")
        product, mask, p = mpz(1), (1 << WINDOW) - 1, self.p
        for row in self._rows:
            digit = exponent & mask
            if digit:
                product = product * row[digit] % p
            exponent >>= WINDOW
        found: int = product
        return found

    def _build(self) -> list[list[int]]:
        rows, step, p = [], self.base, self.p
        for _ in range(0, self.bits, WINDOW):
            row = [mpz(1)]
            for _ in range((1 << WINDOW) - 1):
                row.append(row[-1] * step % p)
            rows.append(row)
            step = row[-1] * step % p
        return rows
