"""What must be right before a seat decrypts a sum: each demand alone, believed of nobody."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Question
from services.ballot.trustee.decryption import rules
from services.ballot.trustee.decryption.domain import Holding, State, Watch
from services.ballot.trustee.decryption.rules import Sealed
from shared.voting.credential import election_uuid
from shared.voting.group import BELENIOS_2048 as GROUP

BALLOT = UUID(int=20130401)
NAMES = ["尤文静", "毛建国", "仇大海"]
ASKED = Question(tuple(NAMES), 1, 2, "评选谁？", blank=True)
CREDENTIALS = ["甲", "乙", "丙"]
KEY = GROUP.power(GROUP.g, 2013)
HOLDING = Holding("trustees", 2, b"share")
FEWEST = 3


def sealed(question: Question = ASKED, *others: Question, uuid: str | None = None, **changes: Any) -> Sealed:
    election = elections.make(uuid or election_uuid(BALLOT), "评选", "", KEY, [question, *others])
    return replace(Sealed(election, "trustees", CREDENTIALS, 3, "head"), **changes)


def watch(**changes: Any) -> Watch:
    known: dict[str, Any] = {
        "electronic": True, "credentials_hash": rules.credentials_hash(CREDENTIALS), "names": NAMES, "choices": 2,
        "secrecy_minimum": 3, "uuid": election_uuid(BALLOT), "head": "head",
    }  # fmt: skip
    return Watch(UUID(int=1), BALLOT, State.WATCHING, **{**known, **changes})


def found(known: Watch | None = None, archive: Sealed | None = None, fewest: int = FEWEST) -> list[str]:
    return rules.obstacles(known or watch(), HOLDING, archive or sealed(), fewest)


def test_a_sum_of_which_everything_is_right_is_decrypted() -> None:
    """R-130"""
    assert found() == []
    assert found(archive=sealed(credentials=CREDENTIALS[::-1])) == [], "the order of a list says nothing"
    assert found(archive=sealed(replace(ASKED, minimum=2))) == [], "where as many must be chosen as may be"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"annulled": True}, "annulled"),
        ({"uuid": election_uuid(UUID(int=7))}, "other_election"),
        ({"head": "another"}, "other_head"),
        ({"credentials_hash": rules.credentials_hash(CREDENTIALS[:2])}, "other_credentials"),
        ({"credentials_hash": None}, "other_credentials"),
        ({"names": NAMES[::-1]}, "other_question"),
        ({"names": NAMES[:2]}, "other_question"),
        ({"names": None}, "other_question"),
        ({"choices": 3}, "other_question"),
        ({"choices": None}, "other_question"),
        ({"secrecy_minimum": 4}, "too_few_ballots"),
    ],
)
def test_what_the_seat_was_told_by_others_is_held_against_the_archive(known: dict[str, Any], code: str) -> None:
    """R-130: evaluation's call and ballot's request each say their part, and neither is taken for the other's."""
    assert found(watch(**known)) == [code]


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (sealed(trustees="others"), "other_trustees"),
        (sealed(head="later"), "other_head"),
        (sealed(credentials=[*CREDENTIALS, "丁"]), "other_credentials"),
        (sealed(replace(ASKED, blank=False)), "other_question"),
        (sealed(replace(ASKED, maximum=1)), "other_question"),
        (sealed(replace(ASKED, maximum=3)), "other_question"),
        (sealed(replace(ASKED, minimum=0)), "other_question"),
        (sealed(replace(ASKED, answers=(*NAMES, "文思远"))), "other_question"),
        (sealed(ASKED, ASKED), "other_question"),
        (sealed(num_tallied=2), "too_few_ballots"),
    ],
)
def test_an_archive_of_something_else_is_not_decrypted(archive: Sealed, code: str) -> None:
    """R-130"""
    assert found(archive=archive) == [code]


def test_the_election_is_the_one_that_follows_from_the_ballot_s_own_id() -> None:
    """R-130: not one that ballot named, though the archive has the same name."""
    foreign = election_uuid(UUID(int=7))
    assert found(watch(uuid=foreign), sealed(uuid=foreign)) == ["other_election"]
    assert found(archive=sealed(uuid=foreign)) == ["other_election"]


@pytest.mark.parametrize(
    ("told", "own", "tallied", "enough"),
    [(0, 3, 2, False), (None, 3, 2, False), (None, 3, 3, True), (1, 5, 4, False), (5, 3, 4, False), (5, 3, 5, True)],
)
def test_the_seat_keeps_its_own_bound_whatever_it_is_told_of_the_scheme(
    told: int | None, own: int, tallied: int, enough: bool
) -> None:
    """requirements 5.1: what is told of the scheme may raise the bound and never lowers it."""
    assert (found(watch(secrecy_minimum=told), sealed(num_tallied=tallied), own) == []) is enough


def test_every_reason_is_given_at_once() -> None:
    """R-130"""
    other = sealed(replace(ASKED, blank=False), uuid=election_uuid(UUID(int=7)), trustees="x", num_tallied=0)
    assert len(found(watch(annulled=True, head="z", credentials_hash=""), other)) == 7


def test_a_seat_judges_once_it_was_asked_knows_the_call_and_holds_the_key() -> None:
    """R-130"""
    assert rules.is_ready(watch(), HOLDING)
    assert not rules.is_ready(watch(), None)
    assert not rules.is_ready(watch(head=None), HOLDING)
    for electronic in (None, False):
        assert not rules.is_ready(watch(electronic=electronic), HOLDING)
