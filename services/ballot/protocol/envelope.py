"""What a door reads of a ballot: whether its whole text has the one lawful form, and who signed it; nothing else.

The form is a pattern made once from the election. It takes nothing that `ballot.read` refuses; what it does not take,
`ballot.read` looks at again and says why.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from gmpy2 import mpz

from services.ballot.protocol.ballot import tracker
from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.proofs import Proof
from services.ballot.protocol.statements import overall_length
from services.ballot.protocol.text import b64_hash


class Envelope(NamedTuple):
    """A ballot of good form, unopened; `credential` is the decimal text that the election's list carries."""

    text: str
    credential: str
    element: int
    hash: str
    proof: Proof

    @property
    def tracker(self) -> str:
        """Give the tracking number."""
        return tracker(self.text)


class Form:
    """The form of the ballots of one election whose credentials, all elements of the group, are known."""

    def __init__(self, election: Election, credentials: Collection[str]) -> None:
        """Make the pattern; `credentials` are those that the election lists."""
        self._credentials = credentials
        self._p, self._q = str(election.group.p).encode(), str(election.group.q).encode()
        self._whole = re.compile(self._pattern(election).encode())
        self._long = re.compile(rb"[0-9]{%d,}" % len(self._q))

    def read(self, body: bytes) -> Envelope | None:
        """Read a ballot as `ballot.read` would, its ciphertexts unread; nothing where it is not plainly lawful."""
        found = self._whole.fullmatch(body)
        if found is None or not all(map(self._in_range, self._long.findall(body))):
            return None
        signed, credential, digest, challenge, response = (part.decode() for part in found.groups())
        if credential not in self._credentials or b64_hash(signed + "}") != digest:
            return None
        return Envelope(body.decode(), credential, mpz(credential), digest, Proof(mpz(challenge), mpz(response)))

    def _in_range(self, digits: bytes) -> bool:
        """Hold a number of many digits to its limit, as texts of one length; what could be either passes as neither."""
        limit = self._p if len(digits) == len(self._p) else self._q
        return len(digits) > len(limit) or digits < limit

    def _pattern(self, election: Election) -> str:
        # No element has one digit: that keeps the identity out.
        element, exponent = _digits(2, len(self._p)), f"(?:0|{_digits(1, len(self._q))})"
        head = f'"election_uuid":"{re.escape(election.uuid)}","election_hash":"{re.escape(election.hash)}"'
        answers = _some([_answer(question, element, exponent) for question in election.questions])
        proof = _proof(f"({exponent})")
        signature = rf'\{{"hash":"([A-Za-z0-9+/]{{43}})","proof":{proof}\}}'
        return rf'(\{{{head},"credential":"({element})","answers":{answers}),"signature":{signature}\}}'


def _digits(least: int, most: int) -> str:
    return f"[1-9][0-9]{{{least - 1},{most - 1}}}"


def _proof(exponent: str) -> str:
    return rf'\{{"challenge":"{exponent}","response":"{exponent}"\}}'


def _some(parts: list[str]) -> str:
    return rf"\[{','.join(parts)}\]"


def _many(part: str, number: int) -> str:
    return rf"\[{part}(?:,{part}){{{number - 1}}}\]" if number else r"\[\]"


def _answer(question: Question, element: str, exponent: str) -> str:
    proof, ciphertext = _proof(exponent), rf'\{{"alpha":"{element}","beta":"{element}"\}}'
    parts = {
        "choices": _many(ciphertext, question.width),
        "individual_proofs": _many(_many(proof, 2), question.width),
        "overall_proof": _many(proof, overall_length(question)),
        **({"blank_proof": _many(proof, 2)} if question.blank else {}),
    }
    written = ",".join(f'"{name}":{part}' for name, part in parts.items())
    return rf"\{{{written}\}}"
