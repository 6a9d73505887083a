"""Which container may read which secret."""

from pathlib import Path

import pytest

from infra.containers import launch, setup
from infra.local import keys
from infra.local.layout import ROOT, SERVICES


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return folder


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_finds_its_own_secrets_and_no_others(source: Path, service: str) -> None:
    laid = "".join(setup.files(service, source).values())

    assert keys.password(source, service) in laid
    for other in (*SERVICES, "postgres"):
        if other != service:
            assert keys.password(source, other) not in laid
    assert ("PRIVATE KEY" in laid) == (service == "roster"), "only roster signs sign-ins"


def test_a_reader_of_a_volume_sees_files_that_nobody_may_write(source: Path, tmp_path: Path) -> None:
    setup.lay(tmp_path, {"password": "s"}, owner=None)
    setup.lay(tmp_path, {"rabbitmq.conf": setup.broker_settings(source)}, owner=None)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o444}


def test_laying_out_again_replaces_what_lies_there(tmp_path: Path) -> None:
    setup.lay(tmp_path, {"password": "old"}, owner=None)
    setup.lay(tmp_path, {"password": "new"}, owner=None)

    assert (tmp_path / "password").read_text() == "new"


def test_the_launcher_reads_values_with_equals_signs_whole() -> None:
    assert launch.secrets("A=1\n\nURL=postgresql://x/?a=b\n") == {"A": "1", "URL": "postgresql://x/?a=b"}


def test_every_service_is_migrated_served_and_worked_in_containers() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    for service in SERVICES:
        for kind in ("migrate", "web", "work"):
            assert f"command: [services.{service}, {kind}]" in compose
    assert "CLOCK_FILE" not in compose, "only the local runner may travel in time"
