"""What is sealed by another, contradicts itself or is not true ends no key and makes none."""

from typing import Any
from uuid import uuid4

import pytest

from services.ballot.trustee.ceremony import parcel
from shared.events.trustee import (
    CeremonyFailed,
    CertificateOffered,
    KeyMade,
    KeyRequested,
    SharesDealt,
    VerificationOffered,
)
from shared.voting.group import BELENIOS_2048
from tests import trustees
from tests.integration.ballot.ceremony.keys import PERIOD, ask, assert_key_stands, facts, key, shares, signed, states
from tests.seats import Table, table
from tests.university import TENANT


@pytest.mark.parametrize("spoilt", ["seat", "content", "tenant", "seal"])
def test_a_message_with_a_wrong_seal_is_laid_aside_and_changes_nothing(around: Table, spoilt: str) -> None:
    ask(around)
    around.absent = {"trustee1", "ballot"}
    around.carry()
    said = facts(around, 2, "certificate.offered")
    forged = {
        "seat": {"seat": 3},
        "content": {"certificate": facts(around, 3, "certificate.offered")["certificate"]},
        "tenant": {"tenant_id": uuid4()},
        "seal": {"seal": "bm8gc2VhbA=="},
    }[spoilt]
    for name in ("trustee1", "ballot"):
        around.forge(name, CertificateOffered, **{"tenant_id": TENANT, **said, **forged})
    assert {code for _, _, code in around.dead} == {"forged_seal"}
    assert {name for name, _, _ in around.dead} == {"trustee1", "ballot"}
    with around.places["trustee1"].connect() as conn:
        assert conn.execute("SELECT count(*) FROM received").fetchone() == (0,)
    around.absent = set()
    around.carry()
    assert_key_stands(around)


def test_the_log_names_the_seat_in_whose_name_a_forged_message_came(
    around: Table, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    around.forge(
        "ballot", VerificationOffered, tenant_id=TENANT, ceremony_id=uuid4(), seat=2, verification_key="x", seal="eA=="
    )
    written = caplog.text + capsys.readouterr().out
    assert "seal_forged" in written
    assert "seat" in written


def test_a_seat_that_says_two_things_is_refused_the_second(around: Table) -> None:
    ask(around)
    around.carry()
    other = signed(
        2, CertificateOffered, ceremony_id=facts(around, 2, "certificate.offered")["ceremony_id"], certificate="{}"
    )
    for name in ("trustee1", "ballot"):
        around.forge(name, CertificateOffered, **other)
    assert sorted(code for _, _, code in around.dead) == ["contradiction", "offer_contradicted"]
    assert_key_stands(around)


def swap_share(around: Table, content: str | None) -> dict[str, Any]:
    """Let seat 2 deal seat 1 something else than it owes it."""
    said = facts(around, 2, "shares.dealt")
    said.pop("seal")
    others = [share for share in said["shares"] if share["seat"] != 1]
    said["shares"] = others if content is None else [*others, {"seat": 1, "sealed": content}]
    return signed(**{**said, "event": SharesDealt})


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "share_sealed"), ("", "share_sealed"), ("bm90IGEgc2hhcmU=", "share_sealed"), ("wrong", "share")],
)
def test_a_wrong_share_ends_the_ceremony_names_the_seat_and_the_next_request_begins_anew(
    around: Table, content: str | None, fault: str
) -> None:
    ask(around)
    around.absent = {"ballot"}
    around.places["trustee1"].handlers = {
        event: handler for event, handler in around.places["trustee1"].handlers.items() if event is not SharesDealt
    }
    around.carry()
    whole = table(lambda name: around.places[name].url)
    if content == "wrong":
        content = wrong_share(around)
    around.places["trustee1"].handlers = whole.places["trustee1"].handlers
    around.forge("trustee1", SharesDealt, **swap_share(around, content))
    around.done |= {("trustee1", told.id) for told in around.places["trustee2"].told("shares.dealt")}
    around.absent = set()
    around.carry()
    assert key(around) is None
    with around.places["ballot"].connect() as conn:
        assert conn.execute("SELECT state, fault FROM ceremony").fetchall() == [("failed", f"2:{fault}:1")]
    told = facts(around, 1, "ceremony.failed")
    assert (told["accused"], told["fault"]) == (2, fault)
    ask(around)
    around.carry()
    assert key(around) is not None


def wrong_share(around: Table) -> str:
    """Seal, with the true key of seat 2, a number that is not the value of its polynomial."""
    import base64

    from services.ballot.protocol import pedersen

    ceremony_id = facts(around, 2, "shares.dealt")["ceremony_id"]
    with around.places["trustee2"].connect() as conn:
        row = conn.execute("SELECT seed FROM ceremony").fetchone()
    assert row
    seed = base64.b64decode(trustees.VAULTS[2].open(row[0]))
    own = pedersen.SeatSecrets.of(BELENIOS_2048, seed, 2)
    other = pedersen.read_certificate(BELENIOS_2048, facts(around, 1, "certificate.offered")["certificate"])
    return parcel.seal(pedersen.agreed(BELENIOS_2048, own, other), parcel.Address(TENANT, ceremony_id, 2, 1), 12345)


