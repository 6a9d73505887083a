"""The rounds of a key ceremony in which n seats make a key that any t of them can use (Pedersen), as pure functions.

Round 1: every seat offers its certificate. Round 2: it draws a polynomial, offers the signed exponents of its
coefficients and deals every seat the polynomial's value there. Round 3: a seat checks what it was dealt and offers its
verification key.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from services.ballot.protocol.proofs import Proof, know, known
from services.ballot.protocol.proofs import read as read_proof
from services.ballot.protocol.text import Malformed, compact, fields, listing, load, string, whole
from shared.voting.group import IDENTITY, Group


@dataclass(frozen=True)
class SeatSecrets:
    """What a seat must keep to itself: its signing key, its decryption key and its polynomial."""

    signing: int
    decryption: int
    coefficients: tuple[int, ...]

    @staticmethod
    def of(group: Group, seed: bytes, threshold: int) -> "SeatSecrets":
        """Derive all secrets of a seat from a random seed of at least 32 bytes, so that only the seed need be kept."""
        if len(seed) < 32:
            raise ValueError("The seed is too short")
        coefficients = tuple(_derive(group, seed, f"coefficient|{at}") for at in range(threshold))
        return SeatSecrets(_derive(group, seed, "signing"), _derive(group, seed, "decryption"), coefficients)


@dataclass(frozen=True)
class Certificate:
    """The public keys of a seat during the ceremony: to check what it signs, and to encrypt what it is dealt."""

    verification: int
    encryption: int


@dataclass(frozen=True)
class Threshold:
    """The public parameters of a key that `threshold` of the seats can use; `keys` are the seats' verification keys."""

    threshold: int
    public_key: int
    keys: tuple[int, ...]
    names: tuple[str, ...]


def certificate(group: Group, secrets: SeatSecrets) -> str:
    """Make the text of a seat's self-signed certificate (round 1)."""
    keys = {
        "verification": group.text(group.secret_power(group.g, secrets.signing)),
        "encryption": group.text(group.secret_power(group.g, secrets.decryption)),
    }
    return compact(_sign(group, secrets.signing, compact(keys)))


def read_certificate(group: Group, text: str) -> Certificate:
    """Read a certificate and check its signature; Malformed("certificate_signature") and on its form."""
    return _certificate(group, load(text))


def coefexps(group: Group, secrets: SeatSecrets) -> str:
    """Make the signed text of the exponents of a seat's coefficients (round 2)."""
    exponents = [group.text(group.secret_power(group.g, one)) for one in secrets.coefficients]
    return compact(_sign(group, secrets.signing, compact({"coefexps": exponents})))


def read_coefexps(group: Group, text: str, certificate: Certificate, threshold: int) -> tuple[int, ...]:
    """Read a seat's signed exponents; Malformed("coefexps_signature") and on their form or number."""
    return _coefexps(group, load(text), certificate, threshold)


def share(group: Group, secrets: SeatSecrets, seat: int) -> int:
    """Give what a seat deals to seat number `seat` (1-based), its polynomial there: for that seat's eyes only."""
    value = 0
    for coefficient in reversed(secrets.coefficients):
        value = (value * seat + coefficient) % group.q
    return value


def share_fits(group: Group, exponents: Sequence[int], seat: int, dealt: int) -> bool:
    """Say whether what was dealt to a seat is the polynomial whose exponents were offered (round 3)."""
    if not 0 <= dealt < group.q:
        return False
    return group.secret_power(group.g, dealt) == _at(group, exponents, seat)


def agreed(group: Group, secrets: SeatSecrets, other: Certificate) -> bytes:
    """Give 32 bytes that only this seat and the other know (to derive the key under which shares travel)."""
    common = group.secret_power(other.encryption, secrets.decryption)
    return hashlib.sha256(f"share|{group.text(common)}".encode("ascii")).digest()


def private_key(group: Group, dealt: Sequence[int]) -> int:
    """Give a seat's part of the private key: the sum of what all seats (itself too) dealt to it."""
    return sum(dealt) % group.q


def verification_key(group: Group, private: int, name: str = "") -> str:
    """Make the text of a seat's verification key with the proof that it knows the private part (round 3)."""
    key = group.secret_power(group.g, private)
    proof = know(group, private, pok_prefix(group, key))
    named = {"name": name} if name else {}
    return compact({"pok": proof.plain(), "public_key": group.text(key), **named})


