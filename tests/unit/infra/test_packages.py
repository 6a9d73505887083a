"""What is missing on a machine, and how the runner goes about it."""

import os
import shutil
from pathlib import Path

import pytest

from infra.local import packages
from infra.local.packages import Need
from infra.local.trouble import Trouble

THERE = Need("在的", lambda: True, ("there",))
MISSING = Need("缺的", lambda: False, ("first", "second"))


def test_where_everything_is_present_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_apt", lambda *_: pytest.fail("apt was called"))

    packages.ensure([THERE, THERE])


def test_who_may_not_install_is_told_what_is_missing_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Trouble, match="缺的") as told:
        packages.ensure([THERE, MISSING])

    assert "apt-get install -y first second" in str(told.value)
    assert "there" not in str(told.value)


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(packages, "POLICY", tmp_path / "policy-rc.d")
    monkeypatch.setattr(packages, "NO_CLUSTER", tmp_path / "createcluster.d" / "shanguang.conf")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return tmp_path / "policy-rc.d"


def test_while_packages_are_installed_no_server_starts_on_a_default_port(
    policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []

    def apt(words: list[str], _note: object) -> None:
        assert "exit 101" in policy.read_text()
        assert os.access(policy, os.X_OK)
        assert "create_main_cluster = false" in packages.NO_CLUSTER.read_text()
        installed.extend(words)

    monkeypatch.setattr(packages, "_apt", apt)
    packages.ensure([Need("缺的", lambda: bool(installed), ("first",))])

    assert "first" in installed
    assert not policy.exists()
    assert not packages.NO_CLUSTER.exists()


def test_a_policy_that_the_machine_already_has_stays(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy.write_text("#!/bin/sh\nexit 0\n")
    monkeypatch.setattr(packages, "_apt", lambda *_: None)

    with pytest.raises(Trouble, match="仍找不到"):
        packages.ensure([MISSING])

    assert policy.read_text() == "#!/bin/sh\nexit 0\n"
