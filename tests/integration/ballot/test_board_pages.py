"""The public board: what everybody sees, what only the branch sees, and the archive from any byte on."""

from collections.abc import Callable

import pytest

from services.ballot.audit.follower import Follower
from services.ballot.audit.follower import State as Audited
from services.ballot.board import view
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import (
    ABOVE,
    ABOVE_OTHERS,
    CLERK,
    DEPARTMENT,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    SECRETARY_OF_OTHERS,
    sheet,
)
from tests.services import Service
from tests.university import University


def counted(service: Service, electors: int = 5) -> Voted:
    """Give a counted ballot on which everybody voted for the first candidate."""
    voted = electronic(service, electors, present=electors, entitled=electors).begin(present=electors)
    for elector in range(electors):
        voted.cast(elector, 0)
    voted.verify()
    voted.post(FIRST, "close")
    return voted.seal().decrypt(1, 2)


def read(archive: bytes) -> Follower:
    follower = Follower(lambda offset, length: archive[offset : offset + length])
    follower.feed(archive)
    assert follower.faults == ()
    return follower


def test_before_the_opening_the_board_says_so(ballot: Service) -> None:
    voted = electronic(ballot)
    assert "投票还没有开始" in ballot.client().get(voted.board).text
    assert voted.archive().status_code == 404


