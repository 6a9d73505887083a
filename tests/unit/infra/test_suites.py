"""How all tests are run: groups at once, what each said, and whether all passed."""

from itertools import pairwise
from pathlib import Path

import pytest

from infra.local import suites
from infra.local.suites import PHASES, Group

MEETS = """
import pathlib, time
def test_the_other_runs_at_the_same_time():
    here = pathlib.Path(__file__).parent
    (here / "came").touch()
    until = time.monotonic() + 60
    while not (here.parent / "{other}" / "came").exists():
        assert time.monotonic() < until
        time.sleep(0.01)
"""


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suites, "REPORTS", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def group(folder: Path, text: str) -> Group:
    folder.mkdir()
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    return Group(folder.name, (str(folder),), ("-p", "no:cacheprovider"))


def test_groups_run_at_once_and_each_is_counted(tmp_path: Path) -> None:
    made = [group(tmp_path / name, MEETS.format(other=other)) for name, other in (("one", "two"), ("two", "one"))]
    assert suites.run_beside(made, {}) == [0, 0]
    assert "2 passed" in suites.closing_line([each.report for each in made], 1)


def test_what_failed_in_a_group_out_of_sight_is_shown_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [group(tmp_path / "one", "def test_a(): pass"), group(tmp_path / "two", "def test_b(): assert 'seen' == 7")]
    assert suites.run_beside(made, {}) == [0, 1]
    assert "assert 'seen' == 7" in capsys.readouterr().out


def test_every_folder_of_tests_is_run_once_and_no_two_systems_meet() -> None:
    groups = [each for phase in PHASES for each in phase]
    root = Path(__file__).parents[2]
    holding = {f"tests/{path.relative_to(root).parts[0]}" for path in root.rglob("test_*.py") if path.parent != root}
    named = [name for each in groups for name in each.folders]
    files = [name for name in named if name.endswith(".py")]
    assert sorted(set(named) - set(files)) == sorted(holding - {"tests/bench"})
    assert len(named) == len(set(named))
    assert sorted(files) == sorted(
        name for each in groups for option, name in pairwise(each.options) if option == "--ignore"
    )
    for phase in PHASES:
        started = [each for each in phase if each.var]
        assert len({each.var for each in started}) == len({each.port for each in started}) == len(started)
