"""What a seat agrees to, what it must have heard before it goes on, and how it judges what it was given."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from services.ballot.protocol import ceremony as protocol
from services.ballot.protocol import pedersen
from services.ballot.protocol.ceremony import AtFault
from services.ballot.protocol.text import Malformed
from services.ballot.trustee.ceremony import parcel
from services.ballot.trustee.ceremony.domain import BALLOT, Ceremony, Received, State, Step
from services.ballot.trustee.ceremony.parcel import Address
from shared.errors import Invalid, RuleBroken
from shared.voting.group import BELENIOS_2048, Group


class CeremonyRefused(Invalid):
    """计票密钥的约定不合要求，本席不参加。"""


class ShareStillNeeded(RuleBroken):
    """还有一次投票等待本席解密，这把计票密钥不能停用。"""


class Contradiction(RuleBroken):
    """同一席位在同一次密钥生成中说了两种话。"""


def check_request(ceremony: Ceremony, known: Collection[int]) -> None:
    """Refuse a ceremony in which not all known seats take part, or that fewer than most of them could use.

    Raises `CeremonyRefused` with every fault.
    """
    faults = {
        "参加的席位须为全部席位，不多不少。": ceremony.seats != sorted(known),
        "能够解密的席位数须超过半数，且不超过总数。": not len(ceremony.seats)
        < 2 * ceremony.threshold
        <= 2 * len(ceremony.seats),
        "本席不使用这个群。": ceremony.group_name != BELENIOS_2048.name,
    }
    if any(faults.values()):
        raise CeremonyRefused(details=[sentence for sentence, true in faults.items() if true])


def same_request(one: Ceremony, other: Ceremony) -> bool:
    """Say whether two requests ask for the same."""
    return (one.period, one.group_name, one.threshold, one.seats) == (
        other.period,
        other.group_name,
        other.threshold,
        other.seats,
    )


def all_said(ceremony: Ceremony, heard: Received, *steps: Step) -> bool:
    """Say whether every seat has said these things."""
    return all(set(heard[step]) >= set(ceremony.seats) for step in steps)


def deal(group: Group, ceremony: Ceremony, heard: Received, secrets: pedersen.SeatSecrets, own: int) -> dict[int, str]:
    """Give the encrypted share for every seat, this one included; raises `AtFault`."""
    certified = protocol.certificates(group, heard[Step.CERTIFICATE])
    return {
        seat: parcel.seal(
            pedersen.agreed(group, secrets, certified[seat]),
            Address(ceremony.tenant_id, ceremony.id, own, seat),
            pedersen.share(group, secrets, ceremony.place(seat)),
        )
        for seat in ceremony.seats
    }


def gather(group: Group, ceremony: Ceremony, heard: Received, secrets: pedersen.SeatSecrets, own: int) -> int:
    """Give this seat's share of the key from what all seats dealt to it; raises `AtFault`."""
    certified = protocol.certificates(group, heard[Step.CERTIFICATE])
    exponents = protocol.exponents(group, heard[Step.COEFEXPS], certified, ceremony.threshold)
    dealt = []
    for seat in ceremony.seats:
        agreed = pedersen.agreed(group, secrets, certified[seat])
        try:
            share = parcel.unseal(agreed, Address(ceremony.tenant_id, ceremony.id, seat, own), heard[Step.SHARE][seat])
        except Malformed as fault:
            raise AtFault(seat, fault.code) from fault
        if not pedersen.share_fits(group, exponents[seat], ceremony.place(own), share):
            raise AtFault(seat, "share")
        dealt.append(share)
    return pedersen.private_key(group, dealt)


def accept(group: Group, ceremony: Ceremony, heard: Received, at: datetime) -> Ceremony:
    """End the ceremony with the key that ballot told, if it is the one that the seats made; raises `AtFault`."""
    said = (heard[Step.CERTIFICATE], heard[Step.COEFEXPS], heard[Step.VERIFICATION])
    made = protocol.trustees_of(group, ceremony.threshold, *said)
    if heard[Step.KEY][BALLOT] != made:
        raise AtFault(BALLOT, "other_key")
    return replace(ceremony, state=State.MADE, trustees=made, seed=None, ended_at=at)


def retire(ceremony: Ceremony, needed: bool) -> Ceremony:
    """Erase the share of a key whose ballots are over. Raises `ShareStillNeeded` while a sum is asked for."""
    if needed:
        raise ShareStillNeeded
    return replace(ceremony, state=State.RETIRED, share=None)


def fail(ceremony: Ceremony, fault: AtFault, at: datetime) -> Ceremony:
    """End a ceremony without a key."""
    told = f"{fault.seat}:{fault.code}"
    return replace(ceremony, state=State.FAILED, fault=told, seed=None, share=None, ended_at=at)
