"""A start skips the migration only where exactly this code migrated this state."""

from pathlib import Path

import pytest

from infra.local import layout as layouts
from infra.local import services


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> layouts.Layout:
    (tmp_path / "services").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "services" / "events.py").write_text("HANDLERS = {}")
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(services, "ROOT", tmp_path)
    return layouts.at(tmp_path / "var", 8080)


def test_a_new_state_is_not_migrated(layout: layouts.Layout) -> None:
    assert not services.is_migrated(layout)


def test_a_migrated_state_stays_so_until_the_code_changes(layout: layouts.Layout, tmp_path: Path) -> None:
    services.note_migrated(layout)
    assert services.is_migrated(layout)
    (tmp_path / "services" / "0002_more.sql").write_text("SELECT 1;")
    assert not services.is_migrated(layout)


def test_what_is_neither_code_nor_sql_changes_nothing(layout: layouts.Layout, tmp_path: Path) -> None:
    services.note_migrated(layout)
    (tmp_path / "shared" / "page.html").write_text("<p>")
    assert services.is_migrated(layout)
