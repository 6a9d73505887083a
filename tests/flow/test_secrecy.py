"""After a quarter voted by phone, or both ways: nothing that lies anywhere joins a person to a choice (issue 3).

Decisions 14 and 15; what is demanded of the papers beside the box stands in `test_mixed`.

All databases are read three times: when every ballot waits before the box, when the count stands, and when the quarter
is over. What PostgreSQL keeps beside its tables (dead rows before VACUUM, the write-ahead log) is out of reach here;
decision 15 says what it tells.
"""

import json
import re
from collections import defaultdict

import pytest

from services.ballot.archive.chain import Type
from services.ballot.protocol import ballot as protocol
from shared.voting import credential
from tests.flow.left import BATCH, VAULTS, Left, arrived, opened, orders, shares
from tests.flow.world import NAMES
from tests.leavings import Row
from tests.trustees import SEATS

MOMENTS = ("waiting", "counted", "over")


@pytest.fixture(params=["phoned", "mixed"])
def left(request: pytest.FixtureRequest) -> Left:
    found: Left = request.getfixturevalue(request.param)
    return found


def test_enough_was_read_for_the_rest_to_mean_something(left: Left) -> None:
    assert len({each.person_id for each in left.cast}) >= 12
    assert len({row.table for row in left.of("over")}) > 30
    counted = {str(row.raw["person_id"]): row.raw["votes"] for row in left.table("counted", "ballot", "candidate")}
    assert {person: votes for person, votes in counted.items() if votes} == left.totals
    assert len(left.table("waiting", "ballot", "pending_ballot")) == len({each.person_id for each in left.cast})
    assert left.table("counted", "ballot", "pending_ballot") == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_row_anywhere_names_a_person_and_that_person_s_ballot(left: Left, moment: str) -> None:
    """But the elector's own row in evaluation, whose credential is encrypted until nobody needs it."""
    both = [row for row in left.of(moment) if left.about_one(row) and row.names(left.people)]
    assert {(row.owner, row.table) for row in both} <= {("evaluation", "elector")}
    assert bool(both) == (moment != "over"), "it was found while it was there"
    assert all("credential" in row.raw and isinstance(row.raw["credential"], bytes) for row in both)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_names_all_credentials_keeps_nothing_of_the_electors_order(left: Left, moment: str) -> None:
    listed = {mark for mark in left.marks if mark.isdecimal() and len(mark) > 500}
    credentials = set(left.credentials)
    assert credentials < listed
    seen = 0
    for row in left.of(moment):
        if len(row.names(credentials)) == len(credentials) and row.table != "watch":
            places = [row.text.index(each) for each in sorted(credentials)]
            assert places == sorted(places), (row.owner, row.table)
            seen += 1
    assert seen >= 2


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_transaction_wrote_a_ballot_and_a_person(left: Left, moment: str) -> None:
    """`xmin`: rows of one transaction bear one number, for as long as they live.

    The call writes the whole roll in one transaction; that the secretary called it is no secret.
    """
    together: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in left.of(moment):
        together[row.owner, row.transaction].append(row)
    about = {(row.owner, row.transaction) for row in left.of(moment) if row.table != "elector" and left.about_one(row)}
    rows = [row for each in about for row in together[each]]
    assert {row.table for row in rows} >= ({"pending_ballot"} if moment == "waiting" else {"record", "accepted_ballot"})
    assert [(row.owner, row.table) for row in rows if row.names(left.people)] == []


def test_each_waiting_ballot_was_written_alone(left: Left) -> None:
    written = {row.transaction for row in left.table("waiting", "ballot", "pending_ballot")}
    assert len(written) == len(left.table("waiting", "ballot", "pending_ballot"))
    beside = [row for row in left.of("waiting", "ballot") if row.transaction in written]
    assert {row.table for row in beside} == {"pending_ballot"}


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_row_about_a_ballot_bears_a_time(left: Left, moment: str) -> None:
    about = [row for row in left.of(moment) if left.about_one(row) and row.table != "elector"]
    assert about
    assert [(row.owner, row.table) for row in about if row.timed] == []


def test_no_order_of_ballot_s_rows_is_that_in_which_the_electors_came(left: Left) -> None:
    """R-130: of those who wait together chance decides who is in which batch (`test_box_door` shows that it does).

    Within a batch the tracking numbers decide, and no row tells anything else of the order.
    """
    found = orders(left)
    assert {"record by number", "accepted_ballot by place"} <= set(found)
    chain = found["record by number"]
    assert chain != arrived(left)
    batches = [chain[at : at + BATCH] for at in range(0, len(chain), BATCH)]
    assert all(batch == sorted(batch) for batch in batches)
    for name, order in found.items():
        assert sorted(order) == sorted(chain), name
        by_batch = [sorted(order[at : at + BATCH]) for at in range(0, len(order), BATCH)]
        assert order == sorted(order) or by_batch == batches, name


