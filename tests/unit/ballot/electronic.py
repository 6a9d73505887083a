"""Builders: an election with a key we know, honest ballots, and a cheat who signs whatever is wanted."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.proofs import Known, Proof, disjunction, know
from services.ballot.protocol.statements import context, identity, range_prefix
from services.ballot.protocol.text import Malformed, b64_hash, compact
from shared.voting.group import BELENIOS_2048 as GROUP

UUID = "9D2fxzJ4gTqKzdWbRRs4qv"
KEY, OTHER_KEY = 31337**15, 31337**14
ELECTOR, OTHER = 11**60, 13**60
P, Q = GROUP.p, GROUP.q
CUBE_ROOT = next(root for base in (2, 3, 5) if (root := pow(base, (P - 1) // 3, P)) != 1)
"""A number of order three, which is no element of the group."""
THREE = Question(("甲", "乙", "丙"), 1, 2, "评选谁？")
OR_NONE = replace(THREE, blank=True)
ONE = Question(("同意",), 0, 1, "同意吗？")


@cache
def election(*questions: Question, uuid: str = UUID) -> Election:
    return elections.make(uuid, "闪光言行之星", "说明", GROUP.power(GROUP.g, KEY), questions or (THREE,))


def accept(asked: Election, text: str | bytes) -> Ballot:
    """Check a ballot as the box does."""
    read = ballots.read(asked, text)
    ballots.check_signature(asked, read)
    ballots.check_proofs(asked, read)
    return read


def refused(text: str | bytes, *questions: Question) -> str:
    with pytest.raises(Malformed) as refusal:
        accept(election(*questions), text)
    return refusal.value.code


@cache
def honest(*questions: Question) -> str:
    """Give a ballot that ticks as little as each question allows, but something, and is never blank."""
    asked = election(*questions)
    weights = [least(one) for one in asked.questions]
    return ballots.make(asked, ELECTOR, weights)


def least(question: Question) -> list[int]:
    ticks = max(1, question.minimum)
    return [0] * question.blank + [1] * ticks + [0] * (len(question.answers) - ticks)


def signed(plain: dict[str, Any], secret: int = ELECTOR) -> str:
    """Sign a changed ballot anew, as a cheat with a credential can."""
    body = {name: value for name, value in plain.items() if name != "signature"}
    digest = b64_hash(compact(body))
    proof = know(GROUP, secret, f"sig|{digest}|")
    return compact({**body, "signature": {"hash": digest, "proof": proof.plain()}})


def changed(text: str, change: Callable[[dict[str, Any]], None]) -> str:
    """Change the plain ballot and sign it anew."""
    plain = json.loads(text)
    change(plain)
    return signed(plain)


def reach(plain: dict[str, Any], *path: Any) -> Any:
    found = plain["answers"][0]
    for step in path:
        found = found[step]
    return found


@dataclass(frozen=True)
class Cheat:
    """Answers a question without a blank vote: proves other numbers than it should, or leaves the group."""

    asked: Election
    weights: Sequence[int]
    bits: tuple[int, int] = (0, 1)
    totals: tuple[int, ...] = (0, 1)
    twist: int = 1
    """A factor of small order put into every alpha and beta."""
    order: int = 1

    def ballot(self) -> str:
        public = GROUP.text(GROUP.power(GROUP.g, ELECTOR))
        drawn = [GROUP.random() for _ in self.weights]
        pairs = [self._twisted(*self.asked.basis.encrypt(r, w % Q)) for r, w in zip(drawn, self.weights, strict=True)]
        texts = [f"{alpha},{beta}" for alpha, beta in pairs]
        start, where = identity(self.asked, public), context(self.asked, public, texts)
        individual = [
            self._proven([Known(r, w, bit) for bit in self.bits], range_prefix(start, text))
            for r, w, text in zip(drawn, self.weights, texts, strict=True)
        ]
        whole = ",".join(str(GROUP.product(column)) for column in zip(*pairs, strict=True))
        cases = [Known(sum(drawn) % Q, sum(self.weights), total) for total in self.totals]
        answer = {
            "choices": [{"alpha": str(alpha), "beta": str(beta)} for alpha, beta in pairs],
            "individual_proofs": individual,
            "overall_proof": self._proven(cases, range_prefix(where, whole)),
        }
        head = {"election_uuid": self.asked.uuid, "election_hash": self.asked.hash, "credential": public}
        return signed({**head, "answers": [answer]})

    def _twisted(self, alpha: int, beta: int) -> tuple[int, int]:
        return alpha * self.twist % P, beta * self.twist % P

    def _proven(self, cases: Sequence[Known], prefix: str) -> list[dict[str, str]]:
        """Draw until no challenge shows the twist: that is all a cheat needs where membership is not tested."""
        while True:
            proofs: list[Proof] = disjunction(self.asked.basis, cases, prefix)
            if all(proof.challenge % self.order == 0 for proof in proofs):
                return [proof.plain() for proof in proofs]
