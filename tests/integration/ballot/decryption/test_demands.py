"""A sum that is not right is declined with the reason, again whenever it is asked for (issue 3, 7; R-130)."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.archives import NAMES, Archive
from tests.integration.ballot.decryption.desk import Desk, asked, sealed
from tests.trustees import make_key

DEMANDS: dict[str, Callable[[Desk], Archive]] = {}


def demand(code: str) -> Callable[[Callable[[Desk], Archive]], Callable[[Desk], Archive]]:
    def enter(case: Callable[[Desk], Archive]) -> Callable[[Desk], Archive]:
        DEMANDS[f"{code}: {case.__name__}"] = case
        return case

    return enter


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