def test_a_certificate_that_is_none_ends_the_ceremony_and_names_the_seat(around: Table) -> None:
    ask(around)
    around.absent = {"trustee2"}
    around.carry()
    ceremony_id = facts(around, 1, "certificate.offered")["ceremony_id"]
    for name in ("trustee1", "trustee3", "ballot"):
        around.forge(
            name, CertificateOffered, **signed(2, CertificateOffered, ceremony_id=ceremony_id, certificate='{"a":1}')
        )
    around.carry()
    assert states(around) == {("trustee1", "failed"), ("trustee3", "failed"), ("ballot", "failed")}
    assert {facts(around, seat, "ceremony.failed")["accused"] for seat in (1, 3)} == {2}


def test_a_key_that_the_seats_did_not_make_is_believed_by_none(around: Table) -> None:
    ask(around)
    around.places["trustee1"].handlers = {
        event: handler for event, handler in around.places["trustee1"].handlers.items() if event is not KeyMade
    }
    around.carry()
    around.places["trustee1"].handlers = table(lambda name: around.places[name].url).places["trustee1"].handlers
    ceremony_id = facts(around, 1, "certificate.offered")["ceremony_id"]
    other = trustees.make_key().trustees
    said = {"ceremony_id": ceremony_id, "period": PERIOD, "trustees": other.text, "public_key": str(other.public_key)}
    around.forge("trustee1", KeyMade, tenant_id=TENANT, **said, seal=trustees.by_ballot(KeyMade, **said))
    assert ("trustee1", "failed") in states(around)
    assert facts(around, 1, "ceremony.failed")["fault"] == "other_key"
    assert 1 not in shares(around)


@pytest.mark.parametrize(
    "change",
    [{"threshold": 1}, {"threshold": 4}, {"seats": [1, 2]}, {"seats": [1, 2, 3, 4]}, {"group": "RFC-3526-2048"}],
    ids=str,
)
def test_a_seat_takes_no_part_in_a_ceremony_that_would_weaken_the_key(around: Table, change: dict[str, Any]) -> None:
    asked = {**request(), **change}
    around.forge("trustee1", KeyRequested, tenant_id=TENANT, **asked, seal=trustees.by_ballot(KeyRequested, **asked))
    assert around.dead == [("trustee1", "key.requested", "ceremony_refused")]
    assert around.places["trustee1"].told() == []


def request() -> dict[str, Any]:
    """What ballot asks of the seats for a key."""
    asked = {"group": "BELENIOS-2048", "threshold": 2, "seats": [1, 2, 3]}
    return {"ceremony_id": uuid4(), "period": PERIOD, **asked}


def test_a_key_that_not_ballot_asks_for_is_not_made(around: Table) -> None:
    """R-130: whoever holds the broker's account can neither have keys made nor end a ceremony that is under way."""
    asked = request()
    another = trustees.by_ballot(KeyRequested, **{**asked, "threshold": 3})
    seals = ["", "AAAA", another, trustees.by_seat(2, KeyRequested, **asked)]
    for false in seals:
        around.forge("trustee1", KeyRequested, tenant_id=TENANT, **asked, seal=false)
    assert around.dead == [("trustee1", "key.requested", "forged_seal")] * len(seals)
    assert around.places["trustee1"].told() == []
    assert states(around) == set()


def test_a_key_that_not_ballot_tells_ends_no_ceremony(around: Table, caplog: pytest.LogCaptureFixture) -> None:
    """R-130: it is named in the log and laid aside; the ceremony goes on to its key."""
    ask(around)
    with around.places["ballot"].connect() as conn:
        row = conn.execute("SELECT id FROM ceremony").fetchone()
    assert row
    other = trustees.make_key().trustees
    said = {"ceremony_id": row[0], "period": PERIOD, "trustees": other.text, "public_key": str(other.public_key)}
    for seat in trustees.SEATS:
        around.forge(f"trustee{seat}", KeyMade, tenant_id=TENANT, **said)
    assert around.dead == [(f"trustee{seat}", "key.made", "forged_seal") for seat in trustees.SEATS]
    assert "seal_forged" in caplog.text
    around.carry()
    assert_key_stands(around)


def test_a_seat_can_end_a_ceremony_only_under_its_own_seal(around: Table) -> None:
    ask(around)
    with around.places["ballot"].connect() as conn:
        row = conn.execute("SELECT id FROM ceremony").fetchone()
    assert row
    false = {**signed(2, CeremonyFailed, ceremony_id=row[0], accused=3, fault="share"), "accused": 1}
    around.forge("ballot", CeremonyFailed, **false)
    assert around.dead == [("ballot", "ceremony.failed", "forged_seal")]
    around.carry()
    assert_key_stands(around)
