"""The key ceremony of three seats and ballot, each on its own database, in any order and with any mishap."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from services.ballot.key import __main__ as operator
from services.ballot.key import commands
from services.ballot.protocol.trustees import Trustees
from services.ballot.trustee.ceremony import parcel
from shared import clock
from shared.events import Event
from shared.events.trustee import (
    CeremonyFailed,
    CertificateOffered,
    KeyAbandoned,
    KeyMade,
    KeyRequested,
    KeyRetired,
    SharesDealt,
    VerificationOffered,
)
from shared.voting import seal
from shared.voting.group import BELENIOS_2048
from tests import databases, trustees
from tests.seats import Table, table
from tests.university import TENANT

PERIOD = "2013Q1"


@pytest.fixture(scope="module")
def standing_databases(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    with databases.fresh(database_server, templates) as make:
        yield make


@pytest.fixture
def around(standing_databases: Callable[[str], str]) -> Table:
    made = table(standing_databases)
    for place in made.places.values():
        databases.wipe(place.url)
    return made


def ask(around: Table, period: str = PERIOD) -> None:
    with around.places["ballot"].connect() as conn:
        commands.request(conn, TENANT, period)


def key(around: Table, period: str = PERIOD) -> Any:
    with around.places["ballot"].connect() as conn:
        return commands.of(conn, TENANT, period)


def states(around: Table) -> set[tuple[str, str]]:
    found = set()
    for name, place in around.places.items():
        with place.connect() as conn:
            found |= {(name, state) for (state,) in conn.execute("SELECT state FROM ceremony")}
    return found


def shares(around: Table) -> dict[int, int]:
    """What each seat holds, opened with its own key."""
    found = {}
    for seat in trustees.SEATS:
        with around.places[f"trustee{seat}"].connect() as conn:
            for (sealed,) in conn.execute("SELECT share FROM ceremony WHERE state = 'made'"):
                found[seat] = int(trustees.VAULTS[seat].open(sealed))
    return found


def everything_told(around: Table) -> str:
    return "".join(told.data for place in around.places.values() for told in place.told())


def assert_key_stands(around: Table) -> None:
    """One key, held by all, of which each holds the share that belongs to its verification key."""
    made = key(around)
    assert made is not None
    read = Trustees.parse(made.trustees)
    assert (read.threshold, len(read.owners)) == (2, 3)
    assert str(read.public_key) == made.public_key
    assert states(around) == {(name, "made") for name in around.places}
    group, held = BELENIOS_2048, shares(around)
    assert {owner.number: owner.key for owner in read.owners} == {
        seat: group.power(group.g, share) for seat, share in held.items()
    }
    assert len(around.places["ballot"].told("key.made")) == 1


def test_three_seats_make_a_key_of_which_two_suffice(around: Table) -> None:
    ask(around)
    around.carry()
    assert_key_stands(around)
    assert around.dead == []
    assert key(around, "2013Q2") is None


@pytest.mark.parametrize("seed", range(6))
def test_a_ceremony_ends_the_same_in_any_order_with_duplicates_and_crashes(around: Table, seed: int) -> None:
    """Every participant dies again and again between hearing and keeping; what was told once is told the same again."""
    around.dice, around.mishaps = random.Random(seed), 40
    ask(around)
    around.carry(copies=2, shuffled=True)
    assert_key_stands(around)
    assert around.dead == []
    for seat in trustees.SEATS:
        told = [each.name for each in around.places[f"trustee{seat}"].told()]
        assert sorted(told) == ["certificate.offered", "shares.dealt", "verification.offered"]


def test_a_ceremony_waits_for_a_seat_that_is_away_and_goes_on_when_it_is_back(around: Table) -> None:
    ask(around)
    around.absent = {"trustee3"}
    around.carry()
    assert key(around) is None
    around.absent = set()
    around.carry(shuffled=True)
    assert_key_stands(around)


def test_a_period_has_one_key_however_often_it_is_asked_for(around: Table) -> None:
    for _ in range(3):
        ask(around)
    around.carry()
    ask(around)
    around.carry()
    assert len(around.places["ballot"].told("key.requested")) == 1
    ask(around, "2013Q2")
    around.carry()
    one, other = key(around), key(around, "2013Q2")
    assert one
    assert other
    assert one.public_key != other.public_key


def test_no_share_and_no_secret_is_told_or_kept_in_the_clear(around: Table) -> None:
    """R-130: shares travel encrypted, rest encrypted, and what made them is forgotten when the key stands."""
    ask(around)
    around.carry()
    told = everything_told(around)
    for seat, share in shares(around).items():
        assert str(share) not in told
        for place in around.places.values():
            with place.connect() as conn:
                kept = conn.execute("SELECT (t.*)::text FROM ceremony t").fetchall()
            assert str(share) not in str(kept)
        with around.places[f"trustee{seat}"].connect() as conn:
            assert conn.execute("SELECT count(*) FROM ceremony WHERE seed IS NOT NULL").fetchone() == (0,)
    with around.places["ballot"].connect() as conn:
        offered = conn.execute("SELECT DISTINCT step FROM offer").fetchall()
    assert {step for (step,) in offered} == {"certificate", "coefexps", "verification"}


def signed(seat: int, event: type[Event], **facts: object) -> dict[str, object]:
    said = {**facts, "seat": seat}
    return {"tenant_id": TENANT, **said, "seal": seal.sign(trustees.IDENTITIES[seat], event, TENANT, said)}


def facts(around: Table, seat: int, name: str) -> dict[str, Any]:
    told = json.loads(around.places[f"trustee{seat}"].told(name)[0].data)
    return {**told, "ceremony_id": UUID(told["ceremony_id"])}


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


def test_an_operator_sees_whom_a_ceremony_waits_for_and_can_begin_it_anew(
    around: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALLOT_DATABASE_URL", around.places["ballot"].url)
    run = CliRunner().invoke
    assert "还没有密钥" in run(operator.app, ["list"]).output
    ask(around)
    around.absent = {"trustee3"}
    around.carry()
    shown = run(operator.app, ["list"]).output
    assert "等待第1、2、3席" in shown
    first = shown.split()[0]
    assert run(operator.app, ["again", first]).exit_code == 0
    assert "given_up" in run(operator.app, ["list"]).output
    around.absent = set()
    around.carry()
    assert "已生成" in run(operator.app, ["list"]).output
    made = key(around)
    assert made
    assert run(operator.app, ["again", str(made.ceremony_id)]).exit_code == 1
    assert key(around) == made


def test_ballot_names_the_seat_whose_verification_key_is_wrong(around: Table) -> None:
    ask(around)
    around.absent = {"ballot"}
    around.carry()
    other = facts(around, 3, "verification.offered")["verification_key"]
    for seat in trustees.SEATS:
        around.done |= {("ballot", told.id) for told in around.places[f"trustee{seat}"].told("verification.offered")}
    for seat in trustees.SEATS:
        said = facts(around, seat, "verification.offered")
        text = other if seat == 2 else said["verification_key"]
        around.forge(
            "ballot", VerificationOffered,
            **signed(seat, VerificationOffered, ceremony_id=said["ceremony_id"], verification_key=text),
        )  # fmt: skip
    around.absent = set()
    around.carry()
    with around.places["ballot"].connect() as conn:
        assert conn.execute("SELECT fault FROM ceremony").fetchall() == [("2:verification_key:0",)]
    assert around.places["ballot"].told("key.made") == []


def spoil(around: Table) -> None:
    """Let a ceremony fail: ballot hears of the second seat a verification key that is another's."""
    around.absent = {"ballot"}
    around.carry()
    other = facts(around, 3, "verification.offered")["verification_key"]
    for seat in trustees.SEATS:
        around.done |= {("ballot", told.id) for told in around.places[f"trustee{seat}"].told("verification.offered")}
        said = facts(around, seat, "verification.offered")
        text = other if seat == 2 else said["verification_key"]
        around.forge(
            "ballot", VerificationOffered,
            **signed(seat, VerificationOffered, ceremony_id=said["ceremony_id"], verification_key=text),
        )  # fmt: skip
    around.absent = set()
    around.carry()


