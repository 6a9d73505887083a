"""After a quarter: no answer and no event carries a secret, or what its reader has no need to know."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.evaluation import permissions as evaluation
from shared.auth import session
from tests.flow.world import NAMES, PASSWORD, World
from tests.rows import one
from tests.services import DATA_KEY, PRIVATE, PUBLIC
from tests.university import PEOPLE, TENANT, uid

FACTS = "本季度两次未按时完成教学检查任务。"
REPLY = "情况属实，今后改进。"
OBJECTION = "听说该同志本季度请假较多，请核实。"
FERNET = re.compile(r"gAAAAA[\w-]{20,}")
TOKEN = re.compile(r"eyJhbGci[\w-]*\.[\w-]+\.[\w-]+")
HASH = re.compile(r"\$argon2|scrypt:|pbkdf2")
SECRETS = (PASSWORD, DATA_KEY, PRIVATE.splitlines()[1], "tests only")
DOCUMENTS = re.compile(r"\.(pdf|docx|xlsx)$|<any")
PUBLIC_EVENT = {"award_id", "award", "name", "organization", "university", "period", "published_on", "url"}

Seen = list[tuple[str, str, str]]
"""who asked, what, and the text of the answer"""


EYES = (
    *("", "T001", "T002", "T003", "T041", "T042", "T051", "T052", "T053"),
    *("S001", "S003", "S011", "T061", "T021", "T054"),
)
"""the public, and somebody of every role, inside the branch and outside"""


def known(world: World) -> dict[str, list[str]]:
    """Give the ids that stand in the tables, under the name of the route's argument."""
    found: dict[str, list[str]] = {}
    for service in world.services.values():
        with service.connect() as conn:
            for (name,) in conn.execute(
                "SELECT table_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid'"
            ).fetchall():
                rows = conn.execute(f'SELECT id FROM "{name}" ORDER BY id').fetchall()
                found.setdefault(f"{name}_id", []).extend(str(row[0]) for row in rows)
    return found


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Give every GET of every service, filled with ids that there are: each noun whole, people and places a few."""
    ids = known(world)
    few = {"person_id": [str(uid("T003")), world_loser(world)], "organization_id": [str(uid("zjy/jin/jg"))]}
    for name, service in world.services.items():
        for rule in service.app.url_map.iter_rules():
            if "GET" not in (rule.methods or set()) or rule.endpoint.endswith("static") or DOCUMENTS.search(rule.rule):
                continue
            arguments = sorted(rule.arguments)
            if not arguments:
                yield name, rule.rule
            elif arguments[0] in {**ids, **few} and len(arguments) == 1:
                choices = few.get(arguments[0]) or ids[arguments[0]][:2]
                yield from ((name, re.sub(r"<[^>]+>", each, rule.rule)) for each in choices)


def world_loser(world: World) -> str:
    """Give the member about whom a finding was established."""
    with world.services["evaluation"].connect() as conn:
        (person_id,) = one(conn.execute("SELECT person_id FROM finding"))
    return str(person_id)


@pytest.fixture(scope="module")
def seen(played: World) -> Seen:
    """Give everything that everybody can read, but documents."""
    found = []
    asked = {"organization_id": str(uid("zjy/jin/jg")), "period": played_period(played)}
    for number in EYES:
        for name, address in addresses(played):
            client = played.services[name].client(uid(number) if number else None)
            plain = client.get(address)
            narrowed = client.get(address, query_string=asked) if "_id" not in address else plain
            for answer in {id(plain): plain, id(narrowed): narrowed}.values():
                found.append(
                    (number, address, f"{answer.status_code} {answer.headers} {answer.get_data(as_text=True)}")
                )
    return found


def played_period(world: World) -> str:
    with world.services["evaluation"].connect() as conn:
        row = conn.execute("SELECT period FROM meeting WHERE state <> 'cancelled'").fetchone()
    assert row is not None
    return str(row[0])


def readers(seen: Seen, told: Callable[[str], bool]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for who, address, text in seen:
        if told(text):
            found.setdefault(who, []).append(address)
    return found


def test_enough_was_read_for_the_rest_to_mean_something(seen: Seen) -> None:
    good = [row for row in seen if row[2].startswith("200")]
    assert len({address for _, address, _ in good}) > 60
    assert [row[:2] for row in seen if row[2].startswith("5")] == []


def test_no_answer_carries_a_password_a_key_a_token_or_a_ciphertext(seen: Seen) -> None:
    def secret(text: str) -> bool:
        plain = any(each in text for each in SECRETS)
        return plain or any(pattern.search(text) for pattern in (FERNET, TOKEN, HASH))

    assert readers(seen, secret) == {}


def test_a_finding_s_facts_and_the_reply_are_read_only_by_those_with_need_to_know(played: World, seen: Seen) -> None:
    """Requirements 2.10: the member, the branch committee, and those above who review."""
    may = {number for number in EYES if number and need_to_know(played, number)}
    found = readers(seen, lambda text: FACTS in text or REPLY in text)
    assert found, "somebody can read it, or the test reads nothing"
    assert {who: places for who, places in found.items() if who not in may} == {}


def need_to_know(world: World, number: str) -> bool:
    if str(uid(number)) == world_loser(world):
        return True
    held = next(row[3] for row in PEOPLE if row[1] == number)
    role, _, where = held.partition("@")
    reach = {str(each): distance for each, distance in evaluation.READ_FINDING.grants.items()}
    place = where or next(row[2] for row in PEOPLE if row[1] == number)
    return role in reach and "zjy/jin/jg".startswith(place)


def test_an_objection_s_text_is_read_only_by_those_who_handle_objections(seen: Seen) -> None:
    found = readers(seen, lambda text: OBJECTION in text)
    assert set(found) <= {"T051", "T041", "T042"}, found
    assert "T051" in found


def defeats(world: World, number: str) -> list[tuple[str, str]]:
    """Give what somebody reads of the votes of those who were not elected: address and person."""
    with world.services["evaluation"].connect() as conn:
        elected = {str(row[0]) for row in conn.execute("SELECT person_id FROM award").fetchall()}
    with world.services["ballot"].connect() as conn:
        ballots = [row[0] for row in conn.execute("SELECT id FROM ballot").fetchall()]
    found = []
    for name in ("ballot", "evaluation"):
        for ballot_id in ballots:
            address = f"/{name}/api/ballots/{ballot_id}"
            answer: Any = world.services[name].client(uid(number)).get(address)
            assert answer.status_code == 200, (number, address)
            told = [each["person_id"] for each in people_with_votes(answer.json)]
            found += [(address, person_id) for person_id in told if person_id not in elected]
    return found


def test_a_plain_member_reads_no_votes_of_those_who_were_not_elected(played: World) -> None:
    """Nobody's defeat is told about: only the secretary, the tellers and those above read it."""
    assert {address.split("/")[1] for address, _ in defeats(played, "T001")} == {"ballot", "evaluation"}
    assert defeats(played, "T005") == []


