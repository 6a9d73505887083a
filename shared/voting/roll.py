"""What the rolls of all electronic ballots share: credentials made and sealed, their mark, whether one is given out."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from shared.crypto import Vault
from shared.errors import RuleBroken
from shared.voting import credential


class VotingOver(RuleBroken):
    """投票已经结束，不再发放投票凭证。"""


class CredentialErased(RuleBroken):
    """投票凭证已按规定期限清除。"""


def issue(vault: Vault, ballot_id: UUID, electors: Iterable[UUID]) -> tuple[dict[UUID, bytes], list[str]]:
    """Make a credential for each elector: the private codes, sealed, by person; the public ones in their own order.

    Sorted as texts, the public list tells nothing of the order of the roll.
    """
    uuid = credential.election_uuid(ballot_id)
    codes = {person_id: credential.new_code() for person_id in electors}
    sealed = {person_id: vault.seal(code) for person_id, code in codes.items()}
    return sealed, sorted(credential.public(code, uuid) for code in codes.values())


def fingerprint(public: Iterable[str]) -> str:
    """Give the mark of a list of public credentials, whatever its order.

    An elector's booth is told it by who called the ballot and by the box, and compares (decision 25).
    """
    return hashlib.sha256("\n".join(sorted(public)).encode()).hexdigest()


def released(sealed: bytes | None, *, over: bool) -> bytes:
    """Give an elector's sealed credential while it is of use. Raises `VotingOver`, `CredentialErased`."""
    if over:
        raise VotingOver
    if sealed is None:
        raise CredentialErased
    return sealed
