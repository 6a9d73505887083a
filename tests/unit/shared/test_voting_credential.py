"""A credential is the code that belenios-tool would have made, and an election has one uuid for ever."""

import hashlib
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from shared.voting.malformed import Malformed

UUID_OF_TOOL = "Wyjww42tGVjrkUyA8TTqvz"
MADE_BY_TOOL = {
    "3zC-zSy-FnJ-1ex-y5d": "c82bb1ad033a025666d4276f486eecf92d3e8541d53db26ea980a339a80f436d",
    "EtW-qta-14e-sgx-hAV": "e5de9aeec1375eb66173ca71018abdd287c2eb1956286628edc7d3f446a9c119",
}
"""Codes that belenios-tool 2.0 drew for this election, and the SHA-256 of the public credentials it gave for them."""
CODES_OF_TOOL = list(MADE_BY_TOOL)


def test_a_code_has_the_form_that_people_type() -> None:
    codes = {credential.new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(credential.valid(code) and len(code) == 19 for code in codes)


@pytest.mark.parametrize("code", CODES_OF_TOOL)
def test_codes_that_belenios_tool_made_are_codes(code: str) -> None:
    assert credential.valid(code)


@pytest.mark.parametrize("code", CODES_OF_TOOL)
def test_a_public_credential_is_what_belenios_tool_derives(code: str) -> None:
    public = credential.public(code, UUID_OF_TOOL)
    assert hashlib.sha256(public.encode()).hexdigest() == MADE_BY_TOOL[code]
    assert public == GROUP.text(GROUP.power(GROUP.g, credential.secret(code, UUID_OF_TOOL)))


@given(st.integers(0, 18), st.sampled_from(credential.ALPHABET + "-0OIl１ "))
def test_a_mistyped_code_is_noticed(at: int, put: str) -> None:
    """The check character works modulo 53, so letters 53 apart are told apart by nothing."""
    code = CODES_OF_TOOL[1]
    assume(abs(credential.ALPHABET.find(code[at]) - credential.ALPHABET.find(put)) != 53)
    typed = code[:at] + put + code[at + 1 :]
    assert credential.valid(typed) == (typed == code)
    if typed != code:
        with pytest.raises(Malformed, match="code"):
            credential.secret(typed, UUID_OF_TOOL)


BESIDE = [CODES_OF_TOOL[0][:at] + letter + CODES_OF_TOOL[0][at + 1 :] for at in (0, 18) for letter in "0OIl１ "]


@pytest.mark.parametrize("code", BESIDE)
def test_a_single_letter_outside_the_alphabet_makes_it_no_code(code: str) -> None:
    assert not credential.valid(code)


@pytest.mark.parametrize("code", CODES_OF_TOOL)
def test_a_secret_is_an_exponent(code: str) -> None:
    assert 0 < credential.secret(code, UUID_OF_TOOL) < GROUP.q


@pytest.mark.parametrize("code", ["", "-", "----", CODES_OF_TOOL[0] + "-", CODES_OF_TOOL[0].replace("-", "")])
def test_what_has_another_form_is_no_code(code: str) -> None:
    assert not credential.valid(code)


def test_one_code_is_another_credential_in_another_election() -> None:
    """R-130: two elections of one person cannot be linked by the credential."""
    assert credential.public(CODES_OF_TOOL[0], UUID_OF_TOOL) != credential.public(CODES_OF_TOOL[0], "1" * 22)


@given(st.sets(st.uuids(), min_size=2))
def test_every_ballot_has_its_own_election(ballots: set[UUID]) -> None:
    uuids = {credential.election_uuid(one) for one in ballots}
    assert len(uuids) == len(ballots)
    assert all(len(one) == 22 and set(one) <= set(credential.ALPHABET) for one in uuids)


def test_the_uuid_of_an_election_never_changes() -> None:
    assert credential.election_uuid(UUID(int=0)) == "1" * 22
    assert credential.election_uuid(UUID(int=58)) == "1" * 20 + "21"
