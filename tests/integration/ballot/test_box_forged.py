"""What a call that evaluation never made does to a box: nothing that an elector's booth would not see (decision 25)."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from services.ballot.protocol.text import load
from shared.events.evaluation import BallotCalled
from shared.voting import credential
from shared.voting.roll import fingerprint
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST, facts
from tests.services import Service
from tests.university import University


@pytest.fixture
def voted(ballot: Service) -> Voted:
    return electronic(ballot)


def shown(voted: Voted) -> dict[str, object]:
    return dict(voted.service.app.test_client().get(voted.box).json or {})


def public(voted: Voted) -> list[str]:
    return [credential.public(code, credential.election_uuid(voted.id)) for code in voted.codes]


def own(number: int) -> list[str]:
    """Credentials of somebody who is no elector."""
    uuid = credential.election_uuid(uuid4())
    return sorted(credential.public(credential.new_code(), uuid) for _ in range(number))


def test_an_open_box_shows_the_mark_of_the_roll_by_which_its_ballots_are_let_in(voted: Voted) -> None:
    """R-130."""
    assert shown(voted)["roll"] is None
    voted.begin()
    assert shown(voted)["roll"] == fingerprint(public(voted)) == fingerprint(voted.facts().credentials)


def test_a_false_call_of_a_called_ballot_changes_neither_roll_nor_candidates_nor_minimum(voted: Voted) -> None:
    def kept() -> object:
        with voted.service.connect() as conn:
            ballot = conn.execute("SELECT secrecy_minimum, places, tellers, electronic FROM ballot").fetchall()
            names = conn.execute("SELECT place, person_id, name FROM candidate ORDER BY place").fetchall()
            return ballot, names, conn.execute("SELECT credentials FROM box").fetchall()

    before = kept()
    false = facts(ballot_id=voted.id, channel="electronic", credentials=own(5), places=1, secrecy_minimum=1)
    voted.service.hear(BallotCalled, **{**false, "candidates": false["candidates"][:2], "tellers": [uuid4(), uuid4()]})
    assert kept() == before
    voted.begin()
    assert shown(voted)["roll"] == fingerprint(public(voted))


def test_a_false_call_that_overtakes_the_true_one_opens_a_box_that_no_booth_votes_in(ballot: Service) -> None:
    """R-130 requirements 5.1: one true elector among invented ones would be betrayed by the sum."""
    honest = electronic(ballot)
    true = load(_credentials(honest))
    false = facts(
        channel="electronic", entitled=6, present=4, secrecy_minimum=3, credentials=sorted([true[0], *own(3)])
    )
    ballot.hear(BallotCalled, **false)
    ballot.hear(BallotCalled, **{**false, "credentials": true})
    box = Voted(ballot, false["ballot_id"], honest.codes, honest.key).begin()
    assert shown(box)["roll"] not in {None, fingerprint(true)}, "the mark that evaluation tells each elector"


def test_a_call_that_names_a_smaller_minimum_is_held_to_the_scheme_s(
    service: Callable[[str], Service], university: University
) -> None:
    """R-130 requirements 5.1: the seats are not even asked for a sum of fewer ballots than the scheme wants."""
    university.settings["ballot.secrecy_minimum"] = 5
    voted = electronic(service("ballot"), 6, present=6, secrecy_minimum=1).begin(present=6)
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close", explanation="二人没有投票。")
    assert voted.seal().state() == "annulled"
    assert voted.service.told("decryption.requested") == []


def _credentials(voted: Voted) -> str:
    with voted.service.connect() as conn:
        row = conn.execute("SELECT credentials FROM box WHERE ballot_id = %s", [voted.id]).fetchone()
    assert row is not None
    return str(row[0])
