"""The seals under which seats and ballot speak: whose they are, what they cover, which keys are none."""

import base64
import json
from typing import Any
from uuid import UUID

import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from shared.events.ballot import BallotAnnulled
from shared.events.trustee import DecryptionMade
from shared.voting import seal
from tests import trustees

TENANT = UUID(int=1)
BALLOT_KEY = Ed25519PrivateKey.generate()
ANNULLED = {"ballot_id": UUID(int=5), "organization_id": UUID(int=6), "reason": "decision", "statement": "程序有误"}
OTHER_KIND = X25519PrivateKey.generate()


def annulled(**changes: Any) -> dict[str, Any]:
    return {**ANNULLED, "seal": seal.sign(BALLOT_KEY, BallotAnnulled, TENANT, ANNULLED), **changes}


def check(facts: dict[str, Any], tenant_id: UUID = TENANT) -> None:
    seal.check_ballot(BALLOT_KEY.public_key(), BallotAnnulled, tenant_id, facts)


def test_what_ballot_says_under_its_seal_is_believed() -> None:
    """R-130"""
    check(annulled())


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": "没有错误"},
        {"ballot_id": UUID(int=7)},
        {"seal": ""},
        {"seal": "甲"},
        {"seal": seal.sign(Ed25519PrivateKey.generate(), BallotAnnulled, TENANT, ANNULLED)},
        {"seal": seal.sign(BALLOT_KEY, BallotAnnulled, UUID(int=2), ANNULLED)},
        {"seal": " " + seal.sign(BALLOT_KEY, BallotAnnulled, TENANT, ANNULLED)},
    ],
)
def test_what_ballot_did_not_say_is_refused_in_its_name(changes: dict[str, Any]) -> None:
    """R-130"""
    with pytest.raises(seal.ForgedSeal) as refused:
        check(annulled(**changes))
    assert (refused.value.seat, refused.value.details) == (seal.BALLOT, ["投票服务"])


def test_a_forged_seat_is_named_by_its_number() -> None:
    """R-130"""
    facts = {"ballot_id": UUID(int=5), "owner": 2, "partial_decryption": "{}", "seat": 2}
    signed = seal.sign(trustees.IDENTITIES[1], DecryptionMade, TENANT, facts)
    with pytest.raises(seal.ForgedSeal) as refused:
        seal.check(trustees.KNOWN, DecryptionMade, TENANT, {**facts, "seal": signed})
    assert (refused.value.seat, refused.value.details) == (2, ["第2席"])


def test_a_seal_covers_a_text_that_never_changes_so_that_releases_understand_each_other() -> None:
    """R-130: the names of facts in their alphabetical order, everything in ASCII, event, version and university."""
    text = (
        f'shanguang|ballot.annulled.v1|{TENANT}|{{"ballot_id":"{UUID(int=5)}","organization_id":"{UUID(int=6)}",'
        '"reason":"decision","statement":"\\u7a0b\\u5e8f\\u6709\\u8bef"}'
    )
    signature = base64.b64decode(seal.sign(BALLOT_KEY, BallotAnnulled, TENANT, ANNULLED))
    BALLOT_KEY.public_key().verify(signature, text.encode("ascii"))
    backwards = dict(reversed(ANNULLED.items()))
    assert base64.b64decode(seal.sign(BALLOT_KEY, BallotAnnulled, TENANT, backwards)) == signature


def test_a_forgery_is_logged_with_the_seat_and_never_with_what_it_said() -> None:
    with structlog.testing.capture_logs() as logged, pytest.raises(seal.ForgedSeal):
        check(annulled(statement="没有错误"))
    assert logged == [
        {"event": "seal_forged", "event_name": "ballot.annulled", "seat": seal.BALLOT, "log_level": "warning"}
    ]


def test_identities_are_written_in_the_order_of_the_seats() -> None:
    keys = {seat: Ed25519PrivateKey.generate().public_key() for seat in (3, 1, 2)}
    written = seal.write_identities(keys)
    assert list(json.loads(written)) == ["1", "2", "3"]
    assert seal.identities(written) == keys
    for broken in ('{"1": "AAAA"}', '{"1": "!"}', '{"one": ""}', "[", '{"1": " ' + json.loads(written)["1"] + '"}'):
        with pytest.raises(ValueError):
            seal.identities(broken)


def test_a_key_that_cannot_sign_is_no_identity() -> None:
    private = OTHER_KIND.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = OTHER_KIND.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    for broken in (private, "x"):
        with pytest.raises(ValueError):
            seal.identity(broken)
    for broken in (public, "x"):
        with pytest.raises(ValueError):
            seal.public_identity(broken)
    own = BALLOT_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert seal.identity(own).public_key() == BALLOT_KEY.public_key()
    assert seal.public_identity(seal.write_public_identity(BALLOT_KEY.public_key())) == BALLOT_KEY.public_key()
