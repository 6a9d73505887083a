"""After a quarter: who belongs to another branch or general branch reads nothing of it by id."""

from tests.flow.world import World
from tests.university import uid

STRANGERS = {
    "书记，另一支部": "S001",
    "书记，另一党总支的支部": "T021",
    "另一党总支书记": "T054",
    "另一支部的党员": "S002",
    "直属党支部书记": "T031",
}


def ids(world: World, service: str, table: str) -> list[str]:
    with world.services[service].connect() as conn:
        return [str(row[0]) for row in conn.execute(f"SELECT id FROM {table}").fetchall()]


def addresses(world: World) -> list[tuple[str, str]]:
    """Every address by id, in JSON and as a page, that shows something of this branch's quarter."""
    found = []
    for service, table, paths in (
        ("evaluation", "meeting", ["/evaluation/api/meetings/{}", "/evaluation/meetings/{}"]),
        ("evaluation", "meeting", ["/evaluation/api/meetings/{}/eligibility", "/evaluation/meetings/{}/minutes.pdf"]),
        ("evaluation", "finding", ["/evaluation/api/findings/{}", "/evaluation/findings/{}"]),
        ("ballot", "ballot", ["/ballot/api/ballots/{}", "/ballot/ballots/{}", "/ballot/ballots/{}/count.pdf"]),
        ("notify", "filing", ["/notify/api/filings/{}", "/notify/filings/{}", "/notify/filings/{}/form.docx"]),
        ("notify", "objection", ["/notify/objections/{}"]),
        ("evaluation", "award", ["/evaluation/api/awards/{}", "/evaluation/awards/{}/path"]),
    ):
        known = ids(world, service, table)
        assert known, table
        found += [(service, path.format(each)) for path in paths for each in known]
    return found


def test_nothing_of_the_quarter_is_shown_to_strangers(played: World) -> None:
    """R-026 and requirements 5.5: every read by id goes through a door."""
    shown = [
        f"{who}: {address} → {status}"
        for who, number in STRANGERS.items()
        for service, address in addresses(played)
        if (status := played.services[service].client(uid(number)).get(address).status_code) not in {403, 404}
    ]
    assert shown == []


def test_the_branch_s_own_secretary_reads_the_meeting_the_ballot_and_the_awards(played: World) -> None:
    own = played.services["evaluation"].client(uid("T001"))
    for address in [a for s, a in addresses(played) if s == "evaluation"]:
        assert own.get(address).status_code == 200, address