def test_the_seats_forget_their_secrets_of_a_ceremony_that_failed(around: Table) -> None:
    """R-130: a seed or a share of no key would only wait for somebody to find it."""
    ask(around)
    spoil(around)
    assert states(around) == {(name, "failed") for name in around.places}
    for seat in trustees.SEATS:
        with around.places[f"trustee{seat}"].connect() as conn:
            assert conn.execute("SELECT seed, share, fault FROM ceremony").fetchall() == [(None, None, "0:abandoned")]


def test_only_ballot_s_word_makes_a_seat_forget(around: Table) -> None:
    """R-130: otherwise one seat could take the key of a ballot from the others."""
    ask(around)
    around.absent = {"ballot"}
    around.carry()
    (told,) = [json.loads(each.data) for each in around.places["ballot"].told("key.requested")]
    said = {"ceremony_id": told["ceremony_id"], "period": PERIOD}
    forged = seal.sign(trustees.IDENTITIES[2], KeyAbandoned, TENANT, said)
    around.forge("trustee1", KeyAbandoned, tenant_id=TENANT, **said, seal=forged)
    assert ("trustee1", "key.abandoned", "forged_seal") in around.dead
    assert ("trustee1", "running") in states(around)
    around.absent = set()
    around.carry()
    assert_key_stands(around)


