"""Builders: a key ceremony held in one room, with every seat's secrets and what it said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from services.ballot.protocol import pedersen, trustees
from services.ballot.protocol.pedersen import SeatSecrets
from services.ballot.protocol.trustees import Trustees
from shared.voting.group import BELENIOS_2048 as GROUP


@dataclass(frozen=True)
class Room:
    """What each of the seats knows and said."""

    threshold: int
    secrets: Sequence[SeatSecrets]
    certs: Sequence[str]
    exps: Sequence[str]
    private: Sequence[int]
    keys: Sequence[str]

    @property
    def parameters(self) -> str:
        return pedersen.assemble(GROUP, self.threshold, self.certs, self.exps, self.keys)

    @property
    def trustees(self) -> Trustees:
        return Trustees.parse(trustees.together(self.parameters))


@cache
def ceremony(threshold: int, seats: int, salt: int = 0) -> Room:
    seeds = [bytes([salt, seat]) * 16 for seat in range(seats)]
    secrets = [SeatSecrets.of(GROUP, seed, threshold) for seed in seeds]
    dealt = [[pedersen.share(GROUP, one, seat) for one in secrets] for seat in range(1, seats + 1)]
    private = [pedersen.private_key(GROUP, row) for row in dealt]
    return Room(
        threshold,
        secrets,
        [pedersen.certificate(GROUP, one) for one in secrets],
        [pedersen.coefexps(GROUP, one) for one in secrets],
        private,
        [pedersen.verification_key(GROUP, one, f"第{seat}席") for seat, one in enumerate(private, start=1)],
    )
