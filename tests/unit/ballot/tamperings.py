"""Every way we know to tamper with an archive, and what the auditor calls it.

Wherever a forger could, he has closed the chain again: hashes and sizes are right, and only the matter itself is wrong.
"""

import json
from dataclasses import replace

from services.ballot.archive import records
from services.ballot.archive.records import BLOCK, Kind, Record
from tests.unit.ballot import archives
from tests.unit.ballot.archives import CODES, TIME, Step, lawful, vote
from tests.unit.ballot.forgery import (
    END,
    FIRST,
    PART,
    RESULT,
    SECOND,
    TALLY,
    Tampering,
    bytes_at,
    edited,
    event,
    first_ballot,
    header,
    in_records,
    in_steps,
    in_texts,
    negated,
    negated_factor,
    other_key,
    outsider,
    parts,
    product_of,
    resized,
    signed,
    spaced,
    swap,
    trusted,
    with_tally,
)


def no_hash(at: int, name: str) -> Tampering:
    """Let a step's list name something that is a digit too short to be a hash."""

    def change(steps: list[Step]) -> None:
        listing = steps[at].documents.pop()
        steps[at].documents.append(edited(listing, lambda plain: plain.update({name: "d" * 63})))

    return in_steps(change)


TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    # the bytes of the file
    "blocks of nothing at the end": (lambda forger: forger.archive() + bytes(1024), "header_unreadable"),
    "torn in the last record": (lambda forger: forger.archive()[:-700], "torn_record"),
    "half an opening": (lambda forger: forger.archive()[:600], "torn_record"),
    "the magic of a newer tar": (bytes_at(257, b"ustar\x0000"), "header_bytes"),
    "another mode": (bytes_at(100, b"0000755"), "header_bytes"),
    "a checksum written otherwise": (bytes_at(154, b" \0"), "header_bytes"),
    "a ballot's own time": (header(time=TIME + 60), "header_bytes"),
    "a record under another hash": (header(name=f"{'a' * 64}.data.json"), "content_hash"),
    "a record under a free name": (header(name="ballot.json"), "record_name"),
    "a content changed": (bytes_at(BLOCK + 3, b"9"), "content_hash"),
    "a message in the padding": (bytes_at(-1, b"!"), "padding"),
    "another time at the opening": (
        lambda forger: records.opening(TIME + 1) + forger.archive()[records.OPENING_SIZE :],
        "header_bytes",
    ),
    # the chain
    "a ballot taken out of the file": (in_records(lambda found: [*found[:5], *found[6:]]), "data_missing"),
    "a ballot and its event taken out": (in_records(lambda found: [*found[:5], *found[7:]]), "wrong_parent"),
    "two ballots exchanged": (
        in_records(lambda found: [*found[:5], *found[7:9], *found[5:7], *found[9:]]),
        "wrong_parent",
    ),
    "the beginning cut off": (in_records(lambda found: found[5:]), "wrong_parent"),
    "a height left out": (event(FIRST, lambda plain: {**plain, "height": 3}), "wrong_height"),
    "a foreign parent": (event(FIRST, lambda plain: {**plain, "parent": "b" * 64}), "wrong_parent"),
    "an event with spaces": (event(FIRST, lambda plain: plain, (", ", ": ")), "event_not_canonical"),
    "an event in another order": (event(END, lambda plain: dict(reversed(plain.items()))), "event_form"),
    "an event with a note": (event(END, lambda plain: {**plain, "note": "甲"}), "event_form"),
    "a shuffle": (event(END, lambda plain: {**plain, "type": "Shuffle"}), "event_type"),
    "an end that names something": (event(END, lambda plain: {**plain, "payload": "c" * 64}), "payload"),
    "a ballot event without a ballot": (
        event(FIRST, lambda plain: {key: plain[key] for key in ("parent", "height", "type")}),
        "payload",
    ),
    "a second setup": (in_steps(lambda steps: steps.insert(SECOND, steps[0])), "wrong_order"),
    "no setup": (in_steps(lambda steps: steps[1:]), "wrong_order"),
    "a ballot after the end": (in_steps(lambda steps: steps.insert(END + 1, steps.pop(4))), "wrong_order"),
    "no end": (in_steps(lambda steps: steps.pop(END) and None), "wrong_order"),
    "two ends": (in_steps(lambda steps: steps.insert(END, Step("EndBallots"))), "wrong_order"),
    "two tallies": (in_steps(lambda steps: steps.insert(TALLY, steps[TALLY])), "wrong_order"),
    "a result before any decryption": (in_steps(lambda steps: steps.insert(PART, steps.pop(RESULT))), "wrong_order"),
    "something after the result": (in_steps(lambda steps: steps.append(steps[PART])), "wrong_order"),
    "two results": (in_steps(lambda steps: steps.append(steps[RESULT])), "wrong_order"),
    "a document nobody names": (in_steps(lambda steps: steps[FIRST].documents.insert(0, '"甲"')), "data_unnamed"),
    "a document at the end": (
        lambda forger: forger.archive() + records.encode(Record(Kind.DATA, '"甲"'), TIME),
        "data_unnamed",
    ),
    "documents exchanged": (in_steps(lambda steps: swap(steps[0].documents, 0, 1)), "data_order"),
    "a list of documents with more in it": (
        in_steps(
            lambda steps: steps[0].documents.append(
                edited(steps[0].documents.pop(), lambda plain: plain.update(more=1))
            )
        ),
        "setup_form",
    ),
    "a setup that names no election": (no_hash(0, "election"), "setup_form"),
    "a setup that names no credentials": (no_hash(0, "credentials"), "setup_form"),
    "a size that names no tally": (no_hash(TALLY, "encrypted_tally"), "sized_form"),
    "a part that names nothing": (no_hash(PART, "payload"), "owned_form"),
    "a list of documents with spaces": (
        in_steps(lambda steps: steps[0].documents.append(spaced(steps[0].documents.pop()))),
        "setup_form",
    ),
    # the setup
    "an election with spaces": (
        in_texts(asked=lambda forger: replace(forger.asked, text=spaced(forger.asked.text))),
        "election_form",
    ),
    "trustees with spaces": (
        in_texts(key=lambda forger: replace(forger.key, text=spaced(forger.key.text))),
        "trustees_form",
    ),
    "credentials with spaces": (in_texts(credentials=lambda forger: spaced(forger.credentials)), "credentials_form"),
    "another version": (
        in_texts(asked=lambda forger: replace(forger.asked, text=forger.asked.text.replace(":1,", ":2,", 1))),
        "election_form",
    ),
    "a key that is not the trustees'": (in_texts(key=other_key), "public_key"),
    "a trustee's proof forged": (
        trusted(lambda plain: plain[0][1]["verification_keys"][0]["pok"].update(response="1")),
        "trustees_form",
    ),
    "certificates exchanged": (trusted(lambda plain: swap(plain[0][1]["certs"], 0, 1)), "trustees_form"),
    "coefficients exchanged": (trusted(lambda plain: swap(plain[0][1]["coefexps"], 0, 1)), "trustees_form"),
    "verification keys exchanged": (
        trusted(lambda plain: swap(plain[0][1]["verification_keys"], 0, 1)),
        "trustees_form",
    ),
    "a threshold of one": (trusted(lambda plain: plain[0][1].update(threshold=1)), "trustees_form"),
    "a credential listed twice": (
        in_texts(credentials=lambda forger: edited(forger.credentials, lambda plain: plain.append(plain[0]))),
        "credential_repeated",
    ),
    "a credential with two votes": (
        in_texts(credentials=lambda forger: edited(forger.credentials, lambda plain: plain.append(plain.pop() + ",2"))),
        "credential_weight",
    ),
    "a credential outside the group": (
        in_texts(credentials=lambda forger: edited(forger.credentials, lambda plain: plain.append("2"))),
        "credential_element",
    ),
    "the identity as a credential": (
        in_texts(credentials=lambda forger: edited(forger.credentials, lambda plain: plain.append("1"))),
        "credential_element",
    ),
    "credentials that are no list": (in_texts(credentials=lambda _: "{}"), "credentials_form"),
    # ballots
    "a re-vote undone by the same ballot": (
        in_texts(ballots=lambda forger: [*forger.ballots, forger.ballots[0]]),
        "ballot_repeated",
    ),
    "a stranger's ballot": (in_texts(ballots=outsider), "credential_unlisted"),
    "a ballot of another election": (
        in_texts(ballots=lambda forger: [vote(lawful(archives.alone()).asked, CODES[0], 1, 0, 0), *forger.ballots[1:]]),
        "ballot_form",
    ),
    "a ballot with spaces": (first_ballot(lambda text: text.replace(",", ", ", 1)), "ballot_form"),
    "a number with a leading zero": (first_ballot(lambda text: text.replace('ge":"', 'ge":"0', 1)), "ballot_form"),
    "digits of full width": (first_ballot(lambda text: text[:-4] + "１" + text[-3:]), "ballot_form"),
    "a component of small order": (first_ballot(negated), "ballot_refused"),
    "a ballot copied by another": (first_ballot(lambda text: signed(json.loads(text), CODES[1])), "ballot_refused"),
    "a ballot that nobody signed": (
        first_ballot(lambda text: edited(text, lambda plain: plain["signature"]["proof"].update(response="1"))),
        "ballot_refused",
    ),
    "a vote changed by the box": (
        first_ballot(lambda text: edited(text, lambda plain: swap(plain["answers"][0]["choices"], 1, 2))),
        "ballot_form",
    ),
    # the tally
    "the first vote counted, not the last": (with_tally(product_of(0, 1, 2), 3), "tally_mismatch"),
    "both votes counted": (with_tally(product_of(0, 1, 2, 3), 4), "num_tallied"),
    "a ballot left out": (with_tally(product_of(1, 3), 2), "tally_mismatch"),
    "a false number of ballots": (in_texts(sized=resized(4, 3)), "num_tallied"),
    "a false weight": (in_texts(sized=resized(3, 4)), "total_weight"),
    "a tally with spaces": (with_tally(lambda forger: forger.tally.replace(",", ", "), 3), "tally_mismatch"),
    "a weight that is no number": (
        in_texts(sized=lambda forger: edited(forger.sized, lambda plain: plain.update(total_weight="３"))),
        "sized_form",
    ),
    "a size with spaces": (in_texts(sized=lambda forger: spaced(forger.sized)), "sized_form"),
    "a weight of less than nothing": (
        in_texts(sized=lambda forger: forger.sized.replace('ht":3', 'ht":-0')),
        "sized_form",
    ),
    # decryption and result
    "a part with spaces": (
        in_texts(parts=lambda forger: [(1, spaced(forger.parts[0][1])), forger.parts[1]]),
        "decryption_refused",
    ),
    "a part's number with spaces": (
        in_steps(lambda steps: steps[PART].documents.append(spaced(steps[PART].documents.pop()))),
        "owned_form",
    ),
    "a part of nobody": (parts((1, 0), (4, 1)), "owner_unknown"),
    "a part of number nought": (parts((0, 0), (3, 1)), "owner_unknown"),
    "a part of a number in quotes": (
        in_steps(
            lambda steps: steps[PART].documents.append(
                edited(steps[PART].documents.pop(), lambda plain: plain.update(owner="1"))
            )
        ),
        "owned_form",
    ),
    "a part given twice": (parts((1, 0), (1, 0), (3, 1)), "owner_repeated"),
    "a part under another's number": (parts((2, 0), (3, 1)), "decryption_refused"),
    "one part of the two needed": (parts((1, 0)), "too_few_decryptions"),
    "a factor of small order": (
        in_texts(parts=lambda forger: [(1, edited(forger.parts[0][1], negated_factor)), forger.parts[1]]),
        "decryption_refused",
    ),
    "another result": (in_texts(result=lambda _: '{"result":[[1,1,1]]}'), "result_mismatch"),
    "an impossible result": (in_texts(result=lambda _: '{"result":[[0,2,2]]}'), "result_bounds"),
    "a result written otherwise": (in_texts(result=lambda forger: forger.result.replace(":", ": ")), "result_mismatch"),
    "a result of no numbers": (in_texts(result=lambda _: '{"result":[["1",0,2]]}'), "result_form"),
    "a result with an answer missing": (in_texts(result=lambda _: '{"result":[[1,2]]}'), "result_form"),
}
