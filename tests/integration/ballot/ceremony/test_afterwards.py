"""What becomes of a ceremony that failed, and of a key that is retired."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from services.ballot.key import __main__ as operator
from services.ballot.key import commands
from shared import clock
from shared.events.trustee import (
    KeyAbandoned,
    KeyRetired,
    VerificationOffered,
)
from shared.voting import seal
from tests import trustees
from tests.integration.ballot.ceremony.keys import PERIOD, ask, assert_key_stands, facts, key, shares, signed, states
from tests.seats import Table
from tests.university import TENANT


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