def test_a_failed_key_is_asked_for_again_by_itself_after_growing_pauses(around: Table) -> None:
    """R-130: a called ballot waits for its key, and nobody need know a command for it to come."""
    ballot = around.places["ballot"]
    ask(around)
    spoil(around)
    now = clock.now()

    def again(after: float) -> int:
        with ballot.connect() as conn:
            return commands.ask_again(conn, now + timedelta(seconds=after))

    assert again(3600) == 0, "no ballot waits for it"
    with ballot.connect() as conn:
        conn.execute("SET session_replication_role = replica")
        conn.execute(
            "INSERT INTO ballot (tenant_id, id, call_reason, meeting_id, organization_id, title, period, channel,"
            " places, choices, calculation, entitled, expected, electronic, tellers, scheme_id, scheme_version, state,"
            " called_at) VALUES (%s, %s, 'first', %s, %s, '评选', %s, 'electronic', 1, 1, '', 5, 5, 5, %s, %s, 1,"
            " 'called', %s)",
            [TENANT, *(uuid4() for _ in range(3)), PERIOD, [uuid4(), uuid4()], uuid4(), now],
        )
    assert [again(5), again(15), again(15)] == [0, 1, 0]
    with ballot.connect() as conn:
        conn.execute(
            "UPDATE ceremony SET state = 'failed', fault = '2:share:1', ended_at = %s WHERE state = 'running'", [now]
        )
        found = commands.progress(conn, TENANT, PERIOD)
    assert (found.failures, found.accused, found.waits_for) == (2, 2, [])
    assert found.again_at
    assert found.again_at == now + timedelta(seconds=20)
    assert [again(19), again(20)] == [0, 1]
    around.carry()
    assert key(around) is not None
    assert again(10**6) == 0


def retire(around: Table, seat: int) -> None:
    (told,) = [json.loads(each.data) for each in around.places["ballot"].told("key.made")]
    said = {"ceremony_id": told["ceremony_id"], "period": PERIOD}
    around.forge(f"trustee{seat}", KeyRetired, tenant_id=TENANT, **said, seal=trustees.by_ballot(KeyRetired, **said))


def test_a_seat_erases_its_share_of_a_key_that_is_retired(around: Table) -> None:
    """R-130 decision 17: two old databases must not open the ballots of a public archive for ever."""
    ask(around)
    around.carry()
    assert set(shares(around)) == set(trustees.SEATS)
    for seat in trustees.SEATS:
        retire(around, seat)
    for seat in trustees.SEATS:
        with around.places[f"trustee{seat}"].connect() as conn:
            rows = conn.execute("SELECT state, seed, share, trustees IS NOT NULL FROM ceremony").fetchall()
        assert rows == [("retired", None, None, True)]
    assert around.dead == []


def test_a_share_that_is_still_needed_or_that_another_wants_erased_stays(around: Table) -> None:
    """R-130: nobody takes the key of a ballot that waits for its sum, and only ballot retires one."""
    ask(around)
    around.carry()
    with around.places["trustee1"].connect() as conn:
        conn.execute(
            "INSERT INTO watch (tenant_id, ballot_id, state, ceremony_id) SELECT tenant_id, %s, 'watching', id"
            " FROM ceremony",
            [uuid4()],
        )
    retire(around, 1)
    (told,) = [json.loads(each.data) for each in around.places["ballot"].told("key.made")]
    said = {"ceremony_id": told["ceremony_id"], "period": PERIOD}
    around.forge("trustee2", KeyRetired, tenant_id=TENANT, **said, seal=trustees.by_seat(3, KeyRetired, **said))
    assert {(name, code) for name, _, code in around.dead} == {
        ("trustee1", "share_still_needed"),
        ("trustee2", "forged_seal"),
    }
    assert set(shares(around)) == set(trustees.SEATS)
