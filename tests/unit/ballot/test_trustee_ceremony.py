"""A whole ceremony among any number of seats, by the rules alone; and the seat that a process is."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization

from services.ballot.key import domain as keys
from services.ballot.key import rules as assembling
from services.ballot.protocol import pedersen
from services.ballot.protocol.ceremony import AtFault, trustees_of
from services.ballot.protocol.trustees import Trustees
from services.ballot.trustee import seat as seats
from services.ballot.trustee.ceremony import parcel, rules
from services.ballot.trustee.ceremony.domain import Ceremony, State, Step
from shared import config
from shared.voting import seal
from shared.voting.group import BELENIOS_2048 as GROUP
from tests import trustees
from tests.services import BALLOT_IDENTITY

NOW = datetime(2013, 4, 1, tzinfo=UTC)


def heard(*steps: Step, seats: tuple[int, ...] = (1, 2, 3)) -> dict[Step, dict[int, str]]:
    return {step: {seat: "x" for seat in seats if step in steps} for step in Step}


def ceremony(**changes: object) -> Ceremony:
    made = Ceremony(UUID(int=1), UUID(int=2), "2013Q1", GROUP.name, 2, [1, 2, 3], State.RUNNING, NOW, b"seed", b"share")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_seat_goes_on_when_all_seats_have_said_all_that_the_step_needs() -> None:
    """R-130"""
    two = (Step.CERTIFICATE, Step.COEFEXPS)
    assert rules.all_said(ceremony(), heard(*two), *two)
    assert not rules.all_said(ceremony(), heard(Step.CERTIFICATE), *two)
    assert not rules.all_said(ceremony(), heard(*two, seats=(1, 3)), *two)


@pytest.mark.parametrize(
    "change", [{"period": "2013Q2"}, {"group_name": "other"}, {"threshold": 3}, {"seats": [1, 2]}], ids=str
)
def test_a_request_that_comes_again_asks_for_the_same(change: dict[str, object]) -> None:
    """R-130"""
    assert rules.same_request(ceremony(), ceremony(state=State.MADE, seed=None))
    assert not rules.same_request(ceremony(), ceremony(**change))


def test_a_failed_ceremony_forgets_its_secrets_and_names_who_failed_it() -> None:
    """R-130"""
    failed = rules.fail(ceremony(), AtFault(2, "share"), NOW)
    assert failed == ceremony(state=State.FAILED, fault="2:share", seed=None, share=None, ended_at=NOW)


def test_a_share_is_erased_once_nobody_waits_for_it() -> None:
    """R-130"""
    with pytest.raises(rules.ShareStillNeeded):
        rules.retire(ceremony(state=State.MADE), True)
    assert rules.retire(ceremony(state=State.MADE), False) == ceremony(state=State.RETIRED, share=None)


@dataclass
class Ring:
    """Some seats with their secrets, and what each has heard."""

    ceremony: Ceremony
    secrets: dict[int, pedersen.SeatSecrets]
    certificates: dict[int, str]
    coefexps: dict[int, str]
    dealt: dict[int, dict[int, str]]
    """by the receiver, what each sender sealed for it"""

    def heard(self, own: int) -> dict[Step, dict[int, str]]:
        return {Step.CERTIFICATE: self.certificates, Step.COEFEXPS: self.coefexps, Step.SHARE: self.dealt[own]}

    def share(self, own: int) -> int:
        return rules.gather(GROUP, self.ceremony, self.heard(own), self.secrets[own], own)


def ring(numbers: list[int], threshold: int) -> Ring:
    ceremony = Ceremony(UUID(int=1), UUID(int=2), "2013Q1", GROUP.name, threshold, numbers, State.RUNNING, NOW)
    secrets = {seat: pedersen.SeatSecrets.of(GROUP, os.urandom(32), threshold) for seat in numbers}
    certificates = {seat: pedersen.certificate(GROUP, own) for seat, own in secrets.items()}
    said = {Step.CERTIFICATE: certificates}
    sealed = {seat: rules.deal(GROUP, ceremony, said, own, seat) for seat, own in secrets.items()}
    dealt = {to: {sender: shares[to] for sender, shares in sealed.items()} for to in numbers}
    coefexps = {seat: pedersen.coefexps(GROUP, own) for seat, own in secrets.items()}
    return Ring(ceremony, secrets, certificates, coefexps, dealt)


def made(around: Ring, shares: dict[int, int]) -> keys.Ceremony:
    offers = {
        keys.Step.CERTIFICATE: around.certificates,
        keys.Step.COEFEXPS: around.coefexps,
        keys.Step.VERIFICATION: {seat: pedersen.verification_key(GROUP, share) for seat, share in shares.items()},
    }
    own = around.ceremony
    asked = keys.Ceremony(
        own.tenant_id, own.id, own.period, own.group_name, own.threshold, own.seats, keys.State.RUNNING, NOW
    )
    assert assembling.complete(asked, offers)
    return assembling.make(GROUP, asked, offers, NOW)


@pytest.mark.parametrize(("numbers", "threshold"), [([1], 1), ([1, 2], 2), ([1, 2, 3], 2), ([2, 5, 7, 8, 9], 3)])
def test_any_threshold_of_any_seats_holds_the_key_and_fewer_do_not(numbers: list[int], threshold: int) -> None:
    around = ring(numbers, threshold)
    shares = {seat: around.share(seat) for seat in numbers}
    key = made(around, shares)
    read = Trustees.parse(key.trustees or "")
    assert (key.state, key.public_key, key.ended_at) == (keys.State.MADE, GROUP.text(read.public_key), NOW)
    assert (read.threshold, len(read.owners)) == (threshold, len(numbers))
    places = range(1, len(numbers) + 1)
    for some in combinations(places, threshold):
        assert read.enough(set(some))
    for few in combinations(places, threshold - 1):
        assert not read.enough(set(few))
    assert {read.owner(around.ceremony.place(seat)).key for seat in numbers} == {
        GROUP.power(GROUP.g, share) for share in shares.values()
    }


def test_a_seat_takes_only_the_key_that_the_seats_made() -> None:
    """R-130: ballot puts it together, and each seat works it out again."""
    around = ring([1, 2, 3], 2)
    own = replace(around.ceremony, seed=b"seed", share=b"share")
    verified = {seat: pedersen.verification_key(GROUP, around.share(seat)) for seat in (1, 2, 3)}
    said = {**around.heard(1), Step.VERIFICATION: verified}
    told = trustees_of(GROUP, 2, around.certificates, around.coefexps, verified)
    taken = rules.accept(GROUP, own, {**said, Step.KEY: {0: told}}, NOW)
    assert taken == replace(own, state=State.MADE, trustees=told, seed=None, ended_at=NOW)
    other = made(around, {seat: around.share(seat) for seat in (1, 2, 3)}).trustees or ""
    with pytest.raises(AtFault) as found:
        rules.accept(GROUP, own, {**said, Step.KEY: {0: other}}, NOW)
    assert (found.value.seat, found.value.code) == (0, "other_key"), "of the same seats, but not what they said"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_share_that_another_seat_was_dealt_opens_for_nobody_else(number: int) -> None:
    """A share that is sent on, or sent again in another place, is found out, and the seat that dealt it is named."""
    around = ring([1, 2, 3], 2)
    others = [seat for seat in (1, 2, 3) if seat != number]
    around.dealt[number][others[0]] = around.dealt[others[1]][others[0]]
    with pytest.raises(AtFault) as found:
        around.share(number)
    assert (found.value.seat, found.value.code) == (others[0], "share_sealed")


def test_a_share_that_does_not_fit_the_exponents_names_its_dealer() -> None:
    around = ring([1, 2, 3], 2)
    agreed = pedersen.agreed(GROUP, around.secrets[2], pedersen.read_certificate(GROUP, around.certificates[1]))
    where = parcel.Address(around.ceremony.tenant_id, around.ceremony.id, 2, 1)
    around.dealt[1][2] = parcel.seal(agreed, where, 42)
    with pytest.raises(AtFault) as found:
        around.share(1)
    assert (found.value.seat, found.value.code) == (2, "share")


def test_two_seats_cannot_show_one_certificate() -> None:
    around = ring([1, 2, 3], 2)
    around.certificates[3] = around.certificates[1]
    with pytest.raises(AtFault) as found:
        around.share(2)
    assert found.value.code == "certificate_twice"


def test_exponents_of_another_threshold_name_their_dealer() -> None:
    """A polynomial of a higher degree would leave the key with fewer holders than it says."""
    around = ring([1, 2, 3], 2)
    steeper = pedersen.SeatSecrets.of(GROUP, os.urandom(32), 3)
    around.coefexps[2] = pedersen.coefexps(GROUP, replace(steeper, signing=around.secrets[2].signing))
    with pytest.raises(AtFault) as found:
        around.share(1)
    assert found.value.seat == 2


def settings(monkeypatch: pytest.MonkeyPatch, number: int, identity: int) -> config.Config:
    pem = trustees.IDENTITIES[identity].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    given = {
        "TRUSTEE_SEAT": str(number), "TRUSTEE_IDENTITY": pem.decode(), "DATABASE_URL": "postgresql:///none",
        "AMQP_URL": "amqp://nowhere", "DATA_KEYS": "b" * 43 + "=", "BASE_URL": "https://sg.example/",
        "BALLOT_IDENTITY_PUBLIC": seal.write_public_identity(BALLOT_IDENTITY.public_key()),
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for name in (
        "BALLOT_IDENTITY",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "SESSION_PUBLIC_KEY",
        "SESSION_PUBLIC_KEY_FILE",
        "BOARD_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    assert config.seat_service() == f"trustee{number}"
    return config.load(config.seat_service())


def test_a_seat_needs_no_secret_of_a_service_with_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    seat = seats.of(settings(monkeypatch, 2, 2), config.identities())
    assert (seat.number, seat.board_url) == (2, "https://sg.example")
    assert seat.ballot == BALLOT_IDENTITY.public_key()


def test_a_seat_that_does_not_know_ballot_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-130: it would have to believe anybody on the broker, or nobody."""
    settings(monkeypatch, 2, 2)
    monkeypatch.delenv("BALLOT_IDENTITY_PUBLIC")
    with pytest.raises(KeyError, match="BALLOT_IDENTITY_PUBLIC"):
        config.load(config.seat_service())


def test_ballot_without_its_own_identity_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with_all = {"AMQP_URL": "amqp://nowhere", "SECRET_KEY": "x", "SESSION_PUBLIC_KEY": "x", "DATABASE_URL": "x"}
    for name, value in with_all.items():
        monkeypatch.setenv(name, value)
    assert config.load("ballot").ballot_identity
    assert not config.load("pledge").ballot_identity
    monkeypatch.delenv("BALLOT_IDENTITY")
    with pytest.raises(KeyError, match="BALLOT_IDENTITY"):
        config.load("ballot")


@pytest.mark.parametrize(("asked", "fewest"), [("", 3), ("1", 3), ("5", 5)])
def test_a_seat_may_ask_for_more_ballots_than_three_and_never_for_fewer(
    monkeypatch: pytest.MonkeyPatch, asked: str, fewest: int
) -> None:
    if asked:
        monkeypatch.setenv("TRUSTEE_FEWEST", asked)
    assert seats.of(settings(monkeypatch, 2, 2), config.identities()).fewest == fewest


def test_a_seat_with_another_seats_identity_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="seat 2"):
        seats.of(settings(monkeypatch, 2, 3), config.identities())