def test_the_board_shows_the_sorted_numbers_and_no_total_before_the_count(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    trackers = [voted.cast(elector, 0) for elector in range(3)]
    voted.verify()
    page = ballot.client().get(voted.board).text
    places = [page.index(each) for each in sorted(trackers)]
    assert places == sorted(places)
    assert "票箱里有加密选票3张" in page
    assert "得票）" not in page
    assert "防不住什么" in page


def test_thousands_of_numbers_are_shown_page_by_page(ballot: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-133: every number stands on some page, in one order, and a page that is none is refused or empty."""
    monkeypatch.setattr(view, "PAGE", 2)
    voted = electronic(ballot).begin()
    trackers = sorted(voted.cast(elector, 0) for elector in range(3))
    voted.verify()
    client = ballot.client()
    first, second = (client.get(voted.board, query_string={"page": page}).text for page in (1, 2))
    shown = [[each for each in trackers if each in page] for page in (first, second)]
    assert shown == [trackers[:2], trackers[2:]]
    assert "票箱里有加密选票3张" in second
    assert 'start="3"' in second
    assert "第2页，共2页" in second
    assert "这一页没有票号" in client.get(voted.board, query_string={"page": 3}).text
    assert client.get(voted.board, query_string={"page": 0}).status_code == 422


@pytest.mark.parametrize("state", ["waiting", "accepted", "unknown"])
def test_anybody_finds_a_tracking_number(ballot: Service, state: str) -> None:
    voted = electronic(ballot).begin()
    tracker = voted.cast(0, 0) if state != "unknown" else "A" * 43
    if state == "accepted":
        voted.verify()
    page = ballot.client().get(f"/ballot/box/{voted.id}/find", query_string={"tracker": tracker})
    says = {"waiting": "正在核验", "accepted": "已投入票箱", "unknown": "没有查到这个票号"}
    assert says[state] in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    wrong = ballot.client().get(f"/ballot/box/{voted.id}/find", query_string={"tracker": "<script>"})
    assert wrong.status_code == 422


def test_from_the_scheme_s_number_on_everybody_sees_the_result_and_its_proof(ballot: Service) -> None:
    """R-133 R-136 requirements 5.1: the archive from a threshold on; the page lists totals for those entitled only."""
    voted = counted(ballot)
    assert read(voted.archive().data).state is Audited.FINISHED
    row = '<td class="text-end">5</td>'
    for who, sees in (
        (None, False),
        (MEMBER, False),
        (DEPARTMENT, False),
        (FIRST, True),
        (SECRETARY, True),
        (CLERK, True),
    ):
        page = ballot.client(who).get(voted.board).text
        assert "收回5张" in page
        assert "选票档案连同结果向所有人公开" in page
        assert ((row in page), ("不列未当选者的得票" in page)) == (sees, not sees), who


@pytest.mark.parametrize("who", [None, CLERK, ABOVE_OTHERS, DEPARTMENT, SECRETARY_OF_OTHERS])
def test_of_a_handful_of_ballots_outsiders_see_no_total_nor_what_betrays_it(ballot: Service, who: object) -> None:
    """requirements 5.1: the archive of outsiders ends with the encrypted sum, a beginning of the whole one."""
    voted = counted(ballot, 4)
    stranger = ballot.client(who)  # type: ignore[arg-type]
    page = stranger.get(voted.board).text
    assert "公布得票会让人推知个人的选择" in page
    assert f"{voted.facts().election.uuid}.bel --unfinished" in page, "what outsiders get is a beginning"
    assert "--unfinished" not in ballot.client(MEMBER).get(voted.board).text
    part, whole = voted.archive(stranger).data, voted.archive(ballot.client(MEMBER)).data
    assert whole.startswith(part)
    assert len(part) < len(whole)
    assert (read(part).state, read(whole).state) == (Audited.SEALED, Audited.FINISHED)
    assert voted.archive(stranger, Range=f"bytes={len(part)}-").status_code == 416


@pytest.mark.parametrize("who", [FIRST, SECOND, MEMBER])
def test_the_branch_and_its_tellers_see_the_whole_board(ballot: Service, who: object) -> None:
    voted = counted(ballot, 4)
    client = ballot.client(who)  # type: ignore[arg-type]
    assert "收回4张" in client.get(voted.board).text
    assert read(voted.archive(client).data).state is Audited.FINISHED


def test_one_paper_is_never_told_apart_though_an_adopted_scheme_asks_for_no_least_number(
    service: Callable[[str], Service], university: University
) -> None:
    """requirements 5.1: versions from before the settings had a least value may say 0."""
    university.settings |= {"ballot.disclosed_from": 0, "ballot.secrecy_minimum": 0}
    voted = electronic(service("ballot"), 8, channel="mixed", entitled=9, present=9).begin(present=9, issued=1)
    for elector in range(8):
        voted.cast(elector, 0)
    voted.verify()
    voted.post(FIRST, "close", returned=1)
    voted.seal()
    voted.post(FIRST, "count", **sheet(0, 1, 0, valid=1, invalid=0, abstained=0))
    voted.post(SECOND, "confirm")
    voted.decrypt(1, 2)
    assert read(voted.archive().data).state is Audited.SEALED
    for who in (SECRETARY, MEMBER, ABOVE, DEPARTMENT):
        client = voted.service.client(who)
        assert read(voted.archive(client).data).state is Audited.SEALED, who
        assert "纸质选票发出1张" not in client.get(voted.board).text, who
    secretary = voted.get(SECRETARY).json["candidates"]
    assert [(each["votes"], each["electronic_votes"]) for each in secretary] == [(8, None), (1, None), (0, None)]
    assert read(voted.archive(voted.service.client(FIRST)).data).state is Audited.FINISHED


def test_beside_a_handful_of_papers_only_the_tellers_see_each_channel(ballot: Service) -> None:
    """Who knows the sum and the electronic part of it knows what stands on two papers."""
    voted = electronic(ballot, 6, channel="mixed", entitled=10, present=8).begin(present=8, issued=2)
    for elector in range(6):
        voted.cast(elector, 0)
    voted.verify()
    voted.post(FIRST, "close", returned=2)
    voted.seal()
    voted.post(FIRST, "count", **sheet(0, 1, 1, valid=2, invalid=0, abstained=0))
    voted.post(SECOND, "confirm")
    voted.decrypt(1, 2)
    for who in (None, MEMBER, ABOVE, DEPARTMENT):
        assert read(voted.archive(ballot.client(who)).data).state is Audited.SEALED
    assert read(voted.archive(ballot.client(FIRST)).data).state is Audited.FINISHED
    above = voted.get(ABOVE).json["candidates"]
    assert [(each["votes"], each["electronic_votes"]) for each in above] == [(6, None), (1, None), (1, None)]
    assert [each["electronic_votes"] for each in voted.get(FIRST).json["candidates"]] == [6, 0, 0]


def test_the_archive_is_given_from_any_byte_on_and_only_grows(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    early = voted.archive().data
    trackers = [voted.cast(elector, 0) for elector in range(3)]
    voted.verify()
    whole = voted.archive()
    assert whole.headers["Content-Disposition"] == f'attachment; filename="{voted.facts().election.uuid}.bel"'
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert int(whole.headers["Content-Length"]) == len(whole.data)
    assert whole.data.startswith(early)
    size = len(whole.data)
    for start in (0, 1, 1023, 1024, 1025, len(early) - 1, len(early), size // 2, size - 1):
        rest = voted.archive(Range=f"bytes={start}-")
        assert (rest.status_code, rest.data) == (206, whole.data[start:])
        assert rest.headers["Content-Range"] == f"bytes {start}-{size - 1}/{size}"
    assert voted.archive(Range="bytes=100-2000").data == whole.data[100:2001]
    assert voted.archive(Range="bytes=-700").data == whole.data[-700:]
    beyond = voted.archive(Range=f"bytes={size}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=a-b", "bytes=0-1,5-9", "lines=1-2"):
        assert voted.archive(Range=odd).status_code == 200
    assert read(whole.data).ballots == len(trackers)


def test_every_record_bears_the_same_time_and_none_is_a_ballot_s(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    voted.cast(0, 0)
    voted.verify()
    archive, times, at = voted.archive().data, set(), 0
    while at < len(archive):
        times.add(archive[at + 136 : at + 147])
        at += 512 + -(-int(archive[at + 124 : at + 135], 8) // 512) * 512
    assert len(times) == 1


def test_the_archive_is_given_under_its_own_name_too_and_under_no_other(ballot: Service) -> None:
    voted = counted(ballot)
    uuid = voted.facts().election.uuid
    whole = ballot.client().get(f"{voted.board}/{uuid}.bel")
    assert (whole.status_code, whole.data) == (200, voted.archive().data)
    assert f"{voted.board}/{uuid}.bel" in ballot.client().get(voted.board).text
    assert ballot.client().get(f"{voted.board}/{uuid[:-1]}.bel").status_code == 404
