"""An election as its text says it: the questions, the public key and the name under which ballots are cast."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.ballot.protocol.proofs import Basis
from services.ballot.protocol.text import (
    Malformed,
    b64_hash,
    canonical,
    compact,
    fields,
    hex_hash,
    listing,
    string,
    whole,
)
from shared.voting.credential import ALPHABET
from shared.voting.group import BELENIOS_2048, IDENTITY, Group, named


@dataclass(frozen=True)
class Question:
    """A question: how many of its answers may be ticked, and whether a blank vote is offered."""

    answers: tuple[str, ...]
    minimum: int
    maximum: int
    question: str
    blank: bool = False

    @property
    def width(self) -> int:
        """Give the number of ciphertexts of an answer: one for each answer and one for the blank vote."""
        return len(self.answers) + self.blank

    def plain(self) -> dict[str, Any]:
        """Give the question as the format writes it."""
        blank = {"blank": True} if self.blank else {}
        head: dict[str, Any] = {"answers": list(self.answers), **blank}
        return {**head, "min": self.minimum, "max": self.maximum, "question": self.question}


@dataclass(frozen=True)
class Election:
    """An election; `text` is its exact text, which is hashed and never written anew."""

    uuid: str
    name: str
    description: str
    public_key: int
    questions: tuple[Question, ...]
    text: str
    group: Group = BELENIOS_2048

    @cached_property
    def hash(self) -> str:
        """Give the hash that every ballot and proof of this election names."""
        return b64_hash(self.text)

    @cached_property
    def hex(self) -> str:
        """Give the hash under which the archive keeps the election."""
        return hex_hash(self.text)

    @property
    def basis(self) -> Basis:
        """Give the tables with which ballots of this election are made and verified."""
        return Basis.of(self.group, self.public_key)


def make(
    uuid: str,
    name: str,
    description: str,
    public_key: int,
    questions: Sequence[Question],
    group: Group = BELENIOS_2048,
) -> Election:
    """Write an election; Malformed when it cannot be one (empty, or asks for more than there is)."""
    plain = {
        "version": 1,
        "description": description,
        "name": name,
        "group": group.name,
        "public_key": group.text(public_key),
        "questions": [question.plain() for question in questions],
        "uuid": uuid,
    }
    return parse(compact(plain))


def parse(text: str) -> Election:
    """Read an election of the archive; Malformed on form, group, public key or questions that cannot be answered."""
    names = ("version", "description", "name", "group", "public_key", "questions", "uuid")
    extra = ("administrator", "credential_authority")
    plain = fields(canonical(text), *names, *extra, optional=extra)
    if type(plain["version"]) is not int or plain["version"] != 1:
        raise Malformed("version", "only version 1 is known")
    group = named(plain["group"])
    public_key = group.parse(plain["public_key"])
    if public_key == IDENTITY:
        raise Malformed("identity_element", "the public key hides nothing")
    questions = tuple(_question(one) for one in listing(plain["questions"]))
    if not questions:
        raise Malformed("questions", "an election asks something")
    for key in (name for name in extra if name in plain):
        string(plain[key])
    uuid, name, description = _uuid(plain["uuid"]), string(plain["name"]), string(plain["description"])
    return Election(uuid, name, description, public_key, questions, text, group)


def _question(value: Any) -> Question:
    plain = fields(value, "answers", "blank", "min", "max", "question", optional=("blank",))
    answers = tuple(string(one) for one in listing(plain["answers"]))
    blank = plain.get("blank", False)
    if type(blank) is not bool:
        raise Malformed("fields", "blank is true or false")
    minimum, maximum = whole(plain["min"]), whole(plain["max"])
    if not answers or not minimum <= maximum <= len(answers):
        raise Malformed("questions", "more is asked for than there are answers")
    return Question(answers, minimum, maximum, string(plain["question"]), blank)


def _uuid(value: Any) -> str:
    uuid = string(value)
    if len(uuid) < 14 or any(letter not in ALPHABET for letter in uuid):
        raise Malformed("uuid", "not an election's uuid")
    return uuid
