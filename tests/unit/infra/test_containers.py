"""Which container may read which secret."""

import json
import re
from pathlib import Path

import pytest

from infra import broker
from infra.containers import alive, launch, setup
from infra.local import keys, services
from infra.local.layout import ROOT, SERVICES, TRUSTEES
from shared.voting import seal


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return folder


@pytest.mark.parametrize("service", [*SERVICES, *TRUSTEES])
def test_a_service_finds_its_own_secrets_and_no_others(source: Path, service: str) -> None:
    laid = "".join(setup.files(service, source).values())

    assert keys.password(source, service) in laid
    for other in (*SERVICES, *TRUSTEES, "postgres"):
        if other != service:
            assert keys.password(source, other) not in laid
    assert laid.count("BEGIN PRIVATE KEY") == (service in {"roster", "ballot"} or service in TRUSTEES)
    assert ("session_private.pem" in setup.files(service, source)) == (service == "roster"), (
        "only roster signs sign-ins"
    )
    own = {name for name in (*SERVICES, *TRUSTEES) if (source / f"{name}.data_keys").read_text() in laid}
    assert own == {service}


def test_each_seat_has_an_identity_of_its_own_that_ballot_and_all_seats_know(source: Path) -> None:
    known = setup.files("ballot", source)[keys.IDENTITIES]
    for number, trustee in enumerate(TRUSTEES, start=1):
        laid = setup.files(trustee, source)
        assert laid[keys.IDENTITIES] == known
        own = seal.identity(laid["identity.pem"]).public_key()
        assert [seat for seat, key in seal.identities(known).items() if key == own] == [number]
        assert f"TRUSTEE_SEAT={number}\n" in laid["environment"]
        assert "SECRET_KEY" not in laid["environment"]


def test_ballot_has_an_identity_of_its_own_whose_public_part_every_seat_has(source: Path) -> None:
    own = seal.identity(setup.files("ballot", source)["identity.pem"]).public_key()
    for trustee in TRUSTEES:
        laid = setup.files(trustee, source)
        assert seal.public_identity(laid[keys.BALLOT_PUBLIC]) == own
        assert f"BALLOT_IDENTITY_PUBLIC_FILE=/keys/{keys.BALLOT_PUBLIC}\n" in laid["environment"]
    assert own not in seal.identities(setup.files("ballot", source)[keys.IDENTITIES]).values()


def test_the_broker_has_an_account_for_other_systems_whose_password_no_service_is_given(source: Path) -> None:
    """What is public is heard without the account that may do everything."""
    laid = setup.broker_files(source)
    public, own = keys.password(source, broker.INTEGRATOR), keys.password(source, "rabbitmq")
    assert laid["public_amqp_url"].strip() == f"amqp://integrator:{public}@rabbitmq:5672/shanguang"
    assert "load_definitions = /keys/definitions.json" in laid["rabbitmq.conf"]
    assert public not in laid["definitions.json"]
    assert own not in "".join(laid.values())
    for service in (*SERVICES, *TRUSTEES):
        assert public not in "".join(setup.files(service, source).values())


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("public.library", {"configure", "write", "read"}),
        ("amq.gen-JzTY20BRgKO-HjmUJj0wLg", {"configure", "write", "read"}),
        ("shanguang.public", {"read"}),
        ("shanguang.events", set()),
        ("shanguang.dead", set()),
        ("evaluation", set()),
        ("ballot.dead", set()),
        ("notify.retry.60", set()),
        ("amq.default", set()),
        ("amq.topic", set()),
        ("shanguang.public.more", set()),
        ("not.public.x", set()),
        ("publicity", set()),
    ],
)
def test_other_systems_hear_what_is_public_and_touch_nothing_else(source: Path, name: str, rights: set[str]) -> None:
    """Queues of their own, the public exchange to hear from, and not even the default exchange to tell to."""
    whole = json.loads(setup.broker_files(source)["definitions.json"])
    (given,) = [each for each in whole["permissions"] if each["user"] == broker.INTEGRATOR]
    assert {right for right in ("configure", "write", "read") if re.search(given[right], name)} == rights
    assert {each["name"]: each["tags"] for each in whole["users"]} == {"shanguang": "administrator", "integrator": ""}


def test_a_reader_of_a_volume_sees_files_that_nobody_may_write(source: Path, tmp_path: Path) -> None:
    setup.lay(tmp_path, {"password": "s"}, owner=None)
    setup.lay(tmp_path, setup.broker_files(source), owner=None)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o444}


def test_laying_out_again_replaces_what_lies_there(tmp_path: Path) -> None:
    setup.lay(tmp_path, {"password": "old"}, owner=None)
    setup.lay(tmp_path, {"password": "new"}, owner=None)

    assert (tmp_path / "password").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["password"]


def test_the_launcher_reads_values_with_equals_signs_whole() -> None:
    assert launch.secrets("A=1\n\nURL=postgresql://x/?a=b\n") == {"A": "1", "URL": "postgresql://x/?a=b"}


def test_every_service_is_migrated_served_and_worked_in_containers() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    for service in SERVICES:
        for words in (("migrate",), *services.kinds(service).values()):
            assert f"command: [services.{service}, {', '.join(words)}]" in compose
    for kind in ("migrate", "work"):
        assert compose.count(f"command: [services.ballot.trustee, {kind}]") == len(TRUSTEES)
    for trustee in TRUSTEES:
        # its volume, mounted by its two containers, by the one that lays the secrets out, and declared
        assert compose.count(f"{trustee}-keys:") == 4
    works = re.findall(r"command: \[services\.[\w.]+, work.*\n    volumes: .*\n(.*)", compose)
    assert set(works) == {"    healthcheck: *alive"}
    assert len(works) == len(SERVICES) + 1 + len(TRUSTEES), "each service, the verifiers of ballot, each seat"
    assert compose.count("HEARTBEAT: /tmp/heartbeat") == 2, "for processes and for seats"
    assert "CLOCK_FILE" not in compose, "only the local runner may travel in time"


def test_a_work_process_is_alive_while_its_heartbeat_is_fresh(tmp_path: Path) -> None:
    beat = tmp_path / "heartbeat"
    assert not alive.alive(beat, 0.0)
    beat.touch()
    at = beat.stat().st_mtime
    assert alive.alive(beat, at + alive.OLD - 1)
    assert not alive.alive(beat, at + alive.OLD + 1)


def test_the_image_is_built_once_so_that_no_container_is_outdated_by_anothers_label() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert re.findall(r"^ *build:", compose, re.MULTILINE) == ["    build:"]
    assert compose.count("image: shanguang\n  pull_policy: never") == 1, "nobody else's image of that name"
