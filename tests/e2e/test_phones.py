"""A quarter voted from several phones at once and by belenios-tool, and counted while one trustee of three is dead."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from infra.quarter import after, booth, electors, meeting, vote
from infra.quarter.electors import Choice
from infra.quarter.stage import Stage
from services.ballot.protocol.election import parse
from tests import auditors
from tests.browser.cast import Cast, padded
from tests.integration.ballot.belenios import Belenios
from tests.system import System

PHONES = 5
KILLED = "trustee3-work"


class Evening:
    """How the branch votes that evening: one by belenios-tool, some by phones at once, the rest by clients."""

    def __init__(self, system: System, cast: Cast, folder: Path) -> None:
        self.system, self.cast, self.folder = system, cast, folder
        self.seen: dict[str, str] = {}
        """tracking numbers as they were told, by who was told"""
        self.down = ExitStack()

    def __call__(self, stage: Stage, choices: list[Choice]) -> None:
        self.down.enter_context(self.system.without(KILLED))
        again, outsider, *others = choices
        self.by_phone(stage, others[:PHONES])
        self.by_belenios(stage, outsider)
        electors.vote(stage, [again, *others[PHONES:]])

    def by_phone(self, stage: Stage, choices: list[Choice]) -> None:
        names = {key: person["name"] for key, person in stage.people.items()}
        pages = [self.enter(stage, choice.account) for choice in choices]
        for page, choice in zip(pages, choices, strict=True):
            for person_id in choice.last:
                page.get_by_role("checkbox", name=padded(names[person_id])).check()
            page.get_by_role("button", name="下一步：核对").click()
        for page in pages:
            page.get_by_role("button", name="确认投票").click(no_wait_after=True)
        for page, choice in zip(pages, choices, strict=True):
            expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible(timeout=60000)
            told = page.get_by_label("票号").inner_text()
            self.seen[choice.account["name"]] = re.sub(r"\s", "", told)

    def enter(self, stage: Stage, account: dict[str, Any]) -> Page:
        return self.cast.account(account).go(f"/ballot/box/{stage.ballot_id}")

    def by_belenios(self, stage: Stage, choice: Choice) -> None:
        """Of the public archive as it is, and the elector's own code, the tool makes a ballot that our door takes."""
        device = booth.enter(stage.account(choice.account), stage.ballot_id)
        belenios = Belenios(self.folder)
        address = f"{stage.base}/ballot/boards/{stage.ballot_id}/{device.election.uuid}.bel"
        auditors.download(address, self.folder)
        weights = [0, *(int(person_id in choice.last) for person_id in device.candidates)]
        assert len(weights) == parse(device.election.text).questions[0].width
        text = belenios.ballot(device.code, weights).removesuffix("\n")
        tracker = device.hand_in(text)
        device.await_box(tracker)
        self.seen["belenios-tool"] = tracker


@pytest.fixture(scope="module")
def evening(system: System, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """Play the quarter; the killed trustee comes back only after the count."""
    cast = Cast(system, browser)
    evening = Evening(system, cast, tmp_path_factory.mktemp("belenios"))
    with system.acting() as stage, evening.down:
        meeting.play(stage)
        vote.play(stage, evening)
        assert KILLED not in system.programs()
        after.play(stage)
    yield evening
    for person in cast.people.values():
        person.context.close()


@pytest.fixture(scope="module")
def archive(evening: Evening, system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (address,) = [each for each in system.played()["documents"] if each.endswith(".bel")]
    return auditors.download(address, tmp_path_factory.mktemp("archive"))


def test_phones_vote_at_once_and_no_page_complains(evening: Evening) -> None:
    """R-130: several contexts, each of another member; requests to nowhere else, no error on any page."""
    assert len({person.context for person in evening.cast.people.values()}) == PHONES
    assert evening.cast.complaints() == []


def test_the_archive_passes_both_auditors_although_a_trustee_died(archive: Path) -> None:
    """Two of three seats decrypted; the third was killed while the box was open and stayed away until the end."""
    auditors.pass_both(archive)
    owners = re.findall(rb'\{"owner":(\d+),"payload":"', archive.read_bytes())
    assert owners == [b"1", b"2"]


def test_every_number_that_a_phone_showed_stands_once_in_the_archive(evening: Evening, archive: Path) -> None:
    listed = auditors.trackers(archive)
    assert len(evening.seen) == PHONES + 1
    assert [listed.count(tracker) for tracker in evening.seen.values()] == [1] * (PHONES + 1)


def test_whoever_has_a_number_finds_the_ballot_on_the_board(evening: Evening, system: System) -> None:
    """Belenios' ballot as ours: the board knows no difference."""
    box = f"{system.base}/ballot/api/box/{system.played()['ballot_id']}/ballots"
    for tracker in evening.seen.values():
        found = requests.get(box, params={"tracker": tracker}, timeout=10).json()
        assert (found["state"], found["code"]) == ("accepted", "")
