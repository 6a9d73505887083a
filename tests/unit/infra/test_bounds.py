"""No log grows without end, and no container takes the memory of all others."""

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from infra.local import layout as layouts
from infra.local import nginx
from infra.local.layout import ROOT


def test_every_container_keeps_a_bounded_log_and_has_bounds_of_memory_and_processes() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    for name, service in services.items():
        assert set(service["logging"]["options"]) == {"max-size", "max-file"}, name
        assert service["mem_limit"], name
        assert service["pids_limit"] >= 256, name


@pytest.mark.parametrize(("size", "begun_anew"), [(nginx.MOST, False), (nginx.MOST + 1, True)])
def test_a_start_begins_a_new_access_log_once_the_old_one_is_large(
    tmp_path: Path, size: int, *, begun_anew: bool
) -> None:
    layout = layouts.at(tmp_path, 39000)
    log, before = layout.log("access"), layout.log("access").with_suffix(".log.1")
    before.write_bytes(b"the one before")
    log.write_bytes(b"x" * size)
    nginx.prepare(layout)
    assert log.exists() is not begun_anew
    assert (before.stat().st_size == size) is begun_anew