def test_a_waiting_ballot_lies_where_it_came_and_no_other_table_keeps_that(left: Left) -> None:
    """Decision 15: while it waits the order can be read, and the row goes once it is verified."""
    rows = sorted(left.table("waiting", "ballot", "pending_ballot"), key=lambda row: row.place)
    assert [row.raw["tracker"] for row in rows] == arrived(left)
    others = [row for row in left.of("waiting") if row.table != "pending_ballot" and left.about_one(row)]
    assert {(row.owner, row.table) for row in others} == {("evaluation", "elector")}


def test_two_seats_together_could_open_a_ballot_so_that_one_alone_must_not(left: Left) -> None:
    """The test's own counter-proof: what is looked for below is there to be found."""
    for each in left.cast[:3]:
        row = opened(left, protocol.read(left.election, each.text), shares(left, "trustee1", "trustee3"))
        places = [str(candidate) for candidate in candidates(left)]
        assert {places[at] for at, ticked in enumerate(row[0][1:]) if ticked} == set(each.chosen)


def candidates(left: Left) -> list[str]:
    told = next(row for row in left.table("over", "evaluation", "outbox") if row.raw["name"] == "ballot.called")
    return [each["person_id"] for each in told.raw["data"]["candidates"]]


@pytest.mark.parametrize("owner", [*NAMES, *VAULTS])
def test_no_service_and_no_seat_alone_can_open_a_ballot(left: Left, owner: str) -> None:
    """R-130 requirements 5.1: with all of one service's tables and its keys no choice can be worked out."""
    held = {str(share) for share in shares(left, *VAULTS).values()}
    assert len(held) == len(SEATS)
    found = {share for moment in MOMENTS for row in left.of(moment, owner) for share in row.names(held)}
    assert len(found) == (owner in VAULTS)
    ballot = protocol.read(left.election, left.cast[0].text)
    with pytest.raises(Exception, match=r"."):
        opened(left, ballot, shares(left, owner))


def test_the_seeds_from_which_a_seat_s_secrets_came_are_forgotten(left: Left) -> None:
    assert [row.raw["seed"] for seat in VAULTS for row in left.table("over", seat, "ceremony")] == [None] * len(SEATS)


def test_a_credential_lies_encrypted_in_one_column_and_in_no_other_place(left: Left) -> None:
    """Decision 14: the only tie between a person and a ballot."""
    for moment in ("waiting", "counted"):
        rows = [row for row in left.of(moment) if row.names(left.codes)]
        assert {(row.owner, row.table) for row in rows} == {("evaluation", "elector")}
        assert not any(code in json.dumps(row.raw, default=str) for row in rows for code in left.codes)
        kept = {str(row.raw["person_id"]): row.names(left.codes) for row in rows}
        assert all(kept[each.person_id] == {each.code} for each in left.cast), "the reader opens what can be opened"


def test_after_the_objections_nothing_of_the_tie_is_left(left: Left) -> None:
    """R-173 decision 14: not in the roll, nor in what was remembered of requests, told, noted or sealed."""
    assert [row for row in left.of("over") if row.names(left.codes)] == []
    kept = [row.raw["credential"] for row in left.table("counted", "evaluation", "elector")]
    assert kept.count(None) == len(left.papers)
    sealed = {bytes(each) for each in kept if each}
    assert len(sealed) >= 12
    texts = {each.decode() for each in sealed}
    assert [row for row in left.of("over") if row.names(texts)] == []
    assert {row.raw["credential"] for row in left.table("over", "evaluation", "elector")} == {None}
    uuid = left.election.uuid
    assert {credential.public(code, uuid) for code in left.codes} <= set(left.marks), "the codes were the real ones"


def test_nothing_that_was_logged_says_who_voted_or_which_ballot_came(left: Left) -> None:
    text = "\n".join(left.logged)
    assert text, "the ear was open"
    for mark in left.marks:
        assert mark not in text
    voting = [line for line in left.logged if re.search(r"/ballot/(api/)?box|/credential", line)]
    assert voting == []


def test_once_the_box_is_sealed_nothing_says_when_ballots_were_verified(left: Left) -> None:
    """Decision 15: what woke the workers, batch by batch, is forgotten."""
    assert "ballot.closed" in {row.raw["name"] for row in left.table("counted", "ballot", "outbox")}
    for table in ("outbox", "inbox"):
        assert "ballot.cast" not in {row.raw["name"] for row in left.table("counted", "ballot", table)}


def test_that_somebody_took_the_credential_or_voted_is_noted_nowhere(left: Left) -> None:
    acts = {str(row.raw["act"]) for owner in NAMES for row in left.table("over", owner, "audit")}
    assert len(acts) > 10
    assert not {act for act in acts if "credential" in act or "cast" in act or "box" in act}


def test_before_the_count_no_number_of_votes_lies_anywhere(left: Left) -> None:
    """Results stay hidden in every table until they stand."""
    assert {row.raw["votes"] for row in left.table("waiting", "ballot", "candidate")} == {None}
    for row in left.of("waiting"):
        assert row.table not in {"decryption", "sheet"}, row.owner
        assert str(Type.RESULT) not in str(row.raw.get("body", ""))
