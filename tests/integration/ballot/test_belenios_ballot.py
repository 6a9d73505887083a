"""Ballots both ways: those that Belenios' own tool makes for our elections are ours, and ours are its."""

import json
from pathlib import Path

import pytest

from services.ballot.archive import chain, writer
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import trustees
from services.ballot.protocol.election import Election, Question
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.graded import graded_questions
from tests.integration.ballot.belenios import Belenios
from tests.unit.ballot.electronic import KEY, UUID, accept, election

CODE = credential.new_code()
NAMES = ("王一（教师）", '李"二"', "张\t三", "赵四\u2028")
TWO = Question(NAMES, 2, 2, "恰好两名")
SOME = Question(NAMES, 1, 3, "一至三名，可以弃权", blank=True)
GRADES = graded_questions(NAMES[:2], ("好", "较好", "一般", "差", "不了解"))


def box(belenios: Belenios, asked: Election, *texts: str) -> None:
    """Write the archive of an open election with the credential of CODE."""
    held = trustees.single(GROUP, KEY)
    builder = chain.Builder()
    records = [*builder.setup(asked.text, held, chain.credentials([credential.public(CODE, UUID)]))]
    for text in texts:
        records += builder.ballot(text)
    (belenios.folder / f"{UUID}.bel").write_bytes(b"".join(writer.tar(records, 1385740800)))


@pytest.mark.parametrize(
    ("questions", "choices"),
    [
        ([TWO], [[1, 0, 0, 1]]),
        ([SOME], [[0, 1, 1, 1, 0]]),
        ([SOME], [[1, 0, 0, 0, 0]]),
        (GRADES, [[0, 1, 0, 0, 0], [0, 0, 0, 0, 1]]),
        ([SOME, TWO], [[1, 0, 0, 0, 0], [0, 1, 1, 0]]),
    ],
)
def test_a_ballot_is_lawful_for_both(tmp_path: Path, questions: list[Question], choices: list[list[int]]) -> None:
    """R-130: the same code, the same choice; each side accepts what the other made."""
    belenios, asked = Belenios(tmp_path), election(*questions)
    ours = ballots.make(asked, CODE, choices)
    box(belenios, asked)
    given = ["--privcred", belenios.write("code", CODE), "--ballot", belenios.write("choice", json.dumps(choices))]
    theirs = belenios.run("election", "generate-ballot", *given).removesuffix("\n")
    assert accept(asked, theirs).credential == accept(asked, ours).credential
    box(belenios, asked, ours, theirs)
    assert belenios.accepts()
