"""The rolls of electronic ballots: a credential for each elector, a list that tells nothing, a mark of the list."""

from random import Random
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import Vault
from shared.voting import credential, roll
from shared.voting.secrecy import FEWEST, fewest

BALLOT = UUID(int=20130401)
VAULT = Vault((Fernet.generate_key().decode(),))


def test_each_elector_has_the_code_of_one_listed_credential() -> None:
    """R-130: the list is sorted as texts, and so in no order of the roll."""
    electors = [uuid4() for _ in range(5)]
    sealed, public = roll.issue(VAULT, BALLOT, electors)
    codes = {person: VAULT.open(one) for person, one in sealed.items()}
    assert list(sealed) == electors
    assert len(set(codes.values())) == len(electors)
    uuid = credential.election_uuid(BALLOT)
    assert public == sorted(credential.public(code, uuid) for code in codes.values())
    assert not any(code.encode() in one for code in codes.values() for one in sealed.values())


@given(
    st.lists(st.text("0123456789", min_size=1, max_size=8), unique=True, max_size=6), st.randoms(use_true_random=False)
)
def test_the_mark_of_a_list_depends_on_what_is_in_it_and_not_on_its_order(public: list[str], chance: Random) -> None:
    """Decision 25: an elector's booth compares the marks that two services tell it."""
    mixed = list(public)
    chance.shuffle(mixed)
    assert roll.fingerprint(mixed) == roll.fingerprint(public)
    assert len(roll.fingerprint(public)) == 64
    assert roll.fingerprint([*public, "another"]) != roll.fingerprint(public)
    if len(public) > 1:
        assert roll.fingerprint(["".join(public[:2]), *public[2:]]) != roll.fingerprint(public)


def test_a_credential_is_given_out_until_the_vote_is_over_or_it_was_erased() -> None:
    """requirements 2.10"""
    assert roll.released(b"sealed", over=False) == b"sealed"
    for sealed in (b"sealed", None):
        with pytest.raises(roll.VotingOver):
            roll.released(sealed, over=True)
    with pytest.raises(roll.CredentialErased):
        roll.released(None, over=False)


@given(st.integers(-5, 20))
def test_no_scheme_allows_a_sum_of_one_or_two(minimum: int) -> None:
    """requirements 5.1: each of two voters would know the other's ballot."""
    assert fewest(minimum) == max(minimum, 3)
    assert FEWEST == 3
