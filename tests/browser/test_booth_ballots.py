"""Ballots made by the booth's own program in a browser are what the protocol and belenios-tool take them to be."""

import json
import random
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from services.ballot.archive import chain, writer
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol import tally, trustees
from services.ballot.protocol.election import Election, Question
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.browser.counter import standing
from tests.graded import graded_questions
from tests.integration.ballot.belenios import Belenios

UUID = "abcdefghijkmnpqrst"
SECRET = 20130401
UP_TO_THREE = Question(("丁一", "王“小”二", "冯\t三\u2028", "李四（副书记）"), 1, 3, "闪光言行之星", blank=True)
NONE_TO_TWO = Question(("甲", "乙", "丙"), 0, 2, "无空白票")
EXACTLY_TWO = Question(("甲", "乙", "丙"), 2, 2, "须选足", blank=True)
GRADES = graded_questions(("张三", "李四"), ("好", "较好", "一般", "差", "不了解"))
KINDS = {
    "up to three or blank": (UP_TO_THREE,),
    "none to two": (NONE_TO_TWO,),
    "exactly two or blank": (EXACTLY_TWO,),
    "grades": GRADES,
    "several of all kinds": (UP_TO_THREE, NONE_TO_TWO, EXACTLY_TWO),
}

MAKE = """async ({ text, code, choices, numbers }) => {
  const { readElection } = await import("/ballot/box/static/election.js");
  const { makeBallot } = await import("/ballot/box/static/ballot.js");
  const { secretOf } = await import("/ballot/box/static/credential.js");
  const election = await readElection(text);
  const options = numbers ? { source: { exponent: () => BigInt(numbers.shift()) } } : {};
  const made = await makeBallot(election, await secretOf(code, election.uuid), choices, options);
  return { ...made, left: numbers ? numbers.length : 0 };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with standing() as stand:
        context = browser.new_context()
        opened = context.new_page()
        opened.goto(f"{stand.base}/ballot/box/rehearsal")
        yield opened
        context.close()


@pytest.fixture
def make(page: Page) -> Callable[..., dict[str, Any]]:
    """Have the browser make a ballot: its text and tracking number."""

    def made(election: Election, code: str, choices: list[list[int]], numbers: list[str] | None = None) -> Any:
        given = {"text": election.text, "code": code, "choices": choices, "numbers": numbers}
        return page.evaluate(MAKE, given)

    return made


def called(*questions: Question) -> Election:
    return elections.make(UUID, "评选“闪光言行之星”", "12×15%", GROUP.power(GROUP.g, SECRET), questions)


def ways(question: Question) -> list[list[int]]:
    """Give every lawful answer to a question."""
    blank = [0] if question.blank else []
    count = len(question.answers)
    ticks = [[number >> at & 1 for at in range(count)] for number in range(2**count)]
    lawful = [blank + each for each in ticks if question.minimum <= sum(each) <= question.maximum]
    return [*lawful, [1] + [0] * count] if question.blank else lawful


def random_choices(draw: random.Random, questions: tuple[Question, ...]) -> list[list[int]]:
    return [draw.choice(ways(question)) for question in questions]


@pytest.mark.parametrize("kind", KINDS)
def test_any_lawful_choice_becomes_a_ballot_that_the_protocol_accepts(
    make: Callable[..., dict[str, Any]], kind: str
) -> None:
    """R-130: and what was ticked is what is in it."""
    questions, draw = KINDS[kind], random.Random(kind)
    election, code = called(*questions), credential.new_code()
    cast = [random_choices(draw, questions) for _ in range(4)]
    sums = tally.Accumulator(election)
    for choices in cast:
        made = make(election, code, choices)
        ballot = ballots.read(election, made["text"])
        ballots.check_signature(election, ballot)
        ballots.check_proofs(election, ballot)
        assert ballot.credential == credential.public(code, UUID)
        assert ballot.tracker == made["tracker"]
        sums.add(ballot)
    wanted = [[sum(each) for each in zip(*answers, strict=True)] for answers in zip(*cast, strict=True)]
    assert decrypted(election, sums.text) == wanted


def decrypted(election: Election, text: str) -> list[list[int]]:
    powers = [GROUP.power(GROUP.g, number) for number in range(5)]
    return [
        [powers.index(GROUP.multiply(int(c["beta"]), GROUP.invert(GROUP.power(int(c["alpha"]), SECRET)))) for c in row]
        for row in json.loads(text)
    ]


@pytest.mark.parametrize("blank", [False, True])
def test_with_the_same_numbers_drawn_the_ballot_is_the_one_that_python_makes(
    make: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch, blank: bool
) -> None:
    drawn: list[str] = []
    below = secrets.randbelow

    def noted(bound: int) -> int:
        number = below(bound)
        # The group draws a number of 1…q−1 as one more than a number below q−1.
        drawn.append(str(number + 1 if bound == GROUP.q - 1 else number))
        return number

    election = called(UP_TO_THREE, NONE_TO_TWO)
    choices = [[1, 0, 0, 0, 0] if blank else [0, 1, 0, 1, 1], [0, 0, 0] if blank else [0, 1, 0]]
    code = credential.new_code()
    monkeypatch.setattr(secrets, "randbelow", noted)
    wanted = ballots.make(election, code, choices)
    made = make(election, code, choices, drawn)
    assert made["text"] == wanted
    assert made["left"] == 0


@pytest.mark.parametrize(
    "choices",
    [[0, 1, 1, 1, 1], [0, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 2, 0, 0, 0], [0, -1, 1, 1, 0], [0, 1], [0, 0.5, 0.5, 0, 0]],
)
def test_no_ballot_is_made_of_an_unlawful_choice(
    page: Page, make: Callable[..., dict[str, Any]], choices: list[Any]
) -> None:
    with pytest.raises(Exception, match="RangeError"):
        make(called(UP_TO_THREE), credential.new_code(), [choices])


def test_belenios_tool_verifies_an_archive_of_such_ballots(make: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    """R-130: a program that nobody here wrote finds nothing wrong with them."""
    belenios = Belenios(tmp_path)
    key = trustees.single(GROUP, SECRET)
    questions, draw = KINDS["several of all kinds"], random.Random(1)
    election = called(*questions)
    codes = [credential.new_code() for _ in range(3)]
    builder = chain.Builder()
    listed = chain.credentials([credential.public(code, UUID) for code in codes])
    records = [*builder.setup(election.text, key, listed)]
    for code in [*codes, codes[0]]:
        records += builder.ballot(make(election, code, random_choices(draw, questions))["text"])
    (tmp_path / f"{UUID}.bel").write_bytes(b"".join(writer.tar(records, 1364745600)))
    assert belenios.accepts()


@pytest.mark.parametrize(
    ("code", "right"),
    [("GpX-732-ejB-Sgc-mBT", True), ("GpX-732-ejB-Sgc-mBU", False), ("GpX732ejBSgcmBT", False), ("", False)],
)
def test_a_mistyped_credential_is_known_as_such(page: Page, code: str, right: bool) -> None:
    asked = "async (code) => (await import('/ballot/box/static/credential.js')).wellFormed(code)"
    assert page.evaluate(asked, code) is right
    assert credential.valid(code) is right


@pytest.mark.parametrize(
    "change",
    [
        {"group": "Ed25519"},
        {"version": 2},
        {"public_key": "1"},
        {"public_key": str(GROUP.p - 1)},
        {"public_key": "2"},
        {"public_key": "0" + str(GROUP.g)},
        {"questions": [{"answers": ["甲"], "min": 0, "max": 2, "question": ""}]},
        {"questions": [{"answers": [], "min": 0, "max": 0, "question": ""}]},
    ],
)
def test_an_election_that_cannot_be_kept_secret_or_carried_out_is_refused(page: Page, change: dict[str, Any]) -> None:
    """R-130: a key outside the group would let whoever chose it read ballots."""
    text = json.dumps({**json.loads(called(UP_TO_THREE).text), **change})
    asked = """async (text) => {
      const { readElection, Unusable } = await import("/ballot/box/static/election.js");
      return readElection(text).then(() => false, (trouble) => trouble instanceof Unusable);
    }"""
    assert page.evaluate(asked, text) is True
