"""A forger's tools: change bytes, records, steps or texts of a right election and close the chain again."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from services.ballot.archive import records
from services.ballot.archive.records import Kind, Record
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import proofs, tally, trustees
from services.ballot.protocol.text import b64_hash, compact
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.archives import CODES, TIME, UUID, Forger, Step, chained, vote, written

FIRST, SECOND, END, TALLY, PART, RESULT = 1, 2, 5, 6, 7, 9  # the heights of the events of `lawful`
Tampering = Callable[[Forger], bytes]


def bytes_at(place: int, new: bytes, record: int = 2) -> Tampering:
    """Overwrite bytes of the n-th record, without touching anything else."""

    def tamper(forger: Forger) -> bytes:
        data = forger.archive()
        start = records.OPENING_SIZE + sum(one.size for one in chained(forger.steps())[:record]) + place
        return data[:start] + new + data[start + len(new) :]

    return tamper


def header(name: str = "", time: int = TIME) -> Tampering:
    """Give the first ballot another header, with the right checksum."""

    def tamper(forger: Forger) -> bytes:
        data, right = forger.archive(), Record(Kind.DATA, forger.ballots[0])
        wrong = records.header(name or right.name, len(right.content), time)
        return data.replace(records.header(right.name, len(right.content), TIME), wrong)

    return tamper


def in_records(change: Callable[[list[Record]], list[Record]]) -> Tampering:
    return lambda forger: written(change(chained(forger.steps())))


def in_steps(change: Callable[[list[Step]], Any]) -> Tampering:
    """Change the steps of the election and close the chain again."""

    def tamper(forger: Forger) -> bytes:
        steps = forger.steps()
        changed = change(steps)
        return written(chained(changed if isinstance(changed, list) else steps))

    return tamper


def in_texts(**changes: Callable[[Forger], Any]) -> Tampering:
    """Change texts of the election and close the chain again."""
    return lambda forger: replace(forger, **{name: change(forger) for name, change in changes.items()}).archive()


def event(
    place: int, change: Callable[[dict[str, Any]], dict[str, Any]], separators: tuple[str, str] = (",", ":")
) -> Tampering:
    """Write the n-th event otherwise, and nothing after it."""

    def tamper(forger: Forger) -> bytes:
        found = chained(forger.steps())
        at = [number for number, one in enumerate(found) if one.kind is Kind.EVENT][place]
        text = json.dumps(change(json.loads(found[at].text)), separators=separators)
        return written([*found[:at], Record(Kind.EVENT, text)])

    return tamper


def edited(text: str, change: Callable[[Any], Any]) -> str:
    """Change a document where it stands."""
    plain = json.loads(text)
    change(plain)
    return compact(plain)


def spaced(text: str) -> str:
    """Write a document with a space, which says the same."""
    return text.replace(",", ", ", 1).replace(":", ": ", 1) if ":" in text else text.replace(",", ", ", 1)


def signed(plain: dict[str, Any], code: str) -> str:
    """Sign a ballot as the owner of `code` would."""
    body = {name: value for name, value in plain.items() if name != "signature"}
    body["credential"] = credential.public(code, UUID)
    hash_ = b64_hash(compact(body))
    proof = proofs.know(GROUP, credential.secret(code, UUID), f"sig|{hash_}|")
    return compact({**body, "signature": {"hash": hash_, "proof": proof.plain()}})


def first_ballot(change: Callable[[str], str]) -> Tampering:
    return in_texts(ballots=lambda forger: [change(forger.ballots[0]), *forger.ballots[1:]])


def negated(text: str) -> str:
    """Put a component of order two into a ciphertext, and sign again."""
    plain = json.loads(text)
    choice = plain["answers"][0]["choices"][0]
    choice["alpha"] = str(GROUP.p - int(choice["alpha"]))
    return signed(plain, CODES[0])


def outsider(forger: Forger) -> list[str]:
    return [*forger.ballots, vote(forger.asked, "Lm3-kQ9-tYb-2Zx-" + _checked("Lm3-kQ9-tYb-2Zx"), 0, 1, 0)]


def _checked(start: str) -> str:
    ends = (f"{a}{b}{c}" for a in "A" for b in "B" for c in credential.ALPHABET)
    return next(end for end in ends if credential.valid(f"{start}-{end}"))


def product_of(*numbers: int) -> Callable[[Forger], str]:
    """Give the product of these ballots."""

    def multiply(forger: Forger) -> str:
        made = tally.Accumulator(forger.asked)
        for number in numbers:
            made.add(ballots.read(forger.asked, forger.ballots[number]))
        return made.text

    return multiply


def resized(num: int, weight: int) -> Callable[[Forger], str]:
    return lambda forger: compact({**json.loads(forger.sized), "num_tallied": num, "total_weight": weight})


def parts(*chosen: tuple[int, int]) -> Tampering:
    """Publish parts: (the number under which it is published, which part)."""
    return in_texts(parts=lambda forger: [(owner, forger.parts[which][1]) for owner, which in chosen])


def with_tally(product: Callable[[Forger], str], count: int) -> Tampering:
    return in_texts(tally=product, sized=lambda forger: tally.sized(count, count, product(forger)))


def trusted(change: Callable[[Any], Any]) -> Tampering:
    return in_texts(key=lambda forger: replace(forger.key, text=edited(forger.key.text, change)))


def swap(values: list[Any], one: int, other: int) -> None:
    values[one], values[other] = values[other], values[one]


def other_key(forger: Forger) -> Any:
    return replace(forger.key, text=trustees.single(GROUP, 5))


def negated_factor(plain: Any) -> None:
    plain["decryption_factors"][0][0] = str(GROUP.p - int(plain["decryption_factors"][0][0]))