def expected_key(group: Group, exponents: Sequence[Sequence[int]], seat: int) -> int:
    """Give the verification key that seat number `seat` must have, from the exponents of all seats."""
    return group.product(_at(group, one, seat) for one in exponents)


def assemble(group: Group, threshold: int, certs: Sequence[str], exps: Sequence[str], keys: Sequence[str]) -> str:
    """Put the texts of all seats, in the order of the seats, together and check every one of them.

    Gives the text of the threshold parameters; Malformed as `read_threshold` says.
    """
    plain = {
        "threshold": threshold,
        "certs": [load(one) for one in certs],
        "coefexps": [load(one) for one in exps],
        "verification_keys": [load(one) for one in keys],
    }
    read_threshold(group, plain)
    return compact(plain)


def read_threshold(group: Group, value: Any) -> Threshold:
    """Check threshold parameters wholly.

    Malformed: threshold, certificate_signature, certificate_twice, coefexps_signature, verification_key, pok; on form.
    """
    plain = fields(value, "threshold", "certs", "coefexps", "verification_keys")
    threshold, given = whole(plain["threshold"]), listing(plain["certs"])
    if not 1 <= threshold <= len(given):
        raise Malformed("threshold", "not between one and the number of seats")
    certs = [_certificate(group, one) for one in given]
    if len({cert.verification for cert in certs}) != len(certs):
        raise Malformed("certificate_twice", "two seats have one key")
    signed = zip(listing(plain["coefexps"], len(certs)), certs, strict=True)
    exponents = [_coefexps(group, one, cert, threshold) for one, cert in signed]
    keys = [read_key(group, one) for one in listing(plain["verification_keys"], len(certs))]
    for seat, (key, _) in enumerate(keys, start=1):
        if key != expected_key(group, exponents, seat):
            raise Malformed("verification_key", f"seat {seat}")
    public_key = group.product(one[0] for one in exponents)
    return Threshold(threshold, public_key, tuple(key for key, _ in keys), tuple(name for _, name in keys))


def read_key(group: Group, value: Any) -> tuple[int, str]:
    """Read a trustee's public key and name and check the proof that its secret is known; Malformed("pok")."""
    plain = fields(value, "pok", "public_key", "name", optional=("name",))
    key = group.parse(plain["public_key"])
    if key == IDENTITY:
        raise Malformed("identity_element", "public_key")
    if not known(group, key, read_proof(plain["pok"], group), pok_prefix(group, key)):
        raise Malformed("pok", "the secret of a public key is not proven")
    return key, string(plain.get("name", ""))


def pok_prefix(group: Group, key: int) -> str:
    """Give the challenge prefix of the proof that a trustee knows its key."""
    return f"pok|{group.name}|{group.text(key)}|"


def _at(group: Group, exponents: Sequence[int], seat: int) -> int:
    powers = accumulate(range(1, len(exponents)), lambda power, _: power * seat % group.q, initial=1)
    return group.product(group.power(one, power) for one, power in zip(exponents, powers, strict=True))


def _derive(group: Group, seed: bytes, purpose: str) -> int:
    wide = hashlib.sha512(f"shanguang|{group.name}|{purpose}|".encode("ascii") + seed).digest()
    return int.from_bytes(wide, "big") % (group.q - 1) + 1


def _sign(group: Group, signing: int, message: str) -> dict[str, Any]:
    proof = know(group, signing, f"sigmsg|{message}|")
    return {"message": message, "signature": proof.plain()}


def _signed(group: Group, value: Any) -> tuple[str, Proof]:
    plain = fields(value, "message", "signature")
    return string(plain["message"]), read_proof(plain["signature"], group)


def _certificate(group: Group, value: Any) -> Certificate:
    message, proof = _signed(group, value)
    plain = fields(load(message), "verification", "encryption")
    made = Certificate(group.parse(plain["verification"]), group.parse(plain["encryption"]))
    if IDENTITY in (made.verification, made.encryption):
        raise Malformed("identity_element", "certificate")
    if not known(group, made.verification, proof, f"sigmsg|{message}|"):
        raise Malformed("certificate_signature")
    return made


def _coefexps(group: Group, value: Any, certificate: Certificate, threshold: int) -> tuple[int, ...]:
    message, proof = _signed(group, value)
    if not known(group, certificate.verification, proof, f"sigmsg|{message}|"):
        raise Malformed("coefexps_signature")
    plain = fields(load(message), "coefexps")
    return tuple(group.parse(one) for one in listing(plain["coefexps"], threshold))
