"""A seat follows archives by itself and decrypts a sum once, if it finds everything right (issue 3, 7; R-130)."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.ballot.protocol.tally import read_tally
from services.ballot.protocol.trustees import check_decryption, combine
from services.ballot.trustee.ceremony import store as ceremonies
from services.ballot.trustee.ceremony.domain import Ceremony, State
from services.ballot.trustee.decryption import following, store
from shared import clock
from shared.events import Event
from shared.events.ballot import BallotAnnulled, BallotClosed, BallotOpened
from shared.events.evaluation import BallotCalled
from shared.events.trustee import DecryptionRequested
from shared.voting import seal
from shared.voting.group import BELENIOS_2048 as GROUP
from tests import databases, trustees
from tests.archives import CANDIDATES, NAMES, Archive, Board, board
from tests.integration.ballot import calls
from tests.seats import Place, Table, run_errands, seat_handlers
from tests.services import BALLOT_IDENTITY
from tests.trustees import SeatedKey, make_key
from tests.university import TENANT


@dataclass
class Desk:
    """One seat with its database, the board it reads, and a clock that the test moves."""

    place: Place
    board: Board
    key: SeatedKey
    now: datetime = field(default_factory=clock.now)

    def hear(self, event: type[Event], **facts: Any) -> None:
        """Let it hear something, under ballot's seal where ballot seals it and nothing else is said."""
        if event.teller == "ballot" and "seal" in event().fields and "seal" not in facts:
            facts["seal"] = trustees.by_ballot(event, **facts)
        Table({self.place.name: self.place}).forge(self.place.name, event, **{"tenant_id": TENANT, **facts})

    def call(self, archive: Archive, **changes: Any) -> None:
        self.hear(BallotCalled, **calls.facts(**archive.called(**changes)))

    def open(self, archive: Archive) -> None:
        self.hear(BallotOpened, ballot_id=archive.ballot_id, organization_id=uuid4(), present=3)

    def ask(self, archive: Archive, **changes: Any) -> None:
        self.hear(DecryptionRequested, **archive.requested(**changes))

    def look(self, times: int = 1) -> int:
        """Let time pass and the seat do what it does by itself."""
        done = 0
        for _ in range(times):
            self.now += timedelta(seconds=3)
            done += run_errands(self.place, 1, self.board.url, lambda: self.now)
        return done

    def told(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(each.data) for each in self.place.told(name)]

    def faults(self) -> list[str]:
        """What it told when it declined; nothing was decrypted then."""
        assert self.told("decryption.made") == []
        (told,) = self.told("decryption.declined")
        return list(told["faults"])


@pytest.fixture(scope="module")
def url(database_server: str, templates: dict[str, str]) -> Iterator[str]:
    with databases.fresh(database_server, templates) as make:
        yield make("trustee1")


@pytest.fixture(scope="module")
def shown() -> Iterator[Board]:
    with board() as made:
        yield made


@pytest.fixture(scope="module")
def key() -> SeatedKey:
    return make_key()


@pytest.fixture
def desk(url: str, shown: Board, key: SeatedKey) -> Desk:
    databases.wipe(url)
    shown.shown.clear()
    shown.asked.clear()
    shown.fails, shown.ranges = 0, True
    made = Desk(Place("trustee1", url, seat_handlers(1, shown.url)), shown, key)
    hold(made, key)
    return made


def hold(desk: Desk, key: SeatedKey) -> None:
    """Let the seat hold its share of a key as if the ceremony were over."""
    share = trustees.VAULTS[1].seal(str(key.shares[1]))
    begun = Ceremony(TENANT, key.ceremony_id, "2013Q1", "BELENIOS-2048", 2, [1, 2, 3], State.RUNNING, clock.now())
    with desk.place.connect() as conn:
        ceremonies.add(conn, begun)
        ceremonies.save(
            conn, replace(begun, state=State.MADE, share=share, trustees=key.trustees.text, ended_at=clock.now())
        )


def sealed(desk: Desk, **changes: Any) -> Archive:
    """An archive with three ballots, one of them blank, on the board."""
    archive = Archive(desk.key, **changes).open().vote(0, 1).vote(1, 1).vote(2, 0).seal()
    desk.board.show(archive)
    return archive


def assert_decrypted(desk: Desk, archive: Archive) -> dict[str, Any]:
    """The seat told one answer, whose proof holds, and with another seat's it gives the totals."""
    told = desk.told("decryption.made")[0]
    assert (told["seat"], told["owner"], told["ballot_id"]) == (1, 1, str(archive.ballot_id))
    tally = read_tally(archive.election, follow_tally(archive))
    check_decryption(archive.election, tally, desk.key.trustees.owner(1).key, told["partial_decryption"])
    return told


