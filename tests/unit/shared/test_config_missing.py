"""A process that lacks a variable says which, in one sentence; a defect of ours is not taken for one."""

from pathlib import Path

import pytest

from shared import config, process


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ROSTER_DATABASE_URL", "DATABASE_URL", "AMQP_URL", "SECRET_KEY", "SECRET_KEY_FILE", "TRUSTEE_SEAT"):
        monkeypatch.delenv(name, raising=False)


def test_a_service_names_one_missing_variable_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["roster", "migrate"])
    for name in ("ROSTER_DATABASE_URL", "AMQP_URL", "SECRET_KEY"):
        with pytest.raises(SystemExit, match=f"缺少环境变量 {name}，"):
            process.main("roster", Path("/nonexistent"))
        monkeypatch.setenv(name, "x")


def test_a_key_that_is_missing_elsewhere_stays_a_defect() -> None:
    with pytest.raises(KeyError, match="another"), config.read():
        dict[str, str]()["another"]


def test_who_asks_for_one_address_gets_the_name_of_what_is_missing() -> None:
    for asked in (config.amqp_url, lambda: config.database_url("roster")):
        with pytest.raises(config.VariableMissing):
            asked()


def test_an_address_that_is_set_to_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_DATABASE_URL", "")
    with pytest.raises(config.VariableMissing, match="ROSTER_DATABASE_URL"):
        config.database_url("roster")