def people_with_votes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("person_id") and value.get("votes") is not None:
            yield value
        for inner in value.values():
            yield from people_with_votes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from people_with_votes(inner)


@pytest.mark.parametrize("name", NAMES)
def test_no_event_carries_what_was_said_in_confidence(name: str, played: World) -> None:
    for told in played.services[name].told():
        text = json.dumps(told["data"], ensure_ascii=False)
        for secret in (FACTS, REPLY, OBJECTION, *SECRETS):
            assert secret not in text, told["name"]
        assert not any(pattern.search(text) for pattern in (FERNET, TOKEN, HASH)), told["name"]
        if told["exchange"] == "shanguang.public":
            assert set(told["data"]) <= PUBLIC_EVENT, told["name"]


@pytest.mark.parametrize("name", NAMES)
def test_votes_by_name_stand_in_no_event_but_the_count(name: str, played: World) -> None:
    tellers = {told["name"] for told in played.services[name].told() if list(people_with_votes(told["data"]))}
    assert tellers == ({"ballot.counted"} if name == "ballot" else set())


def test_a_token_of_another_key_opens_nothing(played: World) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    assert PUBLIC
    foreign = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    token = session.issue(foreign.decode(), tenant_id=TENANT, person_id=uid("T001"), epoch=1)
    for name, service in played.services.items():
        answer = service.client().get(f"/{name}/api/tasks", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, name