def follow_tally(archive: Archive) -> str:
    return next(record.text for record in archive.records if record.text.startswith('[[{"alpha"'))


def test_a_seat_decrypts_the_sum_of_an_archive_that_it_verified(desk: Desk) -> None:
    from services.ballot.protocol.trustees import decrypt

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    told = assert_decrypted(desk, archive)
    tally = read_tally(archive.election, follow_tally(archive))
    other = decrypt(archive.election, tally, desk.key.shares[3])
    answers = {1: told["partial_decryption"], 3: other}
    assert combine(archive.election, desk.key.trustees, answers, tally, 3) == [[1, 2, 0]]
    assert desk.told("decryption.declined") == []


def test_nearly_all_is_verified_before_the_close(desk: Desk) -> None:
    """The archive is read from where the last look ended, never again from the beginning."""
    archive = Archive(desk.key)
    desk.call(archive)
    assert desk.look() == 0, "before the opening there is nothing to read"
    desk.open(archive)
    desk.look()
    grown = []
    for elector, choice in ((0, 1), (1, 2), (0, 2), (2, 1)):
        (archive if archive.records else archive.open()).vote(elector, choice)
        desk.board.show(archive)
        desk.look()
        with desk.place.connect() as conn:
            grown.append(conn.execute("SELECT reached FROM watch").fetchall()[0][0])
    assert grown == sorted(set(grown))
    assert grown[-1] == len(archive.data)
    archive.seal()
    desk.board.show(archive)
    desk.look()
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_an_electorate_whose_setup_is_larger_than_one_look_is_counted_too(desk: Desk) -> None:
    """R-130 issue 3: two thousand credentials are more than a megabyte before the first event of the archive ends."""
    archive = Archive(desk.key)
    more = itertools.accumulate(itertools.repeat(GROUP.g, 2000), GROUP.multiply)
    archive.credentials = sorted([*archive.credentials, *map(GROUP.text, more)])
    archive.open().vote(0, 1).vote(1, 1).vote(2, 0).seal()
    assert len(archive.data) > following.AT_ONCE
    desk.board.show(archive)
    desk.call(archive)
    desk.ask(archive)
    desk.look(3)
    assert_decrypted(desk, archive)


def test_what_follows_the_sealed_tally_does_not_concern_a_late_seat(desk: Desk) -> None:
    archive = sealed(desk)
    asked = archive.requested()
    archive.records += archive.builder.partial_decryption(2, "{}")
    desk.board.show(archive)
    desk.call(archive)
    desk.hear(DecryptionRequested, **asked)
    desk.look()
    assert_decrypted(desk, archive)


@pytest.mark.parametrize("order", ["ask call open", "open ask call", "call open close ask", "close ask call"])
def test_the_messages_about_a_ballot_may_come_in_any_order(desk: Desk, order: str) -> None:
    archive = sealed(desk)
    acts: dict[str, Callable[[], None]] = {
        "call": lambda: desk.call(archive),
        "open": lambda: desk.open(archive),
        "close": lambda: desk.hear(
            BallotClosed, ballot_id=archive.ballot_id, organization_id=uuid4(), issued=3, returned=3
        ),
        "ask": lambda: desk.ask(archive),
    }
    for act in order.split():
        acts[act]()
        desk.look()
    desk.look()
    assert_decrypted(desk, archive)


def test_a_request_that_comes_before_the_key_waits_for_it(desk: Desk) -> None:
    other = make_key()
    archive = Archive(other).open().vote(0, 1).vote(1, 2).vote(2, 0).seal()
    desk.board.show(archive)
    desk.call(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.place.told() == []
    hold(desk, other)
    desk.look()
    told = desk.told("decryption.made")
    assert len(told) == 1


@pytest.mark.parametrize("status", [502, 500, 302, 404])
def test_a_board_that_does_not_answer_is_asked_again_until_it_does(desk: Desk, status: int) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.board.fails = status
    desk.look(3)
    assert desk.place.told() == []
    desk.board.fails = 0
    desk.look()
    assert_decrypted(desk, archive)


def test_a_board_that_is_gone_altogether_is_asked_again(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    there, desk.board = desk.board, Board("http://127.0.0.1:9")
    desk.look(2)
    assert desk.place.told() == []
    desk.board = there
    desk.look()
    assert_decrypted(desk, archive)


def test_a_board_that_knows_no_ranges_is_read_all_the_same(desk: Desk) -> None:
    desk.board.ranges = False
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    archive.vote(1, 2).vote(0, 2).vote(2, 1).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_sum_that_is_asked_for_again_is_answered_word_for_word_without_another_look(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    desk.board.shown.clear()
    desk.ask(archive)
    desk.look()
    first, second = desk.told("decryption.made")
    assert first == second


def test_a_second_sum_of_a_ballot_is_never_decrypted(desk: Desk) -> None:
    """Decrypting two sums that differ by one ballot would reveal that ballot."""
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    other = Archive(desk.key, ballot_id=archive.ballot_id).open().vote(0, 1).vote(1, 2).seal()
    desk.board.show(other)
    desk.ask(other)
    desk.look()
    assert len(desk.told("decryption.made")) == 1
    assert [told["faults"] for told in desk.told("decryption.declined")] == [["second_tally"]]
    desk.ask(archive)
    assert len(desk.told("decryption.made")) == 2, "the first stands and is told again"


def test_the_database_itself_refuses_a_second_answer(desk: Desk) -> None:
    import psycopg

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    with desk.place.connect() as conn, pytest.raises(psycopg.errors.RaiseException, match="once"):
        conn.execute("UPDATE decryption SET head = 'other'")


DEMANDS: dict[str, Callable[[Desk], Archive]] = {}


def demand(code: str) -> Callable[[Callable[[Desk], Archive]], Callable[[Desk], Archive]]:
    def enter(case: Callable[[Desk], Archive]) -> Callable[[Desk], Archive]:
        DEMANDS[f"{code}: {case.__name__}"] = case
        return case

    return enter


def asked(desk: Desk, archive: Archive, **changes: Any) -> Archive:
    """Call as given, ask, and let it look."""
    desk.call(archive, **changes)
    desk.ask(archive)
    return archive


@demand("other_credentials")
def a_credential_that_evaluation_did_not_tell(desk: Desk) -> Archive:
    archive = sealed(desk)
    return asked(desk, archive, credentials=[*archive.credentials[1:], "4"])


@demand("other_credentials")
def a_credential_too_many(desk: Desk) -> Archive:
    archive = sealed(desk)
    return asked(desk, archive, credentials=archive.credentials[1:])


@demand("other_question")
def other_candidates(desk: Desk) -> Archive:
    return asked(desk, sealed(desk, names=("尤文静", "毛建国")))


@demand("other_question")
def candidates_in_another_order(desk: Desk) -> Archive:
    return asked(desk, sealed(desk, names=NAMES[::-1]))


@demand("other_question")
def more_names_than_places(desk: Desk) -> Archive:
    return asked(desk, sealed(desk, maximum=2), places=1)


@demand("other_question")
def no_abstention(desk: Desk) -> Archive:
    archive = Archive(desk.key, blank=False)
    for elector in range(3):
        (archive if archive.records else archive.open()).vote(elector, elector % 2)
    desk.board.show(archive.seal())
    return asked(desk, archive)


@demand("too_few_ballots")
def fewer_ballots_than_the_scheme_demands(desk: Desk) -> Archive:
    return asked(desk, sealed(desk), secrecy_minimum=4)


@demand("too_few_ballots")
def no_ballot_at_all(desk: Desk) -> Archive:
    archive = Archive(desk.key).open().seal()
    desk.board.show(archive)
    return asked(desk, archive, secrecy_minimum=0)


@demand("too_few_ballots")
def a_single_ballot_by_a_false_call(desk: Desk) -> Archive:
    """`ballot.called` carries no seal: whoever speaks on the broker for evaluation may say that one is enough."""
    archive = Archive(desk.key).open().vote(0, 1).seal()
    desk.board.show(archive)
    return asked(desk, archive, secrecy_minimum=1)


@demand("too_few_ballots")
def two_ballots_of_which_each_voter_would_know_the_other_s(desk: Desk) -> Archive:
    archive = Archive(desk.key).open().vote(0, 1).vote(1, 2).seal()
    desk.board.show(archive)
    return asked(desk, archive, secrecy_minimum=0)


@demand("other_trustees")
def a_key_of_other_trustees(desk: Desk) -> Archive:
    other = replace(make_key(), ceremony_id=desk.key.ceremony_id)
    archive = Archive(other).open().vote(0, 1).vote(1, 1).seal()
    desk.board.show(archive)
    return asked(desk, archive)


@demand("other_election")
def an_election_of_another_ballot(desk: Desk) -> Archive:
    from shared.voting.credential import election_uuid

    archive = sealed(desk, uuid=election_uuid(uuid4()))
    return asked(desk, archive)


@demand("other_head")
def another_head_than_was_asked_for(desk: Desk) -> Archive:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive, head="0" * 64)
    return archive


@demand("")
def a_tally_that_leaves_a_ballot_out(desk: Desk) -> Archive:
    archive = Archive(desk.key).open().vote(0, 1).vote(1, 1).vote(2, 2).seal(leave_out=1)
    desk.board.show(archive)
    return asked(desk, archive)


@demand("")
def a_single_ballot_passed_off_as_the_sum(desk: Desk) -> Archive:
    """What a decryption oracle would fall for."""
    archive = Archive(desk.key).open().vote(0, 1).vote(1, 1).vote(2, 2).seal(leave_out=2)
    desk.board.show(archive)
    return asked(desk, archive)


@pytest.mark.parametrize("case", DEMANDS)
def test_a_seat_declines_a_sum_that_is_not_right_and_says_why(desk: Desk, case: str) -> None:
    archive = DEMANDS[case](desk)
    desk.look(2)
    code = case.partition(":")[0]
    faults = desk.faults()
    assert faults
    assert code in ("", *faults)
    desk.ask(archive, **({"head": "0" * 64} if code == "other_head" else {}))
    desk.look()
    assert [told["faults"] for told in desk.told("decryption.declined")] == [faults, faults]


def tampered(data: bytes) -> bytes:
    place = data.rindex(b'"response":"') + len(b'"response":"')
    return data[:place] + (b"2" if data[place : place + 1] == b"1" else b"1") + data[place + 1 :]


def test_a_ballot_that_was_tampered_with_is_found_while_the_ballot_is_still_open(desk: Desk) -> None:
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.shown[str(archive.ballot_id)] = tampered(archive.data)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    assert desk.faults()


def test_an_archive_that_became_shorter_is_refused_for_ever(desk: Desk) -> None:
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    whole, archive.records = archive.records, archive.records[:-2]
    desk.board.show(archive)
    desk.look()
    assert desk.faults() == ["archive_shorter"]
    archive.records = whole
    archive.vote(1, 2).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.told("decryption.made") == []
    assert [told["faults"] for told in desk.told("decryption.declined")] == [["archive_shorter"]] * 2


@pytest.mark.parametrize("again", [True, False], ids=["the known elector votes again", "only others vote"])
def test_an_archive_that_goes_on_from_another_past_is_refused_for_ever(desk: Desk, again: bool) -> None:
    """The board showed this seat one chain, and later another one that has grown further."""
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    archive.records, archive.cast, archive.builder = [], {}, type(archive.builder)()
    archive.open().vote(1, 2).vote(0 if again else 1, 2).vote(2, 1).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.faults()


def test_an_annulled_ballot_is_followed_no_further_and_never_decrypted(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.open(archive)
    desk.hear(
        BallotAnnulled, ballot_id=archive.ballot_id, organization_id=uuid4(), reason="decision", statement="重新投票"
    )
    assert desk.look() == 0
    desk.ask(archive)
    desk.look()
    assert desk.faults() == ["annulled"]


@pytest.mark.parametrize("kind", ["none", "another seat's", "of another sum", "of another university"])
def test_a_sum_that_not_ballot_asks_for_is_not_decrypted(desk: Desk, kind: str) -> None:
    """R-130: else whoever holds the broker's account reads an electronic sum before the papers are confirmed."""
    archive = sealed(desk)
    desk.call(archive)
    asked = archive.requested()
    false = {
        "none": "",
        "another seat's": trustees.by_seat(2, DecryptionRequested, **asked),
        "of another sum": trustees.by_ballot(DecryptionRequested, **{**asked, "head": "0" * 64}),
        "of another university": seal.sign(BALLOT_IDENTITY, DecryptionRequested, uuid4(), asked),
    }
    table = Table({desk.place.name: desk.place})
    table.forge(desk.place.name, DecryptionRequested, tenant_id=TENANT, **asked, seal=false[kind])
    assert table.dead == [("trustee1", "decryption.requested", "forged_seal")]
    desk.look(2)
    assert desk.place.told() == []
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_ballot_that_not_ballot_annuls_is_counted(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    said = {"ballot_id": archive.ballot_id, "organization_id": uuid4(), "reason": "decision", "statement": "重新投票"}
    desk.hear(BallotAnnulled, **said, seal=trustees.by_seat(2, BallotAnnulled, **said))
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_ballot_on_paper_does_not_concern_a_seat(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive, channel="paper", credentials=[])
    desk.open(archive)
    assert desk.look() == 0
    desk.ask(archive)
    assert desk.faults() == ["not_electronic"]


def test_a_seat_that_dies_between_its_look_and_its_note_looks_again_as_soon_as_it_is_back(desk: Desk) -> None:
    """Nothing was told of the first look; the answer comes once, and no claim of the dead process is waited for."""
    from services.ballot.trustee.decryption import commands

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.now += timedelta(seconds=3)
    seat = trustees.seat(1, desk.board.url)
    with desk.place.connect() as conn:
        taken = commands.claim(conn, seat, desk.now)
    assert commands.go(seat, taken)[0].answer
    with desk.place.connect() as conn:
        assert commands.claim(conn, seat, desk.now + timedelta(seconds=3)) == [], "somebody else has it"
    desk.look()
    assert len(desk.told("decryption.made")) == 1
    assert_decrypted(desk, archive)


def test_a_sum_that_is_asked_for_is_looked_at_before_and_without_ballots_that_are_open(desk: Desk) -> None:
    """Between close and result no seat waits for the boards of others: their turn comes after the answer."""
    from services.ballot.trustee.decryption import commands

    others = [Archive(desk.key).open() for _ in range(3)]
    for each in others:
        desk.board.show(each)
        desk.call(each)
        desk.open(each)
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.now += timedelta(seconds=3)
    seat = trustees.seat(1, desk.board.url)
    with desk.place.connect() as conn:
        taken = [[each.watch.ballot_id for each in commands.claim(conn, seat, desk.now)] for _ in range(4)]
    assert taken[0] == [archive.ballot_id]
    assert sorted(map(len, taken[1:])) == [1, 1, 1]
    assert {one for each in taken[1:] for one in each} == {each.ballot_id for each in others}


def test_a_claim_takes_no_more_than_it_asks_for_whatever_plan_the_database_makes(desk: Desk) -> None:
    """A nested loop that runs the choice again for every row would else take all that are due."""
    for each in [Archive(desk.key).open() for _ in range(3)]:
        desk.board.show(each)
        desk.call(each)
        desk.open(each)
    desk.now += timedelta(seconds=3)
    with desk.place.connect() as conn:
        conn.execute("ANALYZE watch")
        for kind in ("material", "hashagg", "hashjoin", "mergejoin", "sort"):
            conn.execute(f"SET LOCAL enable_{kind} = off")
        taken = [store.claim(conn, desk.now, desk.now + timedelta(hours=1), 1, requested=False) for _ in range(4)]
    assert list(map(len, taken)) == [1, 1, 1, 0]


@pytest.mark.parametrize("page", [b"<html>" + b"x" * 2000, b"{}", b"\0" * 2048])
@pytest.mark.parametrize("read_before", [False, True])
def test_a_page_in_the_place_of_the_archive_is_no_reason_to_decline_for_ever(
    desk: Desk, page: bytes, read_before: bool
) -> None:
    """A proxy's page with status 200: the seat asks again, and answers once the archive is back."""
    archive = Archive(desk.key).open().vote(0, 1).vote(1, 1).vote(2, 0)
    begun = archive.data
    desk.board.show(archive)
    desk.call(archive)
    if read_before:
        desk.open(archive)
        desk.look()
    whole = archive.seal().data
    desk.board.shown[str(archive.ballot_id)] = (begun if read_before else b"") + page
    desk.ask(archive)
    desk.look(2)
    assert desk.told("decryption.declined") == []
    desk.board.shown[str(archive.ballot_id)] = whole
    desk.look(2)
    assert_decrypted(desk, archive)


def test_two_processes_of_a_seat_that_looked_at_once_answer_once(desk: Desk) -> None:
    from services.ballot.trustee.decryption import commands

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    seat = trustees.seat(1, desk.board.url)
    found = []
    for _ in range(2):
        desk.now += timedelta(minutes=2)
        with desk.place.connect() as conn:
            found.append(commands.go(seat, commands.claim(conn, seat, desk.now)))
    for each in found:
        with desk.place.connect() as conn:
            commands.note(conn, seat, each, desk.now)
    assert len(desk.told("decryption.made")) == 1


def test_a_seat_keeps_nothing_of_an_elector_and_nothing_of_a_choice(desk: Desk) -> None:
    """R-130: only public parts of credentials, as a hash and as places in the archive."""
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    with desk.place.connect() as conn:
        kept = str(conn.execute("SELECT (w.*)::text FROM watch w").fetchall())
    assert not any(code in kept for code in archive.codes)
    assert not any(str(each["person_id"]) in kept for each in CANDIDATES)
    assert str(desk.key.shares[1]) not in kept
